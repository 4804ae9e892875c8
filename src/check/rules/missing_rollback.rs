//! # missing-rollback
//!
//! A trigger says "roll back" and nothing says how: it has no `to:`, and the runbook has no section of phase
//! `rollback`. Or steps change the system and the runbook has no way back at all. The way back is written before the
//! way forward is taken. A warning: a trigger that rolls back leads to a section of phase `before`, beside a way back.
//!
//! ```yaml
//! triggers:
//!   - when: error rate > 10 % for 5m
//!     action: rollback
//!     to: rollback                 # the section that carries it out
//! ```

use std::collections::HashMap;

use super::dead_band::reactions;
use super::unverified_step::does;
use crate::check::rule::{Look, Rule, Topic, Weight, doubt, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::{Action, Phase};
use crate::model::runbook::Runbook;
use crate::model::section::Section;

pub(super) const RULE: Rule = Rule {
    name: "missing-rollback",
    summary: "a trigger that rolls back to nowhere, or steps without a way back",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("missing_rollback.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let sections = runbook.all_sections();
    if !runbook.whole {
        return Vec::new();
    }
    if sections.iter().any(|section| section.phase == Phase::Rollback) {
        return astray(runbook, &sections);
    }
    let mut found = Vec::new();
    let mut way_back = false;
    for trigger in sections.iter().flat_map(|section| section.triggers()) {
        way_back |= trigger.to.is_some();
        let rolls_back = reactions(runbook, trigger).contains(&Action::Rollback);
        if rolls_back && trigger.to.is_none() {
            let message = format!("the trigger `{}` rolls back to nowhere", trigger.condition.plain());
            let help = "add `to:` with the section, step or runbook that brings the old state back";
            found.push(finding(trigger.condition.span, message).label("nothing says how").help(help));
        }
    }
    way_back |= runbook.all_items().iter().any(|(_, item)| item.on_failure.is_some());
    if !way_back && found.is_empty() {
        found.extend(no_way_back(runbook));
    }
    found
}

/// Triggers of the rollback that lead to the preparation, though there is a way back.
fn astray(runbook: &Runbook, sections: &[&Section]) -> Vec<Diagnostic> {
    let before = sections.iter().filter(|section| section.phase == Phase::Before);
    let before: HashMap<&str, &Section> = before.map(|section| (section.id.as_str(), *section)).collect();
    let triggers = sections.iter().flat_map(|section| section.triggers());
    let astray = triggers.filter_map(|trigger| {
        let to = trigger.to.as_ref()?;
        let section = before.get(to.name.as_str())?;
        reactions(runbook, trigger).contains(&Action::Rollback).then(|| {
            let message = format!("the trigger rolls back to `{}`, a section of phase `before`", to.name);
            let report = finding(to.span, message).label("no way back").related(section.span, "this section");
            doubt(report.help("name the section of phase `rollback`, or give this one that phase"))
        })
    });
    astray.collect()
}

/// The first step of the deployment that changes something, when there is no way back at all.
fn no_way_back(runbook: &Runbook) -> Option<Diagnostic> {
    let items = runbook.all_items();
    let (_, step) =
        items.iter().find(|(section, item)| section.phase == Phase::During && item.step && does(item))?;
    let message = "the runbook changes the system and has no way back";
    let help = "add a section of phase `rollback`, or `on-failure:` with the runbook that has one";
    Some(finding(step.span, message).label("the first change").help(help))
}
