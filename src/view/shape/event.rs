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
    parts.extend(event.signature.as_ref().map(|_| shaper.fill("sign-key", &[])));
    parts.extend(event.why.iter().map(|why| shaper.fill("event-because", &[("why", why)])));
    parts.extend(event.evidence.iter().map(|what| shaper.fill("event-evidence", &[("what", what)])));
    parts.extend(event.note.iter().cloned());
    (about, parts.join("; "))
}

fn act(shaper: &Shaper<'_>, act: &Act) -> (Option<Mention>, Vec<String>) {
    let state = |state: &Option<EventState>| match state {
        Some(state) => word(shaper, *state),
        None => shaper.fill("event-recorded", &[]),
    };
    match act {
        Act::Item { item, .. } => (Some(shaper.here.place(&item.name)), of_item(shaper, act)),
        Act::Message { message, state: sent } => (Some(shaper.here.place(&message.name)), vec![state(sent)]),
        Act::Trigger { trigger, state: fired, actual } => {
            let value = actual.as_ref().map(|actual| shaper.fill("event-at", &[("value", actual)]));
            (Some(shaper.here.place(&trigger.name)), std::iter::once(state(fired)).chain(value).collect())
        }
        Act::Sign { role, choice, seal } => {
            let role = shaper.here.party(&role.name).text;
            let bound = match seal {
                Some(seal) => shaper.fill("event-seal", &[("seal", seal)]),
                None => shaper.fill("event-no-seal", &[]),
            };
            let signed = shaper.fill("event-signed", &[("role", &role), ("choice", choice)]);
            (None, vec![signed, bound])
        }
        Act::Gate { gate, choice } => {
            let called = shaper.fill("event-called", &[("choice", choice)]);
            (Some(shaper.here.place(&gate.name)), vec![called])
        }
        Act::Log { text } => (None, vec![text.clone()]),
        Act::Outcome { outcome } => (None, vec![shaper.fill("event-outcome", &[("outcome", outcome)])]),
    }
}

fn of_item(shaper: &Shaper<'_>, act: &Act) -> Vec<String> {
    let Act::Item { state, actual, metric, field, confirm, until, .. } = act else { return Vec::new() };
    let mut parts = Vec::new();
    parts.extend(state.map(|state| word(shaper, state)));
    parts.extend(actual.as_ref().map(|actual| match metric {
        Some(metric) => format!("{} {}", metric.value, actual.value),
        None => shaper.fill("event-actual", &[("value", actual)]),
    }));
    parts.extend(field.as_ref().map(|(name, value)| format!("{}: {}", name.value, value.value)));
    parts.extend(
        confirm
            .as_ref()
            .map(|role| shaper.fill("confirmed-as", &[("role", &shaper.here.party(&role.name).text)])),
    );
    parts.extend(
        until.as_ref().map(|end| shaper.fill("until-when", &[("time", &shaper.last_day(end.value))])),
    );
    parts
}

/// The word of the journal, but that `pending` reads better to those who were not there.
fn word(shaper: &Shaper<'_>, state: EventState) -> String {
    match state {
        EventState::Pending => shaper.fill("open-again", &[]),
        state => shaper.say(&state.phrase()),
    }
}
