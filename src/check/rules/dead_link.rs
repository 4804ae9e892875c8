//! # dead-link
//!
//! A web address that does not answer sends an operator nowhere. It is looked for only with
//! `runsheet check --external-links`, a few addresses at a time and ten seconds for each, and is always a
//! warning: the network is no part of the content, and a build does not turn red because of it.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "dead-link",
    summary: "a web address that does not answer (only with `--external-links`)",
    topic: Topic::Reference,
    weight: Weight::Doubt,
    source: include_str!("dead_link.rs"),
    look: Look::Reading,
};
