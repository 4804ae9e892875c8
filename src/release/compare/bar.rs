//! Bars: which went, which came, which ask for more or less.
//!
//! Takes the bars of the same thing on both sides. A bar is found again by its metric; one without a
//! metric, a state for example, by its place among those.

use std::cmp::Ordering;

use super::Group;
use super::note::Noter;
use crate::model::section::{Bar, Criterion};
use crate::model::threshold::{Threshold, WindowKind};

/// What meeting the bars means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// It is good: the bar of a check.
    Pass,
    /// It is bad: the condition of a trigger.
    Alarm,
}

/// Compares the bars of one thing.
pub(super) fn compare(before: &[&Bar], after: &[&Bar], noter: &mut Noter<'_>) {
    let mut old: Vec<&Bar> = before.to_vec();
    let mut new: Vec<&Bar> = Vec::new();
    for bar in after {
        match old.iter().position(|one| one.written == bar.written) {
            Some(at) => drop(old.remove(at)),
            None => new.push(bar),
        }
    }
    let mut left: Vec<&Bar> = Vec::new();
    for bar in new {
        match old.iter().position(|one| metric(one).is_some() && metric(one) == metric(bar)) {
            Some(at) => one(Some(old.remove(at)), Some(bar), Sense::Pass, noter),
            None => left.push(bar),
        }
    }
    for bar in left {
        let nameless = |one: &&Bar| metric(one).is_none() || metric(bar).is_none();
        let at = old.iter().position(nameless);
        one(at.map(|at| old.remove(at)), Some(bar), Sense::Pass, noter);
    }
    old.into_iter().for_each(|bar| one(Some(bar), None, Sense::Pass, noter));
}

/// Compares one bar with itself as it is now.
pub(super) fn one(before: Option<&Bar>, after: Option<&Bar>, sense: Sense, noter: &mut Noter<'_>) {
    let words = |bar: Option<&Bar>| bar.map(|bar| bar.written.to_string());
    let key = if sense == Sense::Alarm { "when" } else { "thresholds" };
    let group = match (before, after) {
        (Some(before), Some(after)) => group(weigh(before, after, sense)),
        (Some(_), None) => Group::Loosened,
        _ => Group::Tightened,
    };
    noter.weighed(key, (words(before), words(after)), |_, _| group);
}

fn group(stricter: Option<Ordering>) -> Group {
    match stricter {
        Some(Ordering::Less) => Group::Loosened,
        Some(Ordering::Greater) => Group::Tightened,
        Some(Ordering::Equal) => Group::Reworded,
        None => Group::Changed,
    }
}

/// What is measured, whatever its capitals; a bar that names nothing measures what its place says.
fn metric(bar: &Bar) -> Option<String> {
    match bar.criterion.kind() {
        Criterion::Threshold(_) | Criterion::Levels { .. } => {
            Some(bar.metric().unwrap_or_default().to_lowercase())
        }
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
    }
}

/// The bars of one metric.
struct Bars<'a> {
    pass: Option<&'a Threshold>,
    warn: Option<&'a Threshold>,
    abort: Option<&'a Threshold>,
}

impl<'a> Bars<'a> {
    fn of(bar: &'a Bar, sense: Sense) -> Option<Self> {
        let none = Self { pass: None, warn: None, abort: None };
        match (&bar.criterion, sense) {
            (Criterion::Threshold(threshold), Sense::Pass) => Some(Self { pass: Some(threshold), ..none }),
            (Criterion::Threshold(threshold), Sense::Alarm) => Some(Self { abort: Some(threshold), ..none }),
            (Criterion::Levels { levels, .. }, _) => Some(Self {
                pass: levels.pass.as_ref(),
                warn: levels.warn.as_ref(),
                abort: levels.abort.as_ref(),
            }),
            _ => None,
        }
    }

    /// What still passes, with a note or without: the looser of both.
    fn accepted(&self) -> Option<&'a Threshold> {
        match (self.pass, self.warn) {
            (Some(pass), Some(warn)) if strictness(warn, pass) == Some(Ordering::Greater) => Some(pass),
            (pass, warn) => warn.or(pass),
        }
    }
}

/// How strict the bar is beside what it was; `None` when it is neither stricter nor looser.
fn weigh(before: &Bar, after: &Bar, sense: Sense) -> Option<Ordering> {
    let (before, after) = (Bars::of(before, sense)?, Bars::of(after, sense)?);
    let accepted = either(before.accepted(), after.accepted(), |a, b| strictness(b, a))?;
    let silent = either(before.pass, after.pass, |a, b| strictness(b, a));
    // A pass bar that goes while a warn bar stays leaves what is accepted as it was.
    let silent = if before.pass.is_some() == after.pass.is_some() { silent? } else { Ordering::Equal };
    // To abort later is to ask for less.
    let abort = either(before.abort, after.abort, strictness)?;
    [silent, abort].into_iter().try_fold(accepted, |sum, one| match (sum, one) {
        (Ordering::Equal, one) => Some(one),
        (sum, one) if one == Ordering::Equal || one == sum => Some(sum),
        _ => None,
    })
}

/// A bar that came asks for more, one that went for less.
fn either(
    before: Option<&Threshold>,
    after: Option<&Threshold>,
    both: impl FnOnce(&Threshold, &Threshold) -> Option<Ordering>,
) -> Option<Ordering> {
    match (before, after) {
        (Some(before), Some(after)) => both(before, after),
        (Some(_), None) => Some(Ordering::Less),
        (None, Some(_)) => Some(Ordering::Greater),
        (None, None) => Some(Ordering::Equal),
    }
}

/// Bars under different circumstances cannot be compared. Of a condition that holds for a time the
/// longer is the stricter; of one that is measured over a time neither is.
fn strictness(one: &Threshold, other: &Threshold) -> Option<Ordering> {
    let held = |threshold: &Threshold| threshold.window.is_none_or(|window| window.kind == WindowKind::Held);
    let comparable = one.scope == other.scope && (one.window == other.window || (held(one) && held(other)));
    if comparable { one.strictness(other) } else { None }
}
