//! A threshold as it stands in a runbook.
//!
//! Takes and gives data only.

use crate::model::prose::Text;
use crate::model::quantity::Flaw;
use crate::model::threshold::{Builtin, Levels, Reading, Threshold};
use crate::source::Span;

/// A threshold as it stands in a runbook: what it means, and what was written.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Where.
    pub span: Span,
    /// The words, values filled in.
    pub written: Box<str>,
    /// What it means.
    pub criterion: Criterion,
    /// Where the value is read.
    pub source: Option<Box<Text>>,
}

/// The meanings of a threshold.
#[derive(Debug, Clone)]
pub enum Criterion {
    /// One comparison.
    Threshold(Threshold),
    /// Pass, warn, abort.
    Levels { levels: Box<Levels>, between: Option<Box<Text>> },
    /// A state that is seen, not measured.
    State { state: Text, shown_by: Option<Box<Text>> },
    /// It names a parameter without a value. What it means was read with the example of that, which tells its
    /// kind and nothing that a value could be held against.
    Blank { example: Box<Criterion> },
    /// Text that is no threshold, and why.
    Unparsed { flaw: Flaw },
}

impl Criterion {
    /// Itself, and of a blank what its example says: enough where only the kind counts, and what is measured.
    pub fn kind(&self) -> &Self {
        match self {
            Self::Blank { example } => example,
            known => known,
        }
    }
}

impl Bar {
    /// Whether a value can be held against it at all. A blank takes any text, and so does what is seen and not
    /// measured.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn compare(&self, reading: Reading<'_>) -> Result<(), Flaw> {
        match &self.criterion {
            Criterion::Threshold(threshold) => threshold.evaluate(reading).map(drop),
            Criterion::Levels { levels, .. } => levels.evaluate(reading).map(drop),
            Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => Ok(()),
        }
    }

    /// The built-in metric that it is about, in the short form or with levels.
    pub fn builtin(&self) -> Option<Builtin> {
        match self.criterion.kind() {
            Criterion::Threshold(threshold) => threshold.builtin(),
            Criterion::Levels { levels, .. } => {
                Builtin::ALL.into_iter().find(|(word, _)| *word == levels.metric).map(|(_, found)| found)
            }
            Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
        }
    }

    /// Whether it names a parameter without a value.
    pub fn is_blank(&self) -> bool {
        matches!(self.criterion, Criterion::Blank { .. })
    }

    /// What is required where there is a blank: the words behind the metric.
    pub fn blank_words(&self) -> &str {
        let metric = self.metric().unwrap_or_default();
        let words = self.written.strip_prefix(metric).unwrap_or(&self.written);
        words.trim_start_matches(':').trim_start()
    }

    /// What is measured, if it is named.
    pub fn metric(&self) -> Option<&str> {
        match self.criterion.kind() {
            Criterion::Threshold(threshold) => threshold.metric(),
            Criterion::Levels { levels, .. } => Some(&levels.metric),
            Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
        }
    }
}
