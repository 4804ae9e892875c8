//! # empty-file
//!
//! A runbook, release or roster without any content is a file that was made and forgotten, or lost what it had.
//!
//! Write the document, or remove the file.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "empty-file",
    summary: "a document with nothing in it",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("empty_file.rs"),
    look: Look::Reading,
};
