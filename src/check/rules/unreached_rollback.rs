//! # unreached-rollback
//!
//! An issued runbook has a way back and nothing leads to it: no trigger, no `on-failure`, no decision, no severity
//! that calls for the rollback and no link. In the call nobody knows when it is time.
//!
//! ```yaml
//! triggers:
//!   - { when: error rate > 10 % for 5m, action: rollback, authority: dba, to: rollback }
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::{Action, Phase, Status};
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Section};

pub(super) const RULE: Rule = Rule {
    name: "unreached-rollback",
    summary: "a way back that nothing leads to",
    topic: Topic::Consistency,
    weight: Weight::Doubt,
    source: include_str!("unreached_rollback.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    if runbook.status != Some(Status::Issued) || !runbook.whole || !runbook.links.is_empty() {
        return Vec::new();
    }
    let sections = runbook.all_sections();
    let carries_out =
        |phase| move |section: &&&Section| section.phase == phase && has(section, |block| matches!(block, Block::Steps(_)));
    // A runbook of nothing but ways back is called from others.
    let Some(back) = sections.iter().find(carries_out(Phase::Rollback)) else { return Vec::new() };
    let forward = sections.iter().any(|section| carries_out(Phase::During)(&section));
    if !forward || leads_back(runbook, &sections) {
        return Vec::new();
    }
    let message = format!("nothing leads to the rollback `{}`", back.title.plain());
    let help = "add a trigger with `action: rollback`, or `on-failure:` to the steps that can fail";
    vec![finding(back.span, message).label("nobody knows when").help(help)]
}

/// Whether anything says when to go back.
fn leads_back(runbook: &Runbook, sections: &[&Section]) -> bool {
    let mut actions = runbook.severities.iter().flat_map(|severity| &severity.actions);
    actions.any(|action| action.value == Action::Rollback)
        || sections.iter().any(|section| has(section, |block| matches!(block, Block::Triggers(_) | Block::Decide(_))))
        || runbook.all_items().iter().any(|(_, item)| item.on_failure.is_some())
}

fn has(section: &Section, is: impl Fn(&Block) -> bool) -> bool {
    section.blocks.iter().any(is)
}
