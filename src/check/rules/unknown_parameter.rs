//! # unknown-parameter
//!
//! `{{ name }}` in a text stands for a parameter that the runbook declares under `parameters:`. A name that is
//! not declared is never filled in, and stands in the command that somebody copies into a shell. The values
//! that a release gives are held to the same names.
//!
//! Braces of other programs (`{{.Id}}`, `${{ x }}`) are left alone.
//!
//! ```yaml
//! parameters:
//!   version: { about: Release tag }
//! sections:
//!   - title: Deploy {{ versoin }}  # wrong: the parameter is `version`
//! ```

use std::collections::HashSet;

use crate::check::Subject;
use crate::check::hint::Hints;
use crate::check::surroundings::Surroundings;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::{Diagnostic, one_of};
use crate::model::parameter::Values;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "unknown-parameter",
    summary: "a parameter that the runbook does not declare",
    topic: Topic::Reference,
    weight: Weight::Always,
    source: include_str!("unknown_parameter.rs"),
    look: Look::Several(&[Look::Runbook(of_runbook), Look::Release(of_release)]),
};

fn of_runbook(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    if !runbook.whole {
        return Vec::new();
    }
    let declared: HashSet<&str> = runbook.values.iter().map(|(name, _)| name).collect();
    let unknown = runbook.uses.iter().filter(|name| !declared.contains(name.name.as_str()));
    let hints = Hints::new();
    unknown.map(|name| report(&hints, &name.name, name.span, &runbook.values)).collect()
}

fn of_release(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = release.runbook.as_ref().filter(|runbook| runbook.whole) else { return Vec::new() };
    let given = release.parameters.iter().map(|(name, _)| name);
    let unknown = given.filter(|name| !runbook.values.declares(name));
    let hints = Hints::new();
    unknown.map(|name| report(&hints, name, name.span, &runbook.values)).collect()
}

fn report(hints: &Hints, name: &str, span: Span, values: &Values) -> Diagnostic {
    let names = || values.iter().map(|(name, _)| name);
    let label = hints.near(name, names()).unwrap_or_else(|| "not declared".to_owned());
    let help = match names().next() {
        Some(_) => format!("name {}, or declare it under `parameters:`", one_of(names())),
        None => format!("add `parameters: {{ {name}: … }}` to the runbook"),
    };
    finding(span, format!("unknown parameter `{name}`")).label(label).help(help)
}
