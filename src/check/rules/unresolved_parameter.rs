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

pub(super) const RULE: Rule = Rule {
    name: "unresolved-parameter",
    summary: "a parameter that the release gives no value",
    topic: Topic::Release,
    weight: Weight::Gap,
    source: include_str!("unresolved_parameter.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let used = |name: &str| runbook.uses.iter().any(|used| used.name == name);
    let open =
        runbook.parameters.iter().filter(|parameter| parameter.value.is_none() && used(&parameter.name));
    let report = |parameter: &crate::model::runbook::Parameter| {
        let name = &parameter.name.value;
        let message = format!("the parameter `{name}` has no value in this release");
        let example = parameter.example.as_deref().unwrap_or("…");
        let report = finding(release.runbook_id.span, message).label("this runbook asks for it");
        report
            .related(parameter.name.span, "declared without a default")
            .help(format!("add `parameters: {{ {name}: {example} }}`"))
    };
    open.map(report).collect()
}
