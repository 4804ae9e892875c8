//! # wrong-dimension
//!
//! A recorded value cannot be compared with its bar: minutes against megabytes, a number without its unit, words
//! where a number is wanted. That is no failure of the release, it is a value that nobody can judge, and the
//! verdict stays undecided.
//!
//! ```yaml
//! # the bar is `p95 < 500 ms`
//! - { at: 2026-12-01T08:03:40Z, by: bo, item: p95, actual: 480 }        # wrong: of what?
//! - { at: 2026-12-01T08:03:40Z, by: bo, item: p95, actual: 480 ms }     # right
//! ```

use crate::check::Subject;
use crate::check::journal::records;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::quantity::Flaw;
use crate::model::release::Release;
use crate::model::section::Criterion;
use crate::model::threshold::Reading;

pub(super) const RULE: Rule = Rule {
    name: "wrong-dimension",
    summary: "a recorded value that cannot be compared with its bar",
    topic: Topic::Release,
    weight: Weight::Always,
    source: include_str!("wrong_dimension.rs"),
    look: Look::Release(look),
};

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let mut found = Vec::new();
    for record in records(release, runbook) {
        for (bar, entry, actual) in record.actuals() {
            let day = entry.event.at.to_zoned(jiff::tz::TimeZone::UTC).date();
            let reading = Reading { actual: &actual.value, at: Some(day) };
            let flaw: Option<Flaw> = match &bar.criterion {
                Criterion::Threshold(threshold) => threshold.evaluate(reading).err(),
                Criterion::Levels { levels, .. } => levels.evaluate(reading).err(),
                Criterion::State { .. } | Criterion::Unparsed { .. } => None,
            };
            let Some(flaw) = flaw else { continue };
            let span = subject.sources.locate(actual.span, &actual.value, flaw.range);
            let report = finding(span, flaw.message).related(bar.span, "the bar");
            found.push(report.help(
                flaw.help.unwrap_or_else(|| "append an event with a value that fits the bar".to_owned()),
            ));
        }
    }
    found
}
