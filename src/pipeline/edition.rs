//! Everything that can be made of a project, none of it made yet.
//!
//! Takes a project that was read, its theme and its fonts, gives jobs: each knows its path, the key of
//! all that it takes, and how it is made. A build makes those whose key is new, a server the one that
//! somebody asks for.

use std::path::Path;
use std::sync::OnceLock;

use jiff::Timestamp;

use super::{Options, Project};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::output::{Entry, Key};
use crate::record::{self, Links, calendar};
use crate::sheet::{self, Fonts, Part};
use crate::site::{self, Pages, Theme};
use crate::source;
use crate::view::{self, Document, Site};

/// A project as its readers see it, and what it is printed with.
pub struct Edition {
    /// What it is made from.
    pub project: Project,
    /// What was found on the way to print it: fonts that cannot be used.
    pub found: Vec<Diagnostic>,
    site: Site,
    theme: Theme,
    shown: site::Options,
    /// Fonts of the site; `None` where the embedded ones do.
    fonts: Option<Fonts>,
    /// The key of what holds for every sheet.
    sheets: Key,
    options: Options,
}

impl Edition {
    /// The edition of `project`, whose theme and fonts are below `root`.
    ///
    /// # Errors
    /// When the theme cannot be read, or one of its templates is wrong.
    pub fn new(mut project: Project, root: &Path, options: Options) -> Result<Self> {
        let theme = super::theme(&mut project, root)?;
        let config = &project.config;
        let name = config.theme.as_ref();
        let mut found = Vec::new();
        // Without a theme of its own the site was told while its configuration was read.
        if !theme.speaks() && name.is_some() {
            found.push(config::unknown_language(&config.language));
        }
        let own = if options.sheets { own_fonts(config, root, &mut found) } else { Vec::new() };
        let fonts = Key::of(&own);
        let (paper, forms) = (config.paper, config.forms);
        let (language, labels) = (&config.language.value, theme.labels());
        let sheets = Key::of(&(fonts, paper, forms, language, labels, &config.base_url, &options.issued));
        let fonts = (!own.is_empty()).then(|| Fonts::with(own));
        let site = super::view(&project, options.as_of);
        let repository = project.config.repository.clone();
        let shown =
            site::Options { sheets: options.sheets, records: true, single: options.single, repository };
        Ok(Self { project, found, site, theme, shown, fonts, sheets, options })
    }

    /// What there is to make.
    pub fn jobs(&self) -> Jobs<'_> {
        let pages = Pages::new(&self.site, &self.theme, &self.shown);
        let documents = self.site.runbooks.iter().chain(&self.site.releases);
        let documents = documents.map(|document| Printed { document, key: OnceLock::new() }).collect();
        Jobs { edition: self, pages, documents }
    }

    /// The path of the style sheet.
    pub fn style(&self) -> &str {
        self.theme.style_path()
    }

    /// The page for files that are not there, with addresses that hold at any path of a server.
    ///
    /// # Errors
    /// When its template cannot be filled in.
    pub fn not_found(&self) -> Result<String> {
        let page = self.jobs().find(site::NOT_FOUND).map(|job| job.make()).transpose()?;
        let text = page.map(|made| String::from_utf8_lossy(&made.bytes).into_owned()).unwrap_or_default();
        Ok(match &self.site.base_url {
            Some(base) => text.replace(&format!("\"{base}/"), "\"/"),
            None => text.replacen("<head>", "<head>\n<base href=\"/\">", 1),
        })
    }

    /// The documents, for the manifest.
    pub fn entries(&self) -> Vec<Entry> {
        self.site.runbooks.iter().chain(&self.site.releases).map(entry).collect()
    }

    /// Its releases.
    pub(super) fn releases(&self) -> impl Iterator<Item = &Document> {
        self.site.releases.iter()
    }

    fn sheet_options(&self) -> sheet::Options<'_> {
        let config = &self.project.config;
        sheet::Options {
            paper: config.paper,
            forms: config.forms,
            language: &config.language,
            labels: self.theme.labels(),
            base_url: config.base_url.as_deref(),
            date: self.options.issued.as_deref(),
            fonts: self.fonts.as_ref().unwrap_or_else(|| Fonts::embedded()),
        }
    }

    /// What an archived sheet is made from: its source, for a release also its journal and its runbook.
    fn attached(&self, document: &Document, part: &Part) -> Vec<(&str, &str)> {
        if !self.project.config.archive || *part != Part::Full {
            return Vec::new();
        }
        let mut paths = vec![document.source.clone()];
        if let Some(release) = &document.release {
            paths.push(document.source.replace(".yaml", ".journal.yaml"));
            paths.push(format!("content/runbooks/{}.yaml", release.runbook.id));
        }
        let sources = &self.project.sources;
        let files = paths.iter().filter_map(|path| sources.find(path));
        let file = |file| {
            let source = sources.get(file);
            (source.path.as_str(), source.text.as_str())
        };
        files.map(file).collect()
    }

    /// The calendar of all releases; nothing where none has a window.
    fn calendar(&self) -> Option<calendar::Calendar> {
        let releases: Vec<_> =
            self.releases().map(|release| (release, self.calendar_options(release))).collect();
        (!self.site.calendar.is_empty()).then(|| calendar::overview(&self.site.title, &releases))
    }

    fn calendar_options(&self, release: &Document) -> calendar::Options<'_> {
        let base_url = self.project.config.base_url.as_deref();
        let labels = &self.project.config.labels;
        calendar::Options { stamp: stamp(release, self.options.as_of), base_url, labels }
    }

    fn calendars(&self, release: &Document) -> Vec<(String, String)> {
        calendar::render(release, &self.calendar_options(release))
            .into_iter()
            .map(|one| (one.path, one.text))
            .collect()
    }
}

