//! A runbook or a release as a reader sees it: numbers, links, times and recorded state in place.
//!
//! Takes and gives data only; `view::shape` makes it. Site, sheet and record print it in this order
//! and add no facts of their own.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use super::block::{Approval, Contact, Decision, Gate, Message, Table, Trigger};
use super::head::Head;
use super::state::{ItemState, Progress};
use super::timeline::Timeline;
pub use crate::model::document::{Action, Level, Outcome, Phase, RecordType, Status};
pub use crate::model::parameter::Piece;
pub use crate::model::prose::{Flow as FlowOf, Inline as InlineOf, ListItem as ListItemOf, plain};
use crate::source::Span;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Destination {
    /// Out of the site: `https:`, `mailto:`, `tel:`.
    Url(String),
    /// To a page of the site, by its path below the output folder, and an anchor there or nothing.
    Page { path: String, anchor: String },
    /// Nowhere: a broken link or an address that is not allowed; its words are shown without a link.
    Nowhere(String),
}

impl Destination {
    /// The page of the site; nothing where it is none.
    pub fn page(&self) -> &str {
        match self {
            Self::Page { path, .. } => path,
            Self::Url(_) | Self::Nowhere(_) => "",
        }
    }
}

/// A run of text within a line.
pub type Inline = InlineOf<Destination>;
/// A block of text.
pub type Flow = FlowOf<Destination>;
/// One entry of a list in a text.
pub type ListItem = ListItemOf<Destination>;
/// One line of text.
pub type Line = Vec<Inline>;

/// A word that links: a role, a section, a step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    /// What is shown: `Database administrator`, `3.2 Restore the database`.
    pub text: String,
    /// The id as it was written.
    pub id: String,
    /// Where it leads.
    pub to: Destination,
    /// In a release: who holds the role that day.
    pub holder: Option<String>,
}

/// A runbook, or a release of one: its head and what it holds.
#[derive(Debug, Clone, Hash)]
pub struct Document {
    /// What is said of it elsewhere, too.
    pub head: Arc<Head>,
    /// Introduction.
    pub about: Vec<Flow>,
    /// Parameters with their values, or blanks.
    pub parameters: Vec<Parameter>,
    /// Degrees of trouble.
    pub severities: Vec<Severity>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The sections against the clock, where two or more have a time.
    pub timeline: Option<Timeline>,
    /// Who changed what.
    pub history: Vec<HistoryEntry>,
    /// What mentions this document: releases, pages, other runbooks.
    pub backlinks: Vec<Backlink>,
    /// Who may confirm and sign in it.
    pub voices: Voices,
}

/// Who may speak for the roles that a document asks for, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Voices {
    /// Those who may speak for each role; a role for which anybody may is not among them.
    pub speakers: BTreeMap<String, Vec<String>>,
    /// The roles behind which one person stands: what is recorded by the role, that person did.
    pub persons: BTreeMap<String, String>,
}

/// A document has everything that its head has.
impl Deref for Document {
    type Target = Head;

    fn deref(&self) -> &Head {
        &self.head
    }
}

/// A value that differs from release to release.
#[derive(Debug, Clone, Hash)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: Line,
    /// What a value looks like.
    pub example: Option<String>,
    /// The value; a blank to fill where there is none.
    pub value: Option<String>,
}

/// A degree of trouble.
#[derive(Debug, Clone, Hash)]
pub struct Severity {
    /// Its name; the anchor is `severity-NAME`.
    pub name: String,
    /// How to recognise it.
    pub means: Line,
    /// Time to react: `15 min`.
    pub respond: Option<String>,
    /// What to do.
    pub actions: Vec<Action>,
}

/// One entry of the history.
#[derive(Debug, Clone, Hash)]
pub struct HistoryEntry {
    /// `2026-10-01`
    pub date: Option<String>,
    /// The revision that came out of it.
    pub revision: Option<String>,
    /// Who.
    pub author: Option<Mention>,
    /// What changed.
    pub change: Vec<Flow>,
}

/// A link from elsewhere to something here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backlink {
    /// The label that says how: `backlink-required`, `backlink-mentioned`, `duty-owns`.
    pub how: &'static str,
    /// What it is called there.
    pub text: String,
    /// The page.
    pub path: String,
    /// The anchor on it.
    pub anchor: String,
}

/// A time as it was written, and what it means in a release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct When {
    /// `T-24h`, `08:05`.
    pub written: String,
    /// In a release: `2026-11-30 09:00 CET`.
    pub local: Option<String>,
    /// In a release: the instant.
    pub instant: Option<jiff::Timestamp>,
    /// In a release: when what begins then ends, by its own end or by its longest duration.
    pub end: Option<jiff::Timestamp>,
}

/// A cadence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cadence {
    /// The time between two: `15 min`.
    pub every: String,
    /// Until when.
    pub until: Option<When>,
    /// How many times that is, where it can be told; for slots on paper.
    pub slots: Option<u32>,
}

