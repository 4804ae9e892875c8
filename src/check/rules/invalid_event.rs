//! # invalid-event
//!
//! An event of the journal says something that its subject cannot be: a check that is `sent`, a signature without
//! a `choice`, a `value` that no `field` takes, a text where the blank asks for a date. It would count for
//! nothing, or for less than whoever appended it thinks.
//!
//! One event is about one thing. An event is never rewritten: append the right one.
//!
//! ```yaml
//! - { at: 2026-12-01T08:02:11Z, by: ana, item: staging-stable, is: sent }      # wrong: a check is done or failed
//! - { at: 2026-12-01T08:05:00Z, by: ana, item: tls, field: Certificate expiry }           # wrong: no `value`
//! ```

use crate::check::Subject;
use crate::check::bars::metric as name;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::{Diagnostic, one_of};
use crate::model::release::{Act, Release};
use crate::model::runbook::Runbook;
use crate::model::section::{Item, Reference};
use crate::source::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "invalid-event",
    summary: "an event that says what its subject cannot be",
    topic: Topic::Release,
    weight: Weight::Always,
    source: include_str!("invalid_event.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let events = &release.journal.events;
    let mut found: Vec<Diagnostic> = events.iter().flat_map(|event| event.stray.clone()).collect();
    let Some(runbook) = &release.runbook else { return found };
    found.extend(events.iter().filter_map(|event| match &event.act {
        Act::Sign { role, choice, .. } => said(runbook, role, choice),
        Act::Item { item, field: Some((field, value)), .. } => filled(runbook, item, (field, value)),
        _ => None,
    }));
    found
}

/// A signature with a word that is none of the choices.
fn said(runbook: &Runbook, role: &Reference, choice: &Spanned<String>) -> Option<Diagnostic> {
    let sections = runbook.all_sections();
    let approvals = sections.iter().flat_map(|section| section.approvals());
    let asked = approvals.filter(|approval| approval.roles.iter().any(|one| one.name == role.name));
    let mut choices: Vec<&str> = Vec::new();
    for known in asked.flat_map(|approval| &approval.choices) {
        if !choices.contains(&known.as_str()) {
            choices.push(known);
        }
    }
    let known = choices.iter().any(|known| known.eq_ignore_ascii_case(choice.value.trim()));
    if known || choices.is_empty() || choice.value.is_empty() {
        return None;
    }
    let report = finding(choice.span, format!("`{}` cannot say `{}`", role.name, choice.value));
    Some(report.help(format!("append the signature with {}", one_of(choices))))
}

/// A blank that asks for another kind of value.
fn filled(
    runbook: &Runbook,
    item: &Reference,
    (field, value): (&Spanned<String>, &Spanned<String>),
) -> Option<Diagnostic> {
    let items = runbook.all_items();
    let item: &Item = items.into_iter().find(|(_, known)| known.id == item.name)?.1;
    let record = item.records.iter().find(|record| name(&record.title.plain()) == name(field))?;
    let wanted = record.kind.misfit(value)?;
    let report = finding(value.span, format!("`{}` does not fit the blank `{}`", value.value, field.value));
    Some(report.label(format!("this is not {}", wanted.split(',').next().unwrap_or(wanted))).help(format!("append the event with {wanted}")))
}
