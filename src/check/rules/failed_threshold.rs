//! # failed-threshold
//!
//! An item is recorded as done and the value beside it misses the bar. The verdict counts it as failed whatever
//! was written; the journal should say so too, or somebody waives it with a reason.
//!
//! ```yaml
//! # the bar is `p95 < 500 ms`
//! - { at: 2026-12-01T08:03:40Z, by: bo, item: p95, is: done, actual: 620 ms }       # wrong
//! - { at: 2026-12-01T08:03:40Z, by: bo, item: p95, is: failed, actual: 620 ms }     # right
//! ```

use crate::check::Subject;
use crate::check::journal::{Entry, records};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::document::EventState;
use crate::model::release::Release;
use crate::model::section::{Bar, Criterion};
use crate::model::threshold::{Level, Reading};
use crate::source::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "failed-threshold",
    summary: "an item recorded as done whose value misses its bar",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("failed_threshold.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let mut found = Vec::new();
    for record in records(release, runbook) {
        let Some((_, EventState::Done)) = record.state() else { continue };
        let missed = record
            .actuals()
            .into_iter()
            .filter(|(bar, entry, actual)| meets(bar, entry, actual) == Some(false));
        for (bar, _, actual) in missed {
            let message = format!(
                "`{}` is recorded as done, and `{}` misses `{}`",
                record.subject.title(),
                actual.value,
                bar.written
            );
            let report = finding(actual.span, message).label("misses the bar").related(bar.span, "the bar");
            found.push(report.help("append an event with `is: failed`, or one with `is: waived` and `why:`"));
        }
    }
    found
}

/// Whether a value meets a bar; `None` where they cannot be compared.
fn meets(bar: &Bar, entry: &Entry<'_>, actual: &Spanned<String>) -> Option<bool> {
    let day = entry.event.at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let reading = Reading { actual: &actual.value, at: Some(day) };
    match &bar.criterion {
        Criterion::Threshold(threshold) => threshold.evaluate(reading).ok(),
        Criterion::Levels { levels, .. } => {
            levels.evaluate(reading).ok().map(|level| matches!(level, Level::Pass | Level::Warn))
        }
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
    }
}
