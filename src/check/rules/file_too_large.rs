//! # file-too-large
//!
//! Texts may have 4 MiB, journals 64 MiB. The longest real runbook has under 100 kB: a file this large was put
//! there by mistake, or by somebody who wants the build to run out of memory.
//!
//! Remove the file, or split it.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "file-too-large",
    summary: "a file that is larger than any document written by people",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("file_too_large.rs"),
    look: Look::Reading,
};
