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
    pub owners: Box<[Reference]>,
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
    pub bars: Box<[Bar]>,
    /// Blanks to fill.
    pub records: Box<[Record]>,
    /// Labelled facts; those that read as a bar are in `bars`.
    pub facts: Box<[Fact]>,
    /// What must be attached.
    pub evidence: Box<[Text]>,
    /// Sub-checks.
    pub checks: Box<[Item]>,
    /// Second persons.
    pub confirm: Box<[Reference]>,
    /// When and how long; most items say nothing of it.
    pub(in crate::model) timing: Option<Box<Timing>>,
    /// Where to go when it fails.
    pub on_failure: Option<Box<Reference>>,
    /// A warning.
    pub warning: Option<Box<Prose>>,
}

/// When something is done, and how long it takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timing {
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
    /// Whether it is a time that waits for the value of a parameter, and its label the key of the words for it.
    pub is_time: bool,
    /// The value.
    pub value: Text,
}

impl Item {
    /// When it is done, and how long it takes.
    pub fn timing(&self) -> &Timing {
        const NOTHING: Timing = Timing { at: None, every: None, until: None, duration: None, hold: None };
        self.timing.as_deref().unwrap_or(&NOTHING)
    }

    /// Calls `visit` with this item and every sub-check below, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Item)) {
        visit(self);
        for check in &self.checks {
            check.walk(visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A large site has a million of them.
    #[test]
    fn items_and_bars_stay_small() {
        assert!(size_of::<Item>() <= 264, "{}", size_of::<Item>());
        assert!(size_of::<Bar>() <= 128, "{}", size_of::<Bar>());
        assert!(size_of::<crate::model::quantity::Quantity>() <= 48);
    }
}
