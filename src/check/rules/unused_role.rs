//! # unused-role
//!
//! A role of the roster that no runbook and no release names. Either it is left over, or the runbook that
//! should name it names somebody else. A runbook that lists `contacts: all` uses every role.
//!
//! ```yaml
//! roles:
//!   qa-manager: { title: QA manager }      # every runbook says `qa-lead`
//! ```

use std::collections::HashSet;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Whole;
use crate::diagnostic::Diagnostic;
use crate::model::roster::PartyKind;
use crate::source::Kind;

pub(super) const RULE: Rule = Rule {
    name: "unused-role",
    summary: "a role that no runbook and no release names",
    topic: Topic::Hygiene,
    weight: Weight::Doubt,
    source: include_str!("unused_role.rs"),
    look: Look::Site(look),
};

fn look(whole: &Whole<'_>) -> Vec<Diagnostic> {
    let library = whole.subject.library;
    let unread = library.unread.iter().any(|kind| matches!(kind, Kind::Runbook | Kind::Release));
    let mentions = || whole.mentions.iter().map(|(_, mentions)| *mentions);
    if unread || library.runbooks.is_empty() || mentions().any(|mentions| mentions.everybody) {
        return Vec::new();
    }
    let names = mentions().flat_map(|mentions| mentions.named.iter().chain(&mentions.others));
    let mut used: HashSet<&str> = names.map(String::as_str).collect();
    let assigned = library.releases.iter().flat_map(|release| &release.roles);
    used.extend(assigned.map(|assigned| assigned.role.name.as_str()));
    let roles = library.roster.parties.iter().filter(|party| party.kind == PartyKind::Role);
    let unused = roles.filter(|role| !used.contains(role.id.value.as_str()));
    let report = |role: &crate::model::roster::Party| {
        let message = format!("the role `{}` is not used", role.id.value);
        finding(role.id.span, message)
            .label("no runbook and no release names it")
            .help("remove it, or give it something to do")
    };
    unused.map(report).collect()
}
