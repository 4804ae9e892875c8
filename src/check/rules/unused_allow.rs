//! # unused-allow
//!
//! What was wrong has been mended, or the comment stands at another line than the finding. A comment that stays
//! would silence the next mistake at this place.
//!
//! Remove the comment.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "unused-allow",
    summary: "a comment that silences nothing",
    topic: Topic::Rules,
    weight: Weight::Doubt,
    source: include_str!("unused_allow.rs"),
    look: Look::Reading,
};
