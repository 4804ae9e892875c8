//! # ambiguous-time
//!
//! In the night in which clocks change, one hour does not exist and another exists twice. A window that begins
//! there begins an hour early for half of the people.
//!
//! Choose a time before or after, or give the zone as `UTC`.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "ambiguous-time",
    summary: "a local time that daylight saving skips or repeats",
    topic: Topic::Release,
    weight: Weight::Doubt,
    source: include_str!("ambiguous_time.rs"),
    look: Look::Reading,
};
