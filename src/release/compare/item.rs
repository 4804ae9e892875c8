//! What differs in a check or a step; its sub-checks are compared on their own.

use super::note::Noter;
use super::text::{Texts, name, names, shown, sources};
use super::{Group, bar};
use crate::model::document::RecordType;
use crate::model::section::{Bar, Command, Fact, Item, Timing};

/// Compares an item with itself as it is now.
pub(super) fn compare((before, after): (&Item, &Item), texts: Texts, noter: &mut Noter<'_>) {
    let (a, b) = texts.pair(Some(&before.title), Some(&after.title));
    noter.value("title", a, b);
    let kind = |item: &Item| Some(if item.step { "step" } else { "check" }.to_owned());
    noter.value("kind", kind(before), kind(after));
    if !before.owners.is_empty() || !after.owners.is_empty() {
        noter.value("owner", names(&before.answers), names(&after.answers));
    }
    demands((before, after), texts, noter);
    times(before, after, noter);
    if command_differs(before.run.as_deref(), after.run.as_deref(), texts) {
        let words = |item: &Item| item.run.as_deref().map(command);
        noter.note(Group::Changed, Some("run"), words(before), words(after));
    }
    noter.weighed(
        "on-failure",
        (name(before.on_failure.as_deref()), name(after.on_failure.as_deref())),
        |_, now| {
            if now.is_none() { Group::RollbackRemoved } else { Group::Changed }
        },
    );
    noter.reworded("about", texts.prose_differs(before.about.as_deref(), after.about.as_deref()));
    noter.reworded("expect", texts.prose_differs(before.expect.as_deref(), after.expect.as_deref()));
    noter.reworded("warning", texts.prose_differs(before.warning.as_deref(), after.warning.as_deref()));
    let fact = |fact: &Fact| (fact.label.value.clone(), fact.value.source.clone());
    noter.reworded("fields", before.facts.iter().map(fact).ne(after.facts.iter().map(fact)));
}

/// What an item asks for.
fn demands((before, after): (&Item, &Item), texts: Texts, noter: &mut Noter<'_>) {
    let level = |item: &Item| Some(item.level.word().to_owned());
    noter.weighed("level", (level(before), level(after)), |_, _| {
        if after.level > before.level { Group::Loosened } else { Group::Tightened }
    });
    let (old, new): (Vec<&Bar>, Vec<&Bar>) = (before.bars.iter().collect(), after.bars.iter().collect());
    bar::compare(&old, &new, noter);
    let (a, b) = texts.pair(before.applies.as_deref(), after.applies.as_deref());
    // What need not always apply may be recorded as not applicable.
    noter.weighed("applies", (a, b), |before, after| match (before, after) {
        (None, Some(_)) => Group::Loosened,
        (Some(_), None) => Group::Tightened,
        _ => Group::Changed,
    });
    noter.demand("confirm", names(&before.confirm), names(&after.confirm));
    noter.members("evidence", &sources(&before.evidence), &sources(&after.evidence));
    noter.members("record", &records(before), &records(after));
}

fn times(before: &Item, after: &Item, noter: &mut Noter<'_>) {
    let (before, after) = (before.timing(), after.timing());
    noter.value("at", shown(before.at.as_ref()), shown(after.at.as_ref()));
    let every = |timing: &Timing| timing.every.as_ref().map(|every| every.value);
    noter.limit("every", every(before), every(after));
    noter.value("until", shown(before.until.as_ref()), shown(after.until.as_ref()));
    noter.value("duration", shown(before.duration.as_ref()), shown(after.duration.as_ref()));
    let hold = |timing: &Timing| timing.hold.as_ref().map(|hold| hold.value);
    let longer = hold(after) > hold(before);
    noter.weighed("hold", (shown(before.hold.as_ref()), shown(after.hold.as_ref())), |_, _| {
        if longer { Group::Tightened } else { Group::Loosened }
    });
}

/// The word of the language.
fn record_word(kind: RecordType) -> &'static str {
    match kind {
        RecordType::Text => "text",
        RecordType::Number => "number",
        RecordType::Date => "date",
        RecordType::Time => "time",
        RecordType::Duration => "duration",
        RecordType::Url => "url",
        RecordType::Person => "person",
    }
}

/// Blanks with their kinds: `Certificate expiry (date)`.
fn records(item: &Item) -> Vec<String> {
    let words = item.records.iter();
    words.map(|record| format!("{} ({})", record.title.source, record_word(record.kind))).collect()
}

fn command_differs(before: Option<&Command>, after: Option<&Command>, texts: Texts) -> bool {
    match (before, after) {
        (Some(a), Some(b)) => {
            a.shell != b.shell
                || a.source.value.trim_end() != b.source.value.trim_end()
                || texts.differ(a.on.as_ref(), b.on.as_ref())
                || (texts.same_values && a.code != b.code)
        }
        (a, b) => a.is_some() != b.is_some(),
    }
}

/// The code as it was written, with where and in what it runs if that is said.
fn command(command: &Command) -> String {
    let code = command.source.value.trim_end();
    let shell = (command.shell != "bash").then(|| command.shell.clone());
    let on = command.on.as_ref().map(|on| format!("on {}", on.plain()));
    let how: Vec<String> = shell.into_iter().chain(on).collect();
    if how.is_empty() { code.to_owned() } else { format!("{code} ({})", how.join(", ")) }
}
