//! A value beside its bar, in words.
//!
//! Takes a bar and a value as it was recorded, gives how it compares and a sentence. A value that
//! cannot be compared is `Unknown`, which leaves its item open and never fails it.

use jiff::civil::Date;

use super::status::Rating;
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

    fn reading(self) -> Reading<'a> {
        Reading { actual: self.value, at: self.day }
    }
}

/// How a value compares with a bar: `480 ms meets < 500 ms`.
pub(super) fn rate(bar: &Bar, measured: Measured<'_>) -> (Rating, String) {
    let shown = measured.shown;
    match &bar.criterion {
        Criterion::Threshold(threshold) => match threshold.evaluate(measured.reading()) {
            Ok(true) => (Rating::Pass, format!("{shown} meets {}", threshold.required())),
            Ok(false) => (Rating::Miss, format!("{shown} misses {}", threshold.required())),
            Err(flaw) => (Rating::Unknown, flaw.message),
        },
        Criterion::Levels { levels, .. } => rate_levels(levels, measured),
        Criterion::State { .. } | Criterion::Unparsed { .. } => {
            (Rating::Unknown, format!("{shown}, to be held against `{}`", bar.written))
        }
    }
}

fn rate_levels(levels: &Levels, measured: Measured<'_>) -> (Rating, String) {
    let shown = measured.shown;
    let words = |bar: &Option<Threshold>| bar.as_ref().map(Threshold::required).unwrap_or_default();
    let (pass, warn, abort) = (words(&levels.pass), words(&levels.warn), words(&levels.abort));
    match levels.evaluate(measured.reading()) {
        Ok(Level::Pass) if pass.is_empty() && warn.is_empty() => {
            (Rating::Pass, format!("{shown} does not call for abort {abort}"))
        }
        Ok(Level::Pass) => (Rating::Pass, format!("{shown} meets {pass}")),
        Ok(Level::Warn) if pass.is_empty() => (Rating::Warn, format!("{shown} meets warn {warn}")),
        Ok(Level::Warn) => (Rating::Warn, format!("{shown} misses {pass}, meets warn {warn}")),
        Ok(Level::Between) if pass.is_empty() => (Rating::Miss, format!("{shown} misses warn {warn}")),
        Ok(Level::Between) => (Rating::Miss, format!("{shown} misses {pass}")),
        Ok(Level::Abort) => (Rating::Abort, format!("{shown} calls for abort {abort}")),
        Err(flaw) => (Rating::Unknown, flaw.message),
    }
}

/// The reason that a miss gives: the words, the metric, and what to do between pass and abort.
pub(super) fn miss(bar: &Bar, rating: Rating, words: &str) -> String {
    let named = match bar.metric() {
        Some(metric) if !metric.is_empty() => format!("{metric}: {words}"),
        _ => words.to_owned(),
    };
    match &bar.criterion {
        Criterion::Levels { levels, between: Some(between) } if rating == Rating::Miss => {
            match &levels.abort {
                Some(abort) => format!("{named}, short of abort {}: {}", abort.required(), between.plain()),
                None => format!("{named}: {}", between.plain()),
            }
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
        _ => bar.written.clone(),
    }
}
