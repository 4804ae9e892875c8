//! # unreadable-file
//!
//! A file of `content/` exists and cannot be opened or read: its permissions forbid it, or the disk failed.
//! Or its name is one that no page could have: it is not UTF-8, or holds a backslash or a control character.
//! Nothing can be said about it, and a site without it would be incomplete without telling anybody.
//!
//! The same goes for one that is not looked for under its name: `roster.yml`, `v1.4.0.journal.yml`, `shop.YAML`.
//! So does YAML that lies in `content/` itself or in `content/runbook/`; in other folders it may be there for a link.
//! Runbooks and plans may end with `.yaml` or `.yml`, everything else ends with `.yaml`.
//!
//! Give the file permissions under which it can be read, or another name, or remove it.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "unreadable-file",
    summary: "a file that cannot be read, or is not looked for under its name",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("unreadable_file.rs"),
    look: Look::Reading,
};
