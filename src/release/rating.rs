//! A value beside its bar, in words.
//!
//! Takes a bar and a value as it was recorded, gives how it compares and a sentence. A value that
//! cannot be compared is `Unknown`, which leaves its item open and never fails it.

use jiff::civil::Date;

use super::status::Rating;
use crate::diagnostic::Phrase;
use crate::model::section::{Bar, Criterion};
use crate::model::threshold::{Level, Levels, Reading, Threshold};

/// A value, as it is compared and as it is shown.
#[derive(Clone, Copy)]
pub(super) struct Measured<'a> {
    pub(super) value: &'a str,
    pub(super) shown: &'a str,
    /// The day of recording, against which dates count.
    pub(super) day: Option<Date>,
}

impl<'a> Measured<'a> {
    pub(super) fn new(value: &'a str, day: Option<Date>) -> Self {
        Self { value, shown: value, day }
    }

    /// `480 ms meets < 500 ms`, as the label `key` says it.
    fn words(self, key: &'static str, bar: String) -> Phrase {
        Phrase::label(key).with("value", self.shown).with("bar", bar)
    }

    fn reading(self) -> Reading<'a> {
        Reading { actual: self.value, at: self.day }
    }
}

/// How a value compares with a bar: `480 ms meets < 500 ms`.
pub(super) fn rate(bar: &Bar, measured: Measured<'_>) -> (Rating, Phrase) {
    match &bar.criterion {
        Criterion::Threshold(threshold) => match threshold.evaluate(measured.reading()) {
            Ok(true) => (Rating::Pass, measured.words("value-meets", threshold.required())),
            Ok(false) => (Rating::Miss, measured.words("value-misses", threshold.required())),
            Err(flaw) => (Rating::Unknown, flaw.message),
        },
        Criterion::Levels { levels, .. } => rate_levels(levels, measured),
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => {
            (Rating::Unknown, measured.words("value-to-hold", format!("`{}`", bar.written)))
        }
    }
}

fn rate_levels(levels: &Levels, measured: Measured<'_>) -> (Rating, Phrase) {
    let words = |bar: &Option<Threshold>| bar.as_ref().map(Threshold::required).unwrap_or_default();
    let (pass, warn, abort) = (words(&levels.pass), words(&levels.warn), words(&levels.abort));
    match levels.evaluate(measured.reading()) {
        Ok(Level::Pass) if pass.is_empty() && warn.is_empty() => {
            (Rating::Pass, measured.words("value-no-abort", abort))
        }
        Ok(Level::Pass) => (Rating::Pass, measured.words("value-meets", pass)),
        Ok(Level::Warn) if pass.is_empty() => (Rating::Warn, measured.words("value-meets-warn", warn)),
        Ok(Level::Warn) => (Rating::Warn, measured.words("value-misses-meets", pass).with("warn", warn)),
        Ok(Level::Between) if pass.is_empty() => (Rating::Miss, measured.words("value-misses-warn", warn)),
        Ok(Level::Between) => (Rating::Miss, measured.words("value-misses", pass)),
        Ok(Level::Abort) => (Rating::Abort, measured.words("value-abort", abort)),
        Err(flaw) => (Rating::Unknown, flaw.message),
    }
}

/// The reason that a miss gives: the words, the metric, and what to do between pass and abort.
pub(super) fn miss(bar: &Bar, rating: Rating, words: &Phrase) -> Phrase {
    let metric = bar.metric().filter(|metric| !metric.is_empty()).map(Phrase::from);
    let named = Phrase::joined(metric.into_iter().chain([words.clone()]), ": ");
    match &bar.criterion {
        Criterion::Levels { levels, between: Some(between) } if rating == Rating::Miss => {
            let short = match &levels.abort {
                Some(abort) => {
                    Phrase::label("value-short").with("words", named).with("bar", abort.required())
                }
                None => named,
            };
            Phrase::joined([short, between.plain().into()], ": ")
        }
        _ => named,
    }
}

/// What a bar asks for, in words: its metric and what is required.
pub(super) fn asked(bar: &Bar) -> String {
    match &bar.criterion {
        Criterion::Threshold(threshold) => {
            Threshold { reading: None, note: None, ..threshold.clone() }.to_string()
        }
        _ => bar.written.to_string(),
    }
}
