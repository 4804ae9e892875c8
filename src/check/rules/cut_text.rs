//! # cut-text
//!
//! In YAML a `#` behind a space starts a comment, also in the middle of a sentence. Of `Posted in #ops` only
//! `Posted in` is read, and nobody sees it until the channel is missing at night. A text with ` #` in it needs
//! quotes. A comment that is meant has a space behind its `#` and is left alone.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "cut-text",
    summary: "a text that ends where ` #` starts a comment",
    topic: Topic::Reading,
    weight: Weight::Doubt,
    source: include_str!("cut_text.rs"),
    look: Look::Reading,
};
