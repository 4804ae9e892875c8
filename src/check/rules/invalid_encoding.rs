//! # invalid-encoding
//!
//! Every text is UTF-8, with or without a byte-order mark. The message names the first byte that begins no
//! character; it often is a letter with an accent that an old editor saved as Latin-1.
//!
//! Save the file as UTF-8.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "invalid-encoding",
    summary: "a file that is not UTF-8",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("invalid_encoding.rs"),
    look: Look::Reading,
};
