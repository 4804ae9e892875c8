//! # missing-approval
//!
//! A runbook for production that nobody signs. Whoever is asked afterwards who agreed to this has nothing to
//! show. One `approvals:` list in any section is enough, with the roles that answer for the outcome.
//!
//! ```yaml
//! environment: production
//! sections:
//!   - title: Release approval
//!     approvals: [qa-lead, product-owner]
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::text::words;
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;

pub(super) const RULE: Rule = Rule {
    name: "missing-approval",
    summary: "a runbook for production that nobody signs",
    topic: Topic::Ownership,
    weight: Weight::Gap,
    source: include_str!("missing_approval.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let Some(environment) = &runbook.environment else { return Vec::new() };
    let plain = environment.plain().to_lowercase();
    let mut names = words(&plain).flat_map(|(_, word)| word.split(['-', '_']));
    let production = names.any(|word| matches!(word, "prod" | "production" | "live"));
    let copy = ["pre", "non", "staging", "copy"]
        .iter()
        .any(|word| words(&plain).any(|(_, part)| part.split(['-', '_']).any(|p| p == *word)));
    let signed = runbook.all_sections().iter().any(|section| section.approvals().next().is_some());
    if !production || copy || signed || !runbook.whole {
        return Vec::new();
    }
    let message = "a runbook for production that nobody signs";
    let help = "add `approvals:` to a section, with the roles that answer for the outcome";
    vec![finding(environment.span, message).label("goes to production without a signature").help(help)]
}
