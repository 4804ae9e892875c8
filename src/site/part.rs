//! The body of a document as a flat stream of parts, for templates.
//!
//! Takes sections of the view, gives `Part`s in reading order: a section begins, its blocks follow,
//! it ends. Templates need no recursion, however deep sections lie in each other.

use serde::Serialize;

use super::bar::{Bar, bars};
use super::contact::{Contact, contacts};
use super::decision::{Approval, Branch, Gate, branches};
use super::engine::Html;
use super::item::{Backlink, Fact, Item, backlinks, facts, items};
use super::markup::{Pen, Reference};
use super::reaction::{Message, Trigger};
use super::state::{Progress, State};
use super::time::{When, when};
use super::tree::{Tree, tree};
use super::word::{self, Word};
use crate::view::{self, Block, ItemStatus, Phase, plain};

/// A part of a document.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Part<'a> {
    /// A section begins.
    Begin { section: Box<Section<'a>> },
    /// The section that began last, of those that have not ended, ends.
    End,
    /// Text.
    About { html: Option<Html> },
    /// What must hold for the section to pass.
    Thresholds { bars: Vec<Bar<'a>> },
    /// A list begins: of steps if it is ordered, else of checks.
    List { ordered: bool },
    /// A check or a step.
    Item { item: Box<Item<'a>> },
    /// The list ends.
    Listed { ordered: bool },
    /// Conditions that call for a reaction.
    Triggers { triggers: Vec<Trigger<'a>> },
    /// Texts to send.
    Messages { messages: Vec<Message<'a>> },
    /// Who signs.
    Approvals { approvals: Vec<Approval<'a>> },
    /// A go/no-go decision.
    Gate { gate: Box<Gate<'a>> },
    /// A decision tree.
    Decide { branches: Vec<Branch<'a>>, tree: Tree },
    /// Ways to be reached.
    Contacts { contacts: Vec<Contact<'a>> },
    /// An empty log.
    Log,
    /// Web addresses.
    Links { links: Vec<Html> },
    /// A table.
    Table { table: Table<'a> },
}

/// The head of a section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Section<'a> {
    /// Id and anchor.
    pub(super) id: &'a str,
    /// `3.1`
    pub(super) number: &'a str,
    /// 1 for the topmost.
    pub(super) depth: usize,
    /// Level of its heading: 2 to 6.
    heading: usize,
    /// Title.
    title: Html,
    /// Who answers.
    owners: Vec<Reference<'a>>,
    /// When it is worked through; shown where it is not the phase of the section around it.
    phase: Option<Word<'a>>,
    /// Start.
    at: Option<When<'a>>,
    /// End.
    until: Option<When<'a>>,
    /// How long it takes.
    duration: Option<&'a str>,
    /// Times that wait for the value of a parameter.
    blanks: Vec<Fact<'a>>,
    /// What mentions it.
    backlinks: Vec<Backlink<'a>>,
    /// How far it is, in a release.
    progress: Option<Progress<'a>>,
    /// What was recorded for its own thresholds, in a release.
    state: Option<State<'a>>,
}

/// A table of the author.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table<'a> {
    /// Id and anchor.
    id: &'a str,
    /// Title.
    title: Html,
    /// Title without marks.
    plain: String,
    /// Heads of the columns.
    columns: Vec<Html>,
    /// Rows of cells.
    rows: Vec<Vec<Html>>,
    /// Empty rows to fill in.
    blank: u32,
}

/// Every section with what it holds, in reading order.
pub(super) fn parts<'a>(pen: Pen<'a>, sections: &'a [view::Section]) -> Vec<Part<'a>> {
    let mut out = Vec::new();
    for section in sections {
        flatten(pen, section, None, &mut out);
    }
    out
}

fn flatten<'a>(pen: Pen<'a>, section: &'a view::Section, around: Option<Phase>, out: &mut Vec<Part<'a>>) {
    out.push(Part::Begin { section: Box::new(Section::new(pen, section, around)) });
    for block in &section.blocks {
        self::block(pen, section, block, out);
    }
    out.push(Part::End);
}

fn block<'a>(pen: Pen<'a>, section: &'a view::Section, block: &'a Block, out: &mut Vec<Part<'a>>) {
    let level = section.depth + 1;
    out.push(match block {
        Block::Sections(inner) => {
            return inner.iter().for_each(|inner| flatten(pen, inner, Some(section.phase), out));
        }
        Block::Tables(tables) => {
            return out.extend(tables.iter().map(|table| Part::Table { table: Table::new(pen, table) }));
        }
        Block::About(flows) => Part::About { html: pen.flows(flows, level) },
        Block::Thresholds(written) => Part::Thresholds { bars: section_bars(pen, section, written) },
        Block::Checks(checks) => return list(pen, checks, level, out),
        Block::Steps(steps) => return list(pen, steps, level, out),
        Block::Triggers(triggers) => Part::Triggers {
            triggers: triggers.iter().map(|trigger| Trigger::new(pen, trigger, level)).collect(),
        },
        Block::Messages(messages) => Part::Messages {
            messages: messages.iter().map(|message| Message::new(pen, message, level)).collect(),
        },
        Block::Approvals(approvals) => Part::Approvals {
            approvals: approvals.iter().map(|approval| Approval::new(pen, approval)).collect(),
        },
        Block::Gate(gate) => Part::Gate { gate: Box::new(Gate::new(pen, gate, level)) },
        Block::Decide(decision) => {
            Part::Decide { branches: branches(pen, decision), tree: tree(pen, decision) }
        }
        Block::Contacts(listed) => Part::Contacts { contacts: contacts(pen, listed) },
        Block::Log => Part::Log,
        Block::Links(links) => {
            Part::Links { links: links.iter().map(|link| pen.line(std::slice::from_ref(link))).collect() }
        }
    });
}

/// A list of checks or of steps.
fn list<'a>(pen: Pen<'a>, listed: &'a [view::Item], level: usize, out: &mut Vec<Part<'a>>) {
    let ordered = listed.iter().any(|item| item.step);
    out.push(Part::List { ordered });
    out.extend(items(pen, listed, level).into_iter().map(|item| Part::Item { item: Box::new(item) }));
    out.push(Part::Listed { ordered });
}

/// Bars of a section; what counts its items is no failure while some of them are open.
fn section_bars<'a>(pen: Pen<'a>, section: &view::Section, written: &'a [view::Bar]) -> Vec<Bar<'a>> {
    let pending = |state: &view::ItemState| state.status == ItemStatus::Pending;
    let open = section.state.as_ref().is_some_and(pending);
    let each = bars(pen, written).into_iter().zip(written);
    each.map(|(bar, written)| if open && !written.measured { bar.so_far(pen) } else { bar }).collect()
}

impl<'a> Section<'a> {
    fn new(pen: Pen<'a>, section: &'a view::Section, around: Option<Phase>) -> Self {
        let phase = (around != Some(section.phase)).then(|| word::phase(pen.labels, section.phase));
        Self {
            id: &section.id,
            number: &section.number,
            depth: section.depth,
            heading: (section.depth + 1).clamp(2, 6),
            title: pen.line(&section.title),
            owners: pen.mentions(&section.owners),
            phase,
            at: when(section.at.as_ref()),
            blanks: facts(pen, &section.blanks),
            until: when(section.until.as_ref()),
            duration: section.duration.as_deref(),
            backlinks: backlinks(pen, &section.backlinks),
            progress: section.progress.as_ref().map(|progress| Progress::new(pen.labels, progress)),
            state: section.state.as_ref().map(|state| State::new(pen, state)),
        }
    }
}

impl<'a> Table<'a> {
    fn new(pen: Pen<'a>, table: &'a view::Table) -> Self {
        let line = |cell: &view::Line| pen.line(cell);
        Self {
            id: &table.id,
            title: pen.line(&table.title),
            plain: plain(&table.title),
            columns: table.columns.iter().map(line).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(line).collect()).collect(),
            blank: table.blank,
        }
    }
}
