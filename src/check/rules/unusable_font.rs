//! # unusable-font
//!
//! A path under `fonts:` in `content/site.yaml` leads to no TrueType font below the project. It stops
//! `runsheet build`: the paper would lack what the font was named for.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "unusable-font",
    summary: "a font of the site that cannot be used",
    topic: Topic::Reading,
    weight: Weight::Always,
    source: include_str!("unusable_font.rs"),
    look: Look::Reading,
};
