//! # conflicting-events
//!
//! Two people have recorded different things about one item, and the first has not spoken since: one says done, the
//! other failed, blocked or not applicable. The latest event counts; somebody should ask. A waiver, and an item
//! set back to pending, is no disagreement.
//!
//! ```yaml
//! - { at: 2026-12-01T08:02:11Z, by: ana, item: replicas, is: failed }
//! - { at: 2026-12-01T08:03:40Z, by: bo, item: replicas, is: done }          # what does ana say?
//! ```

use std::collections::BTreeMap;

use crate::check::Subject;
use crate::check::journal::{Entry, Record, records};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::document::EventState;
use crate::model::release::Release;

pub(super) const RULE: Rule = Rule {
    name: "conflicting-events",
    summary: "two people who recorded different things about one item",
    topic: Topic::Release,
    weight: Weight::Doubt,
    source: include_str!("conflicting_events.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    records(release, runbook).iter().filter_map(judge).collect()
}

fn judge(record: &Record<'_>) -> Option<Diagnostic> {
    let mut latest: BTreeMap<&str, (&Entry<'_>, &str)> = BTreeMap::new();
    for entry in &record.entries {
        match entry.state {
            // After these everything before is settled.
            Some(EventState::Waived | EventState::Pending) => latest.clear(),
            Some(state) => {
                if let Some(word) = word(state) {
                    latest.insert(&entry.event.by.name, (entry, word));
                }
            }
            None => {}
        }
    }
    let (last, said) = latest.values().max_by_key(|(entry, _)| (entry.event.at, entry.event.span))?;
    let others = latest.values().filter(|(_, word)| word != said);
    let (other, earlier) = others.max_by_key(|(entry, _)| (entry.event.at, entry.event.span))?;
    let (here, there) = (&last.event.by.name, &other.event.by.name);
    let title = record.subject.title();
    let message = format!("`{here}` says that `{title}` is {said}, `{there}` that it is {earlier}");
    let report =
        finding(last.event.span, message).label("the latest counts").related(other.event.span, "said before");
    Some(report.help(format!("ask `{there}` to append an event, or append one yourself with `note:`")))
}

/// The word for a state that somebody can disagree with.
fn word(state: EventState) -> Option<&'static str> {
    match state {
        EventState::Done => Some("done"),
        EventState::Failed => Some("failed"),
        EventState::Blocked => Some("blocked"),
        EventState::NotApplicable => Some("not applicable"),
        _ => None,
    }
}
