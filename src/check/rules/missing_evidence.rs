//! # missing-evidence
//!
//! The runbook asks for something to be attached (`evidence: load test report`), the item is recorded as done, and no
//! event about it has `evidence:`. After the incident there is only somebody's word.
//!
//! ```yaml
//! - { at: 2026-12-01T08:03:40Z, by: bo, item: load-test, is: done, evidence: "https://ci.example.org/r/42" }
//! ```

use crate::check::Subject;
use crate::check::journal::{self, records};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::document::EventState;
use crate::model::release::Release;

pub(super) const RULE: Rule = Rule {
    name: "missing-evidence",
    summary: "an item recorded as done without what has to prove it",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("missing_evidence.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let mut found = Vec::new();
    for record in records(release, runbook) {
        let journal::Subject::Item(item) = record.subject else { continue };
        let (Some(wanted), Some((entry, EventState::Done))) = (item.evidence.first(), record.state()) else {
            continue;
        };
        let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        if record.entries.iter().any(|entry| given(&entry.event.evidence)) {
            continue;
        }
        let message = format!("`{}` is done without its evidence: {}", item.title.plain(), wanted.plain());
        let report = finding(entry.event.span, message)
            .label("nothing proves it")
            .related(wanted.span, "asked for here");
        found.push(report.help("append an event with `evidence:` and a link"));
    }
    found
}
