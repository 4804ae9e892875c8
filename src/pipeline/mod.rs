//! The stages in order, and nothing else.
//!
//! Takes a project folder and options, gives its report and its output. Knows every stage but no
//! terminal, clock or exit code.

mod edition;
mod job;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::check;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Report};
use crate::error::Result;
use crate::model::{self, Library};
use crate::output::{Key, Stage, Whole, Written};
use crate::site::{self, Theme};
use crate::source::{self, Fault, Sources, closest, one_of};
use crate::view::{self, DocumentRef, Site};

pub use edition::Edition;
pub use job::{Job, Jobs, Made, Printed};

/// The page on which the site explains the rules; it is the same on every site.
static EXPLAINED: LazyLock<Arc<view::Page>> =
    LazyLock::new(|| Arc::new(view::generated("rules.html", &check::markdown())));

/// A project, read and resolved. A copy shares texts and documents.
#[derive(Debug, Clone)]
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
pub struct Options {
    /// Releases are judged as of this instant, else as of their last event.
    pub as_of: Option<Timestamp>,
    /// When the sheets are issued, as in `2026-11-21T09:00:00Z`, if that is to be said.
    pub issued: Option<String>,
    /// Make sheets.
    pub sheets: bool,
    /// Write each release also as one file.
    pub single: bool,
}

/// What a build made.
#[derive(Debug, Default)]
pub struct Built {
    /// What was found while printing: characters that no font has, templates that are wrong.
    pub found: Vec<Diagnostic>,
    /// How many HTML pages.
    pub pages: usize,
    /// How many releases as one file.
    pub singles: usize,
    /// How many sheets.
    pub sheets: usize,
    /// How many records.
    pub records: usize,
}

/// What earlier stages left of a project: what did not change since is taken from it.
#[derive(Default)]
pub struct Memory {
    source: source::Memory,
    model: model::Memory,
    check: check::Memory,
    view: view::Memory,
    theme: site::Memory,
    fonts: BTreeSet<String>,
}

impl Memory {
    /// Where the fonts lie, or should lie, that the last edition was printed with.
    pub fn fonts(&self, root: &Path) -> BTreeSet<PathBuf> {
        self.fonts.iter().map(|path| root.join(path)).collect()
    }
}

/// Reads and resolves the project at `root`; `output` is left out where it lies inside the content.
///
/// # Errors
/// When there is no project, or its folder cannot be listed.
pub fn load(root: &Path, output: &Path) -> Result<Project> {
    load_again(root, output, &mut Memory::default())
}

/// The same after an earlier load.
///
/// # Errors
/// As those of `load`.
pub fn load_again(root: &Path, output: &Path, memory: &mut Memory) -> Result<Project> {
    let (sources, faults) = source::load_again(root, output, &mut memory.source)?;
    let mut project = resolve_again(sources, faults, &mut memory.model);
    project.found.extend(missing_theme(&project.config, root));
    Ok(project)
}

/// What is wrong when `theme:` names no folder of `themes/`.
fn missing_theme(config: &Config, root: &Path) -> Option<Diagnostic> {
    let name = config.theme.as_ref().filter(|name| name.value != site::DEFAULT_THEME)?;
    let themes = site::own_themes(root);
    if themes.contains(&name.value) {
        return None;
    }
    let known = themes.iter().map(String::as_str).chain([site::DEFAULT_THEME]);
    let help = match closest(&name.value, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the themes are {}", one_of(known)),
    };
    let message =
        format!("the site has no theme `{}`: there is no folder `themes/{}`", name.value, name.value);
    Some(Diagnostic::error("missing-theme", name.span, message).help(help))
}

/// Whether the project at `root` has a theme of this name beside the default one.
pub fn has_theme(root: &Path, name: &str) -> bool {
    name != site::DEFAULT_THEME && site::own_themes(root).iter().any(|known| known == name)
}

/// Resolves texts, wherever they come from.
pub fn resolve(sources: Sources, faults: Vec<Fault>) -> Project {
    resolve_again(sources, faults, &mut model::Memory::default())
}

fn resolve_again(sources: Sources, faults: Vec<Fault>, memory: &mut model::Memory) -> Project {
    let mut found: Vec<Diagnostic> = faults.into_iter().map(Diagnostic::from).collect();
    let (config, diagnostics) = config::load(&sources);
    found.extend(diagnostics);
    let (library, diagnostics) = model::load_again(&sources, &config.zone, memory);
    found.extend(diagnostics);
    Project { sources, config, library, found }
}

/// The theme of a project at `root`, whose words come before those of the language.
///
/// # Errors
/// When the theme cannot be read, or one of its templates is wrong.
pub fn theme(project: &mut Project, root: &Path) -> Result<Arc<Theme>> {
    theme_again(project, root, &mut site::Memory::default())
}

fn theme_again(project: &mut Project, root: &Path, memory: &mut site::Memory) -> Result<Arc<Theme>> {
    let config = &mut project.config;
    let name = config.theme.as_ref().map(|theme| theme.value.as_str());
    let theme = Theme::load_again(root, name, &config.language, memory)?;
    config.labels.clone_from(theme.labels());
    Ok(theme)
}

