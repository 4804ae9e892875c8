//! Events of a journal in words.
//!
//! Takes an event, gives what it is about and what it says.

use super::section::Shaper;
use crate::model::document::EventState;
use crate::model::release::{Act, Event};
use crate::view::Mention;

/// What an event is about, if it is about something of the runbook, and what it says.
pub(super) fn words(shaper: &Shaper<'_>, event: &Event) -> (Option<Mention>, String) {
    let (about, mut parts) = act(shaper, &event.act);
    parts.extend(event.why.iter().map(|why| format!("because {why}")));
    parts.extend(event.evidence.iter().map(|evidence| format!("evidence {evidence}")));
    parts.extend(event.note.iter().cloned());
    (about, parts.join("; "))
}

fn act(shaper: &Shaper<'_>, act: &Act) -> (Option<Mention>, Vec<String>) {
    match act {
        Act::Item { item, .. } => (Some(shaper.here.place(&item.name)), of_item(shaper, act)),
        Act::Message { message, state } => {
            let state = state.map_or("recorded", word);
            (Some(shaper.here.place(&message.name)), vec![state.to_owned()])
        }
        Act::Trigger { trigger, state, actual } => {
            let state = state.map_or("recorded", word).to_owned();
            let value = actual.as_ref().map(|actual| format!("at {}", actual.value));
            (Some(shaper.here.place(&trigger.name)), std::iter::once(state).chain(value).collect())
        }
        Act::Sign { role, choice, seal } => {
            let role = shaper.here.party(&role.name);
            let bound =
                seal.as_ref().map_or("without a seal".to_owned(), |seal| format!("seal {}", seal.value));
            let text = format!("signed as {}: {}", role.text, choice.value);
            (None, vec![text, bound])
        }
        Act::Gate { gate, choice } => {
            (Some(shaper.here.place(&gate.name)), vec![format!("called {}", choice.value)])
        }
        Act::Log { text } => (None, vec![text.clone()]),
        Act::Outcome { outcome } => (None, vec![format!("outcome: {}", outcome.value)]),
    }
}

fn of_item(shaper: &Shaper<'_>, act: &Act) -> Vec<String> {
    let Act::Item { state, actual, metric, field, confirm, until, .. } = act else { return Vec::new() };
    let mut parts = Vec::new();
    parts.extend(state.map(|state| word(state).to_owned()));
    parts.extend(actual.as_ref().map(|actual| match metric {
        Some(metric) => format!("{} {}", metric.value, actual.value),
        None => format!("actual {}", actual.value),
    }));
    parts.extend(field.as_ref().map(|(name, value)| format!("{}: {}", name.value, value.value)));
    parts.extend(confirm.as_ref().map(|role| format!("confirmed as {}", shaper.here.party(&role.name).text)));
    parts.extend(until.as_ref().map(|end| format!("until {}", end.value)));
    parts
}

/// The word of the journal, but that `pending` reads better to those who were not there.
fn word(state: EventState) -> &'static str {
    match state {
        EventState::Pending => "open again",
        state => state.word(),
    }
}
