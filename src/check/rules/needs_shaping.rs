//! # needs-shaping
//!
//! Arabic and the scripts of India change the forms of letters by what stands beside them. The sheets set
//! letter after letter, so such a text would be wrong on paper even where a font has every character. The
//! site shows it as it should be. It is found while sheets are made, by `runsheet build`.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "needs-shaping",
    summary: "a script that the sheets cannot set",
    topic: Topic::Reading,
    weight: Weight::Doubt,
    source: include_str!("needs_shaping.rs"),
    look: Look::Reading,
};
