//! Everything that can be made of an edition, none of it made yet.
//!
//! Takes an edition, gives jobs: each knows its path, the key of all that it takes, and how it is made.
//! A build makes those whose key is new, a server the one that somebody asks for. The jobs of a document
//! are listed for one that was shaped, so that no more documents are in memory than are at work.

use jiff::Timestamp;
use rayon::prelude::*;

use super::edition::Edition;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::output::Key;
use crate::record::{self, Links, calendar};
use crate::sheet::{self, Part};
use crate::site::{self, Beside, Page, Pages, Shaped};
use crate::view::{Document, DocumentRef, Head};

/// What there is to make of an edition.
pub struct Jobs<'a> {
    edition: &'a Edition,
    pages: Pages<'a>,
}

/// A document in hand, and what is printed of it.
pub struct Printed {
    shaped: Shaped,
    /// Which sheets it has; none where none are made.
    parts: Vec<Part>,
    /// The calendars of a release.
    calendars: Vec<calendar::Calendar>,
}

/// Something to make.
pub struct Job<'a> {
    edition: &'a Edition,
    path: String,
    work: Work<'a>,
}

enum Work<'a> {
    Page(Page<'a>),
    Single(Page<'a>),
    Asset(&'a str),
    Calendar,
    Text(String),
    Search(&'a Pages<'a>),
    Sheet(&'a Printed, &'a Part),
    Record(&'a Document),
}

/// Something that was made.
pub struct Made {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was found on the way: characters that no font has.
    pub found: Vec<Diagnostic>,
}

impl<'a> Jobs<'a> {
    pub(super) fn new(edition: &'a Edition) -> Self {
        let pages = Pages::new(edition.site(), &edition.theme, &edition.shown, edition.scripts());
        Self { edition, pages }
    }

    /// Every document.
    pub fn documents(&self) -> Vec<DocumentRef> {
        self.edition.site().documents().collect()
    }

    /// Shapes a document, and lists what is made of it besides its pages.
    pub fn shape(&self, document: DocumentRef) -> Printed {
        let mut shaped = Shaped::new(self.edition.site(), document);
        let document = &shaped.document;
        let labels = &self.edition.project.config.labels;
        let parts = if self.edition.options.sheets { Part::of(document) } else { Vec::new() };
        let calendars = match document.release {
            Some(_) => calendar::render(document, &calendar_options(self.edition, document)),
            None => Vec::new(),
        };
        let sheets = parts.iter().filter(|part| **part != Part::Full);
        let sheets = sheets.map(|part| Beside { title: part.title(labels), path: part.path(document) });
        let title = |of: &str| labels.fill("calendar-of", &[("what", of)]);
        let of_calendar =
            |made: &calendar::Calendar| Beside { title: title(&made.of), path: made.path.clone() };
        shaped.beside = sheets.chain(calendars.iter().map(of_calendar)).collect();
        Printed { shaped, parts, calendars }
    }

    /// What belongs to no document: pages with what they load, the search index, the calendar.
    pub fn general(&self) -> Vec<Job<'_>> {
        let pages = self.pages.general().chain(self.pages.owners()).chain(self.pages.free());
        let mut jobs: Vec<Job<'_>> = pages.map(|page| self.page(page)).collect();
        jobs.extend(self.assets());
        jobs.extend(self.published());
        jobs.extend(self.searches());
        jobs.extend(self.calendar());
        jobs
    }

    /// The pages of a document, beside those the record and the calendars of a release; sheets aside.
    pub fn of<'b>(&'b self, printed: &'b Printed) -> Vec<Job<'b>> {
        let mut jobs = Vec::new();
        for page in self.pages.of(&printed.shaped) {
            let single = page.single_path().map(|path| self.job(path, Work::Single(page.clone())));
            jobs.push(self.page(page));
            jobs.extend(single);
        }
        let document = &printed.shaped.document;
        if document.release.is_some() {
            jobs.push(self.job(document.record(), Work::Record(document)));
            let calendars = printed.calendars.iter();
            jobs.extend(calendars.map(|made| self.job(made.path.clone(), Work::Asset(&made.text))));
        }
        jobs
    }

    /// The sheets of a document.
    pub fn sheets<'b>(&'b self, printed: &'b Printed) -> Vec<Job<'b>> {
        let document = &printed.shaped.document;
        let parts = printed.parts.iter();
        parts.map(|part| self.job(part.path(document), Work::Sheet(printed, part))).collect()
    }

    /// The key of the templates that the site uses: of the same ones none is wrong that was right.
    pub fn templates(&self) -> Key {
        self.pages.templates()
    }

    /// Tries a page of each kind: a template that is wrong is wrong in them.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn try_out(&self) -> Result<()> {
        self.pages.try_out()
    }

    /// What `see` says of the job whose file is at `path`, if there is one. No more is shaped than what
    /// the file takes.
    pub fn find<T>(&self, path: &str, see: impl FnOnce(&Job<'_>) -> T) -> Option<T> {
        let is_wanted = |job: &Job<'_>| job.path == path;
        let site = self.edition.site();
        // More than one may claim it: `v1.html` and `v1.4.html` both begin with `v1.`.
        for which in site.documents().filter(|which| claims(site.head(*which), path)) {
            let printed = self.shape(which);
            let mut jobs = self.of(&printed).into_iter().chain(self.sheets(&printed));
            if let Some(job) = jobs.find(is_wanted) {
                return Some(see(&job));
            }
        }
        let general = self.pages.general().map(|page| self.page(page)).find(is_wanted);
        let asset = || self.assets().find(is_wanted);
        let search = || self.searches().find(is_wanted);
        let other = || self.general().into_iter().find(is_wanted);
        let found = general.or_else(asset).or_else(search).or_else(other);
        found.map(|job| see(&job))
    }

    /// The files that pages load and that are named for their bytes.
    pub fn assets(&self) -> impl Iterator<Item = Job<'_>> {
        self.pages.assets().map(|(path, text)| self.job(path, Work::Asset(text)))
    }

    /// The files of the search index.
    fn searches(&self) -> impl Iterator<Item = Job<'_>> {
        self.pages.search_paths().iter().map(|path| self.job(path, Work::Search(&self.pages)))
    }

    fn published(&self) -> impl Iterator<Item = Job<'_>> {
        self.pages.published().into_iter().map(|(path, text)| self.job(path, Work::Text(text)))
    }

    /// The calendar of all releases; nothing where none has a window.
    fn calendar(&self) -> Option<Job<'_>> {
        self.edition.site().has_calendar().then(|| self.job(calendar::OVERVIEW, Work::Calendar))
    }

    fn page<'b>(&'b self, page: Page<'b>) -> Job<'b> {
        self.job(page.path().to_owned(), Work::Page(page))
    }

    fn job<'b>(&'b self, path: impl Into<String>, work: Work<'b>) -> Job<'b> {
        Job { edition: self.edition, path: path.into(), work }
    }
}

