//! # duplicate-key
//!
//! Most YAML readers keep the last of two equal keys and say nothing, and half of what somebody wrote is gone.
//! The message names both places.
//!
//! ```yaml
//! - title: Database
//!   owner: dba
//!   checks: [Backup restored]
//!   owner: tech-lead               # which of the two?
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-key",
    summary: "a key that stands twice in one mapping",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("duplicate_key.rs"),
    look: Look::Reading,
};
