//! HTML: a page for every document, owner and free page, and the files they load.
//!
//! Takes a `view::Site` and a `Theme`, gives an `Output`. It computes no fact of its own, only how a
//! fact is shown: `markup` turns text into HTML, the other modules turn the view into the variables
//! of templates, `theme` fills the templates in. Links are relative and nothing is loaded from
//! elsewhere, so the folder works at any address and from the disk. It may not read the disk, but
//! for a site's own theme.

mod bar;
mod code;
mod contact;
mod decision;
mod default_theme;
mod document;
mod frame;
mod free;
mod home;
mod item;
mod link;
mod markup;
mod outline;
mod owner;
mod part;
mod reaction;
mod release;
mod search;
mod state;
mod theme;
mod time;
mod word;

use rayon::prelude::*;

use crate::error::Result;
use crate::output::Output;
use crate::view;
use theme::Asset;
pub use theme::Theme;

/// What else is built, and what pages say of it.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether every runbook and release has a PDF beside its page: `runbooks/ID.pdf`.
    pub sheets: bool,
    /// Whether every release has a record beside its page: `releases/NAME.md`.
    pub records: bool,
    /// Address of the source repository, without a slash at its end.
    pub repository: Option<String>,
}

impl Options {
    /// The address at which a file of the repository is shown.
    fn source_address(&self, path: &str) -> Option<String> {
        let repository = self.repository.as_deref().filter(|address| address.starts_with("https://"))?;
        let view = if repository.contains("gitlab") { "-/blob/HEAD" } else { "blob/HEAD" };
        Some(format!("{repository}/{view}/{}", link::page("index.html", path, "")))
    }
}

/// What every page is made from.
struct Desk<'a> {
    site: &'a view::Site,
    theme: &'a Theme,
    options: &'a Options,
    index: Asset,
}

/// A page to write.
#[derive(Debug)]
enum Job<'a> {
    Home,
    Contacts,
    NotFound,
    Document(Between<'a, view::Document>),
    Owner(&'a view::Owner),
    Free(Between<'a, view::Page>),
}

/// One of a row, with those beside it.
#[derive(Debug)]
struct Between<'a, T> {
    previous: Option<&'a T>,
    this: &'a T,
    next: Option<&'a T>,
}

/// Everything of a row, each with those beside it.
fn row<T>(all: &[T]) -> impl Iterator<Item = Between<'_, T>> {
    let before = |index: usize| index.checked_sub(1).and_then(|index| all.get(index));
    let each = all.iter().enumerate();
    each.map(move |(index, this)| Between { previous: before(index), this, next: all.get(index + 1) })
}

/// Every page and every file that pages load.
///
/// # Errors
/// When a template of the theme cannot be filled in.
pub fn render(site: &view::Site, theme: &Theme, options: &Options) -> Result<Output> {
    let desk = Desk { site, theme, options, index: search::index(site) };
    let pages: Vec<(String, String)> =
        jobs(site).into_par_iter().map(|job| job.run(&desk)).collect::<Result<_>>()?;
    let mut output = Output::default();
    for (path, text) in pages {
        output.add(path, text);
    }
    for asset in [&theme.style, &theme.script, &theme.icon, &desk.index] {
        output.add(asset.path.clone(), asset.text.clone());
    }
    Ok(output)
}

fn jobs(site: &view::Site) -> Vec<Job<'_>> {
    let mut jobs = vec![Job::Home, Job::Contacts, Job::NotFound];
    jobs.extend(row(&site.runbooks).map(Job::Document));
    jobs.extend(row(&site.releases).map(Job::Document));
    jobs.extend(site.owners.iter().map(Job::Owner));
    jobs.extend(row(&site.pages).map(Job::Free));
    jobs
}

impl Job<'_> {
    /// Path and text of the page.
    fn run(self, desk: &Desk<'_>) -> Result<(String, String)> {
        match self {
            Self::Home => home::page(desk),
            Self::Contacts => contact::page(desk),
            Self::NotFound => not_found(desk),
            Self::Document(document) => document::page(desk, document),
            Self::Owner(owner) => owner::page(desk, owner),
            Self::Free(page) => free::page(desk, page),
        }
    }
}

/// What a server shows for a page that is not there.
fn not_found(desk: &Desk<'_>) -> Result<(String, String)> {
    let path = "404.html";
    let about = frame::About { kind: "not-found", path, title: "Page not found", source: None };
    let frame = frame::Frame::new(desk, about, ());
    Ok((path.to_owned(), desk.theme.render("not-found.html", &frame)?))
}

#[cfg(test)]
mod tests;
