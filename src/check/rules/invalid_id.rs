//! # invalid-id
//!
//! Ids become anchors, file names and words of the journal. They are lower-case letters and digits with single
//! `-` between: `restore-database`. A parameter begins with a letter and may have `_` too.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "invalid-id",
    summary: "an id that is not kebab-case",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("invalid_id.rs"),
    look: Look::Reading,
};
