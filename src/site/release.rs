//! The plan, state and verdict of a release, for templates.
//!
//! Takes a release of the view, gives typed template variables for its page and for lists.

use serde::Serialize;

use super::bar::{Bar, bars};
use super::engine::Html;
use super::item::Code;
use super::link;
use super::markup::{Pen, Reference, sentence};
use super::state::{Progress, Reason, Tally, Verdict, reasons, tally};
use super::word::{self, Word};
use crate::view::{self, Block, plain};

/// What a release has beyond its runbook.
#[derive(Debug, Serialize)]
pub(super) struct Release<'a> {
    /// `v1.4.0`
    version: &'a str,
    /// Number of the change request.
    change: Option<Html>,
    /// What is in it.
    about: Option<Html>,
    /// The runbook it follows.
    runbook: Reference<'a>,
    /// Start, end and zone.
    window: Option<&'a str>,
    /// Who holds which role.
    roles: Vec<Assigned<'a>>,
    /// The instant of judgement.
    as_of: &'a str,
    /// The worst verdict of the gates.
    verdict: Word<'a>,
    /// Why.
    reasons: Vec<Reason<'a>>,
    /// How many reasons lead to what.
    tally: Vec<Tally<'a>>,
    /// Counts of required items.
    progress: Progress<'a>,
    /// What is to be done next.
    next: Vec<Next<'a>>,
    /// How far each section is.
    sections: Vec<SectionProgress<'a>>,
    /// The gates.
    gates: Vec<GateRow<'a>>,
    /// What did not go as planned.
    deviations: Vec<Reason<'a>>,
    /// The journal in words.
    events: Vec<Event<'a>>,
    /// How it ended.
    outcome: Option<Word<'a>>,
    /// Content hash.
    seal: &'a str,
}

/// Who holds a role that day.
#[derive(Debug, Serialize)]
struct Assigned<'a> {
    /// The role.
    role: Reference<'a>,
    /// A person or team.
    holder: Reference<'a>,
    /// Who takes over.
    backup: Option<Reference<'a>>,
}

impl<'a> Assigned<'a> {
    fn new(pen: Pen<'a>, assigned: &'a view::Assigned) -> Self {
        let [role, holder] = [&assigned.role, &assigned.holder].map(|mention| pen.mention(mention));
        Self { role, holder, backup: assigned.backup.as_ref().map(|backup| pen.mention(backup)) }
    }
}

/// An item that is to be done next, or a gate that is to be called.
#[derive(Debug, Serialize)]
struct Next<'a> {
    number: &'a str,
    title: Html,
    href: String,
    owners: Vec<Reference<'a>>,
    /// The roles that have to confirm it, where it is done but for that.
    unconfirmed: Vec<Reference<'a>>,
    bars: Vec<Bar<'a>>,
    /// The command.
    run: Option<Code<'a>>,
    /// What is expected.
    expect: Option<Html>,
    /// How many more wait behind it that are not listed.
    more: usize,
}

/// One section in the list of progress.
#[derive(Debug, Serialize)]
struct SectionProgress<'a> {
    number: &'a str,
    title: String,
    href: String,
    owners: Vec<Reference<'a>>,
    progress: Progress<'a>,
}

/// One gate in the list of gates.
#[derive(Debug, Serialize)]
struct GateRow<'a> {
    title: String,
    href: String,
    state: Verdict<'a>,
}

/// One line of the event log.
#[derive(Debug, Serialize)]
struct Event<'a> {
    at: &'a str,
    instant: &'a str,
    by: Reference<'a>,
    about: Option<Reference<'a>>,
    text: Html,
}

/// A release in a list.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    /// Name.
    name: &'a str,
    /// Title.
    title: Html,
    /// Its page.
    href: String,
    /// The runbook it follows.
    runbook: Reference<'a>,
    /// Start, end and zone.
    window: Option<&'a str>,
    /// The verdict.
    pub(super) verdict: Word<'a>,
    /// The first reasons.
    reasons: Vec<Reason<'a>>,
    /// How many more there are.
    more: usize,
    /// How far it is.
    progress: Progress<'a>,
    /// How it ended.
    pub(super) outcome: Option<Word<'a>>,
}

impl<'a> Row<'a> {
    /// `None` for a document that is no release.
    pub(super) fn new(pen: Pen<'a>, document: &'a view::Head) -> Option<Self> {
        let release = document.release.as_ref()?;
        let first = release.reasons.get(..3).unwrap_or(&release.reasons);
        Some(Self {
            name: &document.name,
            title: pen.line(&document.title),
            href: link::page(pen.page, &document.path, ""),
            runbook: pen.mention(&release.runbook),
            window: release.window.as_deref(),
            verdict: word::verdict(release.verdict),
            reasons: reasons(pen, first),
            more: release.reasons.len() - first.len(),
            progress: Progress::new(pen.labels, &release.progress),
            outcome: release.outcome.as_deref().map(|told| word::told_outcome(pen.labels, told)),
        })
    }
}

