//! Triggers and messages.
//!
//! Takes their events, gives whether a trigger is true now and when a message was sent. A trigger that
//! fired changes no verdict: it calls for a decision, which somebody takes.

use std::collections::BTreeMap;

use super::assessment::{DeviationKind, MessageAssessment, Subject, TriggerAssessment, TriggerEvent};
use super::judge::{Findings, Judge};
use super::ledger::Entry;
use super::rating::{Measured, rate};
use super::status::Rating;
use crate::diagnostic::Phrase;
use crate::model::document::{Action, EventState};
use crate::model::release::Act;
use crate::model::section::{Bar, Criterion, Trigger};

impl Judge<'_> {
    pub(super) fn triggers(&self, found: &mut Findings) -> BTreeMap<String, TriggerAssessment> {
        let mut triggers = BTreeMap::new();
        for section in self.runbook.all_sections() {
            for trigger in section.triggers() {
                let assessed = self.trigger(trigger, found);
                if let Some(last) = assessed.history.last().filter(|_| assessed.fired) {
                    let about = Subject::Trigger(trigger.id.clone());
                    found.deviate(DeviationKind::Trigger, about, fired(trigger), Some(last.mark.event));
                }
                triggers.insert(trigger.id.clone(), assessed);
            }
        }
        triggers
    }

    fn trigger(&self, trigger: &Trigger, found: &mut Findings) -> TriggerAssessment {
        let entries = self.ledger.trigger(&trigger.id);
        let history: Vec<TriggerEvent> =
            entries.iter().filter_map(|entry| self.trigger_event(trigger, *entry, found)).collect();
        TriggerAssessment { fired: history.last().is_some_and(|event| event.fired), history }
    }

    /// What an event says, or, where it only gives a value, what the value says. A note says neither, nor does
    /// a value that cannot be compared: what fired is not cleared by them.
    fn trigger_event(
        &self,
        trigger: &Trigger,
        entry: Entry<'_>,
        found: &mut Findings,
    ) -> Option<TriggerEvent> {
        let Act::Trigger { state, actual, .. } = &entry.event.act else { return None };
        let value = actual.as_ref().map(|actual| actual.value.as_str());
        let rated = value.zip(trigger.bar.as_ref()).map(|(value, bar)| {
            let day = self.day(entry.event.at);
            (rate(bar, Measured::new(value, Some(day))).0, bar, value)
        });
        let fired = match state {
            // A ticked trigger is bad news, whatever the tick is called.
            Some(EventState::Fired | EventState::Done | EventState::Failed) => true,
            Some(_) => false,
            None => match rated.as_ref()? {
                (Rating::Unknown, bar, value) => {
                    let (about, text) =
                        (Subject::Trigger(trigger.id.clone()), words(Rating::Unknown, bar, value));
                    found.deviate(DeviationKind::Trigger, about, text, Some(entry.index));
                    return None;
                }
                (rating, ..) => *rating == Rating::Pass,
            },
        };
        let actual = match rated {
            Some((rating, bar, value)) => Some((value.to_owned(), words(rating, bar, value))),
            None => value.map(|value| (value.to_owned(), value.into())),
        };
        Some(TriggerEvent { fired, actual, mark: entry.mark() })
    }

    pub(super) fn messages(&self) -> BTreeMap<String, MessageAssessment> {
        let mut messages = BTreeMap::new();
        for section in self.runbook.all_sections() {
            for message in section.messages() {
                let entries = self.ledger.message(&message.id).iter();
                let sent = entries.filter(|entry| is_sent(entry)).map(Entry::mark).collect();
                messages.insert(message.id.clone(), MessageAssessment { sent });
            }
        }
        messages
    }
}

fn is_sent(entry: &&Entry<'_>) -> bool {
    let sent = |state: &EventState| matches!(state, EventState::Sent | EventState::Done);
    matches!(&entry.event.act, Act::Message { state, .. } if state.as_ref().is_none_or(sent))
}

/// The condition is true when things are bad: it is reached, not met.
pub(super) fn words(rating: Rating, bar: &Bar, value: &str) -> Phrase {
    let condition = match &bar.criterion {
        Criterion::Threshold(threshold) => threshold.required(),
        _ => bar.written.to_string(),
    };
    let key = match rating {
        Rating::Unknown => "value-to-hold",
        rating if rating.passes() => "value-is",
        _ => "value-is-not",
    };
    Phrase::label(key).with("value", value).with("bar", condition)
}

/// That a trigger fired, and what it calls for.
fn fired(trigger: &Trigger) -> Phrase {
    let word = |action: Action| match action {
        Action::Rollback => "call-rollback",
        Action::Investigate => "call-investigate",
        Action::Fix => "call-fix",
        Action::Monitor => "call-monitor",
        Action::None => "call-none",
    };
    let actions: Vec<Phrase> =
        trigger.actions.iter().map(|action| Phrase::label(word(action.value))).collect();
    let fired = match actions.is_empty() {
        true => Phrase::label("deviation-fired"),
        false => Phrase::label("deviation-fired-for").with("actions", Phrase::joined(actions, ", ")),
    };
    let to = trigger.to.as_ref().map(|to| Phrase::from(format!("(`{}`)", to.name)));
    Phrase::joined(std::iter::once(fired).chain(to), " ")
}
