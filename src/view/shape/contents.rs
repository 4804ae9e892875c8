//! Number and title of everything in a runbook.
//!
//! Takes a resolved runbook, gives the words by which texts everywhere mention its parts.

use std::collections::BTreeMap;

use crate::model::runbook::Runbook;
use crate::model::section::{Block, Item, Section};

/// Number and title of everything in a runbook, by id.
#[derive(Default)]
pub(super) struct Contents {
    entries: BTreeMap<String, Entry>,
}

struct Entry {
    number: String,
    title: String,
}

impl Contents {
    pub(super) fn of(runbook: &Runbook) -> Self {
        let mut contents = Self::default();
        contents.sections(&runbook.sections, "", &mut 0);
        contents
    }

    fn add(&mut self, id: &str, number: &str, title: String) {
        let entry = Entry { number: number.to_owned(), title };
        self.entries.entry(id.to_owned()).or_insert(entry);
    }

    /// Items and nested sections share one count, so that no two things have one number.
    fn sections(&mut self, sections: &[Section], above: &str, count: &mut usize) {
        for section in sections {
            *count += 1;
            let number = below(above, *count);
            self.add(&section.id, &number, section.title.plain());
            let mut inner = 0;
            for block in &section.blocks {
                self.block(block, &number, &mut inner);
            }
        }
    }

    fn block(&mut self, block: &Block, number: &str, count: &mut usize) {
        match block {
            Block::Sections(sections) => self.sections(sections, number, count),
            Block::Checks(items) | Block::Steps(items) => self.items(items, number, count),
            Block::Triggers(all) => {
                all.iter().for_each(|one| self.add(&one.id, "", one.condition.plain()));
            }
            Block::Messages(all) => all.iter().for_each(|one| self.add(&one.id, "", one.title.plain())),
            Block::Tables(all) => all.iter().for_each(|one| self.add(&one.id, "", one.title.plain())),
            Block::Gate(gate) => self.add(&gate.id, "", gate.title.plain()),
            _ => {}
        }
    }

    fn items(&mut self, items: &[Item], above: &str, count: &mut usize) {
        for item in items {
            *count += 1;
            let number = below(above, *count);
            self.add(&item.id, &number, item.title.plain());
            self.items(&item.checks, &number, &mut 0);
        }
    }

    /// `3.1.4`, or nothing for what has no number.
    pub(super) fn number(&self, id: &str) -> String {
        self.entries.get(id).map(|entry| entry.number.clone()).unwrap_or_default()
    }

    /// `3.1.4 Restore the database`
    pub(super) fn words(&self, id: &str) -> String {
        match self.entries.get(id) {
            Some(entry) if entry.number.is_empty() => entry.title.clone(),
            Some(entry) => format!("{} {}", entry.number, entry.title),
            None => id.to_owned(),
        }
    }
}

fn below(above: &str, count: usize) -> String {
    if above.is_empty() { count.to_string() } else { format!("{above}.{count}") }
}
