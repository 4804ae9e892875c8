//! What everything is called, where it is, and what mentions it.
//!
//! Takes the library, gives the contents of runbooks, pages and words of targets, and backlinks. What
//! each document mentions is collected once for a site; the contents of a runbook are listed when something
//! in it is mentioned first, and a backlink is worded when its page is shaped.

use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::contents::Contents;
use super::mention::{Link, Source};
use super::path::{page_path, release_path, runbook_path};
use crate::config::Labels;
use crate::model::Library;
use crate::model::reference::Target;
use crate::model::runbook::Runbook;
use crate::source::{FileId, Sources};
use crate::view::Backlink;

/// Names and backlinks of a whole site.
pub(super) struct Index {
    /// Of each runbook of the library, by its file, with its place there.
    contents: HashMap<FileId, (usize, OnceLock<Contents>)>,
    /// What each document mentions, by the page that it leads to.
    links: Vec<(Source, Arc<[Link]>)>,
    /// For each page the links that lead there, in the order of their anchors: places in `links`, and there.
    pages: HashMap<String, Vec<(usize, usize)>>,
}

/// What shaping may look at.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) library: &'a Library,
    pub(super) sources: &'a Sources,
    pub(super) index: &'a Index,
    pub(super) labels: &'a Labels,
}

impl Index {
    pub(super) fn new(library: &Library, links: Vec<(Source, Arc<[Link]>)>) -> Self {
        let mut pages: HashMap<String, Vec<(usize, usize)>> = HashMap::default();
        for (at, (_, links)) in links.iter().enumerate() {
            for (place, link) in links.iter().enumerate() {
                match pages.get_mut(&link.path) {
                    Some(known) => known.push((at, place)),
                    None => drop(pages.insert(link.path.clone(), vec![(at, place)])),
                }
            }
        }
        let anchor = |(at, place): &(usize, usize)| links[*at].1[*place].anchor.as_str();
        pages.values_mut().for_each(|page| page.sort_by(|a, b| anchor(a).cmp(anchor(b))));
        let runbooks = library.runbooks.iter().enumerate();
        let contents = runbooks.map(|(at, runbook)| (runbook.file, (at, OnceLock::new())));
        Self { contents: contents.collect(), links, pages }
    }
}

impl<'a> World<'a> {
    /// Number and title of everything in a runbook.
    pub(super) fn contents(self, runbook: &Runbook) -> Option<&'a Contents> {
        let (at, contents) = self.index.contents.get(&runbook.file)?;
        Some(contents.get_or_init(|| Contents::of(&self.library.runbooks[*at])))
    }

    /// What mentions an anchor of a page; an empty anchor is the page itself.
    pub(super) fn backlinks(self, path: &str, anchor: &str) -> Vec<Backlink> {
        let Index { links, pages, .. } = self.index;
        let page = pages.get(path).map(Vec::as_slice).unwrap_or_default();
        let link = |(at, place): &(usize, usize)| (links[*at].0, &links[*at].1[*place]);
        let first = page.partition_point(|place| link(place).1.anchor.as_str() < anchor);
        let here = page[first..].iter().map(link).take_while(|(_, link)| link.anchor == anchor);
        let mut found: Vec<Backlink> = here.map(|(source, link)| self.backlink(source, link)).collect();
        found.sort();
        found.dedup();
        found
    }

    /// A link in words, as it is read on the page that it leads to.
    fn backlink(self, source: Source, link: &Link) -> Backlink {
        let library = self.library;
        let (path, text) = match source {
            Source::Page(at) => (page_path(&library.pages[at].id), library.pages[at].title.clone()),
            Source::Runbook(at) => {
                let runbook = &library.runbooks[at];
                let path = runbook_path(&runbook.id);
                let contents = self.contents(runbook).filter(|_| !link.from.is_empty());
                let text = match contents.map(|contents| contents.words(&link.from)) {
                    Some(place) if path == link.path => place.to_owned(),
                    Some(place) => format!("{}: {place}", runbook.title.plain()),
                    None => runbook.title.plain(),
                };
                (path, text)
            }
        };
        Backlink { how: link.how, text, path, anchor: link.from.clone() }
    }

    pub(super) fn words(self, target: &Target<'_>) -> String {
        match target {
            Target::Runbook(runbook) => runbook.title.plain(),
            Target::Place(runbook, place) => self
                .contents(runbook)
                .map(|contents| contents.words(&place.id))
                .unwrap_or_default()
                .to_owned(),
            Target::Release(at) => self.library.releases[*at].name.clone(),
            Target::Page(at, _) => self.library.pages[*at].title.clone(),
            Target::File | Target::Web => String::new(),
        }
    }
}

/// The page and anchor of a target; empty for what is not on the site.
pub(super) fn place(library: &Library, target: &Target<'_>) -> (String, String) {
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
