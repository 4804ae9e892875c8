//! # stale-sign-off
//!
//! Somebody signed, and the runbook or the plan of the release has changed since: the seal of the signature is not
//! the one of what stands there now. The signature no longer counts. Changes of comments and layout leave a
//! seal as it is.
//!
//! Look at the difference (`runsheet verify` says what changed) and sign again. Of several signatures of one role
//! the newest counts; a release whose outcome is recorded is left in peace.
//!
//! ```yaml
//! - { at: 2026-12-01T08:40:00Z, by: bo, sign: qa-lead, choice: approve, seal: 7f3a-91c2-0b4d-e811 }
//! ```

use std::collections::BTreeMap;

use crate::check::Subject;
use crate::check::journal::is_closed;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::release::{Act, Release, Seal};
use crate::source::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "stale-sign-off",
    summary: "a signature under something that has changed since",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("stale_sign_off.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    if is_closed(release) || release.runbook.is_none() {
        return Vec::new();
    }
    let mut newest: BTreeMap<&str, (jiff::Timestamp, Option<&Spanned<String>>)> = BTreeMap::new();
    for event in &release.journal.events {
        if let Act::Sign { role, seal, .. } = &event.act {
            let known = newest.get(role.name.as_str()).map(|(at, _)| *at);
            if known.is_none_or(|at| at <= event.at) {
                newest.insert(&role.name, (event.at, seal.as_ref()));
            }
        }
    }
    let seals = newest.into_iter().filter_map(|(role, (_, seal))| Some((role, seal?)));
    // What has not the form of a seal was reported.
    let stale = seals.filter(|(_, seal)| Seal::is_one(seal) && !release.seal.is(seal));
    let report = |(role, seal): (&str, &Spanned<String>)| {
        let message = format!("what `{role}` signed has changed since");
        let report = finding(seal.span, message).label("the seal of an earlier text");
        report.help(format!("look at what changed and sign again: the seal is `{}` now", release.seal.0))
    };
    stale.map(report).collect()
}
