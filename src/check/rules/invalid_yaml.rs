//! # invalid-yaml
//!
//! The text breaks the grammar of YAML 1.2, so nothing after that place can be trusted. The usual causes:
//!
//! - a text with `: ` or ` #` in it, or one that begins with `>`, `*`, `&`, `@` or `%`, stands without quotes
//! - a tab indents a line
//! - the list or mapping is not indented evenly
//! - aliases copy more text than a document can have
//!
//! ```yaml
//! title: Step 2: restart          # wrong: a second `: ` on the line
//! title: "Step 2: restart"        # right
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "invalid-yaml",
    summary: "a file that is not YAML",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("invalid_yaml.rs"),
    look: Look::Reading,
};
