//! Every page of a site, none of them made yet.
//!
//! Takes a site, a theme and options, gives pages: those of documents, for a document that was shaped,
//! and all others. A page is listed without being made, so that a server makes the one that somebody
//! asks for.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use super::between::{Between, Neighbour, beside, row};
use super::page::{Job, Page};
use super::releases::Following;
use super::{Desk, NOT_FOUND, Options, Scripts, Theme, gate, publish};
use crate::error::Result;
use crate::output::Key;
use crate::view::{self, DocumentRef, Head};

/// Every page of a site.
pub struct Pages<'a> {
    pub(super) desk: Desk<'a>,
    pub(super) key: Key,
    site: &'a view::Site,
    scripts: &'a Scripts,
}

/// A document in hand.
#[derive(Debug, Clone)]
pub struct Shaped {
    /// Which one it is.
    which: DocumentRef,
    /// The document.
    pub document: view::Document,
    /// What else is made of it, for its page to lead there.
    pub beside: Vec<Beside>,
    key: OnceLock<Key>,
}

/// A file beside the page of a document: a packet, a card, a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Beside {
    /// What it is called.
    pub title: String,
    /// Its path below the output folder.
    pub path: String,
}

impl Shaped {
    /// Shapes a document of a site.
    pub fn new(site: &view::Site, which: DocumentRef) -> Self {
        Self { which, document: site.document(which), beside: Vec::new(), key: OnceLock::new() }
    }

    /// The key of the document: pages and sheets are made from it, and it is hashed once for all.
    pub fn key(&self) -> Key {
        *self.key.get_or_init(|| Key::of(&self.document))
    }
}

impl Hash for Shaped {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.key(), &self.beside).hash(state);
    }
}

impl<'a> Pages<'a> {
    /// The pages of a site, with its scripts.
    pub fn new(site: &'a view::Site, theme: &'a Theme, options: &'a Options, scripts: &'a Scripts) -> Self {
        let desk = Desk { site: super::Facts::of(site), theme, work: &scripts.work, options };
        let key = Key::of(&(desk.site, options, theme.key(), &desk.work.path));
        Self { desk, key, site, scripts }
    }

    /// The pages that belong to no document, those of owners and free pages aside.
    pub fn general(&self) -> impl Iterator<Item = Page<'_>> {
        let (site, facts) = (self.site, self.desk.site);
        let jobs = [
            Some(Job::Home(site)),
            Some(Job::Contacts(site)),
            Some(Job::NotFound),
            Some(Job::Runbooks(site)),
            facts.has_releases.then_some(Job::Releases(site)),
            facts.has_owners.then_some(Job::Owners(site)),
            facts.has_calendar.then_some(Job::Calendar(site)),
            facts.has_thresholds.then_some(Job::Thresholds(site)),
        ];
        jobs.into_iter().flatten().map(|job| Page { pages: self, job })
    }

    /// The pages of owners.
    pub fn owners(&self) -> impl Iterator<Item = Page<'_>> {
        row(self.site.owners()).map(|owner| Page { pages: self, job: Job::Owner(owner) })
    }

    /// Free pages.
    pub fn free(&self) -> impl Iterator<Item = Page<'_>> {
        row(self.site.pages()).map(|page| Page { pages: self, job: Job::Free(page) })
    }

    /// The pages of a document: its own, those of its gates, the register of its bars.
    pub fn of<'b>(&'b self, shaped: &'b Shaped) -> Vec<Page<'b>> {
        let document = &shaped.document;
        let ([previous, next], following, register) = match shaped.which {
            DocumentRef::Runbook(at) => {
                let (site, register) = (self.site, self.register(at, shaped));
                (beside(site.runbooks(), at), Following::of(site.following(document)), register)
            }
            DocumentRef::Release(at) => (beside(self.site.releases(), at), Following::default(), None),
        };
        let own = Job::Document(Between { previous, this: shaped, next }, following);
        let gates = gate::subjects(document).into_iter().map(Job::Gate);
        let jobs = std::iter::once(own).chain(gates).chain(register);
        jobs.map(|job| Page { pages: self, job }).collect()
    }

    /// The register of the runbook at a place, between those of others.
    fn register<'b>(&'b self, at: usize, runbook: &'b Shaped) -> Option<Job<'b>> {
        let this = self.site.register(at)?;
        let (before, after) = self.site.runbooks().split_at(at);
        let previous = before.iter().rev().find_map(|one| register_of(one));
        let next = after.iter().skip(1).find_map(|one| register_of(one));
        Some(Job::Register(Between { previous, this, next }, runbook))
    }

    /// The key of the templates, and of what there is to fill them with.
    pub fn templates(&self) -> Key {
        let has_gates = self.site.documents().any(|which| !self.site.head(which).gates.is_empty());
        Key::of(&(self.key, self.site.runbooks().is_empty(), has_gates))
    }

    /// A page of each kind: a template that is wrong is wrong in them.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn try_out(&self) -> Result<()> {
        let first = |wanted: fn(&DocumentRef) -> bool| self.site.documents().find(wanted);
        let documents = [
            first(|document| matches!(document, DocumentRef::Runbook(_))),
            first(|document| matches!(document, DocumentRef::Release(_))),
        ];
        for document in documents.into_iter().flatten() {
            self.of(&Shaped::new(self.site, document)).iter().try_for_each(|page| page.render().map(drop))?;
        }
        let mut others = self.general().chain(self.owners().take(1)).chain(self.free().take(1));
        others.try_for_each(|page| page.render().map(drop))
    }

    /// Whether the page at `path` is one of those that a document has.
    pub fn belongs(head: &Head, path: &str) -> bool {
        documented(head).any(|own| own == path)
    }

    /// The files that pages load, the search index aside.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &str)> {
        let theme = self.desk.theme;
        let assets = [&theme.style, &theme.script, self.desk.work, &theme.icon].into_iter();
        assets.map(|asset| (asset.path.as_str(), asset.text.as_str()))
    }

    /// What a server or its visitors want besides pages, by path.
    pub fn published(&self) -> Vec<(&'static str, String)> {
        let theme = self.desk.theme;
        publish::files(self.site, &theme.labels, || self.paths())
    }

    /// The path of every page that has an address of its own.
    fn paths(&self) -> Vec<String> {
        let general = self.general().map(|page| page.path().to_owned()).filter(|path| path != NOT_FOUND);
        let documents = self.site.documents().flat_map(|which| documented(self.site.head(which)));
        let documents = documents.map(str::to_owned);
        let others = self.owners().chain(self.free()).map(|page| page.path().to_owned());
        general.chain(documents).chain(others).collect()
    }

    /// Paths of the files of the search index, below the output folder.
    pub fn search_paths(&self) -> &[String] {
        self.scripts.search.paths()
    }

    /// One of the files of the search index, a script.
    pub fn search(&self, path: &str) -> String {
        self.scripts.search.text(self.site, path)
    }
}

/// The register of a runbook, if it has one, called as the runbook.
fn register_of(runbook: &Head) -> Option<Neighbour<'_>> {
    Some(Neighbour { path: runbook.register.as_deref()?, title: view::plain(&runbook.title).into() })
}

/// The paths of the pages of a document.
fn documented(head: &Head) -> impl Iterator<Item = &str> {
    let gates = head.gates.iter().map(view::GateHead::path);
    std::iter::once(head.path.as_str()).chain(gates).chain(head.register.as_deref())
}