/// Whether a file belongs to a document: its pages, what stands beside its page, its single file.
fn claims(head: &Head, path: &str) -> bool {
    let beside = path.strip_prefix(head.path.trim_end_matches(".html"));
    beside.is_some_and(|rest| rest.starts_with('.'))
        || Pages::belongs(head, path)
        || (head.release.is_some() && site::single_path(&head.path) == path)
}

impl Job<'_> {
    /// Its path below the output folder.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is a page.
    pub fn is_page(&self) -> bool {
        matches!(self.work, Work::Page(_))
    }

    /// Whether it is a release as one file.
    pub fn is_single(&self) -> bool {
        matches!(self.work, Work::Single(_))
    }

    /// Whether it is the record of a release.
    pub fn is_record(&self) -> bool {
        matches!(self.work, Work::Record(_))
    }

    /// The key of all that it takes; `None` where making it costs no more than that.
    pub fn key(&self) -> Option<Key> {
        match &self.work {
            Work::Page(page) | Work::Single(page) => page.key(),
            Work::Sheet(printed, part) => Some(self.sheet_key(printed, part)),
            Work::Asset(text) => Some(Key::of(*text)),
            Work::Calendar | Work::Text(_) | Work::Search(_) | Work::Record(_) => None,
        }
    }

    /// The key of all that it takes but the style sheet of a page.
    pub fn bare_key(&self) -> Option<Key> {
        match &self.work {
            Work::Page(page) => page.bare_key(),
            _ => self.key(),
        }
    }

    fn sheet_key(&self, printed: &Printed, part: &Part) -> Key {
        let document = printed.shaped.key();
        let contacts = (*part == Part::Contacts).then(|| self.edition.contacts());
        let attached = self.attached(&printed.shaped.document, part);
        Key::of(&(self.edition.sheets, document, part, contacts, attached))
    }

    /// Makes it. The same key gives the same bytes.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn make(&self) -> Result<Made> {
        let text = match &self.work {
            Work::Page(page) => page.render()?,
            Work::Single(page) => page.single()?,
            Work::Asset(text) => (*text).to_owned(),
            Work::Calendar => self.calendar(),
            Work::Search(pages) => pages.search(&self.path),
            Work::Record(release) => record::render(release, &record_options(&self.edition.project.config)),
            Work::Text(text) => text.clone(),
            Work::Sheet(printed, part) => return Ok(self.sheet(&printed.shaped.document, part)),
        };
        Ok(Made { bytes: text.into_bytes(), found: Vec::new() })
    }

    /// The calendar of all releases, none of which is in memory for longer than it takes.
    fn calendar(&self) -> String {
        let site = self.edition.site();
        let milestones = |which: &DocumentRef| {
            let release = site.document(*which);
            calendar::milestones(&release, &calendar_options(self.edition, &release))
        };
        let releases: Vec<DocumentRef> =
            site.documents().filter(|which| matches!(which, DocumentRef::Release(_))).collect();
        let milestones: Vec<String> = releases.par_iter().map(milestones).collect();
        calendar::overview(&site.title, &milestones)
    }

    fn sheet(&self, document: &Document, part: &Part) -> Made {
        let attached = self.attached(document, part);
        let contacts = self.edition.site().contacts();
        let subject = sheet::Subject { document, part, contacts, attached: &attached };
        let sheet::Rendered { bytes, diagnostics, .. } =
            sheet::render(subject, &self.edition.sheet_options());
        // What is doubtful on a part of a sheet is so on the full sheet, and said once.
        Made { bytes, found: if *part == Part::Full { diagnostics } else { Vec::new() } }
    }

    /// What an archived sheet is made from: its source, for a release also its journal and its runbook.
    fn attached(&self, document: &Document, part: &Part) -> Vec<(&str, &str)> {
        if !self.edition.project.config.archive || *part != Part::Full {
            return Vec::new();
        }
        let mut paths = vec![document.source.clone()];
        if let Some(release) = &document.release {
            let plan = document.source.rsplit_once('.').map_or("", |(plan, _)| plan);
            paths.push(format!("{plan}.journal.yaml"));
            paths.extend(["yaml", "yml"].map(|end| format!("content/runbooks/{}.{end}", release.runbook.id)));
        }
        let sources = &self.edition.project.sources;
        let files = paths.iter().filter_map(|path| sources.find(path));
        let file = |file| {
            let source = sources.get(file);
            (source.path.as_str(), source.text.as_str())
        };
        files.map(file).collect()
    }
}

fn calendar_options<'a>(edition: &'a Edition, release: &Head) -> calendar::Options<'a> {
    let config = &edition.project.config;
    let stamp = stamp(release, edition.options.as_of);
    calendar::Options { stamp, base_url: config.base_url.as_deref(), labels: &config.labels }
}

/// When a calendar was made: as of when the site is judged, else at the release's last event, else at
/// its start. The clock would give other bytes each time.
fn stamp(release: &Head, as_of: Option<Timestamp>) -> Timestamp {
    let state = release.release.as_ref();
    let last = || state?.events.last()?.instant.parse().ok();
    let start = || state?.start.as_ref()?.instant;
    as_of.or_else(last).or_else(start).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A record of the site stands beside its page, and says by what it was made.
fn record_options(config: &Config) -> record::Options {
    let program = format!("runsheet {}", env!("CARGO_PKG_VERSION"));
    record::Options {
        links: config.base_url.clone().map_or(Links::Beside, Links::Site),
        provenance: vec![(config.labels.word("record-program").to_owned(), program)],
        labels: config.labels.clone(),
        ..record::Options::default()
    }
}
