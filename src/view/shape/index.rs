//! What everything is called, where it is, and what mentions it.
//!
//! Takes the library, gives numbers of sections and items, destinations of links, and backlinks.
//! Built once for a site; looking something up costs a search in a map.

use std::collections::BTreeMap;

use super::{Backlink, Here, Mention, Reference, World};
use crate::model::Library;
use crate::model::document::Action;
use crate::model::prose::plain;
use crate::model::reference::Target;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Item, Section};
use crate::source::{Sources, Span};
use crate::view::Destination;

/// Names and backlinks of a whole site.
pub(super) struct Index {
    labels: BTreeMap<String, Labels>,
    backlinks: BTreeMap<(String, String), Vec<Backlink>>,
}

/// Number and title of everything in a runbook, by id.
#[derive(Default)]
pub(super) struct Labels {
    entries: BTreeMap<String, Label>,
}

struct Label {
    number: String,
    title: String,
}

impl Labels {
    fn of(runbook: &Runbook) -> Self {
        let mut labels = Self::default();
        labels.sections(&runbook.sections, "", &mut 0);
        labels
    }

    fn add(&mut self, id: &str, number: &str, title: String) {
        let label = Label { number: number.to_owned(), title };
        self.entries.entry(id.to_owned()).or_insert(label);
    }

    /// Items and nested sections share one count, so that no two things have one number.
    fn sections(&mut self, sections: &[Section], above: &str, count: &mut usize) {
        for section in sections {
            *count += 1;
            let number = below(above, *count);
            self.add(&section.id, &number, section.title.plain());
            let mut inner = 0;
            for block in &section.blocks {
                self.block(block, &number, &mut inner);
            }
        }
    }

    fn block(&mut self, block: &Block, number: &str, count: &mut usize) {
        match block {
            Block::Sections(sections) => self.sections(sections, number, count),
            Block::Checks(items) | Block::Steps(items) => self.items(items, number, count),
            Block::Triggers(all) => {
                all.iter().for_each(|one| self.add(&one.id, "", one.condition.plain()));
            }
            Block::Messages(all) => all.iter().for_each(|one| self.add(&one.id, "", one.title.plain())),
            Block::Tables(all) => all.iter().for_each(|one| self.add(&one.id, "", one.title.plain())),
            Block::Gate(gate) => self.add(&gate.id, "", gate.title.plain()),
            _ => {}
        }
    }

    fn items(&mut self, items: &[Item], above: &str, count: &mut usize) {
        for item in items {
            *count += 1;
            let number = below(above, *count);
            self.add(&item.id, &number, item.title.plain());
            self.items(&item.checks, &number, &mut 0);
        }
    }

    /// `3.1.4`, or nothing for what has no number.
    pub(super) fn number(&self, id: &str) -> String {
        self.entries.get(id).map(|label| label.number.clone()).unwrap_or_default()
    }

    /// `3.1.4 Restore the database`
    pub(super) fn words(&self, id: &str) -> String {
        match self.entries.get(id) {
            Some(label) if label.number.is_empty() => label.title.clone(),
            Some(label) => format!("{} {}", label.number, label.title),
            None => id.to_owned(),
        }
    }
}

fn below(above: &str, count: usize) -> String {
    if above.is_empty() { count.to_string() } else { format!("{above}.{count}") }
}

/// `runbooks/orders-api.html`
pub(super) fn runbook_path(id: &str) -> String {
    format!("runbooks/{id}.html")
}

/// `releases/v1.4.0.html`
pub(super) fn release_path(name: &str) -> String {
    format!("releases/{name}.html")
}

/// `thresholds/orders-api.html`
pub(super) fn register_path(id: &str) -> String {
    format!("thresholds/{id}.html")
}

/// `gates/releases/v1.4.0/go-no-go.html`, for a gate of `releases/v1.4.0.html`
pub(super) fn gate_path(page: &str, id: &str) -> String {
    format!("gates/{}/{id}.html", page.trim_end_matches(".html"))
}

/// `owners/dba.html`
pub(super) fn owner_path(id: &str) -> String {
    format!("owners/{id}.html")
}

