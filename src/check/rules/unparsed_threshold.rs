//! # unparsed-threshold
//!
//! What stands under `thresholds:` (or `when:` of a trigger) is not a threshold: it has no operator, no number,
//! or a unit that nobody knows. It is printed as it was written, and no recorded value can ever be held
//! against it.
//!
//! The short form is `[metric] operator value [unit] [for duration]`. What has no number is a state that is
//! seen somewhere.
//!
//! ```yaml
//! thresholds: All nodes healthy                                                    # wrong
//! thresholds: { state: all nodes healthy, shown-by: load balancer dashboard }     # right
//! thresholds: healthy nodes = 100 %                                                # right
//! ```

use crate::check::bars::all;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Criterion};

pub(super) const RULE: Rule = Rule {
    name: "unparsed-threshold",
    summary: "a threshold that cannot be read as one",
    topic: Topic::Measure,
    weight: Weight::Doubt,
    source: include_str!("unparsed_threshold.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let sections = runbook.all_sections();
    let triggers =
        sections.iter().flat_map(|section| section.triggers()).filter_map(|trigger| trigger.bar.as_ref());
    let bars = all(runbook).into_iter().chain(triggers);
    bars.filter_map(|bar| judge(around, bar)).collect()
}

fn judge(around: &Surroundings<'_>, bar: &Bar) -> Option<Diagnostic> {
    let Criterion::Unparsed { flaw } = &bar.criterion else { return None };
    let span = around.locate(bar.span, &bar.written, flaw.range.clone());
    let message = format!("`{}` is not a threshold", bar.written.trim());
    let help = flaw.help.clone().unwrap_or_else(|| {
        "write `metric < 20 ms`, or for what has no number `{ state: …, shown-by: … }`".to_owned()
    });
    Some(finding(span, message).label(flaw.message.clone()).help(help))
}
