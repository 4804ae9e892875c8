//! HTML: a page for every document, owner and free page, and the files they load.
//!
//! Takes a `view::Site` and a `Theme`, gives an `Output`. It computes no fact of its own, only how a
//! fact is shown: `markup` turns text into HTML, the other modules turn the view into the variables
//! of templates, `theme` fills the templates in. Links are relative and nothing is loaded from
//! elsewhere, so the folder works at any address and from the disk. It may not read the disk, but
//! for a site's own theme.

mod bar;
mod calendar;
mod code;
mod contact;
mod decision;
mod default_theme;
mod document;
mod frame;
mod free;
mod gate;
mod home;
mod item;
mod link;
mod markup;
mod outline;
mod owner;
mod owners;
mod part;
mod plot;
mod publish;
mod reaction;
mod register;
mod release;
mod releases;
mod repository;
mod runbooks;
mod search;
mod single;
mod state;
mod theme;
mod thresholds;
mod time;
mod timeline;
mod tree;
mod word;
mod work;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::error::Result;
use crate::output::{Key, Output};
use crate::view;
use markup::Pen;
pub use theme::Theme;

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
    people: &'a [(String, String)],
}

impl<'a> Facts<'a> {
    fn of(site: &'a view::Site) -> Self {
        Self {
            title: &site.title,
            language: &site.language,
            base_url: site.base_url.as_deref(),
            has_pages: !site.pages.is_empty(),
            has_releases: !site.releases.is_empty(),
            has_owners: !site.owners.is_empty(),
            has_calendar: !site.calendar.is_empty(),
            has_thresholds: !site.registers.is_empty(),
            has_feed: publish::has_feed(site),
            people: &site.people,
        }
    }
}

/// A page to write, with all that it takes.
#[derive(Debug)]
enum Job<'a> {
    Home(&'a view::Site),
    Runbooks(&'a view::Site),
    Releases(&'a [view::Document]),
    Owners(&'a [view::Owner]),
    Contacts(&'a [view::Contact], &'a [view::EscalationPath]),
    NotFound,
    Document(Between<'a, view::Document>, Vec<&'a view::Document>),
    Gate(gate::Subject<'a>),
    Calendar(&'a [view::Booking]),
    Thresholds(&'a view::Site),
    Register(&'a view::Register, &'a view::Document),
    Owner(&'a view::Owner),
    Free(Between<'a, view::Page>),
}

/// One of a row, with what those beside it are called.
#[derive(Debug, Hash)]
struct Between<'a, T> {
    previous: Option<Neighbour<'a>>,
    this: &'a T,
    next: Option<Neighbour<'a>>,
}

/// A page before or after another.
#[derive(Debug, Hash)]
struct Neighbour<'a> {
    path: &'a str,
    title: Cow<'a, str>,
}

impl<'a> From<&'a view::Document> for Neighbour<'a> {
    fn from(document: &'a view::Document) -> Self {
        let title = match &document.release {
            Some(_) => Cow::Borrowed(document.name.as_str()),
            None => Cow::Owned(view::plain(&document.title)),
        };
        Self { path: &document.path, title }
    }
}

impl<'a> From<&'a view::Page> for Neighbour<'a> {
    fn from(page: &'a view::Page) -> Self {
        Self { path: &page.path, title: Cow::Borrowed(&page.title) }
    }
}

impl Neighbour<'_> {
    /// The way to it from `page`.
    fn step(&self, page: &str) -> frame::Step {
        frame::Step { text: self.title.to_string(), href: link::page(page, self.path, "") }
    }
}

/// Everything of a row, each with those beside it.
fn row<'a, T>(all: &'a [T]) -> impl Iterator<Item = Between<'a, T>>
where
    Neighbour<'a>: From<&'a T>,
{
    let beside = |index: Option<usize>| index.and_then(|index| all.get(index)).map(Neighbour::from);
    let each = all.iter().enumerate();
    each.map(move |(index, this)| Between {
        previous: beside(index.checked_sub(1)),
        this,
        next: beside(Some(index + 1)),
    })
}

/// Every page of a site, none of them made yet.
pub struct Pages<'a> {
    desk: Desk<'a>,
    key: Key,
    site: &'a view::Site,
    jobs: Vec<Job<'a>>,
    /// What a site needs to be published.
    published: Vec<(&'static str, String)>,
}

/// A page of a site, not made yet.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pages: &'a Pages<'a>,
    job: &'a Job<'a>,
}

/// The search index, below the output folder. Its name stays when its bytes change, or every page
/// would change with every word.
pub const SEARCH: &str = "assets/search.js";

impl<'a> Pages<'a> {
    /// The pages of a site.
    pub fn new(site: &'a view::Site, theme: &'a Theme, options: &'a Options) -> Self {
        let desk = Desk { site: Facts::of(site), theme, options };
        let key = Key::of(&(desk.site, options, theme.key()));
        let jobs = jobs(site);
        let paths: Vec<&str> = jobs.iter().map(Job::path).filter(|path| *path != NOT_FOUND).collect();
        let published = publish::files(site, &theme.labels, &paths);
        Self { desk, key, site, jobs, published }
    }

    /// Every page, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = Page<'_>> {
        self.jobs.iter().map(|job| Page { pages: self, job })
    }

    /// The files that pages load, the search index aside, and those that a server or its visitors want.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &str)> {
        let theme = self.desk.theme;
        [&theme.style, &theme.script, &theme.work, &theme.icon]
            .into_iter()
            .map(|asset| (asset.path.as_str(), asset.text.as_str()))
            .chain(self.published.iter().map(|(path, text)| (*path, text.as_str())))
    }

    /// A page of each kind: a template that is wrong is wrong in them.
    pub fn samples(&self) -> impl Iterator<Item = Page<'_>> {
        let mut seen = HashSet::new();
        let is_release = |job: &Job<'_>| matches!(job, Job::Document(one, _) if one.this.release.is_some());
        self.iter().filter(move |page| seen.insert((std::mem::discriminant(page.job), is_release(page.job))))
    }

    /// The search index, a script.
    pub fn search(&self) -> String {
        search::index(self.site)
    }
}

