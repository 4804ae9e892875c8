//! The built-in metrics: what a section's bar measures without anybody measuring.
//!
//! Takes counts and times that follow from the journal, gives the value and how it compares. What is
//! merely not finished is open and not a miss; what can no longer be met is a miss.

use jiff::civil::Date;

use super::assessment::{Actual, Progress};
use super::rating::{Measured, rate};
use super::status::Rating;
use crate::diagnostic::Phrase;
use crate::model::quantity::Dimension;
use crate::model::section::{Bar, Criterion};
use crate::model::threshold::{Builtin, Threshold};
use crate::model::time::Duration;

/// What a section or an item with sub-checks amounts to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) progress: Progress,
    pub(super) approvals: Approvals,
    /// Seconds from the first event to the last.
    pub(super) seconds: Option<u64>,
    /// Days since the runbook was reviewed.
    pub(super) age: Option<i64>,
}

/// Signatures that are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Approvals {
    pub(super) given: usize,
    /// Neither given nor refused.
    pub(super) open: usize,
    pub(super) asked: usize,
}

/// A computed value.
#[derive(Debug, Clone)]
pub(super) struct Computed {
    pub(super) actual: Actual,
    /// Whether what is still open can turn it.
    pub(super) open: bool,
}

impl Tally {
    /// The value of a built-in metric beside its bar.
    ///
    /// # Errors
    /// Why there is no value.
    pub(super) fn compute(&self, bar: &Bar, builtin: Builtin) -> Result<Computed, Phrase> {
        let progress = &self.progress;
        let counted = progress.total - progress.not_applicable - progress.waived;
        let open = progress.pending + progress.blocked;
        match builtin {
            Builtin::Checks | Builtin::Passed => Ok(count(bar, progress.done, open, counted)),
            Builtin::Failed => Ok(count(bar, progress.failed, 0, counted)),
            Builtin::Approvals => {
                Ok(count(bar, self.approvals.given, self.approvals.open, self.approvals.asked))
            }
            Builtin::Duration => self.duration(bar, open > 0),
            Builtin::Age => self.age(bar),
        }
    }

    fn duration(&self, bar: &Bar, unfinished: bool) -> Result<Computed, Phrase> {
        let seconds = self.seconds.ok_or_else(|| Phrase::label("reason-no-duration"))?;
        let shown = Duration::from_seconds(seconds).to_string();
        let computed = known(bar, &format!("{seconds} s"), &shown);
        // It still grows: what is over is over, what is not may yet be.
        let open = unfinished && computed.rating.passes();
        let words =
            if open { Phrase::label("value-so-far").with("words", computed.words) } else { computed.words };
        Ok(Computed { actual: Actual { words, ..computed }, open })
    }

    fn age(&self, bar: &Bar) -> Result<Computed, Phrase> {
        let days = self.age.ok_or_else(|| Phrase::label("reason-not-reviewed"))?;
        Ok(Computed { actual: known(bar, &format!("{days} d"), &format!("{days} d")), open: false })
    }
}

/// `have` of `whole`, of which `open` more may come.
fn count(bar: &Bar, have: usize, open: usize, whole: usize) -> Computed {
    let share = matches!(dimension(bar), Some(Dimension::Percent | Dimension::Ratio));
    if share && whole == 0 {
        let words = Phrase::label("value-nothing");
        let actual = Actual { value: "0/0".to_owned(), rating: Rating::Pass, words, mark: None };
        return Computed { actual, open: false };
    }
    let value = |have: usize| if share { format!("{have}/{whole}") } else { have.to_string() };
    let actual = known(bar, &value(have), &format!("{have}/{whole}"));
    let passes = |more: usize| known(bar, &value(have + more), "").rating.passes();
    let open = actual.rating.misses() && (passes(open) || (1..open).any(passes));
    if !open {
        return Computed { actual, open };
    }
    // What is to come can still turn it: that is no miss.
    let words =
        Phrase::label("value-not-yet").with("value", actual.value.as_str()).with("bar", bar_words(bar));
    Computed { actual: Actual { rating: Rating::Unknown, words, ..actual }, open }
}

fn known(bar: &Bar, value: &str, shown: &str) -> Actual {
    let (rating, words) = rate(bar, Measured { value, shown, day: None });
    Actual { value: shown.to_owned(), rating, words, mark: None }
}

/// What has to be met: `= 100 %`.
fn bar_words(bar: &Bar) -> String {
    match &bar.criterion {
        Criterion::Threshold(threshold) => threshold.required(),
        Criterion::Levels { levels, .. } => levels.pass.as_ref().map(Threshold::required).unwrap_or_default(),
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => {
            bar.written.to_string()
        }
    }
}

fn dimension(bar: &Bar) -> Option<Dimension> {
    match &bar.criterion {
        Criterion::Threshold(threshold) => threshold.dimension(),
        Criterion::Levels { levels, .. } => {
            let bars = [&levels.pass, &levels.warn, &levels.abort];
            bars.into_iter().flatten().find_map(Threshold::dimension)
        }
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
    }
}

/// Days from one date to a later one.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
