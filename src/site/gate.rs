//! The page of a gate: the roll call in the order asked, the verdict and its reasons.
//!
//! Takes a gate and its document from the view, gives its page; for a runbook the blank roll call.

use serde::Serialize;

use super::between::{Between, Neighbour};
use super::decision::Gate;
use super::engine::Html;
use super::frame::{About, Frame};
use super::markup::{Pen, Reference, sentence};
use super::state::{Progress, Reason, reasons};
use super::word::{self, Word};
use super::{Desk, document, link, outline};
use crate::error::Result;
use crate::view::{self, Block};

/// What `gate.html` knows as `content`.
#[derive(Debug, Serialize)]
struct GatePage<'a> {
    /// The gate.
    gate: Gate<'a>,
    /// The runbook or release, by name.
    document: Html,
    /// Where the gate stands in it.
    href: String,
    /// Who is asked, in this order.
    roll: Vec<Asked<'a>>,
    /// What it is judged on.
    sections: Vec<Required<'a>>,
    /// In a release: what stands against GO and belongs to nobody who is asked.
    others: Vec<Reason<'a>>,
    /// In a release: the instant of judgement.
    as_of: Option<&'a str>,
}

/// One who is asked.
#[derive(Debug, Serialize)]
struct Asked<'a> {
    role: Reference<'a>,
    /// In a release: what was called, by whom and when.
    called: Option<Html>,
    /// In a release: what they answer for and stands against GO.
    reasons: Vec<Reason<'a>>,
}

/// A section that the gate is judged on.
#[derive(Debug, Serialize)]
struct Required<'a> {
    section: Reference<'a>,
    /// In a release: the verdict on it.
    verdict: Option<Word<'static>>,
    /// In a release: how far it is.
    progress: Option<Progress<'a>>,
}

/// A gate, and what its page takes of the document around it.
#[derive(Debug, Clone, Hash)]
pub(super) struct Subject<'a> {
    /// The gate, among those of its document.
    pub(super) gate: Between<'a, view::Gate>,
    /// The document.
    document: Neighbour<'a>,
    title: &'a view::Line,
    source: &'a str,
    /// In a release: the instant of judgement.
    as_of: Option<&'a str>,
    /// In a release: how far each section is that it requires.
    progress: Vec<Option<&'a view::Progress>>,
}

/// Every gate of a document, at every level.
pub(super) fn subjects(document: &view::Document) -> Vec<Subject<'_>> {
    let mut found = Vec::new();
    document.sections.iter().for_each(|section| inside(section, &mut found));
    let neighbour = |at: Option<usize>| Some(Neighbour::from(*found.get(at?)?));
    let gates = found.iter().enumerate().map(|(at, gate)| Between {
        previous: neighbour(at.checked_sub(1)),
        this: *gate,
        next: neighbour(Some(at + 1)),
    });
    gates.map(|gate| Subject::new(document, gate)).collect()
}

fn inside<'a>(section: &'a view::Section, found: &mut Vec<&'a view::Gate>) {
    for block in &section.blocks {
        match block {
            Block::Gate(gate) => found.push(gate),
            Block::Sections(inner) => inner.iter().for_each(|section| inside(section, found)),
            _ => {}
        }
    }
}

impl<'a> Subject<'a> {
    fn new(document: &'a view::Document, gate: Between<'a, view::Gate>) -> Self {
        let far = |section: &view::Mention| progress(&document.sections, id(section));
        Self {
            document: (&*document.head).into(),
            title: &document.title,
            source: &document.source,
            as_of: document.release.as_ref().map(|release| release.as_of.as_str()),
            progress: gate.this.requires.iter().map(far).collect(),
            gate,
        }
    }
}

/// The id of a section that is required by its name or by a link to it.
fn id(section: &view::Mention) -> &str {
    section.id.trim_start_matches('#')
}

/// The page of a gate.
pub(super) fn page(desk: &Desk<'_>, subject: &Subject<'_>) -> Result<String> {
    let Subject { gate: between, document, .. } = subject;
    let gate = between.this;
    let pen = desk.pen(&gate.path);
    let (above, list) = document::kind(subject.as_of.is_some());
    let title = format!("{}: {}", gate.words, document.title);
    let content = GatePage::new(pen, subject);
    let parts = [
        (gate.state.is_some(), "verdict", "_verdict"),
        (!content.roll.is_empty(), "roll-call", "_roll-call"),
        (!content.others.is_empty(), "other-reasons", "_others"),
        (!content.sections.is_empty(), "judged-on", "_sections"),
    ];
    let present = parts.into_iter().filter(|(present, ..)| *present);
    let entries = present.map(|(_, label, anchor)| outline::entry(pen.labels.word(label), anchor)).collect();
    let about = About { kind: "gate", path: &gate.path, title: &title, source: Some(subject.source) };
    let frame = Frame::new(desk, about, content)
        .within(pen, pen.labels.word(above), list)
        .within(pen, &document.title, document.path)
        .between(pen, between)
        .contents(entries);
    desk.theme.engine.render("gate.html", &frame)
}

impl<'a> GatePage<'a> {
    fn new(pen: Pen<'a>, subject: &Subject<'a>) -> Self {
        let gate = subject.gate.this;
        let far = gate.requires.iter().zip(&subject.progress);
        let others = gate.state.as_ref().map(|state| reasons(pen, &state.others));
        Self {
            gate: Gate::new(pen, gate, 1),
            document: pen.line(subject.title),
            href: link::page(pen.page, subject.document.path, &gate.id),
            roll: roll(pen, gate),
            sections: far.map(|(section, far)| Required::new(pen, gate, section, *far)).collect(),
            others: others.unwrap_or_default(),
            as_of: subject.as_of,
        }
    }
}

/// Who is asked; in a release with what they said and answer for.
fn roll<'a>(pen: Pen<'a>, gate: &'a view::Gate) -> Vec<Asked<'a>> {
    let blank =
        |role: &'a view::Mention| Asked { role: pen.mention(role), called: None, reasons: Vec::new() };
    let asked = |asked: &'a view::Asked| Asked {
        role: pen.mention(&asked.role),
        called: asked.called.as_deref().map(sentence),
        reasons: reasons(pen, &asked.reasons),
    };
    match &gate.state {
        Some(state) => state.roll.iter().map(asked).collect(),
        None => gate.polls.iter().map(blank).collect(),
    }
}

impl<'a> Required<'a> {
    fn new(
        pen: Pen<'a>,
        gate: &view::Gate,
        section: &'a view::Mention,
        progress: Option<&view::Progress>,
    ) -> Self {
        let mut verdicts = gate.state.iter().flat_map(|state| &state.sections);
        let verdict = verdicts.find(|(name, _)| name == id(section)).map(|(_, verdict)| *verdict);
        Self {
            section: pen.mention(section),
            verdict: verdict.map(word::verdict),
            progress: progress
                .filter(|progress| progress.total > 0)
                .map(|progress| Progress::new(pen.labels, progress)),
        }
    }
}

/// How far a section is, wherever it stands.
fn progress<'a>(sections: &'a [view::Section], id: &str) -> Option<&'a view::Progress> {
    sections.iter().find_map(|section| {
        if section.id == id {
            return section.progress.as_ref();
        }
        section.blocks.iter().find_map(|block| match block {
            Block::Sections(inner) => progress(inner, id),
            _ => None,
        })
    })
}