impl Page<'_> {
    /// Its path below the output folder.
    pub fn path(&self) -> &str {
        self.job.path()
    }

    /// The key of its text; `None` where it takes the whole site, and making it costs no more than
    /// looking at all that.
    pub fn key(&self) -> Option<Key> {
        Some(Key::of(&(self.bare_key()?, &self.pages.desk.theme.style.path)))
    }

    /// The key of all that it takes but its style sheet, which a browser can change by itself.
    pub fn bare_key(&self) -> Option<Key> {
        let site = self.pages.key;
        let key = match self.job {
            Job::Home(_) | Job::Runbooks(_) | Job::Releases(_) | Job::Thresholds(_) => return None,
            Job::Owners(owners) => Key::of(&(site, "owners", owners)),
            Job::Contacts(contacts, paths) => Key::of(&(site, contacts, paths)),
            Job::NotFound => Key::of(&(site, "not-found")),
            Job::Document(between, releases) => Key::of(&(site, between, releases)),
            Job::Gate(subject) => Key::of(&(site, subject)),
            Job::Calendar(bookings) => Key::of(&(site, bookings)),
            Job::Register(register, runbook) => Key::of(&(site, register, runbook)),
            Job::Owner(owner) => Key::of(&(site, owner)),
            Job::Free(between) => Key::of(&(site, between)),
        };
        Some(key)
    }

    /// Path of the release as one file, where that is written of this page.
    pub fn single_path(&self) -> Option<String> {
        let Job::Document(between, _) = self.job else { return None };
        let release = between.this.release.as_ref().filter(|_| self.pages.desk.options.single);
        release.map(|_| single::path(&between.this.path))
    }

    /// Its text with everything inside that it loads.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn single(&self) -> Result<String> {
        let desk = &self.pages.desk;
        let release = match self.job {
            Job::Document(between, _) => between.this.release.as_ref(),
            _ => None,
        };
        let folded = single::Folded {
            path: self.path(),
            text: &self.render()?,
            runbook: release.and_then(document::runbook_path),
            base_url: desk.site.base_url,
        };
        Ok(folded.fold(desk.theme))
    }

    /// Its text.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn render(&self) -> Result<String> {
        let desk = &self.pages.desk;
        match self.job {
            Job::Home(site) => home::page(desk, site),
            Job::Runbooks(site) => runbooks::page(desk, site),
            Job::Releases(releases) => releases::page(desk, releases),
            Job::Owners(owners) => owners::page(desk, owners),
            Job::Contacts(contacts, paths) => contact::page(desk, contacts, paths),
            Job::NotFound => not_found(desk),
            Job::Document(document, releases) => document::page(desk, document, releases),
            Job::Gate(subject) => gate::page(desk, subject),
            Job::Calendar(bookings) => calendar::page(desk, bookings),
            Job::Thresholds(site) => thresholds::page(desk, site),
            Job::Register(register, runbook) => register::page(desk, register, runbook),
            Job::Owner(owner) => owner::page(desk, owner),
            Job::Free(page) => free::page(desk, page),
        }
    }
}

