//! One attempt to build: what `build`, `watch` and `serve` share.
//!
//! Takes what the command line says, gives an edition or why there is none, and brings an edition to
//! the output folder. Nothing is printed but the progress of a long build.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal::count;
use super::{Place, clock};
use crate::cli::Build;
use crate::config;
use crate::diagnostic::{Diagnostic, Format, LIMIT, Report, Setting, Severity, format};
use crate::error::{Error, Result};
use crate::output::{Cache, Key, Stage, Written};
use crate::pipeline::{self, Built, Edition, Memory, Options, Project};
use crate::source::{Kind, Sources};

/// Fewer documents than this are done before a bar could be read.
const LONG_BUILD: usize = 20;

/// More threads than this take memory and no time off a build.
const MOST_JOBS: usize = 256;

/// What was made, with the findings on the way; or the findings that were in the way.
pub(crate) type Attempt<T> = std::result::Result<Made<T>, Stopped>;

/// What was made.
pub(crate) struct Made<T> {
    pub(crate) value: T,
    /// What was found, as it is printed, with colours.
    pub(crate) report: String,
}

/// Findings that stop a build.
pub(crate) struct Stopped {
    /// As it is printed, with colours.
    pub(crate) report: String,
    /// `1 error and 2 warnings`
    pub(crate) count: String,
    /// Whether the system refused something: that may pass without a save.
    pub(crate) may_pass: bool,
}

/// Reads, checks and shapes the project; what did not change since the last attempt is in the memory.
///
/// # Errors
/// When there is no project, its theme cannot be read, or the output would bury the content.
pub(crate) fn edition(arguments: &Build, place: &Place<'_>, memory: &mut Memory) -> Result<Attempt<Edition>> {
    let dir = output(arguments, place);
    refuse(&dir, place.root)?;
    let mut project = pipeline::load_again(place.root, &dir, memory)?;
    configure(&mut project, arguments)?;
    let options = options(arguments)?;
    let report = pipeline::check_again(&project, options.as_of.unwrap_or_else(clock::now), memory);
    let text = print(&report, &project.sources);
    if stops(&report, &project) {
        let may_pass = report.iter().any(is_refused);
        return Ok(Err(Stopped { report: text, count: count(&report), may_pass }));
    }
    Ok(Ok(Made { value: Edition::again(project, place.root, options, memory)?, report: text }))
}

/// Brings an edition to the output folder.
///
/// # Errors
/// When a template is wrong, or the folder cannot be written.
pub(crate) fn write(
    edition: &Edition,
    arguments: &Build,
    place: &Place<'_>,
) -> Result<Attempt<(Built, Written)>> {
    let dir = output(arguments, place);
    let stage = Stage::open(&dir, cache(arguments, place, &dir))?;
    let inputs = stage.remembers().then(|| edition.inputs());
    if let Some(unchanged) = inputs.and_then(|inputs| pipeline::unchanged(inputs, &stage)) {
        return Ok(Ok(Made { value: unchanged, report: String::new() }));
    }
    let bar = progress(edition, place);
    let built = pipeline::build(edition, &stage, &|| bar.inc(1));
    bar.finish_and_clear();
    let built = built?;
    let found = Report::new(built.found.clone());
    let report = print(&found, &edition.project.sources);
    if found.errors() > 0 {
        return Ok(Err(Stopped { report, count: count(&found), may_pass: false }));
    }
    let written = stage.finish(edition.entries(), inputs.and_then(|inputs| built.whole(inputs)))?;
    if let Some(error) = &written.forgotten {
        place.terminal.warn(&format!("the next build will make everything again: {error}"));
    }
    Ok(Ok(Made { value: (built, written), report }))
}

/// Where the output goes.
pub(crate) fn output(arguments: &Build, place: &Place<'_>) -> PathBuf {
    arguments.output.clone().unwrap_or_else(|| place.root.join("output"))
}

