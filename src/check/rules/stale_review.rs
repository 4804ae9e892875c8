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

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;

pub(super) const RULE: Rule = Rule {
    name: "stale-review",
    summary: "a runbook that nobody has read for a long time",
    topic: Topic::Hygiene,
    weight: Weight::Doubt,
    source: include_str!("stale_review.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let today = around.today();
    let (Some(reviewed), Some(review)) = (&runbook.reviewed, runbook.review(today)) else { return Vec::new() };
    if review.age < 0 {
        let message = format!("the review of {} has not taken place yet", reviewed.value);
        return vec![finding(reviewed.span, message).label(format!("today is {today}"))];
    }
    if !review.stale {
        return Vec::new();
    }
    // The message is the same every day, so that a finding is known again.
    let message = format!("the last review is too long ago, the bar is `{}`", review.limit.bar());
    let help = "read it through, walk the steps, and set `reviewed:` to that day";
    vec![finding(reviewed.span, message).label(format!("{} days ago", review.age)).help(help)]
}
