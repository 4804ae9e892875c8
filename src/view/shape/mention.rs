//! What a document mentions of other documents and of itself.
//!
//! Takes one document and the library in which its references are looked up, gives links by the page
//! and anchor that they lead to. They have no words yet.

use std::collections::HashMap;
use std::sync::Arc;

use super::index::place;
use super::path::page_path;
use crate::model::Library;
use crate::model::document::Action;
use crate::model::reference::Target;
use crate::model::runbook::Runbook;
use crate::model::section::{Reference, Section};
use crate::source::{Sources, Span};

/// Who mentions: a document by its place in the library. Releases mention nothing but their runbook, whose page
/// lists them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// A runbook.
    Runbook(usize),
    /// A free page.
    Page(usize),
}

/// One mention.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    /// The page that it leads to.
    pub(super) path: String,
    /// The anchor there; empty for the page itself.
    pub(super) anchor: String,
    /// The label that says how.
    pub(super) how: &'static str,
    /// The section or item that mentions it; empty for the document itself.
    pub(super) from: String,
}

/// What a document mentions, in the order of pages and anchors, each once.
pub(super) fn collect(library: &Library, sources: &Sources, source: Source) -> Arc<[Link]> {
    let mut links = match source {
        Source::Runbook(at) => of_runbook(library, sources, &library.runbooks[at]),
        Source::Page(at) => of_page(library, sources, at),
    };
    links.sort();
    links.dedup();
    links.into()
}

fn of_page(library: &Library, sources: &Sources, at: usize) -> Vec<Link> {
    let page = &library.pages[at];
    let own = page_path(&page.id);
    let link = |link: &Reference| {
        let (path, anchor) = place(library, &library.link(sources, None, &link.name, link.span).ok()?);
        let other = !path.is_empty() && path != own;
        other.then(|| Link { path, anchor, how: "backlink-mentioned", from: String::new() })
    };
    page.links.iter().filter_map(link).collect()
}

fn of_runbook(library: &Library, sources: &Sources, runbook: &Runbook) -> Vec<Link> {
    let mut collector = Collector { library, sources, runbook, links: Vec::new() };
    for section in runbook.all_sections() {
        collector.section(section);
    }
    for (_, item) in runbook.all_items() {
        if let Some(to) = &item.on_failure {
            collector.reference("backlink-failure", to, &item.id);
        }
    }
    if !runbook.links.is_empty() {
        let holders = holders(runbook);
        let mut counts: HashMap<Span, (usize, usize)> = HashMap::new();
        runbook.links.iter().for_each(|link| counts.entry(link.span).or_default().1 += 1);
        for link in &runbook.links {
            let (at, all) = counts.entry(link.span).or_default();
            let holder = holder(&holders, link.span, (*at, *all));
            *at += 1;
            if let Ok(target) = library.link(sources, Some(runbook), &link.name, link.span) {
                collector.add("backlink-mentioned", &target, holder);
            }
        }
    }
    collector.links
}

/// Collects what one runbook mentions.
struct Collector<'a> {
    library: &'a Library,
    sources: &'a Sources,
    runbook: &'a Runbook,
    links: Vec<Link>,
}

impl<'a> Collector<'a> {
    fn section(&mut self, section: &'a Section) {
        for gate in section.gates() {
            for required in &gate.requires {
                self.reference("backlink-required", required, &gate.id);
            }
        }
        for trigger in section.triggers() {
            if let Some(to) = &trigger.to {
                let rollback = trigger.actions.iter().any(|action| action.value == Action::Rollback);
                let how = if rollback { "backlink-rollback" } else { "backlink-trigger" };
                self.reference(how, to, &trigger.id);
            }
        }
    }

    fn reference(&mut self, how: &'static str, to: &'a Reference, from: &str) {
        if let Ok(target) = self.library.reference(self.sources, self.runbook, &to.name, to.span) {
            self.add(how, &target, from);
        }
    }

    fn add(&mut self, how: &'static str, target: &Target<'_>, from: &str) {
        let (path, anchor) = place(self.library, target);
        if !path.is_empty() {
            self.links.push(Link { path, anchor, how, from: from.to_owned() });
        }
    }
}

/// Every section and item with the bytes it stands on.
fn holders(runbook: &Runbook) -> Vec<(Span, &str)> {
    let sections = runbook.all_sections().into_iter().map(|section| (section.span, section.id.as_str()));
    let items = runbook.all_items().into_iter().map(|(_, item)| (item.span, item.id.as_str()));
    sections.chain(items).collect()
}

/// The innermost section or item around a place. Where that is there more than once, so is what it holds: of
/// `all` links at this place the one `at` a position is in the copy at that.
fn holder<'a>(holders: &[(Span, &'a str)], place: Span, (at, all): (usize, usize)) -> &'a str {
    let around = |span: &Span| span.file == place.file && span.start <= place.start && place.end <= span.end;
    let inner = holders.iter().filter(|(span, _)| around(span)).min_by_key(|(span, _)| span.end - span.start);
    let Some((inner, first)) = inner else { return "" };
    let copies: Vec<&str> = holders.iter().filter(|(span, _)| span == inner).map(|(_, id)| *id).collect();
    copies.get(at * copies.len() / all).unwrap_or(first)
}
