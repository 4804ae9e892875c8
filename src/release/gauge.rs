//! The bars of one item or section with the values that count.
//!
//! Takes bars, what was recorded for them and how computed ones are computed; gives one gauge a bar.

use super::assessment::Actual;
use super::judge::Judge;
use super::metric::Computed;
use super::rating::{Measured, asked, rate};
use super::status::Rating;
use super::trail::{Kind, Reading, Trail};
use crate::diagnostic::Phrase;
use crate::model::section::{Bar, Criterion};
use crate::model::threshold::Builtin;

/// A bar with the value that counts.
#[derive(Debug, Clone)]
pub(super) enum Gauge {
    /// Recorded, with its place in the order of time.
    Recorded(Actual, usize),
    /// Computed; `open` where what is still to come can turn it.
    Computed { actual: Actual, open: bool },
    /// A value is asked for and not there, in words.
    Missing(Phrase),
    /// Somebody has to see it; with what they wrote down.
    Seen(Option<Actual>),
}

impl Gauge {
    pub(super) fn actual(&self) -> Option<&Actual> {
        match self {
            Self::Recorded(actual, _) | Self::Computed { actual, .. } | Self::Seen(Some(actual)) => {
                Some(actual)
            }
            Self::Missing(_) | Self::Seen(None) => None,
        }
    }

    /// Whether a value passes that was recorded after `since`, or at any time.
    pub(super) fn passes(&self, since: Option<usize>) -> bool {
        match self {
            Self::Recorded(actual, order) => {
                actual.rating.passes() && since.is_none_or(|since| *order > since)
            }
            Self::Computed { actual, open } => actual.rating.passes() && !open,
            Self::Missing(_) | Self::Seen(_) => false,
        }
    }

    /// Whether a value definitely misses; with `cover`, only one that was recorded after it.
    pub(super) fn misses(&self, cover: Option<usize>) -> bool {
        match self {
            Self::Recorded(actual, order) => {
                actual.rating.misses() && cover.is_none_or(|cover| *order > cover)
            }
            Self::Computed { actual, open } => actual.rating.misses() && !open && cover.is_none(),
            Self::Missing(_) | Self::Seen(_) => false,
        }
    }

    /// Whether a value is there that cannot be compared.
    pub(super) fn unknown(&self) -> bool {
        matches!(self, Self::Recorded(actual, _) if actual.rating == Rating::Unknown)
    }

    /// The event of a recorded value.
    pub(super) fn event(&self) -> Option<usize> {
        self.actual()?.mark.as_ref().map(|mark| mark.event)
    }
}

impl Judge<'_> {
    /// One gauge for each bar. `compute` gives the value of a built-in metric, or `None` where it is
    /// measured like any other.
    pub(super) fn gauges(
        &self,
        bars: &[Bar],
        trail: &Trail<'_>,
        compute: impl Fn(&Bar, Builtin) -> Option<Result<Computed, Phrase>>,
    ) -> Vec<Gauge> {
        let mut gauges = Vec::with_capacity(bars.len());
        for (bar, readings) in bars.iter().zip(&trail.readings) {
            let newest = readings.newest;
            let gauge = match (
                Kind::of(bar),
                bar.builtin().filter(|_| !bar.is_blank()).and_then(|metric| compute(bar, metric)),
            ) {
                (Kind::Seen, _) => Gauge::Seen(newest.map(|reading| self.seen(bar, reading))),
                (_, Some(Ok(Computed { actual, open }))) => Gauge::Computed { actual, open },
                (_, Some(Err(why))) => Gauge::Missing(Phrase::joined([asked(bar).into(), why], ": ")),
                (_, None) => match newest {
                    Some(reading) => Gauge::Recorded(self.rated(bar, reading), reading.entry.order),
                    None => Gauge::Missing(Phrase::label("reason-no-value").with("what", asked(bar))),
                },
            };
            gauges.push(gauge);
        }
        gauges
    }

    /// A recorded value beside its bar.
    pub(super) fn rated(&self, bar: &Bar, reading: Reading<'_>) -> Actual {
        let day = self.day(reading.entry.event.at);
        let (rating, words) = rate(bar, Measured::new(reading.value, Some(day)));
        Actual { value: reading.value.to_owned(), rating, words, mark: Some(reading.entry.mark()) }
    }

    /// What somebody wrote down for something that is seen.
    fn seen(&self, bar: &Bar, reading: Reading<'_>) -> Actual {
        let actual = self.rated(bar, reading);
        match &bar.criterion {
            // The words of the state itself say that it was seen.
            Criterion::State { state, .. } if same(&state.plain(), reading.value) => {
                let words = Phrase::label("value-seen").with("value", reading.value);
                Actual { rating: Rating::Pass, words, ..actual }
            }
            _ => actual,
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}
