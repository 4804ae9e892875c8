//! `runsheet build`: check, then HTML, PDF and Markdown to the output folder.

use std::path::{Path, PathBuf};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal::{count, plural};
use super::{Outcome, Place, clock};
use crate::cli::Build;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::error::{Error, Result};
use crate::output::{Cache, Key, Stage};
use crate::pipeline::{self, Built, Edition, Options, Project};
use crate::source::Kind;

/// Fewer documents than this are done before a bar could be read.
const LONG_BUILD: usize = 50;

pub(crate) fn run(arguments: &Build, place: &Place<'_>) -> Result<Outcome> {
    set_jobs(arguments.jobs)?;
    once(arguments, place)
}

/// One build; `watch` makes many.
#[expect(clippy::disallowed_methods, reason = "the summary says how long it took")]
pub(crate) fn once(arguments: &Build, place: &Place<'_>) -> Result<Outcome> {
    let begun = Instant::now();
    let dir = arguments.output.clone().unwrap_or_else(|| place.root.join("output"));
    refuse(&dir, place.root)?;
    let mut project = pipeline::load(place.root, &dir)?;
    configure(&mut project, arguments)?;
    let epoch = clock::source_date_epoch()?;
    let report = pipeline::check(&project, epoch.unwrap_or_else(clock::now));
    place.terminal.report(&report, &project.sources);
    if stops(&report, &project) {
        place.terminal.say(&format!("{}: nothing was built, the last output stands", count(&report)));
        return Ok(Outcome::Findings);
    }
    let edition = Edition::new(project, place.root, options(arguments)?)?;
    let stage = Stage::open(&dir, cache(arguments, place, &dir))?;
    let built = make(&edition, &stage, place)?;
    let Project { sources, library, .. } = &edition.project;
    let printed = Report::new(built.found);
    place.terminal.report(&printed, sources);
    if printed.errors() > 0 {
        place.terminal.say(&format!("{}: nothing was built, the last output stands", count(&printed)));
        return Ok(Outcome::Findings);
    }
    let written = stage.finish(edition.entries())?;
    if let Some(error) = written.forgotten {
        place.terminal.warn(&format!("the next build will make everything again: {error}"));
    }
    let made = [plural(library.runbooks.len(), "runbook"), plural(library.releases.len(), "release")];
    let mut files =
        vec![plural(built.pages, "page"), plural(built.sheets, "sheet"), plural(built.records, "record")];
    if built.singles > 0 {
        files.push(plural(built.singles, "single file"));
    }
    let seconds = begun.elapsed().as_secs_f64();
    place.terminal.say(&format!("built {}: {} in {seconds:.2} s", made.join(", "), files.join(", ")));
    Ok(Outcome::Fine)
}

/// Whether a finding stops the build. A journal is history and cannot be mended: what is wrong in one
/// is reported, and the record that shows it is built all the same.
fn stops(report: &Report, project: &Project) -> bool {
    let is_history = |found: &Diagnostic| project.sources.get(found.span.file).kind == Kind::Journal;
    report.iter().any(|found| found.severity == Severity::Error && !is_history(found))
}

/// What the command line says goes before what the site says.
fn configure(project: &mut Project, arguments: &Build) -> Result<()> {
    if let Some(paper) = arguments.paper {
        project.config.paper = paper.into();
    }
    if let Some(url) = &arguments.base_url {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(Error::usage(format!("`--base-url {url}` is not a web address")));
        }
        project.config.base_url = Some(url.trim_end_matches('/').to_owned());
    }
    Ok(())
}

/// What the command line and the environment say of a build.
fn options(arguments: &Build) -> Result<Options> {
    let epoch = clock::source_date_epoch()?;
    let issued = epoch.map(|instant| instant.to_string());
    Ok(Options { as_of: epoch, issued, sheets: !arguments.no_pdf, single: arguments.single_file })
}

/// What the build before knew. A cache holds for one program: its bytes decide what pages look like.
#[expect(clippy::disallowed_methods, reason = "the program reads itself, to know whether it is the same")]
fn cache(arguments: &Build, place: &Place<'_>, dir: &Path) -> Cache {
    let program = std::env::current_exe().and_then(std::fs::read).ok().filter(|_| !arguments.no_cache);
    program.map(|bytes| Cache::load(place.root, dir, Key::of(bytes.as_slice()))).unwrap_or_default()
}

fn make(edition: &Edition, stage: &Stage, place: &Place<'_>) -> Result<Built> {
    let library = &edition.project.library;
    let documents = library.runbooks.len() + library.releases.len();
    let bar = progress(documents, place);
    let built = pipeline::build(edition, stage, &|| bar.inc(1));
    bar.finish_and_clear();
    built
}

/// A bar on a terminal when there is much to do.
fn progress(documents: usize, place: &Place<'_>) -> ProgressBar {
    let shown = documents >= LONG_BUILD && place.terminal.shows_progress();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(documents as u64), target);
    // The template is a constant; a wrong one would show in every build.
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} sheets");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

pub(crate) fn set_jobs(jobs: Option<usize>) -> Result<()> {
    let Some(jobs) = jobs else { return Ok(()) };
    if jobs == 0 {
        return Err(Error::usage("`--jobs` has to be at least 1"));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    pool.map_err(|error| Error::usage(format!("`--jobs {jobs}`: {error}")))
}

/// Output that lies in the content would be read as content; output that holds it would bury it.
fn refuse(dir: &Path, root: &Path) -> Result<()> {
    let content = root.join("content");
    let Ok(content) = content.canonicalize() else { return Ok(()) };
    let Some(dir) = reached(dir) else {
        return Err(Error::place(dir, "leads through a folder that does not exist"));
    };
    if dir.starts_with(&content) {
        return Err(Error::place(dir, "lies inside `content/`; choose another folder for the output"));
    }
    if content.starts_with(&dir) {
        return Err(Error::place(dir, "holds `content/`; choose a folder of its own for the output"));
    }
    Ok(())
}

/// The path with its links resolved, as far as it exists.
fn reached(dir: &Path) -> Option<PathBuf> {
    let mut missing = Vec::new();
    let mut here = std::path::absolute(dir).ok()?;
    loop {
        if let Ok(real) = here.canonicalize() {
            return Some(missing.into_iter().rev().fold(real, |path: PathBuf, part| path.join(part)));
        }
        missing.push(here.file_name()?.to_os_string());
        here.pop();
    }
}