/// `pages/guide/language.html`
pub(super) fn page_path(id: &str) -> String {
    format!("pages/{id}.html")
}

impl Index {
    pub(super) fn new(library: &Library, sources: &Sources) -> Self {
        let labels =
            library.runbooks.iter().map(|runbook| (runbook.id.clone(), Labels::of(runbook))).collect();
        let mut index = Self { labels, backlinks: BTreeMap::new() };
        for runbook in &library.runbooks {
            Collector { library, sources, runbook, index: &mut index }.collect();
        }
        for release in &library.releases {
            if let Some(runbook) = library.runbook(&release.runbook_id.name) {
                let text = release.name.clone();
                let path = release_path(&release.name);
                let link = Backlink { how: "backlink-release", text, path, anchor: String::new() };
                index.add(&runbook_path(&runbook.id), "", link);
            }
        }
        for page in &library.pages {
            for link in &page.links {
                let target = library.link(sources, None, &link.name, link.span);
                let (path, anchor) = target.map(|target| index.place(library, &target)).unwrap_or_default();
                let text = page.title.clone();
                let back = Backlink {
                    how: "backlink-mentioned",
                    text,
                    path: page_path(&page.id),
                    anchor: String::new(),
                };
                if path != back.path {
                    index.add(&path, &anchor, back);
                }
            }
        }
        index.backlinks.values_mut().for_each(|links| {
            links.sort();
            links.dedup();
        });
        index
    }

    fn add(&mut self, path: &str, anchor: &str, link: Backlink) {
        if !path.is_empty() {
            self.backlinks.entry((path.to_owned(), anchor.to_owned())).or_default().push(link);
        }
    }

    /// Number and title of everything in a runbook.
    pub(super) fn labels(&self, runbook: &str) -> Option<&Labels> {
        self.labels.get(runbook)
    }

    /// What mentions an anchor of a page; an empty anchor is the page itself.
    pub(super) fn backlinks(&self, path: &str, anchor: &str) -> Vec<Backlink> {
        self.backlinks.get(&(path.to_owned(), anchor.to_owned())).cloned().unwrap_or_default()
    }

    /// The page and anchor of a target; empty for what is not on the site.
    fn place(&self, library: &Library, target: &Target<'_>) -> (String, String) {
        match target {
            Target::Runbook(runbook) => (runbook_path(&runbook.id), String::new()),
            Target::Place(runbook, place) => (runbook_path(&runbook.id), place.id.clone()),
            Target::Release(at) => (release_path(&library.releases[*at].name), String::new()),
            Target::Page(at, anchor) => {
                (page_path(&library.pages[*at].id), anchor.unwrap_or_default().to_owned())
            }
            Target::File | Target::Web => Default::default(),
        }
    }

    fn words(&self, library: &Library, target: &Target<'_>) -> String {
        match target {
            Target::Runbook(runbook) => runbook.title.plain(),
            Target::Place(runbook, place) => {
                self.labels.get(&runbook.id).map(|labels| labels.words(&place.id)).unwrap_or_default()
            }
            Target::Release(at) => library.releases[*at].name.clone(),
            Target::Page(at, _) => library.pages[*at].title.clone(),
            Target::File | Target::Web => String::new(),
        }
    }
}

/// Collects what one runbook mentions.
struct Collector<'a> {
    library: &'a Library,
    sources: &'a Sources,
    runbook: &'a Runbook,
    index: &'a mut Index,
}

