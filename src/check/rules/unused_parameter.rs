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

use std::collections::HashSet;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::{Parameter, Runbook};

pub(super) const RULE: Rule = Rule {
    name: "unused-parameter",
    summary: "a parameter that no text names",
    topic: Topic::Hygiene,
    weight: Weight::Doubt,
    source: include_str!("unused_parameter.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    // What could not be read may name it.
    if !runbook.whole || around.taken.iter().any(|taken| !taken.whole) {
        return Vec::new();
    }
    let used = used(around, runbook);
    let unused = runbook.parameters.iter().filter(|parameter| !used.contains(parameter.name.value.as_str()));
    let report = |parameter: &Parameter| {
        let name = &parameter.name;
        let message = format!("the parameter `{}` is not used", name.value);
        let help = format!("write `{{{{ {} }}}}` where the value belongs, or remove it", name.value);
        finding(name.span, message).label("no text names it").help(help)
    };
    unused.map(report).collect()
}

/// Every name that a text or a default stands for: of the runbook itself, and of the runbooks that it takes
/// sections from, which see the values of this one.
fn used<'a>(around: &Surroundings<'a>, runbook: &'a Runbook) -> HashSet<&'a str> {
    let books = around.taken.iter().copied().map(AsRef::as_ref).chain([runbook]);
    books.flat_map(|book| &book.uses).map(|used| used.name.as_str()).collect()
}
