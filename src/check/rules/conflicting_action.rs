//! # conflicting-action
//!
//! One condition calls for two reactions: an error rate over 10 % means "roll back" in one section and
//! "investigate" in another; or the worse of two conditions calls for the milder reaction; or a trigger calls
//! for less than its own severity. In the call there is no time to find out which one holds. A warning: a value
//! that passes in the phases `during` and `after` pulls a trigger of the rollback.
//!
//! ```yaml
//! - { when: error rate > 10 % for 5m, action: rollback }
//! - { when: error rate > 10 % for 5m, action: investigate }      # wrong
//! ```

use std::cmp::Ordering;
use std::collections::HashMap;

use super::dead_band::{Measure, measure, measured, reactions};
use crate::check::bars::{live_bars, metric};
use crate::check::rule::{Look, Rule, Topic, Weight, doubt, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Action;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Section, Trigger};
use crate::model::threshold::Threshold;

pub(super) const RULE: Rule = Rule {
    name: "conflicting-action",
    summary: "one condition with two reactions",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("conflicting_action.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let sections = runbook.all_sections();
    let triggers: Vec<&Trigger> = sections.iter().flat_map(|section| section.triggers()).collect();
    let mut subjects: HashMap<String, Vec<&Trigger>> = HashMap::new();
    let mut found = Vec::new();
    for trigger in triggers {
        found.extend(of_severity(runbook, trigger));
        let earlier = subjects.entry(subject(trigger)).or_default();
        found.extend(earlier.iter().filter_map(|other| judge(runbook, trigger, other)).next());
        if earlier.len() < MOST {
            earlier.push(trigger);
        }
    }
    found.extend(passing(runbook, &sections));
    found
}

/// Triggers of the rollback that are pulled by values which pass, each told once.
fn passing(runbook: &Runbook, sections: &[&Section]) -> Vec<Diagnostic> {
    let mut passes: HashMap<Measure, Vec<(&Bar, &Threshold)>> = HashMap::new();
    for (bar, pass) in live_bars(runbook) {
        let passes = passes.entry(measure(pass)).or_default();
        if passes.len() < MOST {
            passes.push((bar, pass));
        }
    }
    let triggers = sections.iter().flat_map(|section| section.triggers());
    let found = triggers.filter_map(measured).filter_map(|(trigger, bar, bad)| {
        let passes = passes.get(&measure(bad))?;
        let (good, _) = passes.iter().find(|(_, pass)| opposed(pass, bad))?;
        if !reactions(runbook, trigger).contains(&Action::Rollback) {
            return None;
        }
        let message = format!("some values of `{}` pass and call for `rollback`", bad.metric().unwrap_or_default());
        let report = finding(bar.span, message).label("`rollback` here").related(good.span, "passes here");
        Some(doubt(report.help("draw the line between them once")))
    });
    found.collect()
}

/// Whether a bar from one side and a trigger from the other have values in common.
fn opposed(pass: &Threshold, bad: &Threshold) -> bool {
    let sides = (pass.operator.bounds_above(), bad.operator.bounds_above());
    let opposite = matches!(sides, (Some(here), Some(there)) if here != there);
    let alike = pass.window.is_none() || pass.window == bad.window;
    opposite && alike && pass.values != bad.values && pass.overlaps(bad) == Some(true)
}

/// Triggers about one thing that later ones are compared with.
const MOST: usize = 16;

/// What a trigger is about: its metric, else the words of its condition.
fn subject(trigger: &Trigger) -> String {
    let name = measured(trigger).and_then(|(.., threshold)| threshold.metric());
    metric(name.unwrap_or_else(|| trigger.condition.source.trim_end_matches('.')))
}

/// What is wrong between a trigger and one before it.
fn judge(runbook: &Runbook, trigger: &Trigger, other: &Trigger) -> Option<Diagnostic> {
    let (here, there) = (strongest(runbook, trigger)?, strongest(runbook, other)?);
    if here == there {
        return None;
    }
    let message = match compare(trigger, other)? {
        Ordering::Equal => format!("one condition calls for `{}` and for `{}`", word(there), word(here)),
        // The tighter condition is the worse case.
        Ordering::Greater if weight(here) < weight(there) => milder(here, there),
        Ordering::Less if weight(there) < weight(here) => milder(there, here),
        _ => return None,
    };
    let label = format!("`{}` here", word(here));
    let report = finding(trigger.condition.span, message).label(label);
    let report = report.related(other.condition.span, format!("`{}` here", word(there)));
    Some(report.help("agree on one reaction, or draw the line between the two conditions"))
}

fn milder(worse: Action, better: Action) -> String {
    format!("the worse of two conditions calls for `{}`, the other one for `{}`", word(worse), word(better))
}

/// How the conditions of two triggers stand to each other; `None` where they are about other things.
fn compare(a: &Trigger, b: &Trigger) -> Option<Ordering> {
    match (measured(a), measured(b)) {
        (Some((.., here)), Some((.., there))) => {
            let same = here.metric().map(metric) == there.metric().map(metric) && here.scope == there.scope;
            same.then(|| here.strictness(there)).flatten()
        }
        (None, None) => {
            let words = |trigger: &Trigger| metric(trigger.condition.source.trim_end_matches('.'));
            (words(a) == words(b)).then_some(Ordering::Equal)
        }
        _ => None,
    }
}

/// A trigger whose own reaction is milder than that of its severity.
fn of_severity(runbook: &Runbook, trigger: &Trigger) -> Option<Diagnostic> {
    let name = &trigger.severity.as_ref()?.name;
    let severity = runbook.severities.iter().find(|severity| severity.name.value == *name)?;
    let own = trigger.actions.iter().max_by_key(|action| weight(action.value))?;
    let least = severity.actions.iter().min_by_key(|action| weight(action.value))?;
    if weight(own.value) >= weight(least.value) {
        return None;
    }
    let (here, there) = (word(own.value), word(least.value));
    let message = format!("the trigger calls for `{here}`, its severity `{name}` for `{there}`");
    let report = finding(own.span, message)
        .label("less than its severity")
        .related(least.span, "the severity says this");
    Some(report.help("choose the severity that fits the reaction, or the reaction that fits the severity"))
}

fn strongest(runbook: &Runbook, trigger: &Trigger) -> Option<Action> {
    reactions(runbook, trigger).into_iter().max_by_key(|action| weight(*action))
}

fn weight(action: Action) -> u8 {
    match action {
        Action::None => 0,
        Action::Monitor => 1,
        Action::Investigate => 2,
        Action::Fix => 3,
        Action::Rollback => 4,
    }
}

fn word(action: Action) -> &'static str {
    match action {
        Action::None => "none",
        Action::Monitor => "monitor",
        Action::Investigate => "investigate",
        Action::Fix => "fix",
        Action::Rollback => "rollback",
    }
}
