//! # missing-key
//!
//! Some things are nothing without one of their keys: a runbook or check without `title`, a link without `url`,
//! a trigger with neither `when` nor `condition`, an event that does not say `by` whom.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "missing-key",
    summary: "a mapping without a key that it needs",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("missing_key.rs"),
    look: Look::Reading,
};
