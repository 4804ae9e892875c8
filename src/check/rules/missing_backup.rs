//! # missing-backup
//!
//! One person holds a role that a runbook needs, and nobody takes over when that person is ill or asleep; or the
//! backup is the holder. A role that a team of several holds, and one with a telephone of its own (a rota),
//! needs no backup.
//!
//! ```yaml
//! dba: { title: Database administrator, holder: dana, backup: kofi }
//! ```

use std::collections::HashSet;

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Whole;
use crate::diagnostic::Diagnostic;
use crate::model::document::Status;
use crate::model::roster::{Party, PartyKind};

pub(super) const RULE: Rule = Rule {
    name: "missing-backup",
    summary: "a role that one person holds and nobody takes over",
    topic: Topic::Ownership,
    weight: Weight::Doubt,
    source: include_str!("missing_backup.rs"),
    look: Look::Site(look),
};

fn look(whole: &Whole<'_>) -> Vec<Diagnostic> {
    let subject = whole.subject;
    let current = whole.mentions.iter().filter(|(runbook, _)| runbook.status != Some(Status::Retired));
    let needed: HashSet<&str> = current.flat_map(|(_, all)| &all.named).map(String::as_str).collect();
    let roles = subject.library.roster.parties.iter().filter(|party| party.kind == PartyKind::Role);
    let roles = roles.filter(|role| needed.contains(role.id.value.as_str()) && !role.reachable());
    roles.filter_map(|role| judge(subject, role)).collect()
}

fn judge(subject: &Subject<'_>, role: &Party) -> Option<Diagnostic> {
    let holder = role.holder.as_ref()?;
    let person = subject.library.roster.find(&holder.name).filter(|party| party.kind == PartyKind::Person)?;
    let id = &role.id.value;
    match &role.backup {
        Some(backup) if backup.name == holder.name => {
            let message = format!("`{}` is holder and backup of the role `{id}`", person.id.value);
            Some(
                finding(backup.span, message)
                    .label("the same person")
                    .help("name somebody else as `backup:`"),
            )
        }
        Some(_) => None,
        None => {
            let message = format!("nobody takes over the role `{id}` from `{}`", person.id.value);
            Some(
                finding(role.id.span, message).label("no backup").help("add `backup:` with a person or team"),
            )
        }
    }
}
