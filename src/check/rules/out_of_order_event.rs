//! # out-of-order-event
//!
//! A journal grows at its end, so its instants only go forward. An event that is earlier than the one above it was
//! put in by hand, comes from a merge of two branches, or from a computer whose clock is wrong; one that lies in
//! the future, and one after the outcome, cannot be right. Events are counted in the order of their instants, not
//! of their lines.
//!
//! ```yaml
//! - { at: 2026-12-01T08:05:00Z, by: ana, item: replicas, is: done }
//! - { at: 2026-12-01T07:05:00Z, by: bo, item: backups, is: done }           # an hour earlier?
//! ```

use jiff::{SignedDuration, Timestamp};

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::release::{Act, Event, Release};

pub(super) const RULE: Rule = Rule {
    name: "out-of-order-event",
    summary: "an event that is earlier than the one above it, or still to come",
    topic: Topic::Release,
    weight: Weight::Doubt,
    source: include_str!("out_of_order_event.rs"),
    look: Look::Release(look),
};

/// Seconds by which clocks may differ.
const TOLERANCE: i64 = 300;

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let tolerance = SignedDuration::from_secs(TOLERANCE);
    let latest = subject.as_of.saturating_add(tolerance).unwrap_or(subject.as_of);
    let mut found: Vec<Diagnostic> = to_come(subject, release, latest).into_iter().collect();
    let mut newest: Option<&Event> = None;
    let mut outcome: Option<&Event> = None;
    for event in &release.journal.events {
        if event.at > latest {
            continue;
        }
        if let Some(before) = newest.filter(|before| event.at < before.at) {
            let message = format!("the event at {} stands after one at {}", event.at, before.at);
            let report =
                finding(event.span, message).label("earlier").related(before.span, "later, and above it");
            found.push(report.help(
                "events count in the order of their instants; leave merged lines, correct a wrong clock",
            ));
        } else {
            newest = Some(event);
        }
        if let Some(end) = outcome.filter(|end| event.at > end.at && matters(&event.act)) {
            let report =
                finding(event.span, "the event comes after the outcome").label("the release was over");
            found.push(
                report
                    .related(end.span, "the outcome")
                    .help("what comes later belongs to another release, or to the log (`event:`)"),
            );
        }
        if matches!(event.act, Act::Outcome { .. }) {
            outcome = Some(event);
        }
    }
    found
}

/// Events of the future, reported once: a wrong clock writes many of them.
fn to_come(subject: &Subject<'_>, release: &Release, latest: Timestamp) -> Option<Diagnostic> {
    let mut future = release.journal.events.iter().filter(|event| event.at > latest);
    let first = future.next()?;
    let others = match future.count() {
        0 => String::new(),
        1 => "; one other is to come too".to_owned(),
        more => format!("; {more} others are to come too"),
    };
    // The message is the same every day, so that a finding is known again.
    let message = format!("the event at {} is still to come", first.at);
    let report = finding(first.span, message).label(format!("it is {} now{others}", subject.as_of));
    Some(report.help("set the clock of the computer that wrote it"))
}

/// Whether an event could change what was decided.
fn matters(act: &Act) -> bool {
    matches!(act, Act::Item { state: Some(_), .. } | Act::Sign { .. } | Act::Gate { .. })
}
