//! # missing-theme
//!
//! `theme: NAME` in `content/site.yaml` names a folder of `themes/`, and there is none of that name. Nothing is built:
//! the pages would lose what their readers know them by.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "missing-theme",
    summary: "a theme that the project does not have",
    topic: Topic::Reading,
    weight: Weight::Always,
    source: include_str!("missing_theme.rs"),
    look: Look::Reading,
};
