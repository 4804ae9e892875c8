//! # self-approval
//!
//! The only one who signs is the one who carries the steps out: the signature says "I agree with myself".
//! At least one approval comes from another role, held by another person.
//!
//! Who signs is looked up in the roster, so two roles with one holder are one.
//!
//! ```yaml
//! - title: Deploy
//!   owner: devops-lead
//!   steps: [Switch the traffic]
//! - title: Approval
//!   approvals: [devops-lead]       # wrong: add a role that does not deploy
//! ```

use std::collections::BTreeSet;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Phase;
use crate::model::roster::Roster;
use crate::model::runbook::Runbook;
use crate::model::section::Reference;

pub(super) const RULE: Rule = Rule {
    name: "self-approval",
    summary: "the only one who signs is the one who carries it out",
    topic: Topic::Ownership,
    weight: Weight::Gap,
    source: include_str!("self_approval.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let roster = around.roster();
    let sections = runbook.all_sections();
    let signers: Vec<&Reference> = sections
        .iter()
        .flat_map(|section| section.approvals())
        .flat_map(|approval| &approval.roles)
        .collect();
    let people: BTreeSet<&str> = signers.iter().map(|role| holder(roster, &role.name)).collect();
    let (Some(first), Some(only), 1) = (signers.first(), people.first(), people.len()) else {
        return Vec::new();
    };
    let items = runbook.all_items();
    let mut steps = items.iter().filter(|(section, item)| item.step && section.phase == Phase::During);
    let own = steps.find(|(_, step)| step.answers.iter().any(|owner| holder(roster, &owner.name) == *only));
    let Some((_, step)) = own else { return Vec::new() };
    let message = format!("`{}` carries the steps out and is the only one who signs", first.name);
    let report = finding(first.span, message).label("signs its own work");
    vec![
        report
            .related(step.span, "carries this out")
            .help("add an approval of a role that another person holds"),
    ]
}

/// Who is behind a name: the holder of a role, else the name itself.
fn holder<'a>(roster: &'a Roster, name: &'a str) -> &'a str {
    let held = roster.find(name).and_then(|party| party.holder.as_ref());
    held.map_or(name, |holder| holder.name.as_str())
}
