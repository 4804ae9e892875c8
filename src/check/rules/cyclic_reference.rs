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
    look: Look::Links(look),
};

/// A place in the library: a runbook and an id in it; the empty id is the whole runbook.
type Place<'a> = (&'a str, &'a str);

fn look(subject: &Subject<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let items = runbook.all_items();
    let mut ways = Ways { subject, budget: BUDGET, graphs: HashMap::new() };
    let mut found = Vec::new();
    for (_, item) in items {
        let Some(to) = &item.on_failure else { continue };
        if ways.lead_back(runbook, &item.id) {
            let message = format!("when `{}` fails it leads back to itself", item.title.plain());
            let help = "end with somebody to call, or with a place that does not lead here";
            found.push(finding(to.span, message).label("there is no way out from here").help(help));
        }
    }
    found
}

/// The ways out of failures, of the runbooks that they were followed into.
struct Ways<'a> {
    subject: &'a Subject<'a>,
    graphs: HashMap<&'a str, Graph<'a>>,
    /// Places that may still be visited, so that hostile content ends the search and not the patience.
    budget: usize,
}

/// Places visited for one runbook; the largest real ones need some hundreds.
const BUDGET: usize = 50_000;

/// Where each item of a runbook leads when it fails, and what stands inside each section.
#[derive(Default)]
struct Graph<'a> {
    failure: HashMap<&'a str, Place<'a>>,
    inside: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Ways<'a> {
    /// Whether failing at an item can lead to it again.
    fn lead_back(&mut self, runbook: &'a Runbook, item: &'a str) -> bool {
        let subject = self.subject;
        self.graphs.entry(&runbook.id).or_insert_with(|| Graph::new(subject, runbook));
        let start = (runbook.id.as_str(), item);
        let mut seen = HashSet::new();
        let mut open: Vec<Place<'a>> = self.failure(start).into_iter().collect();
        while let Some(place) = open.pop().filter(|_| self.budget > 0) {
            self.budget -= 1;
            if place == start {
                return true;
            }
            if seen.insert(place) {
                open.extend(self.failure(place));
                let inside = self.graph(place.0).and_then(|graph| graph.inside.get(place.1));
                open.extend(inside.into_iter().flatten().map(|id| (place.0, *id)));
            }
        }
        false
    }

    fn failure(&mut self, (runbook, id): Place<'a>) -> Option<Place<'a>> {
        self.graph(runbook)?.failure.get(id).copied()
    }

    fn graph(&mut self, id: &'a str) -> Option<&Graph<'a>> {
        if !self.graphs.contains_key(id) {
            let runbook = self.subject.library.runbook(id)?;
            self.graphs.insert(id, Graph::new(self.subject, runbook));
        }
        self.graphs.get(id)
    }
}

impl<'a> Graph<'a> {
    fn new(subject: &'a Subject<'a>, runbook: &'a Runbook) -> Self {
        let mut graph = Self::default();
        for section in &runbook.sections {
            graph.section(subject, runbook, section);
        }
        graph.inside.insert("", runbook.sections.iter().map(|section| section.id.as_str()).collect());
        graph
    }

    fn section(&mut self, subject: &'a Subject<'a>, runbook: &'a Runbook, section: &'a Section) {
        let mut inside = Vec::new();
        for item in section.items() {
            inside.push(item.id.as_str());
            item.walk(&mut |item| self.item(subject, runbook, item));
        }
        for inner in section.sections() {
            inside.push(inner.id.as_str());
            self.section(subject, runbook, inner);
        }
        self.inside.insert(&section.id, inside);
    }

    fn item(&mut self, subject: &'a Subject<'a>, runbook: &'a Runbook, item: &'a Item) {
        let Some(to) = item.on_failure.as_ref().and_then(|to| target(subject, runbook, to)) else { return };
        self.failure.insert(&item.id, to);
    }
}

fn target<'a>(subject: &'a Subject<'a>, runbook: &'a Runbook, to: &'a Reference) -> Option<Place<'a>> {
    match subject.library.reference(subject.sources, runbook, &to.name, to.span).ok()? {
        Target::Runbook(other) => Some((&other.id, "")),
        Target::Place(other, place) => Some((&other.id, &place.id)),
        _ => None,
    }
}
