//! Checks and steps.
//!
//! Takes and gives data only.

use std::sync::Arc;

use super::{Bar, Reference};
use crate::model::document::{Level, RecordType};
use crate::model::parameter::Piece;
use crate::model::prose::{Prose, Text};
use crate::model::time::{Duration, DurationRange, Moment};
use crate::source::{Span, Spanned};

/// A check or a step. What few of them have takes a pointer: a site has very many.
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
    pub about: Option<Box<Prose>>,
    /// The owners written here; empty where they come from the section.
    pub owners: Vec<Reference>,
    /// Who answers.
    pub answers: Arc<[Reference]>,
    /// How much depends on it.
    pub level: Level,
    /// When it applies.
    pub applies: Option<Box<Text>>,
    /// A command to show.
    pub run: Option<Box<Command>>,
    /// What is expected.
    pub expect: Option<Box<Prose>>,
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
    pub warning: Option<Box<Prose>>,
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

impl Item {
    /// Calls `visit` with this item and every sub-check below, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Item)) {
        visit(self);
        for check in &self.checks {
            check.walk(visit);
        }
    }
}