/// A section.
#[derive(Debug, Clone, Hash)]
pub struct Section {
    /// Id and anchor.
    pub id: String,
    /// Its place in the source, for diagnostics of a layout.
    pub span: Span,
    /// `3.1`
    pub number: String,
    /// 1 for the topmost.
    pub depth: usize,
    /// Title.
    pub title: Line,
    /// Who answers.
    pub owners: Vec<Mention>,
    /// When it is worked through.
    pub phase: Phase,
    /// Start.
    pub at: Option<When>,
    /// End.
    pub until: Option<When>,
    /// `15 min`, `30 to 60 min`.
    pub duration: Option<String>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Vec<(String, Line)>,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
    /// What mentions it.
    pub backlinks: Vec<Backlink>,
    /// In a release: how far it is, with what is inside.
    pub progress: Option<Progress>,
    /// In a release: recorded values of the section's own thresholds.
    pub state: Option<ItemState>,
}

/// One kind of content of a section.
#[derive(Debug, Clone, Hash)]
pub enum Block {
    /// Text.
    About(Vec<Flow>),
    /// What must hold for the section to pass.
    Thresholds(Vec<Bar>),
    /// Sections inside.
    Sections(Vec<Section>),
    /// Things to verify, in any order.
    Checks(Vec<Item>),
    /// Things to do, in this order.
    Steps(Vec<Item>),
    /// Conditions that call for a reaction.
    Triggers(Vec<Trigger>),
    /// Texts to send.
    Messages(Vec<Message>),
    /// Who signs.
    Approvals(Vec<Approval>),
    /// A go/no-go decision.
    Gate(Box<Gate>),
    /// A decision tree.
    Decide(Decision),
    /// Ways to be reached.
    Contacts(Vec<Contact>),
    /// An empty log to fill in.
    Log,
    /// Web addresses.
    Links(Vec<Inline>),
    /// Tables.
    Tables(Vec<Table>),
}

/// A bar as it is shown.
#[derive(Debug, Clone, Hash)]
pub struct Bar {
    /// What is measured; empty where the title of the item says it.
    pub metric: String,
    /// What is required: `< 500 ms`, `≥ 30 d`, `all nodes healthy`.
    pub required: String,
    /// The whole in words as it was written.
    pub written: String,
    /// Passes with a note.
    pub warn: Option<String>,
    /// Calls the rollback.
    pub abort: Option<String>,
    /// What to do between pass and abort.
    pub between: Line,
    /// How a state is seen.
    pub shown_by: Line,
    /// Where the value is read.
    pub source: Line,
    /// Whether an actual value is asked for; not for states and built-in metrics.
    pub measured: bool,
    /// The bar for a machine.
    pub compiled: super::compiled::CompiledBar,
    /// In a release: the value that was recorded last.
    pub actual: Option<super::state::Actual>,
}

/// A check or a step.
#[derive(Debug, Clone, Hash)]
pub struct Item {
    /// Id and anchor.
    pub id: String,
    /// Its place in the source.
    pub span: Span,
    /// `3.1.4`; sub-checks count on: `3.1.4.1`.
    pub number: String,
    /// Whether it is a step.
    pub step: bool,
    /// Title.
    pub title: Line,
    /// More about it.
    pub about: Vec<Flow>,
    /// Who answers.
    pub owners: Vec<Mention>,
    /// Whether the owners differ from the section's and so need to be shown.
    pub own_owners: bool,
    /// How much depends on it.
    pub level: Level,
    /// When it applies.
    pub applies: Line,
    /// A command to show.
    pub run: Option<Code>,
    /// What is expected.
    pub expect: Vec<Flow>,
    /// Bars.
    pub bars: Vec<Bar>,
    /// Blanks to fill, with what was written there.
    pub records: Vec<Record>,
    /// Labelled facts.
    pub facts: Vec<(String, Line)>,
    /// What must be attached.
    pub evidence: Vec<Line>,
    /// Sub-checks.
    pub checks: Vec<Item>,
    /// Second persons.
    pub confirm: Vec<Mention>,
    /// One time.
    pub at: Option<When>,
    /// Several times.
    pub cadence: Option<Cadence>,
    /// An end without a cadence.
    pub until: Option<When>,
    /// How long it takes.
    pub duration: Option<String>,
    /// How long to watch before the next step.
    pub hold: Option<String>,
    /// Where to go when it fails.
    pub on_failure: Option<Mention>,
    /// Shown before the item, in a box.
    pub warning: Vec<Flow>,
    /// What mentions it.
    pub backlinks: Vec<Backlink>,
    /// In a release: what was recorded.
    pub state: Option<ItemState>,
}

/// Code with its language and colours.
#[derive(Debug, Clone, Hash)]
pub struct Code {
    /// `bash`, `sql`, …
    pub language: String,
    /// Where it is run.
    pub on: Line,
    /// The code, parameters filled in.
    pub pieces: Vec<Piece>,
}

/// A blank to fill.
#[derive(Debug, Clone, Hash)]
pub struct Record {
    /// What is written there.
    pub title: Line,
    /// What kind of value.
    pub kind: RecordType,
    /// In a release: what was written.
    pub value: Option<String>,
}