/// What there is to make of an edition.
pub struct Jobs<'a> {
    edition: &'a Edition,
    pages: Pages<'a>,
    documents: Vec<Printed<'a>>,
}

/// A document, and the key of what its sheets show of it.
struct Printed<'a> {
    document: &'a Document,
    key: OnceLock<Key>,
}

/// Something to make.
#[derive(Clone)]
pub struct Job<'a> {
    edition: &'a Edition,
    path: String,
    work: Work<'a>,
}

#[derive(Clone)]
enum Work<'a> {
    Page(site::Page<'a>),
    Single(site::Page<'a>),
    Asset(&'a str),
    Search(&'a Pages<'a>),
    Sheet(&'a Printed<'a>, Part),
    Record(&'a Document),
    Calendar(String),
}

/// Something that was made.
pub struct Made {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was found on the way: characters that no font has.
    pub found: Vec<Diagnostic>,
}

impl Jobs<'_> {
    /// Every page with what it loads, and every sheet.
    pub fn all(&self) -> Vec<Job<'_>> {
        let mut jobs: Vec<Job<'_>> =
            self.pages.iter().map(|page| self.job(page.path(), Work::Page(page))).collect();
        jobs.extend(self.singles());
        jobs.extend(self.pages.assets().map(|(path, text)| self.job(path, Work::Asset(text))));
        jobs.push(self.job(site::SEARCH, Work::Search(&self.pages)));
        jobs.extend(self.calendar());
        if self.edition.options.sheets {
            jobs.extend(self.documents.iter().flat_map(|printed| self.sheets(printed)));
        }
        jobs
    }

    /// A page of each kind: a template that is wrong is wrong in them.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn try_out(&self) -> Result<()> {
        self.pages.samples().try_for_each(|page| page.render().map(drop))
    }

    /// What is to be made at `path`.
    pub fn find(&self, path: &str) -> Option<Job<'_>> {
        let page = self.pages.iter().find(|page| page.path() == path);
        let page = page.map(|page| self.job(path, Work::Page(page)));
        let asset = || {
            self.pages
                .assets()
                .find(|asset| asset.0 == path)
                .map(|(_, text)| self.job(path, Work::Asset(text)))
        };
        let search = || (path == site::SEARCH).then(|| self.job(path, Work::Search(&self.pages)));
        let single = || self.singles().find(|job| job.path == path);
        let calendar = || self.calendar().filter(|job| job.path == path);
        let found = page.or_else(asset).or_else(search).or_else(single).or_else(calendar);
        found.or_else(|| self.beside(path))
    }

    /// The releases as one file each.
    fn singles(&self) -> impl Iterator<Item = Job<'_>> {
        self.pages.iter().filter_map(|page| Some(self.job(page.single_path()?, Work::Single(page))))
    }

    /// The calendar of all releases.
    fn calendar(&self) -> Option<Job<'_>> {
        self.edition.calendar().map(|calendar| self.job(calendar.path, Work::Calendar(calendar.text)))
    }

    /// What is to be made at `path` beside the page of a document.
    fn beside(&self, path: &str) -> Option<Job<'_>> {
        let is_beside = |printed: &&Printed<'_>| {
            path.strip_prefix(stem(printed.document)).is_some_and(|rest| rest.starts_with('.'))
        };
        self.documents.iter().filter(is_beside).find_map(|printed| {
            let sheets = if self.edition.options.sheets { self.sheets(printed) } else { Vec::new() };
            let release = printed.document.release.is_some();
            let others = if release { self.of_release(printed.document) } else { Vec::new() };
            sheets.into_iter().chain(others).find(|job| job.path == path)
        })
    }

    fn sheets<'b>(&'b self, printed: &'b Printed<'b>) -> Vec<Job<'b>> {
        let parts = Part::of(printed.document).into_iter();
        parts.map(|part| self.job(part.path(printed.document), Work::Sheet(printed, part))).collect()
    }

    /// The record of a release, and its calendars.
    pub(super) fn of_release<'b>(&'b self, release: &'b Document) -> Vec<Job<'b>> {
        let mut jobs = vec![self.job(release.record(), Work::Record(release))];
        let calendars = self.edition.calendars(release).into_iter();
        jobs.extend(calendars.map(|(path, text)| self.job(path, Work::Calendar(text))));
        jobs
    }

    fn job<'b>(&'b self, path: impl Into<String>, work: Work<'b>) -> Job<'b> {
        Job { edition: self.edition, path: path.into(), work }
    }
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

    /// Whether it is a sheet.
    pub fn is_sheet(&self) -> bool {
        matches!(self.work, Work::Sheet(..))
    }

    /// The key of all that it takes; `None` where making it costs no more than that.
    pub fn key(&self) -> Option<Key> {
        match &self.work {
            Work::Page(page) | Work::Single(page) => page.key(),
            Work::Sheet(printed, part) => Some(self.sheet_key(printed, part)),
            Work::Asset(text) => Some(Key::of(*text)),
            Work::Search(_) | Work::Record(_) | Work::Calendar(_) => None,
        }
    }

    /// The key of all that it takes but the style sheet of a page.
    pub fn bare_key(&self) -> Option<Key> {
        match &self.work {
            Work::Page(page) => page.bare_key(),
            _ => self.key(),
        }
    }

    fn sheet_key(&self, printed: &Printed<'_>, part: &Part) -> Key {
        let document = printed.key.get_or_init(|| Key::of(printed.document));
        let contacts = (*part == Part::Contacts).then_some(&self.edition.site.contacts);
        let attached = self.edition.attached(printed.document, part);
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
            Work::Search(pages) => pages.search(),
            Work::Record(release) => record::render(release, &record_options(&self.edition.project.config)),
            Work::Calendar(text) => text.clone(),
            Work::Sheet(printed, part) => return Ok(self.sheet(printed.document, part)),
        };
        Ok(Made { bytes: text.into_bytes(), found: Vec::new() })
    }

    fn sheet(&self, document: &Document, part: &Part) -> Made {
        let attached = self.edition.attached(document, part);
        let contacts = &self.edition.site.contacts;
        let subject = sheet::Subject { document, part, contacts, attached: &attached };
        let sheet::Rendered { bytes, diagnostics, .. } =
            sheet::render(subject, &self.edition.sheet_options());
        // What is doubtful on a part of a sheet is so on the full sheet, and said once.
        Made { bytes, found: if *part == Part::Full { diagnostics } else { Vec::new() } }
    }
}

