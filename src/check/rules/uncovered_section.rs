//! # uncovered-section
//!
//! The gates of the runbook name the sections that they require, and one of phase `before` is in none of the
//! lists: it can be left undone and the answer is still "go". A gate without `requires` covers all of phase
//! `before`; naming a section covers what is inside it.
//!
//! Sections without anything to judge, and the one that holds the gate, need no cover.
//!
//! A section of phase `reference` gates nothing: a gate that requires one waits for nothing in it, and a gate that
//! stands in one holds nobody up.
//!
//! ```yaml
//! gate:
//!   requires: [infrastructure, database]      # and `security`?
//! ```

use std::collections::HashSet;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::{Level, Phase};
use crate::model::runbook::Runbook;
use crate::model::section::{Gate, Reference, Section};

pub(super) const RULE: Rule = Rule {
    name: "uncovered-section",
    summary: "a section before the deployment that no gate requires, or a gate on nothing",
    topic: Topic::Ownership,
    weight: Weight::Gap,
    source: include_str!("uncovered_section.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let sections = runbook.all_sections();
    let mut found: Vec<Diagnostic> = sections.iter().flat_map(|section| vain(section, runbook)).collect();
    let deciding = sections.iter().filter(|section| section.phase != Phase::Reference);
    let gates: Vec<&Gate> = deciding.flat_map(|section| section.gates()).collect();
    let Some(first) = gates.first() else { return found };
    // The phase of a section may be what could not be read.
    if !runbook.whole || gates.iter().any(|gate| gate.requires.is_empty()) {
        return found;
    }
    let required: HashSet<&str> =
        gates.iter().flat_map(|gate| &gate.requires).map(|name| name.name.as_str()).collect();
    for section in runbook.before() {
        visit(section, &required, &mut |section| found.push(report(section, first)));
    }
    found
}

/// Gates of a section that decide nothing, or wait for what does not.
fn vain(section: &Section, runbook: &Runbook) -> Vec<Diagnostic> {
    let reference = |section: &Section| section.phase == Phase::Reference;
    if reference(section) {
        let report = |gate: &Gate| {
            finding(gate.span, format!("the gate `{}` stands in a reference section", gate.title.plain()))
                .label("holds nobody up")
                .help("move it, or give the section another phase")
        };
        return section.gates().map(report).collect();
    }
    let names = section.gates().flat_map(|gate| &gate.requires);
    let required = names.filter_map(|name| Some((name, runbook.section(&name.name)?)));
    let vain = required.filter(|(_, section)| reference(section));
    let report = |(name, section): (&Reference, &Section)| {
        finding(name.span, format!("the gate requires `{}`, a reference section", name.name))
            .label("nothing in it is judged")
            .related(section.span, "this section")
            .help("give the section another phase, or do not require it")
    };
    vain.map(report).collect()
}

/// Calls `report` with the outermost sections that no list covers.
fn visit(section: &Section, required: &HashSet<&str>, report: &mut impl FnMut(&Section)) {
    if required.contains(section.id.as_str()) || section.phase != Phase::Before {
        return;
    }
    let covered_inside = section.sections().any(|inner| covers(inner, required));
    if holds_something(section) && section.gates().next().is_none() {
        report(section);
    } else if covered_inside || section.gates().next().is_some() {
        section.sections().for_each(|inner| visit(inner, required, report));
    } else if section.sections().any(judges) {
        report(section);
    }
}

fn covers(section: &Section, required: &HashSet<&str>) -> bool {
    required.contains(section.id.as_str()) || section.sections().any(|inner| covers(inner, required))
}

/// Whether the section itself has something that a gate could be judged on.
fn holds_something(section: &Section) -> bool {
    section.items().any(|item| item.level != Level::Optional) || section.approvals().next().is_some()
}

fn judges(section: &Section) -> bool {
    holds_something(section) || section.sections().any(judges)
}

fn report(section: &Section, gate: &Gate) -> Diagnostic {
    let message = format!("no gate requires section `{}`", section.title.plain());
    let report = finding(section.span, message).label("can be left undone");
    let help = format!("add `{}` to `requires:` of a gate, or make it phase `reference`", section.id);
    report.related(gate.span, "this gate requires others").help(help)
}
