//! A section with everything in it, resolved: ids given, owners inherited, values filled in.
//!
//! Takes and gives data only. Whatever an author wrote is here, in the order in which it was written;
//! what could not be understood is kept as text.

mod bar;
mod block;
mod item;

use std::sync::Arc;

use super::document::Phase;
use super::prose::{Prose, Text};
use super::time::{DurationRange, Moment};
use crate::source::{Span, Spanned};
pub use bar::{Bar, Criterion};
pub use block::{Approval, Decision, Gate, Link, Message, Table, Trigger};
pub use item::{Command, Fact, Item, Record, Timing};

/// The name of something else, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The id, or a path and an id.
    pub name: String,
    /// Where.
    pub span: Span,
}

/// Whether a section is taken with `use`, and the runbook has it, or a part of it, more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Take {
    /// It is there once.
    #[default]
    Only,
    /// One of several, without an id of its own: what is in it keeps its ids.
    Plain,
    /// One of several, with an id of its own: every id in it begins with that.
    Named,
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
    pub answers: Arc<[Reference]>,
    /// Phase, its own or the parent's.
    pub phase: Phase,
    /// Start.
    pub at: Option<Spanned<Moment>>,
    /// End.
    pub until: Option<Spanned<Moment>>,
    /// How long it takes.
    pub duration: Option<Spanned<DurationRange>>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Box<[Fact]>,
    /// The author's count of items.
    pub count: Option<Spanned<u32>>,
    /// What it holds, in the order of the keys.
    pub blocks: Vec<Block>,
    /// Whether it is one of several of the same kind.
    pub take: Take,
    /// Whether what it takes with `use` was not found, or its owner or thresholds could not be read, which was
    /// reported: nothing is said to be missing.
    pub lost: bool,
}

/// One key of a section that holds content; what is no list takes a pointer.
#[derive(Debug, Clone)]
pub enum Block {
    /// `about`
    About(Box<Prose>),
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
    Decide(Box<Decision>),
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
    /// Everybody in the roster, and who is named beside.
    All(Vec<Reference>),
    /// These.
    Some(Vec<Reference>),
}

impl Contacts {
    /// Who is named.
    pub fn names(&self) -> &[Reference] {
        match self {
            Self::All(names) | Self::Some(names) => names,
        }
    }
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
