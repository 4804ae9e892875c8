//! # wrong-type
//!
//! The key is right and its value has the wrong shape, for example a mapping where a text is expected, or
//! nothing at all. A value that begins with `#` is a comment unless it has quotes.
//!
//! ```yaml
//! chat: #platform                  # wrong: nothing, then a comment
//! chat: "#platform"                # right
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "wrong-type",
    summary: "a list, mapping or text where another was needed",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("wrong_type.rs"),
    look: Look::Reading,
};