impl<'a> Release<'a> {
    pub(super) fn new(pen: Pen<'a>, document: &'a view::Document, release: &'a view::ReleaseState) -> Self {
        let (mut sections, mut gates) = (Vec::new(), Vec::new());
        document.sections.iter().for_each(|section| walk(pen, section, &mut sections, &mut gates));
        Self {
            version: &release.version,
            change: pen.some_line(&release.change),
            about: pen.flows(&release.about, 1),
            runbook: pen.mention(&release.runbook),
            window: release.window.as_deref(),
            roles: release.roles.iter().map(|assigned| Assigned::new(pen, assigned)).collect(),
            as_of: &release.as_of,
            verdict: word::verdict(release.verdict),
            reasons: reasons(pen, &release.reasons),
            tally: tally(release.verdict, &release.reasons),
            progress: Progress::new(pen.labels, &release.progress),
            next: next(pen, document, release),
            sections,
            gates,
            deviations: reasons(pen, &release.deviations),
            events: release.events.iter().map(|event| Event::new(pen, event)).collect(),
            outcome: release.outcome.as_deref().map(|told| word::told_outcome(pen.labels, told)),
            seal: &release.seal,
        }
    }
}

impl<'a> Next<'a> {
    /// Go has to be called there before anything else.
    fn gate(pen: Pen<'a>, gate: &'a view::Gate) -> Self {
        Self {
            number: "",
            title: pen.line(&gate.title),
            href: link::page(pen.page, &gate.path, ""),
            owners: pen.mentions(&gate.decides),
            unconfirmed: Vec::new(),
            bars: Vec::new(),
            run: None,
            expect: None,
            more: 0,
        }
    }

    fn new(pen: Pen<'a>, item: &'a view::Item) -> Self {
        Self {
            number: &item.number,
            title: pen.line(&item.title),
            href: link::page(pen.page, pen.page, &item.id),
            owners: pen.mentions(&item.owners),
            unconfirmed: item.state.iter().flat_map(|state| pen.mentions(&state.unconfirmed)).collect(),
            bars: bars(pen, &item.bars),
            run: item.run.as_ref().map(|run| Code::new(pen, run)),
            expect: pen.flows(&item.expect, 2),
            more: 0,
        }
    }
}

impl<'a> Event<'a> {
    fn new(pen: Pen<'a>, event: &'a view::LogEntry) -> Self {
        Self {
            at: &event.at,
            instant: &event.instant,
            by: pen.mention(&event.by),
            about: event.about.as_ref().map(|about| pen.mention(about)),
            text: sentence(&event.text),
        }
    }
}

/// Topmost sections with something to do, and gates at every level.
fn walk<'a>(
    pen: Pen<'a>,
    section: &'a view::Section,
    sections: &mut Vec<SectionProgress<'a>>,
    gates: &mut Vec<GateRow<'a>>,
) {
    let progress = section.progress.as_ref().filter(|progress| progress.total > 0 && section.depth == 1);
    if let Some(progress) = progress {
        sections.push(SectionProgress {
            number: &section.number,
            title: plain(&section.title),
            href: link::page(pen.page, pen.page, &section.id),
            owners: pen.mentions(&section.owners),
            progress: Progress::new(pen.labels, progress),
        });
    }
    for block in &section.blocks {
        match block {
            Block::Sections(inner) => inner.iter().for_each(|inner| walk(pen, inner, sections, gates)),
            Block::Gate(gate) => gates.extend(gate.state.as_ref().map(|state| GateRow {
                title: gate.words.clone(),
                href: link::page(pen.page, &gate.path, ""),
                state: Verdict::of_gate(pen, state),
            })),
            _ => {}
        }
    }
}

/// What is to be done next: the first items, then the gate that is to be called.
fn next<'a>(pen: Pen<'a>, document: &'a view::Document, release: &view::ReleaseState) -> Vec<Next<'a>> {
    if release.outcome.is_some() {
        return Vec::new();
    }
    let items = release.next.iter().filter_map(|id| item(&document.sections, id));
    let gate = release.stop.as_ref().and_then(|id| gate(&document.sections, id));
    let mut next: Vec<Next<'a>> = items.map(|item| Next::new(pen, item)).collect();
    if let Some(last) = next.last_mut() {
        last.more = release.waiting;
    }
    next.extend(gate.map(|gate| Next::gate(pen, gate)));
    next
}

/// The check, step or sub-check of an id.
fn item<'a>(sections: &'a [view::Section], id: &str) -> Option<&'a view::Item> {
    fn inside<'a>(items: &'a [view::Item], id: &str) -> Option<&'a view::Item> {
        items.iter().find_map(|item| if item.id == id { Some(item) } else { inside(&item.checks, id) })
    }
    find(sections, &|block| match block {
        Block::Checks(items) | Block::Steps(items) => inside(items, id),
        _ => None,
    })
}

/// The gate of an id.
fn gate<'a>(sections: &'a [view::Section], id: &str) -> Option<&'a view::Gate> {
    find(sections, &|block| match block {
        Block::Gate(gate) => Some(&**gate).filter(|gate| gate.id == id),
        _ => None,
    })
}

/// What is found first in the blocks of sections at every level.
fn find<'a, T>(sections: &'a [view::Section], look: &impl Fn(&'a Block) -> Option<&'a T>) -> Option<&'a T> {
    let mut blocks = sections.iter().flat_map(|section| &section.blocks);
    blocks.find_map(|block| match block {
        Block::Sections(inner) => find(inner, look),
        block => look(block),
    })
}
