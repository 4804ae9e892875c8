//! # time-overrun
//!
//! The parts take longer than the whole: the steps of a section than the section says (its `duration`, its `at` and
//! `until`, or its bar `duration <= 5m`), the sections of phase `during` than the runbook says, the runbook than
//! the window of a release. A rollback that promises five minutes and whose steps take seven is found out in the
//! sixth minute.
//!
//! Steps are done one after another, and `hold` counts. Where a duration is a range its shortest counts, so what is
//! reported cannot be met even when all goes well. Sections with a time of their own (`at`) may run side by side
//! and are not added up.
//!
//! ```yaml
//! - title: Rollback
//!   duration: 5m
//!   steps:
//!     - { title: Stop the service, duration: 2m }
//!     - { title: Restore the snapshot, duration: 5m }      # 7 minutes in all
//! ```

use crate::check::Subject;
use crate::check::surroundings::Surroundings;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::document::Phase;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Block, Criterion, Item, Section};
use crate::model::threshold::{Builtin, Operator};
use crate::model::time::Duration;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "time-overrun",
    summary: "parts that take longer than the whole allows",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("time_overrun.rs"),
    look: Look::Several(&[Look::Runbook(of_runbook), Look::Release(of_release)]),
};

fn of_runbook(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = runbook.all_sections().into_iter().filter_map(of_section).collect();
    let during: Vec<&Section> = runbook
        .sections
        .iter()
        .filter(|section| section.phase == Phase::During && section.at.is_none())
        .collect();
    if let (Some(duration), true) = (&runbook.duration, during.len() > 1) {
        let sum = during.iter().map(|section| shortest(section)).sum();
        found.extend(report(
            sum,
            Limit { most: duration.value.most, span: duration.span, what: "the runbook" },
            "sections",
        ));
    }
    found
}

fn of_release(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let (Some(window), Some(runbook)) = (&release.window, &release.runbook) else { return Vec::new() };
    let (Some(start), Some(end), Some(duration)) = (window.t(), &window.end, &runbook.duration) else {
        return Vec::new();
    };
    let Some(length) = window.instant(end.value).map(|end| end.duration_since(start).as_secs()) else {
        return Vec::new();
    };
    let Ok(length) = u64::try_from(length) else { return Vec::new() };
    let (window_length, least) = (Duration::from_seconds(length), duration.value.least);
    if least <= window_length {
        return Vec::new();
    }
    let message = format!("the window has {window_length}, the runbook takes {least} at least");
    let report =
        finding(window.span, message).label("too short").related(duration.span, "the runbook says this");
    vec![report.help("make the window longer, or the runbook shorter")]
}

/// What a section allows.
struct Limit {
    most: Duration,
    span: Span,
    what: &'static str,
}

fn of_section(section: &Section) -> Option<Diagnostic> {
    let steps = steps(section);
    let (sum, parts) = if steps > 0 { (steps, "steps") } else { (inner(section), "sections") };
    limits(section).into_iter().find_map(|limit| report(sum, limit, parts))
}

fn limits(section: &Section) -> Vec<Limit> {
    let mut limits: Vec<Limit> = section.bars().filter_map(target).collect();
    if let Some(duration) = &section.duration {
        limits.push(Limit { most: duration.value.most, span: duration.span, what: "the section" });
    }
    if let (Some(at), Some(until)) = (&section.at, &section.until)
        && let (Some(start), Some(end)) = (at.value.offset(), until.value.offset())
        && let Ok(length) = u64::try_from(end - start)
    {
        limits.push(Limit { most: Duration::from_seconds(length), span: until.span, what: "the section" });
    }
    limits
}

/// The bar `duration <= 5m` of a section.
fn target(bar: &Bar) -> Option<Limit> {
    let Criterion::Threshold(threshold) = &bar.criterion else { return None };
    let bounded = matches!(threshold.operator, Operator::Less | Operator::AtMost);
    if threshold.builtin() != Some(Builtin::Duration) || !bounded {
        return None;
    }
    let seconds = threshold.values.first()?.quantity()?.whole_seconds()?;
    let most = Duration::from_seconds(u64::try_from(seconds).ok()?);
    Some(Limit { most, span: bar.span, what: "the bar of the section" })
}

/// Seconds that a section takes at least: its own words, else the sum of what is inside.
fn shortest(section: &Section) -> u64 {
    match &section.duration {
        Some(duration) => duration.value.least.seconds(),
        None => steps(section) + inner(section),
    }
}

fn inner(section: &Section) -> u64 {
    let timed = section.sections().filter(|inner| inner.at.is_none() && inner.phase == section.phase);
    timed.map(shortest).sum()
}

fn steps(section: &Section) -> u64 {
    let steps = section.blocks.iter().filter_map(|block| match block {
        Block::Steps(steps) => Some(steps.iter().map(step).sum::<u64>()),
        _ => None,
    });
    steps.sum()
}

fn step(step: &Item) -> u64 {
    let takes = step.timing().duration.as_ref().map_or(0, |duration| duration.value.least.seconds());
    takes + step.timing().hold.as_ref().map_or(0, |hold| hold.value.seconds())
}

fn report(sum: u64, limit: Limit, parts: &str) -> Option<Diagnostic> {
    if sum <= limit.most.seconds() {
        return None;
    }
    let (sum, most) = (Duration::from_seconds(sum), limit.most);
    let message = format!("the {parts} take {sum} at least, {} says {most}", limit.what);
    let help = format!("allow {sum}, or make the {parts} shorter");
    Some(finding(limit.span, message).label("not enough time").help(help))
}
