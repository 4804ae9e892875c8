//! # named-twice
//!
//! Somebody stands twice where each should be another one: an escalation that comes back to somebody who did not
//! answer before, a gate that polls somebody twice, an approval that asks two of one.
//! The second call goes to the same telephone.
//!
//! ```yaml
//! escalation:
//!   - { role: on-call, within: 15m }
//!   - { role: on-call, within: 15m }       # wrong: who is next?
//! ```

use std::collections::HashMap;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;
use crate::model::section::Reference;

pub(super) const RULE: Rule = Rule {
    name: "named-twice",
    summary: "somebody who stands twice where each should be another one",
    topic: Topic::Ownership,
    weight: Weight::Doubt,
    source: include_str!("named_twice.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    twice(runbook.escalation.iter().map(|step| &step.role), "the escalation calls", &mut found);
    for section in runbook.all_sections() {
        for gate in section.gates() {
            twice(&gate.polls, "the gate polls", &mut found);
        }
        for approval in section.approvals() {
            twice(&approval.roles, "the approval asks", &mut found);
        }
    }
    found
}

/// Tells every name of a list that stands in it before.
fn twice<'a>(names: impl IntoIterator<Item = &'a Reference>, who: &str, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, &Reference> = HashMap::new();
    for name in names {
        let Some(earlier) = first.insert(&name.name, name) else { continue };
        let report = finding(name.span, format!("{who} `{}` twice", name.name)).label("the same again");
        found.push(report.related(earlier.span, "first here").help("name somebody else, or remove it"));
    }
}
