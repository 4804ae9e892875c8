//! # missing-glyph
//!
//! A character that no font has would be missing on paper. The sheet prints its code in a box, keeps the
//! character for copying and for screen readers, and says where it stands. It is found while sheets are made,
//! by `runsheet build`.
//!
//! Name a font that has it under `fonts:` in `content/site.yaml`, or write something else.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "missing-glyph",
    summary: "a character that no font of the sheets has",
    topic: Topic::Reading,
    weight: Weight::Doubt,
    source: include_str!("missing_glyph.rs"),
    look: Look::Reading,
};
