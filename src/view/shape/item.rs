//! Checks, steps and bars.
//!
//! Takes resolved items, gives shaped ones with what was recorded.

use super::here::Here;
use super::plain_line;
use super::schedule::{Rhythm, duration, lasting, length, when};
use super::section::Shaper;
use crate::model::section::{Bar as WrittenBar, Criterion, Fact, Item as WrittenItem};
use crate::model::threshold::{Levels, Threshold};
use crate::model::time::Moment;
use crate::source::is_web;
use crate::view::{Bar, Code, CompiledBar, Item, Line, Record};

impl Shaper<'_> {
    /// Labelled facts.
    pub(super) fn labelled(&self, written: &[Fact]) -> Vec<(String, Line)> {
        let labels = self.here.world.labels;
        let label = |fact: &Fact| match fact.is_time {
            // The words around a time, here without it.
            true => labels.fill(&fact.label, &[("time", "")]).trim().to_owned(),
            false => fact.label.value.clone(),
        };
        written.iter().map(|fact| (label(fact), self.here.text(&fact.value))).collect()
    }

    /// Items of a section that begins at `start`.
    pub(super) fn items(&self, items: &[WrittenItem], start: Option<Moment>) -> Vec<Item> {
        items.iter().map(|item| self.item(item, start)).collect()
    }

    fn item(&self, written: &WrittenItem, start: Option<Moment>) -> Item {
        let here = &self.here;
        let rhythm = Rhythm::of(written, start);
        let cadence = rhythm.cadence(self.window());
        let end = when(written.timing().until.as_ref(), self.window());
        let begin = when(written.timing().at.as_ref(), self.window());
        let at = lasting(begin, end.as_ref(), written.timing().duration.as_ref());
        let until = if cadence.is_some() { None } else { end };
        Item {
            id: written.id.clone(),
            span: written.span,
            number: self.number(&written.id),
            step: written.step,
            title: here.text(&written.title),
            about: here.prose(written.about.as_deref()),
            owners: self.parties(&written.answers),
            own_owners: !written.owners.is_empty(),
            level: written.level,
            applies: here.optional(written.applies.as_deref()),
            run: written.run.as_ref().map(|run| Code {
                language: run.shell.clone(),
                on: here.optional(run.on.as_ref()),
                pieces: run.code.clone(),
            }),
            expect: here.prose(written.expect.as_deref()),
            bars: written.bars.iter().enumerate().map(|(n, bar)| self.bar(bar, &written.id, n)).collect(),
            records: self.records(written),
            facts: self.labelled(&written.facts),
            evidence: here.lines(&written.evidence),
            checks: self.items(&written.checks, start),
            confirm: self.parties(&written.confirm),
            at,
            cadence,
            until,
            duration: length(written.timing().duration.as_ref(), here.world.labels),
            hold: duration(written.timing().hold.as_ref()),
            on_failure: written.on_failure.as_ref().map(|to| here.mention(to)),
            warning: here.prose(written.warning.as_deref()),
            backlinks: self.backlinks(&written.id),
            state: self.item_state(&written.id),
        }
    }

    fn records(&self, written: &WrittenItem) -> Vec<Record> {
        let record = |record: &crate::model::section::Record| Record {
            title: self.here.text(&record.title),
            kind: record.kind,
            value: self.field_value(&written.id, &record.title.plain()),
        };
        written.records.iter().map(record).collect()
    }

    /// The bar at position `n` of an item or section.
    pub(super) fn bar(&self, written: &WrittenBar, of: &str, n: usize) -> Bar {
        let here = &self.here;
        let words = Words::of(written, here);
        Bar {
            metric: words.metric,
            required: words.required,
            written: written.written.to_string(),
            warn: words.warn,
            abort: words.abort,
            between: words.between,
            shown_by: words.shown_by,
            source: here
                .optional(written.source.as_deref())
                .into_iter()
                .map(|part| self.linked(part))
                .collect(),
            measured: words.measured,
            compiled: CompiledBar::new(written),
            actual: self.actual(of, n),
        }
    }

    /// A bare web address becomes a link.
    fn linked(&self, part: crate::view::Inline) -> crate::view::Inline {
        use crate::view::{Destination, Inline};
        match part {
            Inline::Text(text) if is_web(&text) => {
                let content = plain_line(&text);
                Inline::Link { to: Destination::Url(text), content }
            }
            part => part,
        }
    }
}

/// A bar in words.
#[derive(Default)]
struct Words {
    metric: String,
    required: String,
    warn: Option<String>,
    abort: Option<String>,
    between: Line,
    shown_by: Line,
    measured: bool,
}

impl Words {
    fn of(bar: &WrittenBar, here: &Here<'_>) -> Self {
        let metric = bar.metric().unwrap_or_default().to_owned();
        match &bar.criterion {
            Criterion::Blank { .. } => Self {
                metric,
                required: bar.blank_words().to_owned(),
                measured: bar.builtin().is_none(),
                ..Self::default()
            },
            Criterion::Threshold(threshold) => Self {
                metric,
                required: required(threshold),
                measured: threshold.builtin().is_none(),
                ..Self::default()
            },
            Criterion::Levels { levels, between } => Self {
                metric,
                between: here.optional(between.as_deref()),
                measured: bar.builtin().is_none(),
                ..Self::levels(levels)
            },
            Criterion::State { state, shown_by } => Self {
                required: state.plain(),
                shown_by: here.optional(shown_by.as_deref()),
                ..Self::default()
            },
            Criterion::Unparsed { .. } => {
                Self { required: bar.written.to_string(), measured: true, ..Self::default() }
            }
        }
    }

    fn levels(levels: &Levels) -> Self {
        let words = |level: &Option<Threshold>| level.as_ref().map(required);
        let (pass, warn, abort) = (words(&levels.pass), words(&levels.warn), words(&levels.abort));
        Self { required: pass.unwrap_or_default(), warn, abort, ..Self::default() }
    }
}

/// `< 500 ms for 5m`: a threshold without its metric.
pub(super) fn required(threshold: &Threshold) -> String {
    Threshold { metric: None, ..threshold.clone() }.to_string()
}
