//! # unverified-step
//!
//! A step that changes something (its command does, or its title begins with a word such as restart, migrate
//! or switch) and says neither what is expected nor how it is checked. Whoever runs it cannot tell whether it
//! worked, and goes on.
//!
//! What counts: `expect`, `thresholds`, `checks`, `record` or `evidence` of the step, or the next step being one
//! that verifies.
//!
//! ```yaml
//! - title: Restart the service
//!   run: systemctl restart orders-api
//!   expect: "`systemctl is-active orders-api` answers `active`"   # without this line nobody knows
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::shell::{changes, title_changes, title_verifies};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Item};

pub(super) const RULE: Rule = Rule {
    name: "unverified-step",
    summary: "a step that changes something and does not say how to see that it worked",
    topic: Topic::Measure,
    weight: Weight::Gap,
    source: include_str!("unverified_step.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for section in runbook.all_sections() {
        for block in &section.blocks {
            if let Block::Steps(steps) = block {
                found.extend(judge(steps));
            }
        }
    }
    found
}

fn judge(steps: &[Item]) -> impl Iterator<Item = Diagnostic> {
    steps.iter().enumerate().filter_map(|(at, step)| {
        let next = steps.get(at + 1).is_some_and(verifies);
        if !does(step) || shows(step) || next {
            return None;
        }
        let message = format!("nothing says whether step `{}` worked", step.title.plain());
        let help = "add `expect:` with what is seen afterwards, or `thresholds:`";
        Some(finding(step.span, message).label("changes something and is not checked").help(help))
    })
}

/// Whether a step changes something.
pub(super) fn does(step: &Item) -> bool {
    match &step.run {
        Some(run) => changes(&run.source.value),
        None => title_changes(&step.title.source),
    }
}

/// Whether a step says how to see that it worked.
fn shows(step: &Item) -> bool {
    let parts = [
        step.expect.is_some(),
        !step.bars.is_empty(),
        !step.checks.is_empty(),
        !step.records.is_empty(),
        !step.evidence.is_empty(),
    ];
    parts.contains(&true) || step.facts.iter().any(|fact| fact.label.to_lowercase().contains("expect"))
}

/// Whether a step is there to look at what the one before did.
fn verifies(step: &Item) -> bool {
    !does(step) && (title_verifies(&step.title.source) || step.run.is_some() && shows(step))
}
