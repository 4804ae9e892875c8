//! # cyclic-reference
//!
//! A step fails and sends the reader to a place that, when it fails, sends back to the first: nobody ever gets
//! out. A rollback step that goes to the rollback when it fails is the common case. Sections that take each
//! other with `use` are reported too.
//!
//! End the chain with somebody to call, or with a step that cannot fail.
//!
//! ```yaml
//! - title: Rollback
//!   phase: rollback
//!   steps:
//!     - title: Restore the dump
//!       on-failure: rollback       # wrong: it is the rollback that failed
//! ```

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::reference::Target;
use crate::model::runbook::Runbook;
use crate::model::section::{Item, Reference, Section};

pub(super) const RULE: Rule = Rule {
    name: "cyclic-reference",
    summary: "a way out of a failure that leads back to it",
    topic: Topic::Consistency,
    weight: Weight::Always,
    source: include_str!("cyclic_reference.rs"),
    look: Look::Site(look),
};

/// A place in the library: a runbook and an id in it; the empty id is the whole runbook.
type Place<'a> = (&'a str, &'a str);

fn look(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let graph = Graph::new(subject);
    let mut found = Vec::new();
    for runbook in &subject.library.runbooks {
        for (_, item) in runbook.all_items() {
            let Some(to) = &item.on_failure else { continue };
            let start = (runbook.id.as_str(), item.id.as_str());
            if graph.leads(start, start) {
                let message = format!("when `{}` fails it leads back to itself", item.title.plain());
                let help = "end with somebody to call, or with a place that does not lead here";
                found.push(finding(to.span, message).label("there is no way out from here").help(help));
            }
        }
    }
    found
}

/// Where each item leads when it fails, and what stands inside each section.
#[derive(Default)]
struct Graph<'a> {
    failure: HashMap<Place<'a>, Place<'a>>,
    inside: HashMap<Place<'a>, Vec<Place<'a>>>,
    /// Places that may still be visited, so that hostile content ends the search and not the patience.
    budget: Cell<usize>,
}

/// Places visited in one run; a site of a thousand runbooks needs fewer.
const BUDGET: usize = 500_000;

impl<'a> Graph<'a> {
    fn new(subject: &Subject<'a>) -> Self {
        let mut graph = Self { budget: Cell::new(BUDGET), ..Self::default() };
        for runbook in &subject.library.runbooks {
            for section in &runbook.sections {
                graph.section(subject, runbook, section);
                let whole = graph.inside.entry((&runbook.id, "")).or_default();
                whole.push((&runbook.id, &section.id));
            }
        }
        graph
    }

    fn section(&mut self, subject: &Subject<'a>, runbook: &'a Runbook, section: &'a Section) {
        let mut inside = Vec::new();
        for item in section.items() {
            inside.push((runbook.id.as_str(), item.id.as_str()));
            item.walk(&mut |item| self.item(subject, runbook, item));
        }
        for inner in section.sections() {
            inside.push((runbook.id.as_str(), inner.id.as_str()));
            self.section(subject, runbook, inner);
        }
        self.inside.insert((&runbook.id, &section.id), inside);
    }

    fn item(&mut self, subject: &Subject<'a>, runbook: &'a Runbook, item: &'a Item) {
        let Some(to) = item.on_failure.as_ref().and_then(|to| target(subject, runbook, to)) else { return };
        self.failure.insert((&runbook.id, &item.id), to);
    }

    /// Whether failing at `from` can lead to `wanted`.
    fn leads(&self, from: Place<'a>, wanted: Place<'a>) -> bool {
        let mut seen = HashSet::new();
        let mut left = self.budget.get();
        let mut open: Vec<Place<'a>> = self.failure.get(&from).copied().into_iter().collect();
        while let Some(place) = open.pop().filter(|_| left > 0) {
            left -= 1;
            self.budget.set(left);
            if place == wanted {
                return true;
            }
            if seen.insert(place) {
                open.extend(self.failure.get(&place));
                open.extend(self.inside.get(&place).into_iter().flatten());
            }
        }
        false
    }
}

fn target<'a>(subject: &Subject<'a>, runbook: &'a Runbook, to: &'a Reference) -> Option<Place<'a>> {
    match subject.library.reference(subject.sources, runbook, &to.name, to.span).ok()? {
        Target::Runbook(other) => Some((&other.id, "")),
        Target::Place(other, place) => Some((&other.id, &place.id)),
        _ => None,
    }
}
