//! # invalid-value
//!
//! The value should be a duration, a time, a date, a number or another thing with a grammar, and is not. The
//! mark is on the very characters, and the help says what to write.
//!
//! ```yaml
//! duration: 90                     # wrong: of what?
//! duration: 90m                    # right
//! ```

use crate::check::Subject;
use crate::check::journal::is_closed;
use crate::check::rule::{Look, Rule, Topic, Weight};
use crate::diagnostic::Diagnostic;
use crate::model::release::Release;

pub(super) const RULE: Rule = Rule {
    name: "invalid-value",
    summary: "a value that cannot be understood",
    topic: Topic::Reading,
    weight: Weight::Fault,
    source: include_str!("invalid_value.rs"),
    look: Look::Several(&[Look::Reading, Look::Release(look)]),
};

/// Values of a release that the places of its runbook cannot take.
fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    if is_closed(release) {
        return Vec::new();
    }
    release.misfits.iter().map(|misfit| release.at_value(misfit.clone())).collect()
}
