//! # dead-band
//!
//! It passes below 2 % and is rolled back above 10 %. At 5 % the runbook says nothing, and that is where it will
//! be. Levels of one threshold are compared, and bars of the phases `during` and `after` with the triggers that roll
//! back. Say what to do in the gap: with `between:` beside the levels, with another trigger, or by moving one of
//! the bars.
//!
//! ```yaml
//! thresholds:
//!   - metric: error rate
//!     pass: < 2 %
//!     abort: "> 10 % for 5m"
//!     between: investigate         # without this line 5 % means nothing
//! ```

use std::collections::HashMap;

use crate::check::bars::{all, live_bars, metric};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Action;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Criterion, Trigger};
use crate::model::threshold::{Gap, Threshold};

pub(super) const RULE: Rule = Rule {
    name: "dead-band",
    summary: "values that neither pass nor call for anything",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("dead_band.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = all(runbook).into_iter().filter_map(of_levels).collect();
    let sections = runbook.all_sections();
    let mut triggers: HashMap<Measure, Vec<(&Trigger, &Bar, &Threshold)>> = HashMap::new();
    for (trigger, bar, threshold) in
        sections.iter().flat_map(|section| section.triggers()).filter_map(measured)
    {
        triggers.entry(measure(threshold)).or_default().push((trigger, bar, threshold));
    }
    let plain = live_bars(runbook).filter(|(bar, _)| !matches!(bar.criterion, Criterion::Levels { .. }));
    for (pass, threshold) in plain {
        // A second trigger on the same metric says something about the gap.
        let Some([(trigger, bar, rollback)]) = triggers.get(&measure(threshold)).map(Vec::as_slice) else {
            continue;
        };
        if !reactions(runbook, trigger).contains(&Action::Rollback) {
            continue;
        }
        if let Some(gap) = threshold.gap(rollback).and_then(wide) {
            let name = rollback.metric().unwrap_or_default();
            found.push(report(name, &gap, bar).related(pass.span, "passes here"));
            triggers.remove(&measure(threshold));
        }
    }
    found
}

/// A metric and its scope.
pub(super) type Measure = (Option<String>, Option<Box<str>>);

pub(super) fn measure(threshold: &Threshold) -> Measure {
    (threshold.metric().map(metric), threshold.scope.clone())
}

/// What a trigger calls for: its own actions, else those of its severity.
pub(super) fn reactions(runbook: &Runbook, trigger: &Trigger) -> Vec<Action> {
    if !trigger.actions.is_empty() {
        return trigger.actions.iter().map(|action| action.value).collect();
    }
    let name = trigger.severity.as_ref().map(|severity| severity.name.as_str());
    let severity = runbook.severities.iter().find(|severity| Some(severity.name.value.as_str()) == name);
    severity.into_iter().flat_map(|severity| &severity.actions).map(|action| action.value).collect()
}

/// A trigger with its threshold.
pub(super) fn measured(trigger: &Trigger) -> Option<(&Trigger, &Bar, &Threshold)> {
    let bar = trigger.bar.as_ref()?;
    match &bar.criterion {
        Criterion::Threshold(threshold) => Some((trigger, bar, threshold)),
        _ => None,
    }
}

fn of_levels(bar: &Bar) -> Option<Diagnostic> {
    let Criterion::Levels { levels, between: None } = &bar.criterion else { return None };
    let gap = wide(levels.gap()?)?;
    Some(report(&levels.metric, &gap, bar))
}

/// A gap of more than the one value that both bars leave out.
fn wide(gap: Gap) -> Option<Gap> {
    (gap.from != gap.to).then_some(gap)
}

fn report(name: &str, gap: &Gap, bar: &Bar) -> Diagnostic {
    let message = format!("nothing is said about `{name}` {gap}");
    let help = "add `between:` to the levels or a trigger for these values, or move one of the bars";
    finding(bar.span, message).label("neither passes nor aborts").help(help)
}
