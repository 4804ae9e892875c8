//! Checks and steps.
//!
//! Takes written items, gives resolved ones with their bars.

use std::sync::Arc;

use super::section::each;
use super::{Named, Resolver, cadence, references};
use crate::model::document;
use crate::model::runbook::PlaceKind;
use crate::model::section::{Bar, Command, Fact, Item, Record, Reference, Timing};
use crate::model::time::{Duration, DurationRange, Moment};
use crate::source::{Entries, Field, Many, Short, Span, Spanned};

impl Resolver<'_> {
    /// The items of a list; `answers` is who answers when an item names nobody.
    pub(super) fn items(
        &mut self,
        list: &Field<Many<Short<document::Item>>>,
        step: bool,
        answers: &Arc<[Reference]>,
    ) -> Vec<Item> {
        each(list, |item, span| Some(self.item(item, span, step, answers)))
    }

    fn item(&mut self, written: &document::Item, span: Span, step: bool, above: &Arc<[Reference]>) -> Item {
        self.require_text(&written.title, "title", if step { "the step" } else { "the check" }, span);
        let kind = if step { PlaceKind::Step } else { PlaceKind::Check };
        let id = self.identify(Named::new(&written.id, &written.title, span), kind);
        let owners = references(&written.owner);
        let answers = if owners.is_empty() { Arc::clone(above) } else { owners.as_slice().into() };
        let mut bars = self.bars(&written.thresholds);
        let mut facts = self.facts(&written.fields, &mut bars);
        facts.extend(self.blank_times(&[
            ("at", &written.at),
            ("every", &written.every),
            ("until", &written.until),
            ("takes", &written.duration),
            ("hold", &written.hold),
        ]));
        Item {
            title: self.title(&written.title, &id, span),
            id,
            span,
            step,
            about: self.prose(&written.about).map(Box::new),
            level: written.level.get().copied().unwrap_or_default(),
            applies: self.text(&written.applies).map(Box::new),
            run: written.run.get().and_then(|run| self.command(&run.0, written.run.span())).map(Box::new),
            expect: self.prose(&written.expect).map(Box::new),
            bars: bars.into(),
            records: self.records(&written.record).into(),
            facts: facts.into(),
            evidence: self.texts(&written.evidence).into(),
            checks: self.items(&written.checks, false, &answers).into(),
            confirm: references(&written.confirm).into(),
            timing: self.timing(written),
            on_failure: self.way_to(&written.on_failure).map(Box::new),
            warning: self.prose(&written.warning).map(Box::new),
            owners: owners.into(),
            answers,
        }
    }

    fn timing(&mut self, written: &document::Item) -> Option<Box<Timing>> {
        let timing = Timing {
            at: self.parsed(&written.at, Moment::parse),
            every: self.parsed(&written.every, cadence),
            until: self.parsed(&written.until, Moment::parse),
            duration: self.parsed(&written.duration, DurationRange::parse),
            hold: self.parsed(&written.hold, Duration::parse),
        };
        (timing != Timing::default()).then(|| Box::new(timing))
    }

    /// Times that wait for the value of a parameter, printed with its blank, by the keys of their words.
    pub(super) fn blank_times(&mut self, times: &[(&str, &Field<String>)]) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (key, field) in times {
            if field.spanned().is_some_and(|time| self.has_blank(&time)) {
                let label = Spanned::new(field.key(), (*key).to_owned());
                facts.extend(self.text(field).map(|value| Fact { label, is_time: true, value }));
            }
        }
        facts
    }

    fn command(&mut self, written: &document::Command, span: Span) -> Option<Command> {
        self.require_text(&written.code, "code", "the command", span);
        let code = self.code(&written.code)?;
        let source = written.code.cloned()?;
        let shell = written.shell.get().cloned().unwrap_or_else(|| "bash".to_owned());
        Some(Command { shell, code: code.value, source, on: self.text(&written.on) })
    }

    fn records(&mut self, list: &Field<Many<Short<document::Record>>>) -> Vec<Record> {
        each(list, |record, span| {
            self.require_text(&record.title, "title", "the blank", span);
            let title = self.text(&record.title).unwrap_or_default();
            Some(Record { title, kind: record.kind.get().copied().unwrap_or_default() })
        })
    }

    /// Labelled facts; a value that reads as a threshold becomes a bar with the label as its metric.
    fn facts(&mut self, fields: &Field<Entries<String>>, bars: &mut Vec<Bar>) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (label, field) in fields.get().map(|fields| fields.0.as_slice()).unwrap_or_default() {
            let Some(value) = field.spanned() else { continue };
            let label = Spanned::new(label.span, self.words(&Spanned::new(label.span, &label.value)));
            match self.criterion(Some(&label.value), &value) {
                Ok(criterion) => {
                    let span = label.span.to(value.span);
                    let written = format!("{} {}", label.value, self.words(&value)).into();
                    bars.push(Bar { span, written, criterion, source: None });
                }
                Err(_) => {
                    let value = self.text(field).unwrap_or_default();
                    facts.push(Fact { label, is_time: false, value });
                }
            }
        }
        facts
    }
}
