//! A value that was just measured beside its bar: the answer to who records it.
//!
//! Takes the bars of an item, section or trigger and what was typed, gives how the value compares and
//! which metric it is for. A value that cannot be compared is refused while it can still be typed anew.

use jiff::civil::Date;

use super::rating::{Measured, rate};
use super::trail::{Targets, normal};
use super::trigger;
use crate::diagnostic::{Phrase, one_of};
use crate::model::quantity::Flaw;
use crate::model::section::Bar;
use crate::model::threshold::Reading;

/// A value as somebody types it.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// The value.
    pub actual: &'a str,
    /// Which threshold it is for, where that was said.
    pub metric: Option<&'a str>,
    /// The day of recording, against which dates count.
    pub day: Date,
}

/// How a value compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The metric as the threshold spells it, where one was said.
    pub metric: Option<String>,
    /// One sentence a bar: `480 ms meets < 500 ms`.
    pub words: Vec<Phrase>,
    /// Whether it misses a bar.
    pub misses: bool,
}

/// Holds a value against the bars of an item or section.
///
/// # Errors
/// When it is not clear which bar it is for, or when it cannot be compared with it.
pub fn answer(bars: &[Bar], typed: Typed<'_>) -> Result<Answer, Flaw> {
    present(typed)?;
    let targets = Targets::of(bars);
    let found = targets.find(typed.metric).map_err(|why| {
        let flaw =
            Flaw::new(0..0, Phrase::label("answer-value").with("value", typed.actual).with("why", why));
        help(bars).into_iter().fold(flaw, Flaw::help)
    })?;
    let first = found.first().and_then(|at| bars[*at].metric()).filter(|metric| !metric.is_empty());
    let metric = typed.metric.and(first).map(str::to_owned);
    let mut answer = Answer { metric, words: Vec::new(), misses: false };
    for bar in found.iter().map(|at| &bars[*at]) {
        compare(bar, typed)?;
        let (rating, words) = rate(bar, Measured::new(typed.actual, Some(typed.day)));
        answer.misses |= rating.misses();
        answer.words.push(words);
    }
    Ok(answer)
}

/// Holds a value against the condition of a trigger: `12 %, which is > 10 % for 5m`.
///
/// # Errors
/// When it cannot be compared with it.
pub fn answer_trigger(bar: &Bar, typed: Typed<'_>) -> Result<Answer, Flaw> {
    present(typed)?;
    compare(bar, typed)?;
    let (rating, _) = rate(bar, Measured::new(typed.actual, Some(typed.day)));
    let words = vec![trigger::words(rating, bar, typed.actual)];
    Ok(Answer { metric: None, words, misses: false })
}

fn present(typed: Typed<'_>) -> Result<(), Flaw> {
    if typed.actual.trim().is_empty() {
        return Err(Flaw::new(0..0, Phrase::label("flaw-missing")));
    }
    Ok(())
}

fn compare(bar: &Bar, typed: Typed<'_>) -> Result<(), Flaw> {
    bar.compare(Reading { actual: typed.actual, at: Some(typed.day) })
}

/// The metrics that a value may be for.
fn help(bars: &[Bar]) -> Option<String> {
    let mut metrics: Vec<&str> = Vec::new();
    for metric in bars.iter().filter_map(Bar::metric).filter(|metric| !metric.is_empty()) {
        if !metrics.iter().any(|known| normal(known) == normal(metric)) {
            metrics.push(metric);
        }
    }
    (!metrics.is_empty()).then(|| format!("name it with `--metric`: {}", one_of(metrics)))
}
