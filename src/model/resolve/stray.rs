//! What of an event says nothing about its subject.
//!
//! Takes an event as it was written and what it is about, gives worded findings. Nothing of it stops a
//! release from being judged: such words count for nothing, and an event is never rewritten.

use crate::diagnostic::{Diagnostic, one_of};
use crate::model::document::{self, EventState};
use crate::model::release::{Act, GateChoice, Seal};
use crate::source::{Field, Span};

/// The keys that name what an event is about; one event is about one thing.
const SUBJECTS: [&str; 7] = ["item", "message", "trigger", "sign", "gate", "event", "outcome"];

/// Everything that an event says in vain; `span` is the event.
pub(super) fn of(written: &document::Event, act: &Act, span: Span) -> Vec<Diagnostic> {
    let mut found = keys(written, act);
    found.extend(pairs(written, act));
    found.extend(state(written, act));
    found.extend(end(written, act));
    found.extend(choice(written, act, span));
    found.extend(seal(act));
    if found.is_empty() && says_nothing(written, act) {
        let help = "say what it `is`, or give an `actual`, a `note` or `evidence`";
        found.push(stray(span, "the event says nothing about its item").help(help));
    }
    found
}

fn stray(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("invalid-event", span, message)
}

/// The key that names the subject, and the keys that say something about it.
fn takes(act: &Act) -> (&'static str, &'static [&'static str]) {
    match act {
        Act::Item { .. } => ("item", &["is", "actual", "metric", "field", "value", "confirm", "until"]),
        Act::Message { .. } => ("message", &["is"]),
        Act::Trigger { .. } => ("trigger", &["is", "actual"]),
        Act::Sign { .. } => ("sign", &["choice", "seal"]),
        Act::Gate { .. } => ("gate", &["choice"]),
        Act::Log { .. } => ("event", &[]),
        Act::Outcome { .. } => ("outcome", &[]),
    }
}

/// Keys that belong to another subject.
fn keys(written: &document::Event, act: &Act) -> Vec<Diagnostic> {
    let place = |field: &Field<String>| field.is_present().then_some(field.key());
    let keys = [
        ("item", place(&written.item)),
        ("message", place(&written.message)),
        ("trigger", place(&written.trigger)),
        ("sign", place(&written.sign)),
        ("gate", place(&written.gate)),
        ("event", place(&written.event)),
        ("outcome", place(&written.outcome)),
        ("is", written.is.is_present().then_some(written.is.key())),
        ("actual", place(&written.actual)),
        ("metric", place(&written.metric)),
        ("field", place(&written.field)),
        ("value", place(&written.value)),
        ("confirm", place(&written.confirm)),
        ("until", place(&written.until)),
        ("choice", place(&written.choice)),
        ("seal", place(&written.seal)),
    ];
    let (about, taken) = takes(act);
    let written = keys.into_iter().filter_map(|(key, place)| Some((key, place?)));
    let lost = written.filter(|(key, _)| *key != about && !taken.contains(key));
    lost.map(|(key, place)| {
        if SUBJECTS.contains(&key) {
            let message = format!("`{key}` stands beside `{about}`, and counts for nothing");
            return stray(place, message).help("one event is about one thing: append another one");
        }
        stray(place, format!("`{key}` says nothing beside `{about}`"))
    })
    .collect()
}

/// Keys that only say something together.
fn pairs(written: &document::Event, act: &Act) -> Vec<Diagnostic> {
    if !matches!(act, Act::Item { .. }) {
        return Vec::new();
    }
    let pairs = [
        (&written.field, &written.value, "`field` names a blank, and there is no `value` for it"),
        (&written.value, &written.field, "there is no `field` to say which blank the `value` is for"),
        (&written.metric, &written.actual, "`metric` names a threshold, and there is no `actual` for it"),
    ];
    let alone = pairs.into_iter().filter(|(one, other, _)| one.is_present() && !other.is_present());
    alone.map(|(one, _, message)| stray(one.key(), message)).collect()
}

/// A state that the subject cannot be in.
fn state(written: &document::Event, act: &Act) -> Option<Diagnostic> {
    use EventState::{Blocked, Cleared, Done, Failed, Fired, NotApplicable, Pending, Sent, Waived};
    let state = written.is.get()?;
    let (what, states): (&str, &[EventState]) = match act {
        Act::Item { .. } => ("an item", &[Done, Failed, Blocked, NotApplicable, Waived, Pending]),
        Act::Message { .. } => ("a message", &[Sent]),
        Act::Trigger { .. } => ("a trigger", &[Fired, Cleared]),
        _ => return None,
    };
    if states.contains(state) {
        return None;
    }
    let message = format!("{what} cannot be `{}`", state.word());
    let words = one_of(states.iter().map(EventState::word));
    Some(stray(written.is.span(), message).help(format!("append the event with {words}")))
}

/// An end of what has none.
fn end(written: &document::Event, act: &Act) -> Option<Diagnostic> {
    let waived = written.is.get() == Some(&EventState::Waived);
    if waived || !matches!(act, Act::Item { .. }) || !written.until.is_present() {
        return None;
    }
    let help = "only what is waived ends: append the event with `is: waived`, or without `until`";
    Some(stray(written.until.key(), "`until` is the end of a waiver, and nothing is waived").help(help))
}

/// A signature or a call without a word, or a call with a word that no gate knows.
fn choice(written: &document::Event, act: &Act, span: Span) -> Option<Diagnostic> {
    match act {
        Act::Sign { .. } if !written.choice.is_present() => {
            Some(stray(span, "the signature has no `choice`").help("say `approve` or `block`"))
        }
        Act::Gate { .. } if !written.choice.is_present() => {
            Some(stray(span, "the call at the gate has no `choice`").help("say `go` or `no-go`"))
        }
        Act::Gate { choice, .. } if GateChoice::read(choice).is_none() => {
            let message = format!("`{}` is not called at a gate", choice.value);
            Some(stray(choice.span, message).help("say `go` or `no-go`"))
        }
        _ => None,
    }
}

/// A seal that was not printed by anything.
fn seal(act: &Act) -> Option<Diagnostic> {
    let Act::Sign { seal: Some(seal), .. } = act else { return None };
    let help = "a seal is sixteen hex digits in groups of four; `runsheet sign` writes it, and a signature \
                without one counts too";
    (!Seal::is_one(seal)).then(|| stray(seal.span, format!("`{}` is no seal", seal.value)).help(help))
}

fn says_nothing(written: &document::Event, act: &Act) -> bool {
    let remarks = [&written.why, &written.evidence, &written.note];
    let details = [&written.actual, &written.field, &written.confirm];
    let silent = remarks.into_iter().chain(details).all(|field| !field.is_present());
    matches!(act, Act::Item { .. }) && silent && !written.is.is_present()
}
