//! Events that belong to nothing, and the order of what is listed.
//!
//! Takes the journal and the ids of the runbook, gives one deviation for each unknown id, for each line
//! that could not be read, for an outcome that was replaced, and one for what is still to come.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::SignedDuration;

use super::assessment::{DeviationKind, Subject};
use super::judge::{Findings, Judge};
use crate::diagnostic::Phrase;
use crate::model::release::Act;
use crate::model::runbook::PlaceKind;

/// Two clocks may differ by so much before a time counts as one to come.
pub const SKEW: SignedDuration = SignedDuration::from_mins(5);

impl Judge<'_> {
    /// Events about what is not in the runbook, and torn lines.
    pub(super) fn strays(&self, found: &mut Findings) {
        let kinds: HashMap<&str, PlaceKind> =
            self.runbook.places.iter().map(|place| (place.id.as_str(), place.kind)).collect();
        let sections = self.runbook.all_sections();
        let roles: HashSet<&str> = sections
            .iter()
            .flat_map(|section| section.approvals())
            .flat_map(|approval| approval.roles.iter().map(|role| role.name.as_str()))
            .collect();
        let mut strays: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
        for entry in &self.ledger.all {
            if let Some(stray) = stray(&entry.event.act, &kinds, &roles, found) {
                strays.entry(stray).or_insert((entry.index, 0)).1 += 1;
            }
        }
        for ((key, id), (event, times)) in strays {
            let times = (times > 1).then(|| Phrase::label("stray-times").with("n", times));
            let stray = Phrase::label(key).with("id", id);
            let text = Phrase::joined(std::iter::once(stray).chain(times), " ");
            found.deviate(DeviationKind::Journal, Subject::Event(event), text, Some(event));
        }
        self.to_come(found);
        self.outcomes(found);
        for line in &self.release.journal.torn {
            let text = Phrase::label("deviation-torn").because(Some(&line.value));
            found.deviate(DeviationKind::Journal, Subject::Release, text, None);
        }
    }

    /// Events after the instant of judgement count, and what they say may come from a wrong clock.
    fn to_come(&self, found: &mut Findings) {
        let latest = self.as_of.saturating_add(SKEW).unwrap_or(self.as_of);
        let mut late = self.ledger.all.iter().filter(|entry| entry.event.at > latest);
        let Some(first) = late.next() else { return };
        let more = late.count();
        let times = (more > 0).then(|| Phrase::label("stray-times").with("n", more + 1));
        let said = Phrase::label("deviation-to-come")
            .with("who", first.event.by.name.as_str())
            .with("at", first.event.at.to_string());
        let text = Phrase::joined(std::iter::once(said).chain(times), " ");
        found.deviate(DeviationKind::Journal, Subject::Event(first.index), text, Some(first.index));
    }

    /// An outcome that another one took the place of.
    fn outcomes(&self, found: &mut Findings) {
        let said = self.ledger.all.iter().filter_map(|entry| match &entry.event.act {
            Act::Outcome { outcome } => Some((entry, outcome.value.trim())),
            _ => None,
        });
        let Some((_, last)) = said.clone().next_back() else { return };
        for (entry, outcome) in said.filter(|(_, outcome)| *outcome != last) {
            let text = Phrase::label("deviation-outcome")
                .with("who", entry.event.by.name.as_str())
                .with("before", outcome)
                .with("outcome", last);
            found.deviate(DeviationKind::Disagreement, Subject::Release, text, Some(entry.index));
        }
    }

    /// Sorts deviations by kind, then as the runbook has what they are about.
    pub(super) fn order_deviations(&self, found: &mut Findings) {
        let places = self.runbook.places.iter().enumerate();
        let places: HashMap<&str, usize> = places.map(|(at, place)| (place.id.as_str(), at)).collect();
        let place = |about: &Subject| match about {
            Subject::Release => 0,
            Subject::Section(id)
            | Subject::Item(id)
            | Subject::Gate(id)
            | Subject::Trigger(id)
            | Subject::Approval(id, _) => places.get(id.as_str()).map_or(usize::MAX, |at| at + 1),
            Subject::Event(_) => usize::MAX,
        };
        found.deviations.sort_by_key(|deviation| (deviation.kind, place(&deviation.about), deviation.event));
    }
}

/// What an event names, if the runbook does not have it; with the label that says so.
fn stray<'a>(
    act: &'a Act,
    kinds: &HashMap<&str, PlaceKind>,
    roles: &HashSet<&str>,
    found: &Findings,
) -> Option<(&'static str, &'a str)> {
    let kind = |id: &str| kinds.get(id).copied();
    let (known, key, id) = match act {
        Act::Item { item, .. } => {
            let id = item.name.as_str();
            let known = found.items.contains_key(id) || found.sections.contains_key(id);
            (known, "stray-item", id)
        }
        Act::Message { message, .. } => {
            let known = kind(&message.name) == Some(PlaceKind::Message);
            (known, "stray-message", message.name.as_str())
        }
        Act::Trigger { trigger, .. } => {
            let known = kind(&trigger.name) == Some(PlaceKind::Trigger);
            (known, "stray-trigger", trigger.name.as_str())
        }
        Act::Gate { gate, .. } => {
            (kind(&gate.name) == Some(PlaceKind::Gate), "stray-gate", gate.name.as_str())
        }
        Act::Sign { role, .. } => (roles.contains(role.name.as_str()), "stray-role", role.name.as_str()),
        Act::Log { .. } | Act::Outcome { .. } => return None,
    };
    (!known).then_some((key, id))
}
