//! Approvals: who signs, and how many of them.
//!
//! Takes the entries of both sides, compares the approvals of sections with the same id. An approval
//! has no id: it is found again by its roles.

use super::entry::{ByKey, Entry, Node};
use super::note::{About, Noter, Notes};
use super::{Group, text};
use crate::model::section::{Approval, Section};

/// An approval that the other side does not have in the same section.
struct Left<'a> {
    about: About<'a>,
    approval: &'a Approval,
}

/// Compares the approvals of every section; each side is a list and the same by key.
pub(super) fn compare(
    (old, old_by_key): (&[Entry<'_>], &ByKey<'_, '_>),
    (new, new_by_key): (&[Entry<'_>], &ByKey<'_, '_>),
    notes: &mut Notes,
) {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for entry in new {
        let Node::Section(section) = entry.node else { continue };
        let was = old_by_key.get(&entry.key()).and_then(|was| was.as_section());
        let mut before: Vec<&Approval> = was.map(|was| was.approvals().collect()).unwrap_or_default();
        let after = pair(&mut before, section, &mut notes.about(entry.about()));
        gone.extend(before.into_iter().map(|approval| Left { about: entry.about(), approval }));
        come.extend(after.into_iter().map(|approval| Left { about: entry.about(), approval }));
    }
    for entry in old.iter().filter(|entry| !new_by_key.contains_key(&entry.key())) {
        let approvals = entry.as_section().into_iter().flat_map(Section::approvals);
        gone.extend(approvals.map(|approval| Left { about: entry.about(), approval }));
    }
    rest(gone, come, notes);
}

/// Pairs by the same roles, then by some of the same; what is left of `before` stays there, what is
/// left of `section` is returned.
fn pair<'a>(before: &mut Vec<&Approval>, section: &'a Section, noter: &mut Noter<'_>) -> Vec<&'a Approval> {
    let mut left: Vec<&Approval> = section.approvals().collect();
    let tests: [fn(&Approval, &Approval) -> bool; 2] =
        [|a, b| roles(a) == roles(b), |a, b| roles(a).iter().any(|role| roles(b).contains(role))];
    for test in tests {
        left.retain(|approval| match before.iter().position(|one| test(one, approval)) {
            Some(at) => {
                differences(before.remove(at), approval, noter);
                false
            }
            None => true,
        });
    }
    left
}

/// What is gone here and has come there has moved; the rest is gone, or new.
fn rest(gone: Vec<Left<'_>>, mut come: Vec<Left<'_>>, notes: &mut Notes) {
    for was in gone {
        let words = words(was.approval);
        let same = |one: &Left<'_>| {
            one.approval.needed == was.approval.needed && roles(one.approval) == roles(was.approval)
        };
        match come.iter().position(same) {
            Some(at) => {
                let is = come.remove(at);
                let place = |id: &str| Some(format!("{words} in `{id}`"));
                let (from, to) = (place(was.about.id), place(is.about.id));
                let mut noter = notes.about(is.about);
                noter.note(Group::Moved, Some("approvals"), from, to);
                differences(was.approval, is.approval, &mut noter);
            }
            None => notes.about(was.about).note(Group::Loosened, Some("approvals"), Some(words), None),
        }
    }
    for is in come {
        let words = words(is.approval);
        notes.about(is.about).note(Group::Tightened, Some("approvals"), None, Some(words));
    }
}

fn differences(before: &Approval, after: &Approval, noter: &mut Noter<'_>) {
    noter.weighed("approvals", (Some(words(before)), Some(words(after))), |_, _| {
        match (implies(before, after), implies(after, before)) {
            (true, true) => Group::Reworded,
            (true, false) => Group::Loosened,
            (false, true) => Group::Tightened,
            (false, false) => Group::Changed,
        }
    });
    let plain = |approval: &Approval| approval.when.as_ref().map(|when| when.source.clone());
    let (a, b) = (plain(before), plain(after));
    if a != b {
        let group = match (&a, &b) {
            (None, Some(_)) => Group::Loosened,
            (Some(_), None) => Group::Tightened,
            _ => Group::Changed,
        };
        let only = |when: Option<String>, approval: &Approval| match when {
            Some(when) => Some(format!("{} when {when}", words(approval))),
            None => Some(format!("{} always", words(approval))),
        };
        noter.note(group, Some("approvals"), only(a, before), only(b, after));
    }
    let statement = |approval: &Approval| approval.statement.as_ref().map(|text| text.source.clone());
    let says_else = statement(before) != statement(after) || before.choices != after.choices;
    noter.reworded("approvals", says_else);
}

fn roles(approval: &Approval) -> Vec<&str> {
    let mut roles: Vec<&str> = approval.roles.iter().map(|role| role.name.as_str()).collect();
    roles.sort_unstable();
    roles
}

/// Whether whoever gives the one has given the other: the worst choice of signers is the one that
/// the other does not ask.
fn implies(one: &Approval, other: &Approval) -> bool {
    let others = roles(other);
    let strangers = roles(one).iter().filter(|role| !others.contains(role)).count();
    one.needed.saturating_sub(strangers) >= other.needed
}

/// `cto`, `any of cto, vp-engineering`, `2 of a, b, c`
fn words(approval: &Approval) -> String {
    let names = text::names(&approval.roles).unwrap_or_default();
    match (approval.roles.len(), approval.needed) {
        (0 | 1, _) => names,
        (all, needed) if needed == all => format!("all of {names}"),
        (_, 1) => format!("any of {names}"),
        (_, needed) => format!("{needed} of {names}"),
    }
}
