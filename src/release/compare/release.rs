//! What differs in the plans and journals of two states of a project.
//!
//! Takes both, gives the changes of each plan, of who may sign by it and by the roster, and one for each
//! event that is gone, by the runbook of the release. A journal only grows: what came is no change, and where
//! a line stands does not count.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::note::{About, Notes};
use super::{Change, Group, document};
use crate::model::Library;
use crate::model::release::Release;
use crate::model::roster::Roster;
use crate::release::authority::Authority;
use crate::release::intake::retell;

/// The changes of each release that is in both states, or lost, with the id of its runbook.
pub fn plans_and_journals(before: &Library, after: &Library) -> Vec<(String, Vec<Change>)> {
    let changes = |was: &Arc<Release>| (was.runbook_id.name.clone(), changes(was, before, after));
    before.releases.iter().map(changes).filter(|(_, changes)| !changes.is_empty()).collect()
}

fn changes(was: &Release, before: &Library, after: &Library) -> Vec<Change> {
    let (old, mut notes) = (lines(was), Notes::default());
    // With another name, a release is known by how its journal begins.
    let renamed = || after.releases.iter().find(|is| !old.is_empty() && lines(is).first() == old.first());
    let same = after.releases.iter().find(|is| is.name == was.name).or_else(renamed);
    if let Some(is) = same {
        document::same_plan(was, is, &mut notes);
        let about = About { kind: "plan", id: &is.name, title: is.version.clone(), section: "" };
        let (old, new) = (signers(was, &before.roster), signers(is, &after.roster));
        for (role, may) in &new {
            let words = |may: &String| format!("{role}: {may}");
            // A role that signs only now, or no more, is a change of the runbook.
            let were = old.get(role).unwrap_or(may);
            notes.about(about.clone()).value("signers", Some(words(were)), Some(words(may)));
        }
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

/// Who may sign as each role that signs, by the plan or else by the roster.
fn signers<'a>(release: &'a Release, roster: &Roster) -> BTreeMap<&'a str, String> {
    let authority = Authority::new(roster, &release.roles);
    let sections = release.runbook.iter().flat_map(|runbook| runbook.all_sections());
    let roles = sections.flat_map(|section| section.approvals()).flat_map(|approval| &approval.roles);
    let may = |role: &str| match authority.speakers(role) {
        persons if persons.is_empty() => "anybody".to_owned(),
        persons => persons.join(", "),
    };
    roles.map(|role| (role.name.as_str(), may(&role.name))).collect()
}

/// The events of a journal, each in one spelling.
fn lines(release: &Release) -> Vec<String> {
    let zone = release.zone();
    let line = |event| retell(event, &zone).map_or_else(|why| why, |line| line.to_string());
    release.journal.events.iter().map(line).collect()
}
