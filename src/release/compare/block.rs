//! What differs in a trigger, a message, a gate or a table.

use super::bar::{self, Sense};
use super::note::Noter;
use super::text::{Texts, name, names, shown, sources};
use super::{Group, Pair};
use crate::model::document::{Action, Outcome};
use crate::model::parameter::Piece;
use crate::model::runbook::Runbook;
use crate::model::section::{Gate, Message, Reference, Table, Trigger};

/// Compares a trigger with itself as it is now.
pub(super) fn trigger((before, after): (&Trigger, &Trigger), texts: Texts, noter: &mut Noter<'_>) {
    match (&before.bar, &after.bar) {
        (Some(a), Some(b)) => bar::one(Some(a), Some(b), Sense::Alarm, noter),
        _ => {
            let (a, b) = texts.pair(Some(&before.condition), Some(&after.condition));
            noter.value("condition", a, b);
        }
    }
    noter.value("severity", name(before.severity.as_ref()), name(after.severity.as_ref()));
    let goes_back = |trigger: &Trigger| trigger.actions.iter().any(|one| one.value == Action::Rollback);
    let no_way_back = goes_back(before) && !goes_back(after);
    noter.weighed("action", (actions(before), actions(after)), |_, _| {
        if no_way_back { Group::RollbackRemoved } else { Group::Changed }
    });
    let within = |trigger: &Trigger| trigger.within.as_ref().map(|within| within.value);
    noter.limit("within", within(before), within(after));
    noter.value("authority", names(&before.authority), names(&after.authority));
    noter.value("to", name(before.to.as_ref()), name(after.to.as_ref()));
    noter.reworded("about", texts.prose_differs(before.about.as_ref(), after.about.as_ref()));
}

fn actions(trigger: &Trigger) -> Option<String> {
    let words: Vec<&str> = trigger.actions.iter().map(|action| action_word(action.value)).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The word of the language.
pub(super) fn action_word(action: Action) -> &'static str {
    match action {
        Action::Rollback => "rollback",
        Action::Investigate => "investigate",
        Action::Fix => "fix",
        Action::Monitor => "monitor",
        Action::None => "none",
    }
}

/// Compares a message with itself as it is now; `sections` holds the owners of its sections.
pub(super) fn message(
    (before, after): (&Message, &Message),
    sections: (&[Reference], &[Reference]),
    texts: Texts,
    noter: &mut Noter<'_>,
) {
    let (a, b) = texts.pair(Some(&before.title), Some(&after.title));
    noter.value("title", a, b);
    // An owner that comes from the section was reported there.
    if (names(&before.answers), names(&after.answers)) != (names(sections.0), names(sections.1)) {
        noter.value("owner", names(&before.answers), names(&after.answers));
    }
    noter.value("at", shown(before.at.as_ref()), shown(after.at.as_ref()));
    noter.value("every", shown(before.every.as_ref()), shown(after.every.as_ref()));
    noter.value("until", shown(before.until.as_ref()), shown(after.until.as_ref()));
    noter.value("on", outcomes(before), outcomes(after));
    if texts.lists_differ(&before.channels, &after.channels) {
        let words = |message: &Message| Some(sources(&message.channels).join(", "));
        noter.note(Group::Changed, Some("channel"), words(before), words(after));
    }
    noter.value("to", names(&before.to), names(&after.to));
    noter.reworded("subject", texts.differ(before.subject.as_ref(), after.subject.as_ref()));
    noter.reworded("about", texts.prose_differs(before.about.as_ref(), after.about.as_ref()));
    noter.reworded("body", texts.pieces_differ(body(before), body(after)));
}

fn body(message: &Message) -> &[Piece] {
    message.body.as_ref().map(|body| body.value.as_slice()).unwrap_or_default()
}

fn outcomes(message: &Message) -> Option<String> {
    let word = |outcome: &Outcome| match outcome {
        Outcome::Success => "success",
        Outcome::Rollback => "rollback",
        Outcome::Incident => "incident",
    };
    let words: Vec<&str> = message.on.iter().map(word).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Compares a gate with itself as it is now.
pub(super) fn gate((before, after): (&Gate, &Gate), pair: &Pair<'_>, noter: &mut Noter<'_>) {
    let texts = pair.texts;
    let (a, b) = texts.pair(Some(&before.title), Some(&after.title));
    noter.value("title", a, b);
    noter.value("at", shown(before.at.as_ref()), shown(after.at.as_ref()));
    if !before.requires.is_empty() || !after.requires.is_empty() {
        noter.members("requires", &required(before, pair.before), &required(after, pair.after));
    }
    noter.value("polls", names(&before.polls), names(&after.polls));
    noter.value("decides", names(&before.decides), names(&after.decides));
    noter.value("escalates", names(&before.escalates), names(&after.escalates));
    noter.reworded("about", texts.prose_differs(before.about.as_ref(), after.about.as_ref()));
}

/// The sections that a gate is judged on, the default resolved.
fn required(gate: &Gate, runbook: &Runbook) -> Vec<String> {
    if gate.requires.is_empty() {
        return runbook.before().into_iter().map(|section| section.id.clone()).collect();
    }
    gate.requires.iter().map(|section| section.name.clone()).collect()
}

/// Compares a table with itself as it is now.
pub(super) fn table((before, after): (&Table, &Table), texts: Texts, noter: &mut Noter<'_>) {
    let (a, b) = texts.pair(Some(&before.title), Some(&after.title));
    noter.value("title", a, b);
    noter.reworded("columns", texts.lists_differ(&before.columns, &after.columns));
    let rows = before.rows.len() != after.rows.len()
        || before.rows.iter().zip(&after.rows).any(|(before, after)| texts.lists_differ(before, after));
    noter.reworded("rows", rows);
    let blank = |table: &Table| Some(table.blank.to_string());
    noter.value("blank", blank(before), blank(after));
}
