//! # missing-window
//!
//! "Error rate over 10 %" is true for one second in every deployment. A trigger or abort on a rate, a latency or
//! a load says how long it has to last, or over which time it is measured, before anybody rolls back.
//!
//! ```yaml
//! when: error rate > 10 %          # wrong
//! when: error rate > 10 % for 5m   # right
//! ```

use crate::check::bars::{all, metric};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::quantity::Dimension;
use crate::model::runbook::Runbook;
use crate::model::section::Criterion;
use crate::model::threshold::Threshold;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "missing-window",
    summary: "a trigger on a rate that does not say for how long",
    topic: Topic::Measure,
    weight: Weight::Gap,
    source: include_str!("missing_window.rs"),
    look: Look::Runbook(look),
};

/// Words of metrics that go up and down by the second.
const MOVING: &[&str] = &[
    "cpu",
    "latency",
    "load",
    "p50",
    "p90",
    "p95",
    "p99",
    "p999",
    "rate",
    "rates",
    "throughput",
    "usage",
    "utilisation",
    "utilization",
];

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let sections = runbook.all_sections();
    let triggers = sections.iter().flat_map(|section| section.triggers());
    for bar in triggers.filter_map(|trigger| trigger.bar.as_ref()) {
        if let Criterion::Threshold(threshold) = bar.criterion.kind() {
            let words = if bar.is_blank() { bar.written.to_string() } else { threshold.to_string() };
            found.extend(judge(threshold, &words, bar.span, "trigger"));
        }
    }
    for bar in all(runbook) {
        if let Criterion::Levels { levels, .. } = &bar.criterion {
            let abort = levels.abort.iter().map(|abort| abort.clone().named(&levels.metric));
            found.extend(abort.filter_map(|abort| judge(&abort, &abort.to_string(), bar.span, "abort")));
        }
    }
    found
}

fn judge(threshold: &Threshold, words: &str, span: Span, what: &str) -> Option<Diagnostic> {
    if threshold.window.is_some() || !moves(threshold) {
        return None;
    }
    let message = format!("the {what} `{words}` does not say for how long");
    let help = format!("add the time it has to last: `{words} for 5m`");
    Some(finding(span, message).label("true for one second is true").help(help))
}

/// Whether the metric goes up and down by the second.
fn moves(threshold: &Threshold) -> bool {
    let name = metric(threshold.metric().unwrap_or_default());
    let rate = matches!(threshold.dimension(), Some(Dimension::Rate | Dimension::BitRate));
    let averaged = ["sustained", "average", "mean", "total", "last", "per"]
        .iter()
        .any(|word| name.split(' ').any(|w| w == *word));
    let named = name.split([' ', '-']).any(|word| MOVING.contains(&word)) || name.contains("response time");
    (rate || named)
        && !averaged
        && threshold.scope.as_deref().is_none_or(|scope| !scope.contains("sustained"))
}
