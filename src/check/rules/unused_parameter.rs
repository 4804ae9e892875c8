//! # unused-parameter
//!
//! A parameter that no text names is asked for in every release and changes nothing. Most often the text was
//! written with a fixed value by mistake: `v1.4.0` where `{{ version }}` was meant.
//!
//! ```yaml
//! parameters:
//!   version: { about: Release tag }
//! sections:
//!   - title: Deploy v1.4.0         # the parameter was meant here
//! ```

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::parameter;
use crate::model::runbook::{Parameter, Runbook};

pub(super) const RULE: Rule = Rule {
    name: "unused-parameter",
    summary: "a parameter that no text names",
    topic: Topic::Hygiene,
    weight: Weight::Doubt,
    source: include_str!("unused_parameter.rs"),
    look: Look::Runbook(look),
};

fn look(subject: &Subject<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let unused = runbook.parameters.iter().filter(|parameter| !is_used(subject, runbook, &parameter.name));
    let report = |parameter: &Parameter| {
        let name = &parameter.name;
        let message = format!("the parameter `{}` is not used", name.value);
        let help = format!("write `{{{{ {} }}}}` where the value belongs, or remove it", name.value);
        finding(name.span, message).label("no text names it").help(help)
    };
    unused.map(report).collect()
}

fn is_used(subject: &Subject<'_>, runbook: &Runbook, name: &str) -> bool {
    let in_defaults = runbook.parameters.iter().filter_map(|parameter| parameter.value.as_deref());
    runbook.uses.iter().any(|used| used.name == name)
        || in_defaults.flat_map(parameter::find).any(|(used, _)| used == name)
        || is_passed_on(subject, runbook, name)
}

/// Whether a section that is taken from another runbook names it: such a section sees the values of
/// this runbook.
fn is_passed_on(subject: &Subject<'_>, runbook: &Runbook, name: &str) -> bool {
    let sections = runbook.all_sections();
    let foreign = sections.iter().filter(|section| section.title.span.file != runbook.file);
    let others = foreign.filter_map(|section| {
        subject.library.runbooks.iter().find(|other| other.file == section.title.span.file)
    });
    others.flat_map(|other| &other.uses).any(|used| used.name == name)
}
