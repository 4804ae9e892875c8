//! Checks and steps, for templates.
//!
//! Takes items of the view, gives a flat list: an item says whether a list of sub-checks opens after
//! it and how many lists close behind it, so that templates need no recursion, however deep it goes.

use serde::Serialize;

use super::bar::{Bar, bars};
use super::engine::Html;
use super::markup::{Pen, Reference};
use super::state::State;
use super::time::{Cadence, When, cadence, when};
use super::word::{self, Word};
use crate::view;

/// A check or a step.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Item<'a> {
    /// Id and anchor.
    id: &'a str,
    /// `3.1.4`
    number: &'a str,
    /// Whether it is a step.
    step: bool,
    /// Title.
    title: Html,
    /// Critical, required or optional.
    level: Word<'a>,
    /// More about it.
    about: Option<Html>,
    /// Who answers.
    owners: Vec<Reference<'a>>,
    /// Whether the owners differ from the section's.
    own_owners: bool,
    /// When it applies.
    applies: Option<Html>,
    /// A command.
    run: Option<Code<'a>>,
    /// What is expected.
    expect: Option<Html>,
    /// Bars.
    bars: Vec<Bar<'a>>,
    /// Blanks.
    records: Vec<Record<'a>>,
    /// Labelled facts.
    facts: Vec<Fact<'a>>,
    /// What must be attached.
    evidence: Vec<Html>,
    /// Second persons.
    confirm: Vec<Reference<'a>>,
    /// One time.
    at: Option<When<'a>>,
    /// Several times.
    cadence: Option<Cadence<'a>>,
    /// An end.
    until: Option<When<'a>>,
    /// How long it takes.
    duration: Option<&'a str>,
    /// How long to watch afterwards.
    hold: Option<&'a str>,
    /// Where to go when it fails.
    on_failure: Option<Reference<'a>>,
    /// Shown before the item, in a box.
    warning: Option<Html>,
    /// What mentions it.
    backlinks: Vec<Backlink<'a>>,
    /// What was recorded, in a release.
    state: Option<State<'a>>,
    /// Whether its sub-checks follow.
    opens: bool,
    /// How many lists of sub-checks end with it.
    closes: usize,
}

/// A command to show and copy.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Code<'a> {
    /// `bash`
    language: &'a str,
    /// Where it is run.
    on: Option<Html>,
    /// The code.
    html: Html,
}

/// A blank, with what was written there.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Record<'a> {
    title: Html,
    kind: Word<'a>,
    value: Option<&'a str>,
}

/// A label and what it says.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fact<'a> {
    /// The label.
    pub(super) label: &'a str,
    /// What it says.
    pub(super) value: Html,
}

/// Labelled facts.
pub(super) fn facts<'a>(pen: Pen<'a>, all: &'a [(String, view::Line)]) -> Vec<Fact<'a>> {
    all.iter().map(|(label, line)| Fact { label, value: pen.line(line) }).collect()
}

/// A link from elsewhere to something here.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Backlink<'a> {
    /// How: `required by gate`.
    pub(super) how: &'a str,
    /// What it is called there.
    pub(super) text: &'a str,
    /// Where it is.
    pub(super) href: String,
}

/// Links from elsewhere.
pub(super) fn backlinks<'a>(pen: Pen<'a>, links: &'a [view::Backlink]) -> Vec<Backlink<'a>> {
    let backlink = |link: &'a view::Backlink| Backlink {
        how: pen.labels.word(link.how),
        text: &link.text,
        href: super::link::page(pen.page, &link.path, &link.anchor),
    };
    links.iter().map(backlink).collect()
}

/// Items and their sub-checks, in reading order.
pub(super) fn items<'a>(pen: Pen<'a>, items: &'a [view::Item], level: usize) -> Vec<Item<'a>> {
    let mut out = Vec::new();
    flatten(pen, items, level, &mut out);
    out
}

fn flatten<'a>(pen: Pen<'a>, items: &'a [view::Item], level: usize, out: &mut Vec<Item<'a>>) {
    for item in items {
        out.push(Item::new(pen, item, level));
        if !item.checks.is_empty() {
            flatten(pen, &item.checks, level, out);
            if let Some(last) = out.last_mut() {
                last.closes += 1;
            }
        }
    }
}

impl<'a> Item<'a> {
    fn new(pen: Pen<'a>, item: &'a view::Item, level: usize) -> Self {
        Self {
            id: &item.id,
            number: &item.number,
            step: item.step,
            title: pen.line(&item.title),
            level: word::level(pen.labels, item.level),
            about: pen.flows(&item.about, level),
            owners: pen.mentions(&item.owners),
            own_owners: item.own_owners,
            applies: pen.some_line(&item.applies),
            run: item.run.as_ref().map(|code| Code::new(pen, code)),
            expect: pen.flows(&item.expect, level),
            bars: bars(pen, &item.bars),
            records: item.records.iter().map(|record| Record::new(pen, record)).collect(),
            facts: facts(pen, &item.facts),
            evidence: item.evidence.iter().map(|line| pen.line(line)).collect(),
            confirm: pen.mentions(&item.confirm),
            at: when(item.at.as_ref()),
            cadence: cadence(item.cadence.as_ref()),
            until: when(item.until.as_ref()),
            duration: item.duration.as_deref(),
            hold: item.hold.as_deref(),
            on_failure: item.on_failure.as_ref().map(|to| pen.mention(to)),
            warning: pen.flows(&item.warning, level),
            backlinks: backlinks(pen, &item.backlinks),
            state: item.state.as_ref().map(|state| State::new(pen, state)),
            opens: !item.checks.is_empty(),
            closes: 0,
        }
    }
}

impl<'a> Code<'a> {
    pub(super) fn new(pen: Pen<'a>, code: &'a view::Code) -> Self {
        Self {
            language: &code.language,
            on: pen.some_line(&code.on),
            html: pen.code(&code.language, &code.pieces),
        }
    }
}

impl<'a> Record<'a> {
    fn new(pen: Pen<'a>, record: &'a view::Record) -> Self {
        let value = record.value.as_deref();
        Self { title: pen.line(&record.title), kind: word::record_type(pen.labels, record.kind), value }
    }
}
