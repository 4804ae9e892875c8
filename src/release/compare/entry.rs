//! Everything of a runbook that has an id, in one list; and what changed its place.
//!
//! Takes a runbook, gives its entries in written order with what each stands in.

use std::collections::{BTreeMap, BTreeSet};

use super::Group;
use super::note::About;
use crate::diagnostic::Phrase;
use crate::model::document::{Action, Phase};
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Gate, Item, Message, Reference, Section, Table, Trigger};

/// Something with an id.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'a> {
    Section(&'a Section),
    Item(&'a Item),
    Trigger(&'a Trigger),
    /// With the owners of its section.
    Message(&'a Message, &'a [Reference]),
    Gate(&'a Gate),
    Table(&'a Table),
}

/// Something with an id, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) node: Node<'a>,
    /// The section it stands in; empty for a topmost one.
    pub(super) section: &'a str,
    /// What it stands in directly: that section, or an item.
    parent: Key<'a>,
    /// Its own phase or that of its section.
    phase: Phase,
    /// The phase of the section around it.
    pub(super) outer_phase: Option<Phase>,
}

/// What kind of thing something is, a check and a step alike, and its id.
pub(super) type Key<'a> = (u8, &'a str);

/// Things of one kind in the same parent.
type Siblings<'a> = (u8, Key<'a>);

/// What an entry moved from and to.
pub(super) type Move = (Group, Phrase, Phrase);

impl<'a> Entry<'a> {
    pub(super) fn key(&self) -> Key<'a> {
        match self.node {
            Node::Section(section) => (0, &section.id),
            Node::Item(item) => (1, &item.id),
            Node::Trigger(trigger) => (2, &trigger.id),
            Node::Message(message, _) => (3, &message.id),
            Node::Gate(gate) => (4, &gate.id),
            Node::Table(table) => (5, &table.id),
        }
    }

    pub(super) fn as_section(&self) -> Option<&'a Section> {
        if let Node::Section(section) = self.node { Some(section) } else { None }
    }

    pub(super) fn about(&self) -> About<'a> {
        let (kind, title) = match self.node {
            Node::Section(section) => ("section", &section.title),
            Node::Item(item) if item.step => ("step", &item.title),
            Node::Item(item) => ("check", &item.title),
            Node::Trigger(trigger) => ("trigger", &trigger.condition),
            Node::Message(message, _) => ("message", &message.title),
            Node::Gate(gate) => ("gate", &gate.title),
            Node::Table(table) => ("table", &table.title),
        };
        About { kind, id: self.key().1, title: title.plain(), section: self.section }
    }

    /// What it means when this is gone.
    pub(super) fn loss(&self) -> Group {
        let goes_back =
            |trigger: &Trigger| trigger.actions.iter().any(|action| action.value == Action::Rollback);
        match self.node {
            Node::Section(_) | Node::Item(_) if self.phase == Phase::Rollback => Group::RollbackRemoved,
            Node::Trigger(trigger) if goes_back(trigger) => Group::RollbackRemoved,
            Node::Gate(_) => Group::Loosened,
            _ => Group::Removed,
        }
    }

    /// The outermost of what it stands in that is on its own side and not on the other.
    pub(super) fn within(&self, own: &ByKey<'_, 'a>, other: &ByKey<'_, 'a>) -> Option<&'a str> {
        let mut found = None;
        let mut here = self.parent;
        while !here.1.is_empty() && !other.contains_key(&here) {
            found = Some(here.1);
            here = own.get(&here)?.parent;
        }
        found
    }
}

/// Entries, to be found again.
pub(super) type ByKey<'e, 'a> = BTreeMap<Key<'a>, &'e Entry<'a>>;

/// The entries by what they are and their ids.
pub(super) fn by_key<'e, 'a>(entries: &'e [Entry<'a>]) -> ByKey<'e, 'a> {
    entries.iter().map(|entry| (entry.key(), entry)).collect()
}

/// Everything with an id, parents first; of what has the same id only the first.
pub(super) fn entries(runbook: &Runbook) -> Vec<Entry<'_>> {
    let mut found = Vec::new();
    for section in &runbook.sections {
        collect(section, ("", None), &mut found);
    }
    let mut seen = BTreeSet::new();
    found.retain(|entry| seen.insert(entry.key()));
    found
}

