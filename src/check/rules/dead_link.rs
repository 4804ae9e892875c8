//! # dead-link
//!
//! A web address that does not answer sends an operator nowhere. It is looked for only with
//! `runsheet check --external-links`, several addresses at a time and ten seconds for each. It is a
//! warning: the network is no part of the content, and a build does not turn red because of it.
//!
//! An address that asks for a login (HTTP status 401, 403) or for fewer questions (429) is there. One that
//! cannot be reached from where this runs is silenced at its line:
//!
//! ```yaml
//! # allow: dead-link because the wiki answers only inside the company
//! links: [{ title: Plan, url: "https://wiki.example.org/plan" }]
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "dead-link",
    summary: "a web address that does not answer (only with `--external-links`)",
    topic: Topic::Reference,
    weight: Weight::Doubt,
    source: include_str!("dead_link.rs"),
    look: Look::Network,
};
