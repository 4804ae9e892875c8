//! # undefined-authority
//!
//! A trigger calls for the rollback and nobody is named who may order it. In the call everybody waits for
//! somebody else, and the five minutes are over.
//!
//! ```yaml
//! triggers:
//!   - when: error rate > 10 % for 5m
//!     action: rollback
//!     authority: deployment-lead   # without this line nobody may pull it
//! ```

use super::dead_band::reactions;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Action;
use crate::model::runbook::Runbook;
use crate::model::section::Section;

pub(super) const RULE: Rule = Rule {
    name: "undefined-authority",
    summary: "a trigger of the rollback that nobody may pull",
    topic: Topic::Ownership,
    weight: Weight::Gap,
    source: include_str!("undefined_authority.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    runbook.all_sections().into_iter().flat_map(|section| judge(runbook, section)).collect()
}

fn judge<'a>(runbook: &'a Runbook, section: &'a Section) -> impl Iterator<Item = Diagnostic> + 'a {
    let open = section.triggers().filter(|trigger| {
        trigger.authority.is_empty() && reactions(runbook, trigger).contains(&Action::Rollback)
    });
    open.map(|trigger| {
        let message = format!("nobody may pull the trigger `{}`", trigger.condition.plain());
        let owner = section.answers.first().map(|owner| format!(", for example `{}`", owner.name));
        let help = format!("add `authority:` with who orders the rollback{}", owner.unwrap_or_default());
        finding(trigger.condition.span, message).label("calls for the rollback").help(help)
    })
}
