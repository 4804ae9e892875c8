//! # conflicting-thresholds
//!
//! One metric has two bars in one runbook: the backup is over 1 GB in the preparation and over 500 MB in the
//! verification. Whichever was meant, half of the readers follow the other one.
//!
//! Bars with another scope (`at 100 users`) or window are other bars, and so are a lower and an upper one. If
//! two things are meant, give them two names: `error rate`, `error rate of the canary`.
//!
//! ```yaml
//! - title: Prepare
//!   thresholds: backup size > 1 GB
//! - title: Verify
//!   thresholds: backup size > 500 MB       # wrong: which one?
//! ```

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::check::bars::{bars, metric};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;
use crate::model::section::Bar;
use crate::model::threshold::Threshold;

pub(super) const RULE: Rule = Rule {
    name: "conflicting-thresholds",
    summary: "one metric with two bars",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("conflicting_thresholds.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut kinds: HashMap<String, Vec<(&Bar, &Threshold)>> = HashMap::new();
    let mut found = Vec::new();
    for (bar, threshold) in bars(runbook).filter(|(_, threshold)| threshold.builtin().is_none()) {
        let Some(name) = threshold.metric().map(metric) else { continue };
        let earlier = kinds.entry(name).or_default();
        match earlier.iter().find(|(_, other)| conflict(threshold, other)) {
            Some((other, first)) => found.push(report(bar, threshold, other, first)),
            None if earlier.len() < MOST => earlier.push((bar, threshold)),
            None => {}
        }
    }
    found
}

/// Bars of one metric that later ones are compared with.
const MOST: usize = 16;

/// Whether two bars of one metric cannot both be meant.
fn conflict(a: &Threshold, b: &Threshold) -> bool {
    let alike = a.scope == b.scope && a.window == b.window;
    match (a.operator.bounds_above(), b.operator.bounds_above()) {
        (Some(here), Some(there)) if alike && here == there => {
            a.strictness(b).is_some_and(|order| order != Ordering::Equal)
        }
        (None, _) | (_, None) if alike => a.overlaps(b) == Some(false),
        _ => false,
    }
}

fn report(bar: &Bar, threshold: &Threshold, other: &Bar, earlier: &Threshold) -> Diagnostic {
    let name = threshold.metric().unwrap_or_default();
    let message = format!("`{name}` has the bars `{}` and `{}`", earlier.bar(), threshold.bar());
    let report =
        finding(bar.span, message).label("another bar for the same metric").related(other.span, "first bar");
    report.help("agree on one, or give the metrics different names")
}
