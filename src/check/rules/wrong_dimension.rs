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
use crate::model::release::{Act, Event, Release};
use crate::model::section::{Bar, Trigger};
use crate::model::threshold::Reading;
use crate::source::Spanned;

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
            found.extend(judge(subject, bar, entry.event, actual));
        }
    }
    let sections = runbook.all_sections();
    let triggers: Vec<&Trigger> = sections.iter().flat_map(|section| section.triggers()).collect();
    for event in &release.journal.events {
        let Act::Trigger { trigger, actual: Some(actual), .. } = &event.act else { continue };
        let bar = triggers.iter().find(|known| known.id == trigger.name).and_then(|known| known.bar.as_ref());
        found.extend(bar.and_then(|bar| judge(subject, bar, event, actual)));
    }
    found
}

fn judge(subject: &Subject<'_>, bar: &Bar, event: &Event, actual: &Spanned<String>) -> Option<Diagnostic> {
    let day = event.at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let reading = Reading { actual: &actual.value, at: Some(day) };
    let flaw = bar.compare(reading).err()?;
    let span = subject.sources.locate(actual.span, &actual.value, flaw.range);
    let report = finding(span, flaw.message).related(bar.span, "the bar");
    Some(report.help(flaw.help.unwrap_or_else(|| "append an event with a value that fits the bar".to_owned())))
}