impl Collector<'_> {
    fn collect(&mut self) {
        for section in self.runbook.all_sections() {
            for gate in section.gates() {
                for required in &gate.requires {
                    self.mention("backlink-required", required, &gate.id);
                }
            }
            for trigger in section.triggers() {
                if let Some(to) = &trigger.to {
                    let rollback = trigger.actions.iter().any(|action| action.value == Action::Rollback);
                    let how = if rollback { "backlink-rollback" } else { "backlink-trigger" };
                    self.mention(how, to, &trigger.id);
                }
            }
        }
        for (_, item) in self.runbook.all_items() {
            if let Some(to) = &item.on_failure {
                self.mention("backlink-failure", to, &item.id);
            }
        }
        let holders = holders(self.runbook);
        for link in &self.runbook.links {
            let target = self.library.link(self.sources, Some(self.runbook), &link.name, link.span);
            let Ok(target) = target else { continue };
            let holder = holder(&holders, link.span);
            self.add("backlink-mentioned", &target, holder);
        }
    }

    fn mention(&mut self, how: &'static str, to: &Reference, from: &str) {
        let target = self.library.reference(self.sources, self.runbook, &to.name, to.span);
        if let Ok(target) = target {
            self.add(how, &target, from);
        }
    }

    fn add(&mut self, how: &'static str, target: &Target<'_>, from: &str) {
        let (path, anchor) = self.index.place(self.library, target);
        let own = runbook_path(&self.runbook.id);
        let labels = self.index.labels.get(&self.runbook.id);
        let place = labels.map(|labels| labels.words(from)).filter(|_| !from.is_empty());
        let title = self.runbook.title.plain();
        let text = match place {
            Some(place) if path == own => place,
            Some(place) => format!("{title}: {place}"),
            None => title,
        };
        let link = Backlink { how, text, path: own, anchor: from.to_owned() };
        self.index.add(&path, &anchor, link);
    }
}

/// Every section and item with the bytes it stands on.
fn holders(runbook: &Runbook) -> Vec<(Span, &str)> {
    let sections = runbook.all_sections().into_iter().map(|section| (section.span, section.id.as_str()));
    let items = runbook.all_items().into_iter().map(|(_, item)| (item.span, item.id.as_str()));
    sections.chain(items).collect()
}

/// The innermost section or item around a place.
fn holder<'a>(holders: &[(Span, &'a str)], place: Span) -> &'a str {
    let around = |span: &Span| span.file == place.file && span.start <= place.start && place.end <= span.end;
    let inner = holders.iter().filter(|(span, _)| around(span)).min_by_key(|(span, _)| span.end - span.start);
    inner.map(|(_, id)| *id).unwrap_or_default()
}

impl Here<'_> {
    /// Where a link of a text leads.
    pub(super) fn destination(&self, target: &str, span: Span) -> Destination {
        let World { library, sources, index, .. } = self.world;
        match library.link(sources, self.runbook, target, span) {
            Ok(Target::Web) => Destination::Url(target.to_owned()),
            Ok(Target::File) | Err(_) => Destination::Nowhere(target.to_owned()),
            Ok(found) => self.local(index.place(library, &found)),
        }
    }

    /// On a release's page its own runbook's anchors are on that very page.
    fn local(&self, (path, anchor): (String, String)) -> Destination {
        let own = self.runbook.is_some_and(|runbook| path == runbook_path(&runbook.id));
        let path = if own && !anchor.is_empty() { self.path.to_owned() } else { path };
        Destination::Page { path, anchor }
    }

    /// A reference to a section, step or runbook, in words.
    pub(super) fn mention(&self, reference: &Reference) -> Mention {
        let World { library, sources, index, .. } = self.world;
        let found = self
            .runbook
            .and_then(|runbook| library.reference(sources, runbook, &reference.name, reference.span).ok());
        let (text, to) = match found {
            Some(found) => (index.words(library, &found), self.local(index.place(library, &found))),
            None => (reference.name.clone(), Destination::Nowhere(reference.name.clone())),
        };
        Mention { text, id: reference.name.clone(), to, holder: None }
    }

    /// Something of this runbook by its id.
    pub(super) fn place(&self, id: &str) -> Mention {
        let labels = self.runbook.and_then(|runbook| self.world.index.labels(&runbook.id));
        let text = labels.map_or_else(|| id.to_owned(), |labels| labels.words(id));
        let to = Destination::Page { path: self.path.to_owned(), anchor: id.to_owned() };
        Mention { text, id: id.to_owned(), to, holder: None }
    }

    /// A role, team, person or contact of the roster; a plain name where there is none.
    pub(super) fn party(&self, id: &str) -> Mention {
        let (text, to) = match self.world.library.roster.find(id) {
            Some(party) => (plain(&party.title.content), super::owner::destination(party)),
            None => (id.to_owned(), Destination::Nowhere(id.to_owned())),
        };
        Mention { text, id: id.to_owned(), to, holder: None }
    }
}
