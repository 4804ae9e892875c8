//! Approvals: who signs, and how many of them.
//!
//! Takes the entries of both sides, compares the approvals of sections with the same id. An approval
//! has no id: it is found again by its roles.

use std::cmp::{Ordering, Reverse};

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

/// Pairs those that share the most of their roles; what is left of `before` stays there, what is left
/// of `section` is returned.
fn pair<'a>(before: &mut Vec<&Approval>, section: &'a Section, noter: &mut Noter<'_>) -> Vec<&'a Approval> {
    let mut left: Vec<&Approval> = section.approvals().collect();
    loop {
        let pairs = before.iter().enumerate().flat_map(|(n, was)| {
            left.iter().enumerate().map(move |(m, is)| (likeness(was, is), Reverse(n), Reverse(m)))
        });
        match pairs.max() {
            Some((alike, Reverse(n), Reverse(m))) if alike > 0 => {
                differences(before.remove(n), left.remove(m), noter);
            }
            _ => return left,
        }
    }
}

/// Roles in both of the roles in either, in thousandths.
fn likeness(one: &Approval, other: &Approval) -> usize {
    let (one, other) = (roles(one), roles(other));
    let shared = one.iter().filter(|role| other.contains(role)).count();
    shared * 1_000 / (one.len() + other.len() - shared).max(1)
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
                let place = |id: &str| Some(format!("{words} in {id}"));
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
    noter.weighed("approvals", (Some(words(before)), Some(words(after))), |_, _| group(before, after));
    let statement = |approval: &Approval| approval.statement.as_ref().map(|text| text.source.clone());
    let says_else = statement(before) != statement(after) || before.choices != after.choices;
    noter.reworded("approvals", says_else);
}

/// Whether fewer need to sign, or less often.
fn group(before: &Approval, after: &Approval) -> Group {
    let signers = match (implies(before, after), implies(after, before)) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (false, false) => None,
    };
    let occasions = match (when(before), when(after)) {
        (before, after) if before == after => Some(Ordering::Equal),
        (None, Some(_)) => Some(Ordering::Less),
        (Some(_), None) => Some(Ordering::Greater),
        _ => None,
    };
    match (signers, occasions) {
        (Some(Ordering::Equal), Some(Ordering::Equal)) => Group::Reworded,
        (Some(a), Some(b)) if a.is_le() && b.is_le() => Group::Loosened,
        (Some(a), Some(b)) if a.is_ge() && b.is_ge() => Group::Tightened,
        _ => Group::Changed,
    }
}

fn when(approval: &Approval) -> Option<&str> {
    approval.when.as_ref().map(|when| &*when.source)
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

/// `cto`, `any of cto, vp-engineering when severity is critical`, `2 of a, b, c`
fn words(approval: &Approval) -> String {
    let names = text::names(&approval.roles).unwrap_or_default();
    let who = match (approval.roles.len(), approval.needed) {
        (0 | 1, _) => names,
        (all, needed) if needed == all => format!("all of {names}"),
        (_, 1) => format!("any of {names}"),
        (_, needed) => format!("{needed} of {names}"),
    };
    when(approval).map_or(who.clone(), |when| format!("{who} when {when}"))
}
