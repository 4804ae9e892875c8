//! # stale-review
//!
//! Hosts move, people leave, flags change. A runbook that nobody has read for a long time is a plan for
//! another system. The bound is the `age` that the runbook states itself (`age <= 90d`), or 365 days.
//!
//! Read it through, walk the steps, and set `reviewed:` to the day.
//!
//! ```yaml
//! reviewed: 2024-11-01             # two years ago
//! ```

use crate::check::Subject;
use crate::check::bars::bars;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::quantity::Quantity;
use crate::model::runbook::Runbook;
use crate::model::threshold::{Builtin, Threshold};

pub(super) const RULE: Rule = Rule {
    name: "stale-review",
    summary: "a runbook that nobody has read for a long time",
    topic: Topic::Hygiene,
    weight: Weight::Doubt,
    source: include_str!("stale_review.rs"),
    look: Look::Runbook(look),
};

/// Days that a review lasts when the runbook does not say.
const DAYS: &str = "age <= 365d";

fn look(subject: &Subject<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let Some(reviewed) = &runbook.reviewed else { return Vec::new() };
    let today = subject.today();
    let Ok(age) = today.since(reviewed.value).map(|age| i64::from(age.get_days())) else { return Vec::new() };
    if age < 0 {
        let message = format!("the review of {} has not taken place yet", reviewed.value);
        return vec![finding(reviewed.span, message).label(format!("today is {today}"))];
    }
    let own = bars(runbook).find(|(_, threshold)| threshold.builtin() == Some(Builtin::Age));
    let default = Threshold::parse(DAYS).ok();
    let Some(limit) = own.map(|(_, threshold)| threshold).or(default.as_ref()) else { return Vec::new() };
    if limit.meets(&Quantity::days(age)).unwrap_or(true) {
        return Vec::new();
    }
    let message = format!("the last review was {age} days ago, the bar is `{}`", limit.bar());
    let help = "read it through, walk the steps, and set `reviewed:` to that day";
    vec![finding(reviewed.span, message).label("reviewed here").help(help)]
}
