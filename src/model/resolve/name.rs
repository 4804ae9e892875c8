//! Ids for triggers, messages, gates and tables that have none written.
//!
//! Takes sections in which everything else has its id, gives these theirs: the slug of the title, or
//! of a trigger's metric. A section and its gate may both be called `Go/no-go`; then the gate is
//! `go-no-go-gate`, so that a title which nobody meant as an id is never an error.

use super::Resolver;
use super::threshold::metric_with;
use crate::model::identity::slug;
use crate::model::runbook::{Place, PlaceKind};
use crate::model::section::{Bar, Block, Section, Take, Trigger};
use crate::source::Span;

impl Resolver<'_> {
    /// Names what has no id yet, in written order.
    pub(super) fn name(&mut self, sections: &mut [Section]) {
        for section in sections {
            let outer = self.prefixes.len();
            if section.take == Take::Named {
                self.enter(&section.id, &[]);
            }
            section.blocks.iter_mut().for_each(|block| self.name_block(block));
            self.prefixes.truncate(outer);
        }
    }

    fn name_block(&mut self, block: &mut Block) {
        match block {
            Block::Sections(inner) => self.name(inner),
            Block::Triggers(all) => {
                for one in all.iter_mut().filter(|one| one.id.is_empty()) {
                    one.id = self.of_trigger(one);
                }
            }
            Block::Messages(all) => {
                for one in all.iter_mut().filter(|one| one.id.is_empty()) {
                    one.id = self.of_title(&one.title.source, PlaceKind::Message, one.title.span);
                }
            }
            Block::Tables(all) => {
                for one in all.iter_mut().filter(|one| one.id.is_empty()) {
                    one.id = self.of_title(&one.title.source, PlaceKind::Table, one.title.span);
                }
            }
            Block::Gate(one) if one.id.is_empty() => {
                one.id = self.of_title(&one.title.source, PlaceKind::Gate, one.title.span);
            }
            _ => {}
        }
    }

    /// The slug of the metric, else of the whole condition; never of the value of a parameter, which is another
    /// in each release.
    fn of_trigger(&mut self, trigger: &Trigger) -> String {
        let named = |bar: &Bar| {
            let written = metric_with(&trigger.condition.source, str::to_owned);
            written.as_deref().or_else(|| bar.metric()).map(slug)
        };
        let metric = trigger.bar.as_ref().and_then(named);
        let metric = metric.filter(|id| !id.is_empty()).map(|id| self.prefixed(id));
        let metric = metric.filter(|id| !self.is_taken(id));
        match metric {
            Some(id) => self.place(id, PlaceKind::Trigger, trigger.condition.span),
            None => self.of_title(&trigger.condition.source, PlaceKind::Trigger, trigger.condition.span),
        }
    }

    fn of_title(&mut self, title: &str, kind: PlaceKind, span: Span) -> String {
        let base = slug(title);
        let word = kind.word();
        let first = self.prefixed(if base.is_empty() { word.to_owned() } else { base });
        let second = format!("{first}-{word}");
        if !self.is_taken(&first) {
            return self.place(first, kind, span);
        }
        let mut number = self.numbers.get(&second).copied().unwrap_or(1);
        let mut id = second.clone();
        while self.is_taken(&id) {
            number += 1;
            id = format!("{second}-{number}");
        }
        self.numbers.insert(second, number);
        self.place(id, kind, span)
    }

    fn is_taken(&self, id: &str) -> bool {
        self.numbers.contains_key(id)
    }

    /// Adds an id to the list of places.
    pub(super) fn place(&mut self, id: String, kind: PlaceKind, span: Span) -> String {
        self.numbers.entry(id.clone()).or_insert(1);
        let prefix = self.prefixes.last().map_or(0, String::len);
        let prefix = u16::try_from(prefix).unwrap_or(u16::MAX);
        self.places.push(Place { id: id.clone(), prefix, kind, span });
        id
    }
}
