//! # unresolved-parameter
//!
//! A release does not give a value for a parameter that has no default, and the texts of the runbook name it. The
//! command on the sheet has a hole that somebody fills from memory.
//!
//! ```yaml
//! # the runbook declares `version` without a default
//! runbook: orders-api
//! version: v1.4.0
//! parameters: { version: v1.4.0 }  # without this line every command is incomplete
//! ```

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::release::Release;
use crate::model::runbook::Parameter;
use crate::model::section::Reference;

pub(super) const RULE: Rule = Rule {
    name: "unresolved-parameter",
    summary: "a parameter that the release gives no value",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("unresolved_parameter.rs"),
    look: Look::Release(look),
};

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let used = |name: &str| runbook.uses.iter().chain(&runbook.unfilled).any(|used| used.name == name);
    let open: Vec<&Parameter> = runbook
        .parameters
        .iter()
        .filter(|parameter| parameter.value.is_none() && used(&parameter.name))
        .collect();
    let mut taken: Vec<&Reference> = Vec::new();
    for used in &runbook.unfilled {
        let is_told = open.iter().any(|parameter| parameter.name.value == used.name);
        if !is_told && !taken.iter().any(|told| told.name == used.name && told.span.file == used.span.file) {
            taken.push(used);
        }
    }
    let own = open.into_iter().map(|parameter| of_runbook(release, parameter));
    own.chain(taken.into_iter().map(|used| of_taken(subject, release, used))).collect()
}

fn of_runbook(release: &Release, parameter: &Parameter) -> Diagnostic {
    let name = &parameter.name.value;
    let message = format!("the parameter `{name}` has no value in this release");
    let example = parameter.example.as_deref().unwrap_or("…");
    let report = finding(release.runbook_id.span, message).label("this runbook asks for it");
    report
        .related(parameter.name.span, "declared without a default")
        .help(format!("add `parameters: {{ {name}: {example} }}`"))
}

/// A section from another runbook asks for what nobody gives it.
fn of_taken(subject: &Subject<'_>, release: &Release, used: &Reference) -> Diagnostic {
    let name = &used.name;
    let path = &subject.sources.get(used.span.file).path;
    let message = format!("the parameter `{name}` of a section from {path} has no value in this release");
    let report = finding(release.runbook_id.span, message).label("this runbook takes the section");
    report
        .related(used.span, "named here")
        .help(format!("give it beside `use` in the runbook, `with: {{ {name}: … }}`, or declare `{name}` there too"))
}
