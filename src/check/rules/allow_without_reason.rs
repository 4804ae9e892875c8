//! # allow-without-reason
//!
//! `# allow: RULE because REASON` silences one finding at its line. The reason is what the next reader needs to
//! judge whether it still holds, so a comment without one is a finding itself.
//!
//! ```yaml
//! - title: Notify the customers    # allow: unverified-step                                  (wrong)
//! - title: Notify the customers    # allow: unverified-step because the provider confirms nothing
//! ```
//!
//! The comment stands at the end of the line that the finding names, or on lines of its own directly above it.
//! For a finding inside a block of text (`run: |`) it stands at or above the line that opens the block.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "allow-without-reason",
    summary: "a comment that silences a rule and does not say why",
    topic: Topic::Rules,
    weight: Weight::Always,
    source: include_str!("allow_without_reason.rs"),
    look: Look::Reading,
};
