//! What differs in the plans and journals of two states of a project.
//!
//! Takes the releases of both, gives the changes of each plan and one for each event that is gone, by the
//! runbook of the release. A journal only grows: what came is no change, and where a line stands does
//! not count.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::note::{About, Notes};
use super::{Change, Group, document};
use crate::model::release::Release;
use crate::release::intake::retell;

/// The changes of each release that is in both states, or lost, with the id of its runbook.
pub fn plans_and_journals(before: &[Arc<Release>], after: &[Arc<Release>]) -> Vec<(String, Vec<Change>)> {
    let changes = before.iter().map(|was| (was.runbook_id.name.clone(), changes(was, after)));
    changes.filter(|(_, changes)| !changes.is_empty()).collect()
}

fn changes(was: &Release, after: &[Arc<Release>]) -> Vec<Change> {
    let (old, mut notes) = (lines(was), Notes::default());
    // With another name, a release is known by how its journal begins.
    let renamed = || after.iter().find(|is| !old.is_empty() && lines(is).first() == old.first());
    let same = after.iter().find(|is| is.name == was.name).or_else(renamed);
    if let Some(is) = same {
        document::same_plan(was, is, &mut notes);
    }
    let title = was.version.clone();
    let mut noter = notes.about(About { kind: "journal", id: &was.name, title, section: "" });
    match same {
        None if old.is_empty() => {}
        None => noter.whole(Group::Removed, None),
        Some(is) => {
            let mut kept: HashMap<String, usize> = HashMap::new();
            lines(is).into_iter().for_each(|line| *kept.entry(line).or_default() += 1);
            for line in old {
                match kept.get_mut(&line).filter(|times| **times > 0) {
                    Some(times) => *times -= 1,
                    None => noter.note(Group::Removed, Some("event"), Some(line), None),
                }
            }
        }
    }
    notes.sorted()
}

/// The events of a journal, each in one spelling.
fn lines(release: &Release) -> Vec<String> {
    let zone = release.window.as_ref().map_or(TimeZone::UTC, |window| window.time_zone.clone());
    let line = |event| retell(event, &zone).map_or_else(|why| why, |line| line.to_string());
    release.journal.events.iter().map(line).collect()
}
