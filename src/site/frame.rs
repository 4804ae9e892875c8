//! What every page has around its content: title, files it loads, the way to it and beside it.
//!
//! Takes the facts of a page, gives `Frame`, the variables that `base.html` knows.

use serde::Serialize;

use super::between::{Between, Neighbour};
use super::markup::Pen;
use super::repository::Repository;
use super::word::Word;
use super::{Desk, SEARCH, link, publish};

/// Whether a list of so many rows is longer than what is seen at once.
pub(super) const fn is_long(rows: usize) -> bool {
    rows > 8
}

/// The variables of a page; `content` depends on the template.
#[derive(Debug, Serialize)]
pub(super) struct Frame<'a, T> {
    /// The site.
    pub(super) site: SiteFacts<'a>,
    /// The page.
    pub(super) page: PageFacts<'a>,
    /// The way from the home page to this one, without the two.
    pub(super) crumbs: Vec<Step>,
    /// The page before this one of its kind.
    pub(super) previous: Option<Step>,
    /// The page after this one of its kind.
    pub(super) next: Option<Step>,
    /// Table of contents.
    pub(super) contents: Vec<Entry<'a>>,
    /// What the page is about.
    pub(super) content: T,
}

/// What holds for every page of the site.
#[derive(Debug, Serialize)]
pub(super) struct SiteFacts<'a> {
    /// Title of the site.
    title: &'a str,
    /// `en`
    language: &'a str,
    /// Whether there are free pages.
    has_pages: bool,
    /// Whether there are releases.
    has_releases: bool,
    /// Whether there are roles, teams or people.
    has_owners: bool,
    /// Whether a release has a window.
    has_calendar: bool,
    /// Whether there are thresholds.
    has_thresholds: bool,
}

/// What holds for one page.
#[derive(Debug, Serialize)]
pub(super) struct PageFacts<'a> {
    /// `home`, `runbooks`, `releases`, `owners`, `runbook`, `release`, `owner`, `contacts`, `calendar`, `thresholds`, `register`, `gate`, `page`, `not-found`.
    kind: &'static str,
    /// Title, without marks.
    title: String,
    /// One sentence for machines, if there is one.
    description: Option<String>,
    /// `../` as often as it takes to the output folder.
    root: String,
    /// Address of this page where the site has one.
    canonical: Option<String>,
    /// The feed of releases, where there is one.
    feed: Option<String>,
    /// The style sheet.
    style: String,
    /// The icon.
    icon: String,
    /// The script.
    script: String,
    /// The script of what can be worked on, if this page can.
    work: Option<String>,
    /// The search index, which the script loads.
    search: String,
    /// The source in the repository.
    source: Option<SourceLinks<'a>>,
    /// Of a release the page of its runbook, of a runbook its own: whose numbers the search finds here.
    runbook: Option<String>,
}

/// Where the source of a page is.
#[derive(Debug, Serialize)]
struct SourceLinks<'a> {
    /// `content/runbooks/orders-api.yaml`
    path: &'a str,
    /// Where it is shown, if the site names a repository.
    href: Option<String>,
    /// Where it is edited, if the host of the repository has an address for that.
    edit: Option<String>,
}

/// A page by its name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Step {
    /// What it is called.
    pub(super) text: String,
    /// Where it is.
    pub(super) href: String,
}

/// An entry of a table of contents.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entry<'a> {
    /// 1 for the topmost.
    pub(super) depth: usize,
    /// `3.1`, or nothing.
    pub(super) number: String,
    /// What it is called.
    pub(super) text: String,
    /// Where it is on the page.
    pub(super) href: String,
    /// A heading above it, where a phase begins.
    pub(super) phase: Option<Word<'a>>,
    /// How far it is, in a release.
    pub(super) status: Option<Word<'a>>,
}

/// What a page says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// The template is `KIND.html`.
    pub(super) kind: &'static str,
    /// Path below the output folder.
    pub(super) path: &'a str,
    /// Title, without marks.
    pub(super) title: &'a str,
    /// Path of the source file.
    pub(super) source: Option<&'a str>,
}

impl<'a, T> Frame<'a, T> {
    /// A frame without a way to the page, beside it or in it.
    pub(super) fn new(desk: &Desk<'a>, about: About<'a>, content: T) -> Self {
        let root = match desk.site.base_url {
            // A server shows this page in the place of any other, so relative links would miss.
            Some(base) if about.kind == "not-found" => format!("{base}/"),
            _ => link::root(about.path),
        };
        let file = |path: &str| format!("{root}{path}");
        let canonical = |base: &str| publish::address(base, about.path);
        let repository = desk.options.repository.as_deref().and_then(Repository::new);
        let source = about.source.map(|path| SourceLinks {
            path,
            href: repository.as_ref().map(|repository| repository.view(path)),
            edit: repository.as_ref().and_then(|repository| repository.edit(path)),
        });
        let page = PageFacts {
            kind: about.kind,
            title: about.title.to_owned(),
            description: None,
            canonical: desk.site.base_url.map(canonical),
            feed: desk.site.has_feed.then(|| file(publish::FEED)),
            style: file(&desk.theme.style.path),
            icon: file(&desk.theme.icon.path),
            script: file(&desk.theme.script.path),
            work: None,
            search: file(SEARCH),
            source,
            runbook: None,
            root,
        };
        let site = SiteFacts {
            title: desk.site.title,
            language: desk.site.language,
            has_pages: desk.site.has_pages,
            has_releases: desk.site.has_releases,
            has_owners: desk.site.has_owners,
            has_calendar: desk.site.has_calendar,
            has_thresholds: desk.site.has_thresholds,
        };
        let (crumbs, contents) = (Vec::new(), Vec::new());
        Self { site, page, crumbs, previous: None, next: None, contents, content }
    }

    /// With a way: the kinds of pages and folders above it, as label and anchor of the home page.
    pub(super) fn below(mut self, pen: Pen<'_>, label: &str, anchor: &str) -> Self {
        let text = pen.labels.word(label).to_owned();
        self.crumbs.push(Step { text, href: link::page(pen.page, "index.html", anchor) });
        self
    }

    /// With a page above it.
    pub(super) fn within(mut self, pen: Pen<'_>, text: &str, path: &str) -> Self {
        self.crumbs.push(Step { text: text.to_owned(), href: link::page(pen.page, path, "") });
        self
    }

    /// With the pages before and after it.
    pub(super) fn between<U>(mut self, pen: Pen<'_>, row: &Between<'_, U>) -> Self {
        let step = |page: &Option<Neighbour<'_>>| page.as_ref().map(|page| page.step(pen.page));
        (self.previous, self.next) = (step(&row.previous), step(&row.next));
        self
    }

    /// With a table of contents.
    pub(super) fn contents(mut self, contents: Vec<Entry<'a>>) -> Self {
        self.contents = contents;
        self
    }

    /// With one sentence for machines.
    pub(super) fn described(mut self, description: String) -> Self {
        self.page.description = Some(description).filter(|text| !text.is_empty());
        self
    }

    /// With the script of what can be worked on.
    pub(super) fn works(mut self, script: Option<&str>) -> Self {
        self.page.work = script.map(|path| format!("{}{path}", self.page.root));
        self
    }

    /// With the page of the runbook that a document is or follows.
    pub(super) fn follows(mut self, path: Option<&str>) -> Self {
        self.page.runbook = path.map(str::to_owned);
        self
    }
}
