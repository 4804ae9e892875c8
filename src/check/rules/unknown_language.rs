//! # unknown-language
//!
//! `language:` in `content/site.yaml` is a language in which the program has no words. Pages name the language, so
//! that browsers and screen readers know it, and the words of the program in them stay English.
//!
//! Put a table of words into a theme of the site, `themes/NAME/labels/LANGUAGE.yaml`; it has the keys of
//! `themes/default/labels/en.yaml`.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "unknown-language",
    summary: "a language that the program has no words in",
    topic: Topic::Reading,
    weight: Weight::Doubt,
    source: include_str!("unknown_language.rs"),
    look: Look::Reading,
};