/// Everything that is wrong or doubtful in the project, judged as of `as_of`.
pub fn check(project: &Project, as_of: Timestamp) -> Report {
    check_again(project, as_of, &mut Memory::default())
}

/// The same after an earlier check.
pub fn check_again(project: &Project, as_of: Timestamp, memory: &mut Memory) -> Report {
    let Project { sources, config, library, found } = project;
    let subject = check::Subject { library, sources, config, as_of };
    Report::new(check::run_again(&subject, found.clone(), &mut memory.check))
}

/// The project as its readers see it.
pub fn view(project: &Project, as_of: Option<Timestamp>) -> Site {
    view_again(project, as_of, &mut view::Memory::default())
}

/// The same after an earlier one.
fn view_again(project: &Project, as_of: Option<Timestamp>, memory: &mut view::Memory) -> Site {
    let Project { sources, config, library, .. } = project;
    let site = view::shape_again((library, sources), config, as_of, memory);
    site.with_page(Arc::clone(&EXPLAINED))
}

/// Fills in every page whose template may be one of the site's own, and keeps none.
///
/// # Errors
/// When a template of the theme is wrong.
pub fn try_theme(edition: &Edition) -> Result<()> {
    if !edition.theme.has_templates() {
        return Ok(());
    }
    let jobs = edition.jobs();
    let fill =
        |jobs: &[Job<'_>]| jobs.iter().filter(|job| job.is_page()).try_for_each(|job| job.make().map(drop));
    fill(&jobs.general())?;
    jobs.documents().into_par_iter().try_for_each(|which| fill(&jobs.of(&jobs.shape(which))))
}

/// What an earlier build made, if that was made from the same `inputs` and this one would make the same.
pub fn unchanged(inputs: Key, stage: &Stage) -> Option<(Built, Written)> {
    let (whole, written) = stage.unchanged(inputs)?;
    Some((Built::earlier(whole), written))
}

/// Makes what `stage` does not have yet, and brings it there. `done` is called after each document, from
/// any thread.
///
/// # Errors
/// When a template of the theme is wrong, or a file cannot be written.
pub fn build(edition: &Edition, stage: &Stage, done: &(impl Fn() + Sync)) -> Result<Built> {
    let jobs = edition.jobs();
    let documents = jobs.documents();
    let of_document = |which: &DocumentRef| {
        let printed = jobs.shape(*which);
        let sheets = jobs.sheets(&printed);
        let mut built = Built { sheets: sheets.len(), ..bring_all(&jobs.of(&printed), stage)? };
        let found: Vec<_> = sheets.par_iter().map(|job| bring(job, stage)).collect::<Result<_>>()?;
        built.found.extend(found.into_iter().flatten());
        done();
        Ok(built)
    };
    let general = || bring_all(&jobs.general(), stage);
    let documents = || documents.par_iter().map(of_document).collect::<Result<Vec<Built>>>();
    let (general, documents) = rayon::join(general, documents);
    let mut all = Built { found: edition.found.clone(), ..general? };
    documents?.into_iter().for_each(|built| all.add(built));
    Ok(all)
}

impl Built {
    /// What the next build may know of this one. What was found has to be found again.
    pub fn whole(&self, inputs: Key) -> Option<Whole> {
        let counts = [
            ("pages", self.pages),
            ("singles", self.singles),
            ("sheets", self.sheets),
            ("records", self.records),
        ];
        let counts = counts.map(|(kind, count)| (kind.to_owned(), count)).into();
        self.found.is_empty().then_some(Whole { inputs, counts })
    }

    /// What an earlier build made.
    fn earlier(whole: &Whole) -> Self {
        let count = |kind: &str| whole.counts.get(kind).copied().unwrap_or_default();
        let (pages, singles) = (count("pages"), count("singles"));
        Self { found: Vec::new(), pages, singles, sheets: count("sheets"), records: count("records") }
    }

    fn add(&mut self, other: Self) {
        self.found.extend(other.found);
        self.pages += other.pages;
        self.singles += other.singles;
        self.sheets += other.sheets;
        self.records += other.records;
    }
}

/// Makes what is not there, and counts all of it.
fn bring_all(jobs: &[Job<'_>], stage: &Stage) -> Result<Built> {
    let mut built = Built::default();
    for job in jobs {
        built.found.extend(bring(job, stage)?);
        built.pages += usize::from(job.is_page());
        built.singles += usize::from(job.is_single());
        built.records += usize::from(job.is_record());
    }
    Ok(built)
}

/// Makes one thing, unless it is there.
fn bring(job: &Job<'_>, stage: &Stage) -> Result<Vec<Diagnostic>> {
    let key = if stage.remembers() { job.key() } else { None };
    if key.is_some_and(|key| stage.keep(job.path(), key)) {
        return Ok(Vec::new());
    }
    let made = job.make()?;
    // What was found is said again by the next build, which has to find it for that.
    let key = key.filter(|_| made.found.is_empty());
    stage.put(job.path(), key, &made.bytes)?;
    Ok(made.found)
}
