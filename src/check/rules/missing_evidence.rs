//! # missing-evidence
//!
//! The runbook asks for something to be attached (`evidence: load test report`), the item is done, and no event
//! about it has `evidence:`. After the incident there is only somebody's word.
//!
//! ```yaml
//! - { at: 2026-12-01T08:03:40Z, by: bo, item: load-test, is: done, evidence: "https://ci.example.org/r/42" }
//! ```

use std::cell::OnceCell;

use crate::check::Subject;
use crate::check::journal::{self, records};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::document::EventState;
use crate::model::release::Release;
use crate::model::section::Item;
use crate::release::{self, ItemStatus};

pub(super) const RULE: Rule = Rule {
    name: "missing-evidence",
    summary: "an item recorded as done without what has to prove it",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("missing_evidence.rs"),
    look: Look::Release(look),
};

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let judged = OnceCell::new();
    // Its value alone may settle an item.
    let settled = |item: &Item| {
        let judged =
            judged.get_or_init(|| release::assess(release, &subject.library.roster, subject.as_of));
        judged.items.get(&item.id).is_some_and(|known| known.status == ItemStatus::Done)
    };
    let mut found = Vec::new();
    for record in records(release, runbook) {
        let journal::Subject::Item(item) = record.subject else { continue };
        let Some(wanted) = item.evidence.first() else { continue };
        let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        if record.entries.iter().any(|entry| given(&entry.event.evidence)) {
            continue;
        }
        let done = match record.state() {
            Some((entry, EventState::Done)) => Some(entry),
            None if settled(item) => record.entries.last(),
            _ => None,
        };
        let Some(entry) = done else { continue };
        let message = format!("`{}` is done without its evidence: {}", item.title.plain(), wanted.plain());
        let report = finding(entry.event.span, message)
            .label("nothing proves it")
            .related(wanted.span, "asked for here");
        found.push(report.help("append an event with `evidence:` and a link"));
    }
    found
}
