//! A section with everything in it, resolved: ids given, owners inherited, values filled in.
//!
//! Takes and gives data only. Whatever an author wrote is here, in the order in which it was written;
//! what could not be understood is kept as text.

use super::document::{Action, Level, Outcome, Phase, RecordType};
use super::parameter::Piece;
use super::prose::{Prose, Text};
use super::quantity::Flaw;
use super::threshold::{Builtin, Levels, Threshold};
use super::time::{Duration, DurationRange, Moment};
use crate::source::{Span, Spanned};

/// The name of something else, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The id, or a path and an id.
    pub name: String,
    /// Where.
    pub span: Span,
}

/// A part of a runbook with an owner and a bar to pass.
#[derive(Debug, Clone)]
pub struct Section {
    /// Unique in its runbook.
    pub id: String,
    /// The whole section; diagnostics show its first line.
    pub span: Span,
    /// The title.
    pub title: Text,
    /// The owners written here; empty where they come from the parent.
    pub owners: Vec<Reference>,
    /// Who answers: the owners written here or the nearest above.
    pub answers: Vec<Reference>,
    /// Phase, its own or the parent's.
    pub phase: Phase,
    /// Start.
    pub at: Option<Spanned<Moment>>,
    /// End.
    pub until: Option<Spanned<Moment>>,
    /// How long it takes.
    pub duration: Option<Spanned<DurationRange>>,
    /// The author's count of items.
    pub count: Option<Spanned<u32>>,
    /// What it holds, in the order of the keys.
    pub blocks: Vec<Block>,
    /// Whether what it takes with `use` was not found, which was reported: nothing is said to be missing.
    pub lost: bool,
}

/// One key of a section that holds content.
#[derive(Debug, Clone)]
pub enum Block {
    /// `about`
    About(Prose),
    /// `thresholds`
    Thresholds(Vec<Bar>),
    /// `sections`
    Sections(Vec<Section>),
    /// `checks`
    Checks(Vec<Item>),
    /// `steps`
    Steps(Vec<Item>),
    /// `triggers`
    Triggers(Vec<Trigger>),
    /// `messages`
    Messages(Vec<Message>),
    /// `approvals`
    Approvals(Vec<Approval>),
    /// `gate`
    Gate(Box<Gate>),
    /// `decide`
    Decide(Decision),
    /// `contacts`
    Contacts(Contacts),
    /// `log: true`
    Log,
    /// `links`
    Links(Vec<Link>),
    /// `tables`
    Tables(Vec<Table>),
}

/// Whose ways to be reached are shown.
#[derive(Debug, Clone)]
pub enum Contacts {
    /// Everybody in the roster.
    All,
    /// These.
    Some(Vec<Reference>),
}

/// A check or a step.
#[derive(Debug, Clone)]
pub struct Item {
    /// Unique in its runbook.
    pub id: String,
    /// The whole item.
    pub span: Span,
    /// Whether it stands under `steps`.
    pub step: bool,
    /// The title.
    pub title: Text,
    /// More about it.
    pub about: Option<Prose>,
    /// The owners written here; empty where they come from the section.
    pub owners: Vec<Reference>,
    /// Who answers.
    pub answers: Vec<Reference>,
    /// How much depends on it.
    pub level: Level,
    /// When it applies.
    pub applies: Option<Text>,
    /// A command to show.
    pub run: Option<Command>,
    /// What is expected.
    pub expect: Option<Prose>,
    /// Bars, those of `fields` included.
    pub bars: Vec<Bar>,
    /// Blanks to fill.
    pub records: Vec<Record>,
    /// Labelled facts; those that read as a bar are in `bars`.
    pub facts: Vec<Fact>,
    /// What must be attached.
    pub evidence: Vec<Text>,
    /// Sub-checks.
    pub checks: Vec<Item>,
    /// Second persons.
    pub confirm: Vec<Reference>,
    /// One time.
    pub at: Option<Spanned<Moment>>,
    /// Cadence.
    pub every: Option<Spanned<Duration>>,
    /// End of the cadence.
    pub until: Option<Spanned<Moment>>,
    /// How long it takes.
    pub duration: Option<Spanned<DurationRange>>,
    /// How long to watch before the next step.
    pub hold: Option<Spanned<Duration>>,
    /// Where to go when it fails.
    pub on_failure: Option<Reference>,
    /// A warning.
    pub warning: Option<Prose>,
}

/// A command, shown and never executed.
#[derive(Debug, Clone)]
pub struct Command {
    /// Language, `bash` when none was written.
    pub shell: String,
    /// The code.
    pub code: Vec<Piece>,
    /// The code as it was written, with its place.
    pub source: Spanned<String>,
    /// Where it is run.
    pub on: Option<Text>,
}

/// A threshold as it stands in a runbook: what it means, and what was written.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Where.
    pub span: Span,
    /// The words, values filled in.
    pub written: String,
    /// What it means.
    pub criterion: Criterion,
    /// Where the value is read.
    pub source: Option<Text>,
}

/// The meanings of a threshold.
#[derive(Debug, Clone)]
pub enum Criterion {
    /// One comparison.
    Threshold(Threshold),
    /// Pass, warn, abort.
    Levels { levels: Box<Levels>, between: Option<Text> },
    /// A state that is seen, not measured.
    State { state: Text, shown_by: Option<Text> },
    /// Text that is no threshold, and why.
    Unparsed { flaw: Flaw },
}

impl Bar {
    /// The built-in metric that it is about, in the short form or with levels.
    pub fn builtin(&self) -> Option<Builtin> {
        match &self.criterion {
            Criterion::Threshold(threshold) => threshold.builtin(),
            Criterion::Levels { levels, .. } => {
                Builtin::ALL.into_iter().find(|(word, _)| *word == levels.metric).map(|(_, found)| found)
            }
            Criterion::State { .. } | Criterion::Unparsed { .. } => None,
        }
    }

