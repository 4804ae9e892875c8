//! The journal in the order of time, by what its events are about.
//!
//! Takes the events of a release, gives them by id. Two branches that were merged mix their lines, so
//! the order is that of `at`, and of the lines where the instants are the same.

use std::collections::HashMap;

use super::assessment::Mark;
use crate::model::release::{Act, Event, Release};

/// An event with its place in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// Its position in the order of time.
    pub(super) order: usize,
    /// Its position in the journal.
    pub(super) index: usize,
    pub(super) event: &'a Event,
}

impl Entry<'_> {
    pub(super) fn mark(&self) -> Mark {
        Mark { event: self.index, by: self.event.by.name.clone(), at: self.event.at }
    }
}

/// The events of a release.
#[derive(Debug, Default)]
pub(super) struct Ledger<'a> {
    /// All, in the order of time.
    pub(super) all: Vec<Entry<'a>>,
    items: HashMap<&'a str, Vec<Entry<'a>>>,
    messages: HashMap<&'a str, Vec<Entry<'a>>>,
    triggers: HashMap<&'a str, Vec<Entry<'a>>>,
    gates: HashMap<&'a str, Vec<Entry<'a>>>,
    signatures: HashMap<&'a str, Vec<Entry<'a>>>,
    outcome: Option<Entry<'a>>,
    /// The place in time of each event of the journal.
    places: Vec<usize>,
}

impl<'a> Ledger<'a> {
    /// Sorts and indexes a journal; one pass, whatever its length.
    pub(super) fn new(release: &'a Release) -> Self {
        Self::until(release, usize::MAX)
    }

    /// The same as it was after the event at a place in time.
    pub(super) fn until(release: &'a Release, last: usize) -> Self {
        let events = &release.journal.events;
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by_key(|index| events[*index].at);
        order.truncate(last.saturating_add(1));
        let all = Vec::with_capacity(events.len());
        let mut ledger = Self { all, places: vec![0; events.len()], ..Self::default() };
        for (order, index) in order.into_iter().enumerate() {
            ledger.places[index] = order;
            ledger.add(Entry { order, index, event: &events[index] });
        }
        ledger
    }

    fn add(&mut self, entry: Entry<'a>) {
        self.all.push(entry);
        let (map, id) = match &entry.event.act {
            Act::Item { item, .. } => (&mut self.items, item),
            Act::Message { message, .. } => (&mut self.messages, message),
            Act::Trigger { trigger, .. } => (&mut self.triggers, trigger),
            Act::Sign { role, .. } => (&mut self.signatures, role),
            Act::Gate { gate, .. } => (&mut self.gates, gate),
            Act::Log { .. } => return,
            Act::Outcome { .. } => {
                self.outcome = Some(entry);
                return;
            }
        };
        map.entry(id.name.as_str()).or_default().push(entry);
    }

    /// Events about an item or a section.
    pub(super) fn item(&self, id: &str) -> &[Entry<'a>] {
        self.items.get(id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn message(&self, id: &str) -> &[Entry<'a>] {
        self.messages.get(id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn trigger(&self, id: &str) -> &[Entry<'a>] {
        self.triggers.get(id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn gate(&self, id: &str) -> &[Entry<'a>] {
        self.gates.get(id).map_or(&[], Vec::as_slice)
    }

    /// Signatures as a role.
    pub(super) fn signatures(&self, role: &str) -> &[Entry<'a>] {
        self.signatures.get(role).map_or(&[], Vec::as_slice)
    }

    /// The seal of the newest sign-off that has one.
    pub(super) fn seal(&self) -> Option<&'a str> {
        self.all.iter().rev().find_map(|entry| match &entry.event.act {
            Act::Sign { seal, .. } => seal.as_ref().map(|seal| seal.value.as_str()),
            _ => None,
        })
    }

    /// Whether an event of the journal comes after a place in time.
    pub(super) fn after(&self, event: Option<usize>, order: usize) -> bool {
        event.and_then(|index| self.places.get(index)).is_some_and(|place| *place > order)
    }

    /// Whether one event of the journal comes after another.
    pub(super) fn later(&self, event: usize, other: usize) -> bool {
        self.places.get(other).is_some_and(|order| self.after(Some(event), *order))
    }

    /// How it ended, as the last event about it says.
    pub(super) fn outcome(&self) -> Option<(String, Mark)> {
        let entry = self.outcome?;
        match &entry.event.act {
            Act::Outcome { outcome } => Some((outcome.value.clone(), entry.mark())),
            _ => None,
        }
    }
}
