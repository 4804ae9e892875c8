//! # unknown-rule
//!
//! `rules:` in `content/site.yaml` and `# allow:` comments name rules. A mistyped name would change nothing
//! without a word, so it is an error with the nearest name. Rules that find what cannot be read (`invalid-yaml`
//! and the like) keep their level: nothing can be said about a document that is not understood.
//!
//! ```yaml
//! rules:
//!   stale-reviews: off             # wrong: the rule is `stale-review`
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "unknown-rule",
    summary: "a rule name in site.yaml or in a comment that is no rule",
    topic: Topic::Rules,
    weight: Weight::Always,
    source: include_str!("unknown_rule.rs"),
    look: Look::Reading,
};
