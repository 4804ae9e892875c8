//! What no reader of the journal could take up, in words.

use super::Intake;
use crate::model::document::EventState;
use crate::model::quantity::Flaw;
use crate::model::release::GateChoice;
use crate::model::section::{Approval, Bar, Item, Section};
use crate::release::{About, Answer, ItemEvent, Line, Typed, answer, answer_trigger};

impl Intake<'_> {
    /// Why an event does not belong into the journal, if it does not.
    pub(super) fn refusal(&self, line: &Line) -> Option<String> {
        if line.by.trim().is_empty() {
            return Some("the event does not say `by` whom".to_owned());
        }
        let checked = match &line.about {
            About::Item(event) => self.item(event, line),
            About::Message { message, state } => self.message(message, *state),
            About::Trigger { trigger, state, actual } => self.trigger(trigger, *state, (actual, line)),
            About::Sign { role, choice, .. } => self.sign(role, choice, &line.by),
            About::Gate { gate, choice } => self.gate(gate, choice),
            About::Log { text } if text.trim().is_empty() => Err("the event has no text".to_owned()),
            About::Outcome { outcome } if outcome.trim().is_empty() => {
                Err("the outcome is not said".to_owned())
            }
            About::Log { .. } | About::Outcome { .. } => Ok(()),
        };
        checked.err()
    }

    fn unknown(&self, id: &str, what: &str) -> String {
        format!("`{id}` is no {what} of `{}`", self.runbook.id)
    }

    fn typed<'t>(&self, actual: &'t str, metric: Option<&'t str>, line: &Line) -> Typed<'t> {
        Typed { actual, metric, day: line.at.to_zoned(self.zone.clone()).date() }
    }

    fn item(&self, event: &ItemEvent, line: &Line) -> Result<(), String> {
        let id = event.item.as_str();
        let items = self.runbook.all_items();
        let item = items.into_iter().map(|(_, item)| item).find(|item| item.id == id);
        let section = self.runbook.section(id);
        if item.is_none() && section.is_none() {
            return Err(self.unknown(id, "item or section"));
        }
        state(id, event.state, line)?;
        if let Some(actual) = &event.actual {
            let own = item.map(|item| item.bars.to_vec());
            let of_section = |section: &Section| section.bars().cloned().collect();
            let bars: Vec<Bar> = own.or_else(|| section.map(of_section)).unwrap_or_default();
            answered(id, answer(&bars, self.typed(actual, event.metric.as_deref(), line)))?;
        }
        if let Some((name, value)) = &event.field {
            filled(id, item, (name, value))?;
        }
        if let Some(role) = &event.confirm
            && !item.is_some_and(|item| confirms(item, role))
        {
            return Err(format!("`{role}` is no role that confirms `{id}`"));
        }
        let silent = ItemEvent { item: event.item.clone(), ..ItemEvent::default() } == *event;
        if silent && [&line.why, &line.evidence, &line.note].into_iter().all(Option::is_none) {
            return Err(format!("nothing is said of `{id}`"));
        }
        Ok(())
    }

    fn message(&self, id: &str, state: EventState) -> Result<(), String> {
        let sections = self.runbook.all_sections();
        if !sections.iter().flat_map(|section| section.messages()).any(|message| message.id == id) {
            return Err(self.unknown(id, "message"));
        }
        match state {
            EventState::Sent => Ok(()),
            state => Err(format!("`{id}` is a message and cannot be `{}`", state.word())),
        }
    }

    fn trigger(
        &self,
        id: &str,
        state: Option<EventState>,
        (actual, line): (&Option<String>, &Line),
    ) -> Result<(), String> {
        let sections = self.runbook.all_sections();
        let Some(trigger) =
            sections.iter().flat_map(|section| section.triggers()).find(|trigger| trigger.id == id)
        else {
            return Err(self.unknown(id, "trigger"));
        };
        match (state, actual) {
            (Some(EventState::Fired | EventState::Cleared), _) | (None, Some(_)) => {}
            (Some(state), _) => return Err(format!("`{id}` is a trigger and cannot be `{}`", state.word())),
            (None, None) => return Err(format!("nothing is said of `{id}`")),
        }
        match (actual, &trigger.bar) {
            (Some(actual), Some(bar)) => answered(id, answer_trigger(bar, self.typed(actual, None, line))),
            (Some(_), None) => Err(format!("`{id}` has no value to compare with")),
            (None, _) => Ok(()),
        }
    }

    fn sign(&self, role: &str, choice: &str, by: &str) -> Result<(), String> {
        let sections = self.runbook.all_sections();
        let approvals: Vec<&Approval> = sections
            .iter()
            .flat_map(|section| section.approvals())
            .filter(|approval| approval.roles.iter().any(|one| one.name == role))
            .collect();
        if approvals.is_empty() {
            return Err(format!("`{role}` is no role that signs anything"));
        }
        let mut choices = approvals.iter().flat_map(|approval| &approval.choices);
        if !choices.any(|known| known.eq_ignore_ascii_case(choice)) {
            return Err(format!("`{role}` cannot say `{choice}`"));
        }
        match self.authority.may_speak(by, role) {
            true => Ok(()),
            false => Err(format!("`{by}` does not hold `{role}`, and the signature would not count")),
        }
    }

    fn gate(&self, id: &str, choice: &str) -> Result<(), String> {
        let sections = self.runbook.all_sections();
        if !sections.iter().flat_map(|section| section.gates()).any(|gate| gate.id == id) {
            return Err(self.unknown(id, "gate"));
        }
        match GateChoice::read(choice) {
            Some(_) => Ok(()),
            None => Err(format!("`{choice}` is not called at a gate, only `go` or `no-go`")),
        }
    }
}

/// Whether an item or section can be so, with a reason where one is needed.
fn state(id: &str, state: Option<EventState>, line: &Line) -> Result<(), String> {
    match state {
        Some(state @ (EventState::Sent | EventState::Fired | EventState::Cleared)) => {
            Err(format!("`{id}` cannot be `{}`", state.word()))
        }
        Some(state @ (EventState::NotApplicable | EventState::Waived))
            if line.why.as_ref().is_none_or(|why| why.trim().is_empty()) =>
        {
            Err(format!("`{}` needs a reason, and `{id}` has no `why`", state.word()))
        }
        Some(EventState::Waived) => Ok(()),
        _ if line.until.is_some() => Err("`until` is the end of a waiver and goes with `waived`".to_owned()),
        _ => Ok(()),
    }
}

/// Whether an item has this blank, and the value fits it.
fn filled(id: &str, item: Option<&Item>, (name, value): (&str, &str)) -> Result<(), String> {
    let mut records = item.into_iter().flat_map(|item| &item.records);
    let Some(record) = records.find(|record| record.title.plain() == name) else {
        return Err(format!("`{name}` is no blank of `{id}`"));
    };
    match record.kind.misfit(value) {
        Some(wanted) => Err(format!("`{value}` does not fit the blank `{name}`: write {wanted}")),
        None => Ok(()),
    }
}

fn confirms(item: &Item, role: &str) -> bool {
    item.confirm.iter().any(|one| one.name == role)
}

fn answered(id: &str, answer: Result<Answer, Flaw>) -> Result<(), String> {
    answer.map(|_| ()).map_err(|flaw| format!("`{id}`: {}", flaw.message))
}