/// Every page and every file that pages load.
///
/// # Errors
/// When a template of the theme cannot be filled in.
pub fn render(site: &view::Site, theme: &Theme, options: &Options) -> Result<Output> {
    let pages = Pages::new(site, theme, options);
    let all: Vec<Page<'_>> = pages.iter().collect();
    let texts: Vec<String> = all.par_iter().map(Page::render).collect::<Result<_>>()?;
    let mut output = Output::default();
    for (page, text) in all.iter().zip(texts) {
        output.add(page.path(), text);
        if let Some(path) = page.single_path() {
            output.add(path, page.single()?);
        }
    }
    for (path, text) in pages.assets() {
        output.add(path, text);
    }
    output.add(SEARCH, pages.search());
    Ok(output)
}

fn jobs(site: &view::Site) -> Vec<Job<'_>> {
    let mut jobs = vec![Job::Home(site), Job::Contacts(&site.contacts, &site.escalations), Job::NotFound];
    jobs.push(Job::Runbooks(site));
    if !site.releases.is_empty() {
        jobs.push(Job::Releases(&site.releases));
    }
    if !site.owners.is_empty() {
        jobs.push(Job::Owners(&site.owners));
    }
    let mut following: BTreeMap<&str, Vec<&view::Document>> = BTreeMap::new();
    for release in &site.releases {
        if let Some(path) = release.release.as_ref().and_then(document::runbook_path) {
            following.entry(path).or_default().push(release);
        }
    }
    let mut releases = |path: &str| following.remove(path).unwrap_or_default();
    jobs.extend(row(&site.runbooks).map(|between| {
        let releases = releases(&between.this.path);
        Job::Document(between, releases)
    }));
    jobs.extend(row(&site.releases).map(|between| Job::Document(between, Vec::new())));
    let documents = site.runbooks.iter().chain(&site.releases);
    jobs.extend(documents.flat_map(gate::subjects).map(Job::Gate));
    if !site.calendar.is_empty() {
        jobs.push(Job::Calendar(&site.calendar));
    }
    if !site.registers.is_empty() {
        jobs.push(Job::Thresholds(site));
    }
    jobs.extend(thresholds::registers(site).map(|(register, runbook)| Job::Register(register, runbook)));
    jobs.extend(site.owners.iter().map(Job::Owner));
    jobs.extend(row(&site.pages).map(Job::Free));
    jobs
}

impl Job<'_> {
    fn path(&self) -> &str {
        match self {
            Self::Home(_) => HOME,
            Self::Contacts(..) => CONTACTS,
            Self::Runbooks(_) => RUNBOOKS,
            Self::Releases(_) => RELEASES,
            Self::Owners(_) => OWNERS,
            Self::NotFound => NOT_FOUND,
            Self::Document(between, _) => &between.this.path,
            Self::Gate(subject) => &subject.gate.path,
            Self::Calendar(_) => CALENDAR,
            Self::Thresholds(_) => THRESHOLDS,
            Self::Register(register, _) => &register.path,
            Self::Owner(owner) => &owner.path,
            Self::Free(between) => &between.this.path,
        }
    }
}

/// What a server shows for a page that is not there.
fn not_found(desk: &Desk<'_>) -> Result<String> {
    let about = frame::About {
        kind: "not-found",
        path: NOT_FOUND,
        title: desk.theme.labels.word("not-found"),
        source: None,
    };
    desk.theme.render("not-found.html", &frame::Frame::new(desk, about, ()))
}

#[cfg(test)]
mod tests;
