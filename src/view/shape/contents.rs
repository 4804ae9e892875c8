//! Number and title of everything in a runbook.
//!
//! Takes a resolved runbook, gives the words by which texts everywhere mention its parts.

use std::mem::replace;

use crate::model::prose::Text;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Item, Section, Take};

/// Number and title of everything in a runbook, by id. All words are one text: a site has very many.
#[derive(Default)]
pub(super) struct Contents {
    text: Box<str>,
    /// By id; of several with one id the first counts.
    entries: Box<[Entry]>,
}

/// Where in the text each part of an entry begins: `restore3.1.4 Restore the database`.
#[derive(Clone, Copy)]
struct Entry {
    id: u32,
    number: u32,
    title: u32,
    end: u32,
}

impl Contents {
    pub(super) fn of(runbook: &Runbook) -> Self {
        let entries = Vec::with_capacity(runbook.places.len());
        let mut list = List { text: String::new(), entries, around: String::new() };
        list.sections(&runbook.sections, "", &mut 0);
        let mut contents = Self { text: list.text.into(), entries: Box::default() };
        list.entries.sort_by_key(|entry| contents.slice(entry.id, entry.number));
        contents.entries = list.entries.into();
        contents
    }

    fn slice(&self, from: u32, to: u32) -> &str {
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    fn find(&self, id: &str) -> Option<Entry> {
        let at = self.entries.partition_point(|entry| self.slice(entry.id, entry.number) < id);
        self.entries.get(at).copied().filter(|entry| self.slice(entry.id, entry.number) == id)
    }

    /// `3.1.4`, or nothing for what has no number.
    pub(super) fn number(&self, id: &str) -> &str {
        self.find(id).map(|entry| self.slice(entry.number, entry.title).trim_end()).unwrap_or_default()
    }

    /// `3.1.4 Restore the database`
    pub(super) fn words<'a>(&'a self, id: &'a str) -> &'a str {
        self.find(id).map_or(id, |entry| self.slice(entry.number, entry.end))
    }
}

/// Contents while they are written down.
struct List {
    text: String,
    entries: Vec<Entry>,
    /// Number and title of the section around, where it is one of several.
    around: String,
}

impl List {
    fn add(&mut self, id: &str, number: &str, title: &Text) {
        let mut append = |part: &str| {
            let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            self.text.push_str(part);
            start
        };
        let begin = append(id);
        let blank = if number.is_empty() { "" } else { " " };
        let number = append(number);
        append(blank);
        let title = append(&title.plain());
        // What has no number is in each of several sections by the same name.
        if blank.is_empty() && !self.around.is_empty() {
            append(&format!(" ({})", self.around));
        }
        self.entries.push(Entry { id: begin, number, title, end: append("") });
    }

    /// Items and nested sections share one count, so that no two things have one number.
    fn sections(&mut self, sections: &[Section], above: &str, count: &mut usize) {
        for section in sections {
            *count += 1;
            let number = below(above, *count);
            self.add(&section.id, &number, &section.title);
            let around = (section.take == Take::Named).then(|| format!("{number} {}", section.title.plain()));
            let outer = around.map(|around| replace(&mut self.around, around));
            let mut inner = 0;
            for block in &section.blocks {
                self.block(block, &number, &mut inner);
            }
            if let Some(outer) = outer {
                self.around = outer;
            }
        }
    }

    fn block(&mut self, block: &Block, number: &str, count: &mut usize) {
        match block {
            Block::Sections(sections) => self.sections(sections, number, count),
            Block::Checks(items) | Block::Steps(items) => self.items(items, number, count),
            Block::Triggers(all) => {
                all.iter().for_each(|one| self.add(&one.id, "", &one.condition));
            }
            Block::Messages(all) => all.iter().for_each(|one| self.add(&one.id, "", &one.title)),
            Block::Tables(all) => all.iter().for_each(|one| self.add(&one.id, "", &one.title)),
            Block::Gate(gate) => self.add(&gate.id, "", &gate.title),
            _ => {}
        }
    }

    fn items(&mut self, items: &[Item], above: &str, count: &mut usize) {
        for item in items {
            *count += 1;
            let number = below(above, *count);
            self.add(&item.id, &number, &item.title);
            self.items(&item.checks, &number, &mut 0);
        }
    }
}

fn below(above: &str, count: usize) -> String {
    if above.is_empty() { count.to_string() } else { format!("{above}.{count}") }
}
