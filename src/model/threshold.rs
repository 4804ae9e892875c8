//! Thresholds: what must hold, as text with a grammar and as a value that can be held against an
//! actual.
//!
//! Takes one line of text, gives a metric, an operator, values and what qualifies them, in the
//! short form of the language or (`read_free`) as people write criteria in prose. Whether meeting
//! a bar is good or bad is not in the text: that is said by the key it stands under. It reads no
//! files and no clock.

mod compiled;
mod denied;
mod evaluate;
mod free;
mod levels;
mod named;
mod operator;
mod read;
mod region;
mod slip;
mod tail;
mod unsigned;
mod value;

#[cfg(test)]
mod seeds;
#[cfg(test)]
mod tests;

use std::fmt;

use super::quantity::{Dimension, Flaw, Folded, Quantity, quote};

pub use compiled::Compiled;
pub use evaluate::Reading;
pub use free::{Criterion, read_free, read_levels};
pub use levels::{Level, Levels};
pub use operator::Operator;
pub use region::Gap;
pub use tail::{Window, WindowKind};
pub use value::Value;

/// A condition on a value: `API p95 response time < 500 ms for 5m`.
///
/// `Display` gives the canonical text, which parses to an equal threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// What is measured; `None` where the place of the text says it.
    pub metric: Option<Box<str>>,
    /// How a value must stand to the bar.
    pub operator: Operator,
    /// The bar: two values for `between`, one or more for `in`, one otherwise.
    pub values: Box<[Value]>,
    /// Under which circumstances, with its preposition: `at 100 concurrent users`.
    pub scope: Option<Box<str>>,
    /// How long it must hold, or over which time it is measured.
    pub window: Option<Window>,
    /// What was measured when the text was written: the second value of `80 % (92 %)`.
    pub reading: Option<Box<Quantity>>,
    /// A remark in parentheses.
    pub note: Option<Box<str>>,
}

/// A metric the program computes from the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Builtin {
    /// Items done of all items.
    Checks,
    /// Items that passed.
    Passed,
    /// Items that failed.
    Failed,
    /// Approvals given of those asked for.
    Approvals,
    /// How long it took.
    Duration,
    /// How long ago the runbook was reviewed.
    Age,
}

impl Builtin {
    /// Every built-in metric with its word.
    pub const ALL: [(&'static str, Self); 6] = [
        ("checks", Self::Checks),
        ("passed", Self::Passed),
        ("failed", Self::Failed),
        ("approvals", Self::Approvals),
        ("duration", Self::Duration),
        ("age", Self::Age),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, known)| *known == self).map(|(word, _)| word).unwrap_or_default()
    }
}

impl Threshold {
    /// Reads one threshold in the short form; nothing of the text may be left over.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let folded = Folded::new(text);
        read::whole(folded.text(), None).map_err(|flaw| folded.restore(free::advise(flaw, text)))
    }

    /// Reads the bar of a metric that is named elsewhere: a level, or a labelled field. The text
    /// may repeat the metric, but not name another.
    pub fn parse_for(metric: &str, text: &str) -> Result<Self, Flaw> {
        let folded = Folded::new(text);
        let read = read::whole(folded.text(), Some(metric)).map_err(|flaw| folded.restore(flaw))?;
        match &read.metric {
            Some(own) if own.to_lowercase() != tail::joined(metric).to_lowercase() => {
                let message = format!("{} is not the metric {}", quote(own), quote(metric));
                Err(Flaw::new(0..text.len(), message).help(format!("write `{}`", read.bar())))
            }
            _ => Ok(read.named(metric)),
        }
    }

    /// What is measured.
    pub fn metric(&self) -> Option<&str> {
        self.metric.as_deref()
    }

    /// The built-in metric it is about: only where the metric is exactly its word.
    pub fn builtin(&self) -> Option<Builtin> {
        let metric = self.metric()?;
        Builtin::ALL.into_iter().find(|(word, _)| *word == metric).map(|(_, builtin)| builtin)
    }

    /// The dimension of its bar; `None` where the bar is a text.
    pub fn dimension(&self) -> Option<Dimension> {
        self.values.first()?.quantity().map(Quantity::dimension)
    }

    /// What is required, without the metric and remarks: `< 500 ms at 100 users for 5m`.
    pub fn required(&self) -> String {
        Self { metric: None, reading: None, note: None, ..self.clone() }.to_string()
    }

    /// The operator and the values, without the metric and what qualifies them: `< 500 ms`.
    pub fn bar(&self) -> String {
        let mut text = format!("{} ", self.operator);
        let separator = if self.operator == Operator::Between { " and " } else { ", " };
        for (at, value) in self.values.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { separator });
            match value {
                // Unquoted, words would go on into the scope behind them.
                Value::Text(words) if self.scope.is_some() => text.push_str(&format!("\"{words}\"")),
                value => text.push_str(&value.to_string()),
            }
        }
        text
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(metric) = &self.metric {
            write!(f, "{metric} ")?;
        }
        f.write_str(&self.bar())?;
        if let Some(scope) = &self.scope {
            write!(f, " {scope}")?;
        }
        if let Some(window) = &self.window {
            write!(f, " {window}")?;
        }
        if let Some(reading) = &self.reading {
            write!(f, " ({reading})")?;
        }
        if let Some(note) = &self.note {
            write!(f, " ({note})")?;
        }
        Ok(())
    }
}
