//! # time-overrun
//!
//! The parts take longer than the whole: the steps of a section than the section says (its `duration`, its `at` and
//! `until`, or its bar `duration <= 5m`), the sections of phase `during` than the runbook says, the runbook than the
//! window of a release. A rollback that promises five minutes and whose steps take seven is found out in the sixth
//! minute.
//!
//! A warning: a section takes longer than from its `at` to its `until`, what is repeated (`every`) ends before it is
//! for the second time, a section of the deployment begins when the window of a release is over.
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
use crate::check::rule::{Look, Rule, Topic, Weight, doubt, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Phase;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Block, Criterion, Item, Section, Timing};
use crate::model::threshold::{Builtin, Operator};
use crate::model::time::{Duration, Moment};
use crate::source::{Span, Spanned};

pub(super) const RULE: Rule = Rule {
    name: "time-overrun",
    summary: "parts that take longer than the whole allows",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("time_overrun.rs"),
    look: Look::Several(&[Look::Runbook(of_runbook), Look::Release(of_release)]),
};

fn of_runbook(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let sections = runbook.all_sections();
    let mut found: Vec<Diagnostic> =
        sections.iter().filter_map(|section| of_section(section).or_else(|| too_long(section))).collect();
    found.extend(sections.iter().flat_map(|section| rhythms(section)));
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
    let ends = |start| Some(window.instant(window.end.as_ref()?.value)?.duration_since(start).as_secs());
    let length = window.t().and_then(ends).and_then(|length| u64::try_from(length).ok());
    let Some(length) = length.map(Duration::from_seconds) else { return Vec::new() };
    let found = match runbook.duration.as_ref().filter(|duration| duration.value.least > length) {
        Some(duration) => {
            let least = duration.value.least;
            let message = format!("the window has {length}, the runbook takes {least} at least");
            let report = finding(window.span, message).related(duration.span, "the runbook says this");
            Some(report.help("make the window longer, or the runbook shorter"))
        }
        None => begins_later(runbook, length).map(|(section, at)| {
            let title = section.title.plain();
            let message = format!("the window has {length}, section `{title}` begins at {}", at.value);
            let report = finding(window.span, message).related(at.span, "after its end");
            doubt(report.help("make the window longer, begin the section earlier, or make it phase `after`"))
        }),
    };
    found.map(|found| found.label("too short")).into_iter().collect()
}

/// The first section of the deployment that begins when a window of this length is over.
fn begins_later(runbook: &Runbook, length: Duration) -> Option<(&Section, &Spanned<Moment>)> {
    let during = runbook.all_sections().into_iter().filter(|section| section.phase == Phase::During);
    let mut begins = during.filter_map(|section| Some((section, section.at.as_ref()?)));
    begins.find(|(_, at)| u64::try_from(at.value.offset().unwrap_or(0)).is_ok_and(|at| at > length.seconds()))
}

/// A section that takes longer than from its `at` to its `until`.
fn too_long(section: &Section) -> Option<Diagnostic> {
    let duration = section.duration.as_ref()?;
    let (start, end) = (section.at.as_ref()?.value, section.until.as_ref()?);
    let (length, least) = (between(start, end.value)?, duration.value.least);
    (least > length).then(|| {
        let message = format!("the section takes {least} at least, from its `at` to its `until` is {length}");
        let report = finding(duration.span, message).label("too long").related(end.span, "it ends here");
        doubt(report.help(format!("write a duration of {length} at most, or a later `until:`")))
    })
}

/// What is to be repeated, and ends before it is for the second time. Without a time of its own it begins with the
/// deployment: a weekly look, `every: 168h`, may stand in a section from the second day to the seventh.
fn rhythms(section: &Section) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let early = section.at.as_ref().and_then(|at| at.value.offset()).unwrap_or(0).min(0);
    let live = section.phase.is_live().then_some(Moment::Offset { seconds: early });
    let start = |own: &Option<Spanned<Moment>>| own.as_ref().map(|at| at.value).or(live);
    for message in section.messages() {
        found.extend(rhythm(start(&message.at), message.every.as_ref(), message.until.as_ref()));
    }
    for item in section.items() {
        item.walk(&mut |item| {
            let Timing { at, every, until, .. } = item.timing();
            found.extend(rhythm(start(at), every.as_ref(), until.as_ref()));
        });
    }
    found
}

fn rhythm(
    start: Option<Moment>,
    every: Option<&Spanned<Duration>>,
    until: Option<&Spanned<Moment>>,
) -> Option<Diagnostic> {
    let (every, until) = (every?, until?);
    let length = between(start?, until.value)?;
    (every.value > length).then(|| {
        let message = format!("it is repeated every {} and ends after {length}", every.value);
        let report = finding(every.span, message).label("once at most").related(until.span, "it ends here");
        doubt(report.help("repeat it more often, or end it later"))
    })
}

/// From one moment to another, which is not before it; a clock may pass midnight.
fn between(start: Moment, end: Moment) -> Option<Duration> {
    let seconds = match (start, end) {
        (Moment::Offset { seconds: start }, Moment::Offset { seconds: end }) => end - start,
        (Moment::Clock { hour: h1, minute: m1 }, Moment::Clock { hour: h2, minute: m2 }) => {
            let seconds = |hour: u8, minute: u8| (i64::from(hour) * 60 + i64::from(minute)) * 60;
            (seconds(h2, m2) - seconds(h1, m1)).rem_euclid(24 * 60 * 60)
        }
        _ => return None,
    };
    u64::try_from(seconds).ok().map(Duration::from_seconds)
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
