//! The stages in order, and nothing else.
//!
//! Takes a project folder and options, gives its report and its output. Knows every stage but no
//! terminal, clock or exit code.

use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::check;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Report};
use crate::error::Result;
use crate::model::{self, Library};
use crate::output::{Entry, MANIFEST, Manifest, Output};
use crate::record::{self, Links, calendar};
use crate::sheet::{self, Fonts};
use crate::site;
use crate::source::{self, Fault, Sources};
use crate::view::{self, Document, Site};

/// Where the site explains the rules.
const RULES: &str = "rules.html";

/// A project, read and resolved.
#[derive(Debug)]
pub struct Project {
    /// The texts.
    pub sources: Sources,
    /// What holds for the whole site.
    pub config: Config,
    /// Everything that people wrote.
    pub library: Library,
    /// What was wrong on the way.
    pub found: Vec<Diagnostic>,
}

/// How a site is built.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// Releases are judged as of this instant, else as of their last event.
    pub as_of: Option<Timestamp>,
    /// When the sheets are issued, as in `2026-11-21T09:00:00Z`, if that is to be said.
    pub issued: Option<&'a str>,
    /// Make sheets.
    pub sheets: bool,
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// The files.
    pub output: Output,
    /// What was found while printing: characters that no font has, templates that are wrong.
    pub found: Vec<Diagnostic>,
    /// How many HTML pages.
    pub pages: usize,
    /// How many sheets.
    pub sheets: usize,
    /// How many records.
    pub records: usize,
}

/// Reads and resolves the project at `root`; `output` is left out where it lies inside the content.
///
/// # Errors
/// When there is no project, or its folder cannot be listed.
pub fn load(root: &Path, output: &Path) -> Result<Project> {
    let (sources, faults) = source::load(root, output)?;
    Ok(resolve(sources, faults))
}

/// Resolves texts, wherever they come from.
pub fn resolve(sources: Sources, faults: Vec<Fault>) -> Project {
    let mut found: Vec<Diagnostic> = faults.into_iter().map(Diagnostic::from).collect();
    let (config, diagnostics) = config::load(&sources);
    found.extend(diagnostics);
    let (library, diagnostics) = model::load(&sources, &config.zone);
    found.extend(diagnostics);
    Project { sources, config, library, found }
}

/// Everything that is wrong or doubtful in the project, judged as of `as_of`.
pub fn check(project: &Project, as_of: Timestamp) -> Report {
    let Project { sources, config, library, found } = project;
    let subject = check::Subject { library, sources, config, as_of };
    Report::new(check::run(&subject, found.clone()))
}

/// The project as its readers see it.
pub fn view(project: &Project, as_of: Option<Timestamp>) -> Site {
    let mut site = view::shape(&project.library, &project.sources, &project.config, as_of);
    site.pages.push(view::generated(RULES, &check::markdown()));
    site
}

/// Makes every page, sheet and record. `done` is called after each document, from any thread.
///
/// # Errors
/// When a theme cannot be read or one of its templates is wrong.
pub fn build(
    project: &Project,
    root: &Path,
    options: &Options<'_>,
    done: &(impl Fn() + Sync),
) -> Result<Built> {
    let theme = project.config.theme.as_ref().map(|theme| theme.value.as_str());
    let theme = site::Theme::load(root, theme)?;
    let shaped = view(project, options.as_of);
    let mut found = Vec::new();
    let repository = project.config.repository.clone();
    let shown = site::Options { sheets: options.sheets, records: true, repository };
    let mut output = site::render(&shaped, &theme, &shown)?;
    let pages = output.iter().filter(|(path, _)| path.ends_with(".html")).count();
    let documents: Vec<&Document> = shaped.runbooks.iter().chain(&shaped.releases).collect();
    let mut sheets = 0;
    if options.sheets {
        let own = own_fonts(&project.config, root, &mut found);
        let own = (!own.is_empty()).then(|| Fonts::with(own));
        let fonts = own.as_ref().unwrap_or_else(|| Fonts::embedded());
        let options = sheet_options(&project.config, options.issued, fonts);
        let wanted: Vec<(&Document, sheet::Part)> = documents
            .iter()
            .flat_map(|document| sheet::Part::of(document).into_iter().map(|part| (*document, part)))
            .collect();
        let made: Vec<(&sheet::Part, String, sheet::Rendered)> = wanted
            .par_iter()
            .map(|(document, part)| {
                let attached = attached(project, document, part);
                let contacts = &shaped.contacts;
                let subject = sheet::Subject { document, part, contacts, attached: &attached };
                let rendered = sheet::render(subject, &options);
                done();
                (part, part.path(document), rendered)
            })
            .collect();
        for (part, path, rendered) in made {
            output.add(path, rendered.bytes);
            // What is doubtful on a part of a sheet is so on the full sheet, and said once.
            if *part == sheet::Part::Full {
                found.extend(rendered.diagnostics);
            }
            sheets += 1;
        }
    }
    let recorded = record_options(&project.config);
    for release in &shaped.releases {
        output.add(release.record(), record::render(release, &recorded));
        let stamp = stamp(release, options.as_of);
        let calendar = calendar::Options { stamp, base_url: project.config.base_url.as_deref() };
        for one in calendar::render(release, &calendar) {
            output.add(one.path, one.text);
        }
    }
    let manifest = Manifest::new(&output, documents.into_iter().map(entry).collect());
    output.add(MANIFEST, manifest.to_json());
    Ok(Built { output, found, pages, sheets, records: shaped.releases.len() })
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
        provenance: vec![("Program".to_owned(), program)],
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

/// What an archived sheet is made from: its source, for a release also its journal and its runbook.
fn attached<'a>(project: &'a Project, document: &Document, part: &sheet::Part) -> Vec<(&'a str, &'a str)> {
    if !project.config.archive || *part != sheet::Part::Full {
        return Vec::new();
    }
    let mut paths = vec![document.source.clone()];
    if let Some(release) = &document.release {
        paths.push(document.source.replace(".yaml", ".journal.yaml"));
        paths.push(format!("content/runbooks/{}.yaml", release.runbook.id));
    }
    let files = paths.iter().filter_map(|path| project.sources.find(path));
    let file = |file| {
        let source = project.sources.get(file);
        (source.path.as_str(), source.text.as_str())
    };
    files.map(file).collect()
}

fn sheet_options<'a>(config: &'a Config, issued: Option<&'a str>, fonts: &'a Fonts) -> sheet::Options<'a> {
    sheet::Options {
        paper: config.paper,
        forms: config.forms,
        language: &config.language,
        base_url: config.base_url.as_deref(),
        date: issued,
        fonts,
    }
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
