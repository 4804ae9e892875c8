//! Bars and the values that were measured against them, for templates.
//!
//! Takes bars of the view, gives typed template variables.

use serde::Serialize;

use super::engine::Html;
use super::markup::Pen;
use super::word::{self, Word};
use crate::view;

/// A bar: what is required and what was measured.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Bar<'a> {
    /// What is measured; empty where the title of the item says it.
    metric: &'a str,
    /// `< 500 ms`
    required: &'a str,
    /// As it was written.
    written: &'a str,
    /// Passes with a note.
    warn: Option<&'a str>,
    /// Calls the rollback.
    abort: Option<&'a str>,
    /// What to do between pass and abort.
    between: Option<Html>,
    /// How a state is seen.
    shown_by: Option<Html>,
    /// Where the value is read.
    source: Option<Html>,
    /// Whether an actual value is asked for.
    measured: bool,
    /// The value.
    actual: Option<Actual<'a>>,
}

/// Bars of an item or a section.
pub(super) fn bars<'a>(pen: Pen<'a>, bars: &'a [view::Bar]) -> Vec<Bar<'a>> {
    let bar = |bar: &'a view::Bar| Bar {
        metric: &bar.metric,
        required: &bar.required,
        written: &bar.written,
        warn: bar.warn.as_deref(),
        abort: bar.abort.as_deref(),
        between: pen.some_line(&bar.between),
        shown_by: pen.some_line(&bar.shown_by),
        source: pen.some_line(&bar.source),
        measured: bar.measured,
        actual: bar.actual.as_ref().map(|actual| Actual::new(pen, actual)),
    };
    // What is computed can always be compared: it is on its way.
    let way = |written: &view::Bar| {
        let unknown = written.actual.as_ref().is_some_and(|actual| actual.rating == view::Rating::Unknown);
        unknown && written.compiled.builtin.is_some()
    };
    bars.iter().map(|written| if way(written) { bar(written).so_far(pen) } else { bar(written) }).collect()
}

/// A recorded value and how it compares.
#[derive(Debug, Clone, Serialize)]
struct Actual<'a> {
    /// The value.
    value: &'a str,
    /// How it compares.
    rating: Word<'a>,
    /// In words.
    words: &'a str,
}

impl<'a> Bar<'a> {
    /// With a value that is still on its way to the bar.
    pub(super) fn so_far(mut self, pen: Pen<'a>) -> Self {
        let open = |actual: &&mut Actual<'_>| matches!(actual.rating.key, "miss" | "unknown");
        if let Some(actual) = self.actual.as_mut().filter(open) {
            actual.rating = word::word(pen.labels, "unknown", "so-far");
        }
        self
    }
}

impl<'a> Actual<'a> {
    fn new(pen: Pen<'a>, actual: &'a view::Actual) -> Self {
        Self { value: &actual.value, rating: word::rating(pen.labels, actual.rating), words: &actual.words }
    }
}
