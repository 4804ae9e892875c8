//! HTML: a page for every document, owner and free page, and the files they load.
//!
//! Takes a `view::Site` and a `Theme`, gives an `Output`. It computes no fact of its own, only how a
//! fact is shown: `markup` turns text into HTML, the other modules turn the view into the variables
//! of templates, `theme` fills the templates in. Links are relative and nothing is loaded from
//! elsewhere, so the folder works at any address and from the disk. It may not read the disk, but
//! for a site's own theme.

mod bar;
mod between;
mod calendar;
mod code;
mod contact;
mod decision;
mod default_theme;
mod document;
mod engine;
mod filling;
mod form;
mod frame;
mod free;
mod gate;
mod home;
mod item;
mod link;
mod markup;
mod outline;
mod own;
mod owner;
mod owners;
mod page;
mod pages;
mod part;
mod plot;
mod publish;
mod reaction;
mod register;
mod release;
mod releases;
mod repository;
mod runbooks;
mod script;
mod search;
mod single;
mod state;
mod style;
mod theme;
mod thresholds;
mod time;
mod timeline;
mod tree;
mod word;
mod work;

use rayon::prelude::*;

use crate::error::Result;
use crate::output::Output;
use crate::view;
use markup::Pen;
pub use own::{DEFAULT_THEME, own_themes};
pub use page::Page;
pub use pages::{Beside, Pages, Shaped};
pub use script::Scripts;
pub use single::path as single_path;
use theme::Asset;
pub use theme::{Memory, Theme};

/// What else is built, and what pages say of it.
#[derive(Debug, Clone, Default, Hash)]
pub struct Options {
    /// Whether every runbook and release has a PDF beside its page: `runbooks/ID.pdf`.
    pub sheets: bool,
    /// Whether every release has a record beside its page: `releases/NAME.md`.
    pub records: bool,
    /// Whether every release is also written as one file: `single/NAME.html`.
    pub single: bool,
    /// Address of the source repository, with a branch and a folder in it where it names them.
    pub repository: Option<String>,
}

/// Path of the home page.
pub const HOME: &str = "index.html";
/// Path of what a server shows for a page that is not there.
pub const NOT_FOUND: &str = "404.html";
/// Path of the page of all contacts.
const CONTACTS: &str = "contacts.html";
/// Path of the list of runbooks.
const RUNBOOKS: &str = "runbooks.html";
/// Path of the list of releases.
const RELEASES: &str = "releases.html";
/// Path of the list of owners.
const OWNERS: &str = "owners.html";
/// Path of the calendar of releases.
const CALENDAR: &str = "calendar.html";
/// Path of the page that leads to the registers of thresholds.
const THRESHOLDS: &str = "thresholds.html";

/// What every page is made from. A page takes nothing else but what its `Job` holds, so that the two
/// make its key.
struct Desk<'a> {
    site: Facts<'a>,
    theme: &'a Theme,
    /// The script of runbooks and releases, behind the people of the site.
    work: &'a Asset,
    options: &'a Options,
}

impl<'a> Desk<'a> {
    /// Writes text for the page at `page`.
    fn pen(&'a self, page: &'a str) -> Pen<'a> {
        Pen { page, labels: &self.theme.labels }
    }
}

/// What every page says of the site.
#[derive(Debug, Clone, Copy, Hash)]
struct Facts<'a> {
    title: &'a str,
    language: &'a str,
    base_url: Option<&'a str>,
    has_pages: bool,
    has_releases: bool,
    has_owners: bool,
    has_calendar: bool,
    has_thresholds: bool,
    has_feed: bool,
}

impl<'a> Facts<'a> {
    fn of(site: &'a view::Site) -> Self {
        Self {
            title: &site.title,
            language: &site.language,
            base_url: site.base_url.as_deref(),
            has_pages: site.page_count() > 0,
            has_releases: !site.releases().is_empty(),
            has_owners: site.owner_count() > 0,
            has_calendar: site.has_calendar(),
            has_thresholds: site.runbooks().iter().any(|runbook| runbook.register.is_some()),
            has_feed: publish::has_feed(site),
        }
    }
}

/// The search index, below the output folder; that of a large site has parts beside it. Its name stays
/// when its bytes change, or every page would change with every word.
pub const SEARCH: &str = "assets/search.js";

/// Every page and every file that pages load.
///
/// # Errors
/// When a template of the theme cannot be filled in.
pub fn render(site: &view::Site, theme: &Theme, options: &Options) -> Result<Output> {
    let scripts = Scripts::new(site, theme);
    let pages = Pages::new(site, theme, options, &scripts);
    let documents: Vec<view::DocumentRef> = site.documents().collect();
    let of_document = |which: &view::DocumentRef| texts(&pages.of(&Shaped::new(site, *which)));
    let documents: Vec<_> = documents.par_iter().map(of_document).collect::<Result<_>>()?;
    let others: Vec<Page<'_>> = pages.general().chain(pages.owners()).chain(pages.free()).collect();
    let mut output = Output::default();
    for (path, text) in documents.into_iter().flatten().chain(texts(&others)?) {
        output.add(path, text);
    }
    for (path, text) in pages.assets() {
        output.add(path, text);
    }
    for (path, text) in pages.published() {
        output.add(path, text);
    }
    pages.search_paths().iter().for_each(|path| output.add(path, pages.search(path)));
    Ok(output)
}

/// Pages with their paths, and those that are also written as one file.
fn texts(pages: &[Page<'_>]) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::with_capacity(pages.len());
    for page in pages {
        texts.push((page.path().to_owned(), page.render()?));
        if let Some(path) = page.single_path() {
            texts.push((path, page.single()?));
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests;
