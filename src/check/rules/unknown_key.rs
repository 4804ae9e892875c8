//! # unknown-key
//!
//! A mistyped key would be ignored without a word, and with it whatever it says: an `onwer` is nobody. The
//! nearest key is offered as help, with all keys that can stand there.
//!
//! Keys that begin with `x-` are yours; Runsheet leaves them alone.

use crate::check::rule::{Look, Rule, Topic, Weight};

pub(super) const RULE: Rule = Rule {
    name: "unknown-key",
    summary: "a key that the language does not have",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("unknown_key.rs"),
    look: Look::Reading,
};