    /// What is measured, if it is named.
    pub fn metric(&self) -> Option<&str> {
        match &self.criterion {
            Criterion::Threshold(threshold) => threshold.metric(),
            Criterion::Levels { levels, .. } => Some(&levels.metric),
            Criterion::State { .. } | Criterion::Unparsed { .. } => None,
        }
    }
}

/// A blank to fill.
#[derive(Debug, Clone)]
pub struct Record {
    /// What is written there.
    pub title: Text,
    /// What kind of value.
    pub kind: RecordType,
}

/// A labelled fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The label.
    pub label: Spanned<String>,
    /// The value.
    pub value: Text,
}

/// A condition that calls for a reaction.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Unique in its runbook.
    pub id: String,
    /// The whole trigger.
    pub span: Span,
    /// The condition in words.
    pub condition: Text,
    /// The condition as a threshold, where it is one.
    pub bar: Option<Bar>,
    /// A name from `severities`.
    pub severity: Option<Reference>,
    /// What to do.
    pub actions: Vec<Spanned<Action>>,
    /// Time to decide.
    pub within: Option<Spanned<Duration>>,
    /// Who may decide.
    pub authority: Vec<Reference>,
    /// What carries it out.
    pub to: Option<Reference>,
    /// More about it.
    pub about: Option<Prose>,
}

/// A text to send.
#[derive(Debug, Clone)]
pub struct Message {
    /// Unique in its runbook.
    pub id: String,
    /// The whole message.
    pub span: Span,
    /// Name of the message.
    pub title: Text,
    /// More about it.
    pub about: Option<Prose>,
    /// Who sends it.
    pub answers: Vec<Reference>,
    /// When.
    pub at: Option<Spanned<Moment>>,
    /// Cadence.
    pub every: Option<Spanned<Duration>>,
    /// End of the cadence.
    pub until: Option<Spanned<Moment>>,
    /// What makes it due.
    pub on: Vec<Outcome>,
    /// By which ways.
    pub channels: Vec<Text>,
    /// To whom; ids of the roster or plain names such as `stakeholders`.
    pub to: Vec<Reference>,
    /// Subject line.
    pub subject: Option<Text>,
    /// The text, exactly as it is to be sent.
    pub body: Option<Spanned<Vec<Piece>>>,
}

/// Who signs.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The whole approval.
    pub span: Span,
    /// How many of the roles must sign.
    pub needed: usize,
    /// The roles.
    pub roles: Vec<Reference>,
    /// What can be said; the first means yes.
    pub choices: Vec<String>,
    /// What is signed.
    pub statement: Option<Text>,
    /// When this signature is needed; then it decides only if somebody signed or blocked.
    pub when: Option<Text>,
}

/// A go/no-go decision.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Unique in its runbook.
    pub id: String,
    /// The whole gate.
    pub span: Span,
    /// Title.
    pub title: Text,
    /// More about it.
    pub about: Option<Prose>,
    /// When it is held.
    pub at: Option<Spanned<Moment>>,
    /// Sections it is judged on; empty for every section of phase `before`.
    pub requires: Vec<Reference>,
    /// Roles asked aloud, in order.
    pub polls: Vec<Reference>,
    /// Who decides.
    pub decides: Vec<Reference>,
    /// Who is asked when no decision is reached.
    pub escalates: Vec<Reference>,
}

/// A decision tree.
#[derive(Debug, Clone)]
pub enum Decision {
    /// A question with a way for yes and a way for no.
    Ask { question: Text, yes: Option<Box<Decision>>, no: Option<Box<Decision>> },
    /// What to do.
    Then(Text),
}

/// A web address, or a relative link to another source.
#[derive(Debug, Clone)]
pub struct Link {
    /// What is there.
    pub title: Text,
    /// The address.
    pub url: Spanned<String>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Unique in its runbook.
    pub id: String,
    /// The whole table.
    pub span: Span,
    /// Title.
    pub title: Text,
    /// Heads of the columns.
    pub columns: Vec<Text>,
    /// Rows of cells, as many as were written.
    pub rows: Vec<Vec<Text>>,
    /// Empty rows to fill in.
    pub blank: u32,
}

impl Section {
    /// The sections directly inside.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Sections(sections) => sections.as_slice(),
            _ => &[],
        })
    }

    /// The checks and steps directly inside, without sub-checks.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Checks(items) | Block::Steps(items) => items.as_slice(),
            _ => &[],
        })
    }

    /// The section's own bars.
    pub fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Thresholds(bars) => bars.as_slice(),
            _ => &[],
        })
    }

    /// The approvals directly inside.
    pub fn approvals(&self) -> impl Iterator<Item = &Approval> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Approvals(approvals) => approvals.as_slice(),
            _ => &[],
        })
    }

    /// The triggers directly inside.
    pub fn triggers(&self) -> impl Iterator<Item = &Trigger> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Triggers(triggers) => triggers.as_slice(),
            _ => &[],
        })
    }

    /// The messages directly inside.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Messages(messages) => messages.as_slice(),
            _ => &[],
        })
    }

    /// The gates directly inside.
    pub fn gates(&self) -> impl Iterator<Item = &Gate> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Gate(gate) => Some(&**gate),
            _ => None,
        })
    }

    /// Calls `visit` with this section and every one below, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Section)) {
        visit(self);
        for section in self.sections() {
            section.walk(visit);
        }
    }
}

impl Item {
    /// Calls `visit` with this item and every sub-check below, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Item)) {
        visit(self);
        for check in &self.checks {
            check.walk(visit);
        }
    }
}
