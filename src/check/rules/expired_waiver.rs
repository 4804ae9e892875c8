//! # expired-waiver
//!
//! A failure was let pass until a day, and the day is over. The item is open again: do it, or waive it again with a
//! reason that still holds. A release whose outcome is recorded is judged as of that instant.
//!
//! ```yaml
//! - { at: 2026-11-20T09:20:46Z, by: cto, item: load-test, is: waived, why: rerun tomorrow, until: 2026-11-21 }
//! ```

use crate::check::Subject;
use crate::check::journal::{judged_at, records};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::document::EventState;
use crate::model::release::Release;

pub(super) const RULE: Rule = Rule {
    name: "expired-waiver",
    summary: "a waiver whose day is over",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("expired_waiver.rs"),
    look: Look::Release(look),
};

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let now = judged_at(release, subject.as_of);
    let mut found = Vec::new();
    for record in records(release, runbook) {
        let Some((entry, EventState::Waived)) = record.state() else { continue };
        let Some(until) = entry.until.filter(|until| until.value <= now) else { continue };
        let written = subject.sources.slice(until.span);
        let message = format!("the waiver of `{}` ended on {written}", record.subject.title());
        let report = finding(until.span, message).label("over");
        found.push(report.help("do it, or append a new waiver with `why:` and `until:`"));
    }
    found
}