/// A report as it is printed.
pub(crate) fn print(report: &Report, sources: &Sources) -> String {
    format(
        Format::Full,
        report,
        &Setting { sources, rules: &[], colour: true, limit: LIMIT, folder: "", stop: None },
    )
}

/// Whether a finding stops the build. A journal is history and cannot be mended: what is wrong in one
/// is reported, and the record that shows it is built all the same.
pub(crate) fn stops(report: &Report, project: &Project) -> bool {
    let is_history = |found: &Diagnostic| project.sources.get(found.span.file).kind == Kind::Journal;
    report.iter().any(|found| found.severity == Severity::Error && !is_history(found))
}

/// Whether the system refused to read a file; what it says ends with a number.
fn is_refused(found: &Diagnostic) -> bool {
    found.rule == "unreadable-file"
        && [&found.message, &found.label].iter().any(|text| text.contains("(os error "))
}

/// Whether what stopped an attempt may pass without a save: a full disk, a folder that is gone for a moment.
pub(crate) fn may_pass(error: &Error) -> bool {
    matches!(error, Error::Io { .. })
}

/// What the command line says goes before what the site says.
fn configure(project: &mut Project, arguments: &Build) -> Result<()> {
    if let Some(paper) = arguments.paper {
        project.config.paper = paper.into();
    }
    if let Some(url) = &arguments.base_url {
        let url = url.trim_end_matches('/');
        if !config::is_address(url) {
            let message = format!("`--base-url {url}` is not an address at which a site can be published");
            return Err(Error::usage_help(message, config::BASE));
        }
        project.config.base_url = Some(url.to_owned());
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
fn cache(arguments: &Build, place: &Place<'_>, dir: &Path) -> Cache {
    static PROGRAM: OnceLock<Option<Key>> = OnceLock::new();
    if arguments.no_cache {
        return Cache::default();
    }
    let program = *PROGRAM.get_or_init(program);
    program.map(|program| Cache::load(place.root, dir, program)).unwrap_or_default()
}

/// The key of this program, which is read piece by piece: it may be larger than all pages.
fn program() -> Option<Key> {
    let file = std::env::current_exe().and_then(std::fs::File::open).ok()?;
    let mut hash = blake3::Hasher::new();
    hash.update_reader(file).ok()?;
    Some(Key::of(hash.finalize().as_bytes()))
}

/// A bar on a terminal when there is much to do.
fn progress(edition: &Edition, place: &Place<'_>) -> ProgressBar {
    let hidden = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if !place.terminal.shows_progress() {
        return hidden;
    }
    let documents = edition.jobs().documents().len();
    if documents < LONG_BUILD {
        return hidden;
    }
    let bar = ProgressBar::with_draw_target(Some(documents as u64), ProgressDrawTarget::stderr());
    // The template is a constant; a wrong one would show in every build.
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} runbooks and releases");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Takes so many threads.
pub(crate) fn set_jobs(jobs: Option<usize>) -> Result<()> {
    let Some(jobs) = jobs else { return Ok(()) };
    if !(1..=MOST_JOBS).contains(&jobs) {
        return Err(Error::usage(format!("`--jobs {jobs}` is not between 1 and {MOST_JOBS}")));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    pool.map_err(|error| Error::usage(format!("`--jobs {jobs}`: {error}")))
}

/// Whether an error lies in what people write, so that the next save may mend it.
pub(crate) fn is_of_text(error: &Error, root: &Path) -> bool {
    match error {
        Error::Theme { .. } => true,
        Error::Io { path, .. } | Error::Place { path, .. } => {
            ["content", "themes"].iter().any(|home| path.starts_with(root.join(home)))
        }
        Error::Usage { .. } => false,
    }
}

/// Output that lies in the content would be read as content; output that holds it would bury it.
///
/// # Errors
/// When it would.
pub(crate) fn refuse(dir: &Path, root: &Path) -> Result<()> {
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
