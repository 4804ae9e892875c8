//! # overfull-table
//!
//! A table with many columns gets so narrow on paper that words break in the middle. It is found while sheets
//! are made, by `runsheet build`.
//!
//! Split the table, or shorten the heads of its columns.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "overfull-table",
    summary: "a table that is too wide for the paper",
    topic: Topic::Reading,
    weight: Weight::Doubt,
    source: include_str!("overfull_table.rs"),
    look: Look::Reading,
};
