//! # unknown-value
//!
//! Keys such as `status`, `phase`, `level` and `action` take one of a few words. The nearest is offered, with all
//! that can stand there.
//!
//! ```yaml
//! status: isued                    # wrong: draft, issued or retired
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "unknown-value",
    summary: "a word that a key does not know",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("unknown_value.rs"),
    look: Look::Reading,
};
