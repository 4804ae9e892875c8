//! What is to be done next in a release.
//!
//! Takes a runbook and what was judged of it; gives the items that wait, in the order of the page, up to
//! a gate at which nobody called go. The script of the page (`work.js`) works it out by the same rules.

use std::collections::BTreeSet;

use super::assessment::{Assessment, Recorded};
use super::section::is_let_pass;
use super::status::ItemStatus;
use crate::model::document::{Level, Phase};
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Gate, Item, Section};

/// What is to be done next.
#[derive(Debug, Clone, Default)]
pub struct Next<'a> {
    /// The required items and sub-checks that nobody settled or that somebody has to confirm.
    pub items: Vec<&'a Item>,
    /// The gate that holds up what is live behind it, until go is called there or somebody goes on.
    pub gate: Option<&'a Gate>,
}

/// What is to be done next; a release that is over has no gate any more.
pub fn next<'a>(runbook: &'a Runbook, assessed: &Assessment) -> Next<'a> {
    let asked = asked(runbook, assessed).into_iter().map(|section| section.id.as_str()).collect();
    let mut way = Way { assessed, asked, gates: Vec::new(), begun: 0, waiting: Vec::new() };
    runbook.sections.iter().for_each(|section| way.section(section));
    let holds =
        |(at, gate): (usize, &Option<&'a Gate>)| gate.filter(|_| way.begun <= at).map(|gate| (at, gate));
    let gate = way.gates.iter().enumerate().find_map(holds).filter(|_| assessed.outcome.is_none());
    let is_before = |(behind, _): &(usize, &Item)| gate.is_none_or(|(at, _)| *behind <= at);
    let items = way.waiting.into_iter().filter(is_before).map(|(_, item)| item).collect();
    Next { items, gate: gate.map(|(_, gate)| gate) }
}

/// The sections whose items are asked for: reference sections hold nothing to do, and a rollback counts,
/// with those inside that belong to it, once something is recorded in it.
pub fn asked<'a>(runbook: &'a Runbook, assessed: &Assessment) -> Vec<&'a Section> {
    asked_by(runbook, &|item| assessed.items.get(&item.id).is_some_and(is_begun))
}

/// The same by what is begun.
pub(super) fn asked_by<'a>(runbook: &'a Runbook, begun: &dyn Fn(&Item) -> bool) -> Vec<&'a Section> {
    let mut found = Vec::new();
    runbook.sections.iter().for_each(|section| gather(section, None, begun, &mut found));
    found
}

/// Whether more than a remark is recorded of an item.
pub(super) fn is_begun(recorded: &Recorded) -> bool {
    recorded.mark.is_some()
}

/// `within`: whether the rollback around it is begun.
fn gather<'a>(
    section: &'a Section,
    within: Option<bool>,
    begun: &dyn Fn(&Item) -> bool,
    found: &mut Vec<&'a Section>,
) {
    let (asked, within) = match section.phase {
        Phase::Reference => (false, None),
        Phase::Before | Phase::During | Phase::After => (true, None),
        Phase::Rollback => {
            let asked = within.unwrap_or_else(|| is_rollback_begun(section, begun));
            (asked, Some(asked))
        }
    };
    if asked {
        found.push(section);
    }
    section.sections().for_each(|inner| gather(inner, within, begun, found));
}

fn is_rollback_begun(section: &Section, begun: &dyn Fn(&Item) -> bool) -> bool {
    let mut any = false;
    section.items().for_each(|item| item.walk(&mut |item| any |= begun(item)));
    let mut inside = section.sections().filter(|inner| inner.phase == Phase::Rollback);
    any || inside.any(|inner| is_rollback_begun(inner, begun))
}

/// The runbook, gone through in the order of the page.
struct Way<'a, 'b> {
    assessed: &'b Assessment,
    /// Ids of the sections whose items are asked for.
    asked: BTreeSet<&'a str>,
    /// The gates so far; nothing for one that holds up nobody.
    gates: Vec<Option<&'a Gate>>,
    /// Behind so many gates somebody has begun.
    begun: usize,
    /// The items that wait, each with the number of gates in front of it.
    waiting: Vec<(usize, &'a Item)>,
}

impl<'a> Way<'a, '_> {
    fn section(&mut self, section: &'a Section) {
        let asked = self.asked.contains(section.id.as_str());
        let behind = if section.phase.is_live() { self.gates.len() } else { 0 };
        for block in &section.blocks {
            match block {
                Block::Checks(items) | Block::Steps(items) => {
                    items.iter().for_each(|item| self.item(item, behind, asked));
                }
                Block::Gate(gate) => {
                    let shut = asked && self.is_shut(gate);
                    self.gates.push(shut.then_some(gate));
                }
                Block::Sections(inner) => inner.iter().for_each(|section| self.section(section)),
                _ => {}
            }
        }
    }

    /// Whether go is still to be called at a gate.
    fn is_shut(&self, gate: &Gate) -> bool {
        self.assessed.gates.get(&gate.id).is_some_and(|known| known.released().is_none())
    }

    fn item(&mut self, item: &'a Item, behind: usize, asked: bool) {
        let Some(known) = self.assessed.items.get(&item.id) else { return };
        if known.status != ItemStatus::Pending {
            self.begun = self.begun.max(behind);
        }
        let asked = asked && item.level != Level::Optional;
        if asked && (known.status == ItemStatus::Pending || !known.unconfirmed.is_empty()) {
            self.waiting.push((behind, item));
        }
        let inside = asked && !is_let_pass(item, known);
        item.checks.iter().for_each(|check| self.item(check, behind, inside));
    }
}