fn collect<'a>(section: &'a Section, outer: (&'a str, Option<Phase>), found: &mut Vec<Entry<'a>>) {
    let (around, outer_phase) = outer;
    let node = Node::Section(section);
    found.push(Entry { node, section: around, parent: (0, around), phase: section.phase, outer_phase });
    let home = Entry {
        node,
        section: &section.id,
        parent: (0, &section.id),
        phase: section.phase,
        outer_phase: Some(section.phase),
    };
    for block in &section.blocks {
        let mut put = |node: Node<'a>| found.push(Entry { node, ..home });
        match block {
            Block::Sections(inner) => {
                inner.iter().for_each(|one| collect(one, (&section.id, Some(section.phase)), found));
            }
            Block::Checks(items) | Block::Steps(items) => {
                items.iter().for_each(|item| collect_item(item, home, found));
            }
            Block::Triggers(all) => all.iter().for_each(|one| put(Node::Trigger(one))),
            Block::Messages(all) => all.iter().for_each(|one| put(Node::Message(one, &section.answers))),
            Block::Gate(gate) => put(Node::Gate(gate)),
            Block::Tables(all) => all.iter().for_each(|one| put(Node::Table(one))),
            _ => {}
        }
    }
}

fn collect_item<'a>(item: &'a Item, home: Entry<'a>, found: &mut Vec<Entry<'a>>) {
    found.push(Entry { node: Node::Item(item), ..home });
    for check in &item.checks {
        collect_item(check, Entry { parent: (1, &item.id), ..home }, found);
    }
}

/// What another phase means.
pub(super) fn rephased(before: Phase, after: Phase) -> Group {
    match (before, after) {
        (Phase::Rollback, _) => Group::RollbackRemoved,
        (Phase::Before, _) | (_, Phase::Reference) => Group::Loosened,
        (_, Phase::Before) | (Phase::Reference, _) => Group::Tightened,
        _ => Group::Changed,
    }
}

/// What stands elsewhere: in something else, or at another place of the same.
pub(super) fn moved<'a>(old: &[Entry<'a>], new: &[Entry<'a>]) -> BTreeMap<Key<'a>, Move> {
    let before = by_key(old);
    let (from, to) = (places(old), places(new));
    let mut found = BTreeMap::new();
    let mut stayed: BTreeMap<Siblings<'_>, Vec<Key<'_>>> = BTreeMap::new();
    for entry in new {
        let Some(was) = before.get(&entry.key()) else { continue };
        if was.parent == entry.parent {
            stayed.entry((entry.key().0, entry.parent)).or_default().push(entry.key());
            continue;
        }
        let group = match rephased(was.phase, entry.phase) {
            group @ (Group::RollbackRemoved | Group::Loosened) if was.phase != entry.phase => group,
            _ => Group::Moved,
        };
        let home = |entry: &Entry<'_>| match entry.parent.1 {
            "" => Phrase::label("diff-top"),
            id => format!("`{id}`").into(),
        };
        found.insert(entry.key(), (group, home(was), home(entry)));
    }
    for siblings in stayed.values() {
        let order: Vec<usize> = siblings.iter().map(|key| from.get(key).copied().unwrap_or(0)).collect();
        let kept = rising(&order);
        for (at, key) in siblings.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
            let place = |n: usize| Phrase::label("diff-place").with("n", n);
            let now = to.get(key).copied().unwrap_or(0);
            found.insert(*key, (Group::Moved, place(order[at]), place(now)));
        }
    }
    found
}

/// The place of each entry among those of its kind in the same parent, from 1.
fn places<'a>(entries: &[Entry<'a>]) -> BTreeMap<Key<'a>, usize> {
    let mut counts: BTreeMap<Siblings<'_>, usize> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for entry in entries {
        let count = counts.entry((entry.key().0, entry.parent)).or_default();
        *count += 1;
        places.insert(entry.key(), *count);
    }
    places
}

/// Positions of the longest rising run of numbers, gaps allowed: what need not have moved.
fn rising(numbers: &[usize]) -> BTreeSet<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = tails.partition_point(|tail| numbers[*tail] < *number);
        before.push(length.checked_sub(1).map(|last| tails[last]));
        match tails.get_mut(length) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut kept = BTreeSet::new();
    let mut here = tails.last().copied();
    while let Some(at) = here {
        kept.insert(at);
        here = before[at];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::rising;

    #[test]
    fn what_need_not_have_moved_stays() {
        let kept = |numbers: &[usize]| rising(numbers).into_iter().collect::<Vec<_>>();
        assert_eq!(kept(&[1, 2, 3]), [0, 1, 2]);
        assert_eq!(kept(&[3, 1, 2]), [1, 2]);
        assert_eq!(kept(&[2, 3, 1]), [0, 1]);
        assert_eq!(kept(&[1, 5, 2, 3, 4]), [0, 2, 3, 4]);
        assert_eq!(kept(&[]), Vec::<usize>::new());
    }
}
