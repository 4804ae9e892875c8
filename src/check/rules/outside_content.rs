//! # outside-content
//!
//! Only files inside `content/` are read, so that building a site somebody else wrote cannot publish what
//! else is on the disk.
//!
//! Copy the file into `content/`.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "outside-content",
    summary: "a symbolic link that leads out of the content folder",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("outside_content.rs"),
    look: Look::Reading,
};
