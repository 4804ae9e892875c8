//! Everything in a runbook by which a search finds it.
//!
//! Takes a resolved runbook, gives its findings in reading order: a section, what stands in it and has
//! no number, then its items and inner sections.

use super::index::World;
use crate::model::parameter::Piece;
use crate::model::prose::Text;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Item, Reference, Section};
use crate::view::Finding;

/// The findings of a runbook.
pub(super) fn findings(world: World<'_>, runbook: &Runbook) -> Vec<Finding> {
    let mut finder = Finder { world, runbook, found: Vec::new() };
    runbook.sections.iter().for_each(|section| finder.section(section));
    finder.found
}

struct Finder<'a> {
    world: World<'a>,
    runbook: &'a Runbook,
    found: Vec<Finding>,
}

impl Finder<'_> {
    fn section(&mut self, section: &Section) {
        let owner = self.owner(&section.answers);
        self.push("section", (&section.id, &section.title), owner.clone(), String::new());
        for block in &section.blocks {
            let mut push = |kind, id: &str, title: &Text| {
                self.push(kind, (id, title), owner.clone(), String::new());
            };
            match block {
                Block::Triggers(all) => all.iter().for_each(|one| push("trigger", &one.id, &one.condition)),
                Block::Messages(all) => all.iter().for_each(|one| push("message", &one.id, &one.title)),
                Block::Gate(gate) => push("gate", &gate.id, &gate.title),
                Block::Tables(all) => all.iter().for_each(|one| push("table", &one.id, &one.title)),
                _ => {}
            }
        }
        for block in &section.blocks {
            match block {
                Block::Sections(inner) => inner.iter().for_each(|inner| self.section(inner)),
                Block::Checks(items) | Block::Steps(items) => items.iter().for_each(|item| self.item(item)),
                _ => {}
            }
        }
    }

    fn item(&mut self, item: &Item) {
        let kind = if item.step { "step" } else { "check" };
        let bars = item.bars.iter().map(|bar| bar.written.to_string());
        let run = item.run.iter().map(|run| Piece::plain(&run.code));
        let more = bars.chain(run).collect::<Vec<_>>().join(" ");
        self.push(kind, (&item.id, &item.title), self.owner(&item.answers), more);
        item.checks.iter().for_each(|check| self.item(check));
    }

    fn owner(&self, answers: &[Reference]) -> Option<String> {
        let id = &answers.first()?.name;
        let party = self.world.library.roster.find(id);
        Some(party.map_or_else(|| id.clone(), |party| party.title.plain()))
    }

    fn push(&mut self, kind: &'static str, (id, title): (&str, &Text), owner: Option<String>, more: String) {
        let contents = self.world.contents(self.runbook);
        let (number, title) = match contents {
            Some(contents) if matches!(kind, "section" | "check" | "step") => {
                (contents.number(id).to_owned(), title.plain())
            }
            Some(contents) => (String::new(), contents.words(id).to_owned()),
            None => (String::new(), title.plain()),
        };
        self.found.push(Finding { kind, anchor: id.to_owned(), number, title, owner, more });
    }
}
