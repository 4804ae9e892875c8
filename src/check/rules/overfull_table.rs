//! # overfull-table
//!
//! A table whose columns do not fit beside each other is printed in parts, one below the other, each with the
//! first column again. Where a word is too wide for that as well, it is broken in the middle. It is found while
//! sheets are made, by `runsheet build`.
//!
//! Use shorter words, or fewer columns.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "overfull-table",
    summary: "a table that is too wide for the paper",
    topic: Topic::Reading,
    weight: Weight::Doubt,
    source: include_str!("overfull_table.rs"),
    look: Look::Reading,
};
