//! # waiver-without-reason
//!
//! A failure was let pass, or an item set aside as not applicable, and nobody wrote why. Without `why:` it does not
//! count: the verdict stays undecided.
//!
//! ```yaml
//! - { at: 2026-11-20T09:20:46Z, by: cto, item: load-test, is: waived, why: rerun on Monday, until: 2026-12-01 }
//! - { at: 2026-11-20T09:21:02Z, by: ana, item: cdn, is: n/a, why: no CDN in this region }
//! ```

use crate::check::Subject;
use crate::check::journal::records;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::document::EventState;
use crate::model::release::Release;

pub(super) const RULE: Rule = Rule {
    name: "waiver-without-reason",
    summary: "an item waived or not applicable, and nobody wrote why",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("waiver_without_reason.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let mut found = Vec::new();
    for record in records(release, runbook) {
        let word = match record.state() {
            Some((_, EventState::Waived)) => "waived",
            Some((_, EventState::NotApplicable)) => "not applicable",
            _ => continue,
        };
        let Some((entry, _)) = record.state() else { continue };
        if entry.event.why.as_deref().is_some_and(|why| !why.trim().is_empty()) {
            continue;
        }
        let message = format!("`{}` is {word} without a reason", record.subject.title());
        let report = finding(entry.event.span, message).label("does not count");
        found.push(report.help("append the event again with `why:`"));
    }
    found
}