/// The path of a document's page without its ending.
fn stem(document: &Document) -> &str {
    document.path.trim_end_matches(".html")
}

/// When a calendar was made: as of when the site is judged, else at the release's last event, else at
/// its start. The clock would give other bytes each time.
fn stamp(release: &Document, as_of: Option<Timestamp>) -> Timestamp {
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

/// The fonts of the site, by the names they get inside of sheets.
fn own_fonts(config: &Config, root: &Path, found: &mut Vec<Diagnostic>) -> Vec<(String, Vec<u8>)> {
    let mut fonts = Vec::new();
    for path in &config.fonts {
        let read = source::font(root, &path.value).and_then(|bytes| {
            let known = Fonts::can_use(&bytes);
            if known { Ok(bytes) } else { Err("it is no TrueType font with a character map".to_owned()) }
        });
        match read {
            Ok(bytes) => fonts.push((sheet::font_name(&path.value), bytes)),
            Err(why) => {
                let message = format!("the font `{}` cannot be used: {why}", path.value);
                found.push(Diagnostic::error("unusable-font", path.span, message));
            }
        }
    }
    fonts
}

fn entry(document: &Document) -> Entry {
    Entry {
        kind: if document.release.is_some() { "release" } else { "runbook" }.to_owned(),
        name: document.name.clone(),
        title: view::plain(&document.title),
        revision: document.revision.clone(),
        seal: document.seal.clone(),
        page: document.path.clone(),
    }
}
