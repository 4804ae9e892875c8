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

use crate::check::Subject;
use crate::check::bars::{all, live_bars, metric};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
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

fn look(_: &Subject<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = all(runbook).into_iter().filter_map(of_levels).collect();
    let sections = runbook.all_sections();
    let triggers: Vec<(&Trigger, &Bar, &Threshold)> =
        sections.iter().flat_map(|section| section.triggers()).filter_map(measured).collect();
    for (trigger, bar, rollback) in &triggers {
        if !reactions(runbook, trigger).contains(&Action::Rollback) {
            continue;
        }
        let name = rollback.metric().map(metric);
        let same = |threshold: &Threshold| {
            threshold.metric().map(metric) == name && threshold.scope == rollback.scope
        };
        let others =
            triggers.iter().filter(|(other, _, threshold)| other.id != trigger.id && same(threshold));
        if others.count() > 0 {
            continue;
        }
        let passes = live_bars(runbook).filter(|(_, pass)| same(pass));
        let wide = passes
            .filter(|(pass, _)| !is_leveled(pass))
            .find_map(|(pass, threshold)| Some((pass, wide(threshold.gap(rollback)?)?)));
        if let Some((pass, gap)) = wide {
            found.push(
                report(rollback.metric().unwrap_or_default(), &gap, bar).related(pass.span, "passes here"),
            );
        }
    }
    found
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

fn is_leveled(bar: &Bar) -> bool {
    matches!(bar.criterion, Criterion::Levels { .. })
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
