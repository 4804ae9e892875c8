//! # missing-threshold
//!
//! Every section, at every level, says what has to hold for it to pass: a threshold of its own, one on something
//! inside it, or one of the section around it. Without a bar "done" means whatever the most tired person in
//! the call says it means.
//!
//! A section without a natural metric states one that Runsheet computes itself: `checks = 100 %`,
//! `approvals = 5/5`, `duration <= 15m`, `age <= 90d`. A state that has no number says how it is seen.
//!
//! ```yaml
//! - title: Contacts
//!   owner: deployment-lead
//!   thresholds: { state: every number was called, shown-by: call list }
//!   contacts: all
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;
use crate::model::section::{Item, Section};

pub(super) const RULE: Rule = Rule {
    name: "missing-threshold",
    summary: "a section that does not say when it has passed",
    topic: Topic::Measure,
    weight: Weight::Must,
    source: include_str!("missing_threshold.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for section in &runbook.sections {
        visit(section, &mut found);
    }
    found
}

/// A bar of the section itself covers what is inside; a section without any is reported once.
fn visit(section: &Section, found: &mut Vec<Diagnostic>) {
    if section.lost || section.bars().next().is_some() {
        return;
    }
    if !holds_bar(section) {
        found.push(report(section));
        return;
    }
    section.sections().for_each(|inner| visit(inner, found));
}

/// Whether there is a bar anywhere inside.
fn holds_bar(section: &Section) -> bool {
    section.lost
        || section.bars().next().is_some()
        || section.items().any(item_holds_bar)
        || section.triggers().any(|trigger| trigger.bar.is_some())
        || section.sections().any(holds_bar)
}

fn item_holds_bar(item: &Item) -> bool {
    !item.bars.is_empty() || item.checks.iter().any(item_holds_bar)
}

fn report(section: &Section) -> Diagnostic {
    let message = format!("section `{}` has no threshold", section.title.plain());
    let help = format!("add `thresholds:`, for example `{}`", example(section));
    finding(section.span, message).label("nothing says when this section has passed").help(help)
}

/// A bar that suits what is in the section.
fn example(section: &Section) -> String {
    let signatures: usize = section.approvals().map(|approval| approval.needed).sum();
    if section.items().next().is_some() {
        return "checks = 100 %".to_owned();
    }
    if signatures > 0 {
        return format!("approvals = {signatures}/{signatures}");
    }
    if let Some(duration) = &section.duration {
        return format!("duration <= {}", duration.most);
    }
    "{ state: what has to be so, shown-by: where it is seen }".to_owned()
}
