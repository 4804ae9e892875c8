//! `runsheet check`: what is wrong or doubtful in the content.
//!
//! The report goes to standard output or to a file, the summary to standard error. With `--fix` what
//! can be mended for certain is mended first.

use std::path::Path;

use jiff::Timestamp;

use super::terminal::{self, count, plural};
use super::{Outcome, Place, attempt, clock, probe, root};
use crate::check;
use crate::cli::Check;
use crate::config::Config;
use crate::diagnostic::{self, Baseline, Fix, Format, Report, Stop};
use crate::error::{Error, Result};
use crate::output;
use crate::pipeline::{self, Edition, Options, Project};
use crate::source::{self, FileId, Kind, Span};

pub(crate) fn run(arguments: &Check, place: &Place<'_>) -> Result<Outcome> {
    let as_of = clock::source_date_epoch()?.unwrap_or_else(clock::now);
    let mut project = read(place)?;
    // A fix adds no file and takes none away: these stay what they are.
    let wanted = wanted(&project, &arguments.paths, place)?;
    let asked = |file: FileId| wanted.as_ref().is_none_or(|wanted| wanted.contains(&file));
    if arguments.fix {
        project = fixed(project, asked, place, as_of)?;
    }
    if arguments.external_links {
        let dead = probe::links(&project, asked, place)?;
        project.found.extend(dead);
    }
    let own = own_edition(&project, asked, place);
    if let Ok(Some(edition)) = &own {
        project.found.extend(edition.found.iter().cloned());
    }
    let report = pipeline::check(&project, as_of);
    let theme = own.and_then(|own| match own {
        Some(edition) if !attempt::stops(&report, &project) => pipeline::try_theme(&edition),
        _ => Ok(()),
    });
    let message = theme.as_ref().err().map(|error| terminal::harmless(&error.to_string()));
    let named = own_look(&project.config, place.root);
    let stop = message.as_deref().zip(named).map(|(message, span)| Stop { message, span });
    let outcome = tell(arguments, (select(report, wanted.as_deref()), stop), &project, place)?;
    theme.map(|()| outcome)
}

/// Where a theme or fonts of the project's own are named, in which something may be wrong.
fn own_look(config: &Config, root: &Path) -> Option<Span> {
    let theme = config.theme.as_ref().filter(|theme| pipeline::has_theme(root, &theme.value));
    theme.or_else(|| config.fonts.first()).map(|named| named.span)
}

/// What `build` would make of the project, where that has a look of its own; the default one needs no check.
fn own_edition(
    project: &Project,
    asked: impl Fn(FileId) -> bool,
    place: &Place<'_>,
) -> Result<Option<Edition>> {
    if !own_look(&project.config, place.root).is_some_and(|named| asked(named.file)) {
        return Ok(None);
    }
    let mut project = project.clone();
    // That it is not there is found already.
    project.config.theme = project.config.theme.filter(|theme| pipeline::has_theme(place.root, &theme.value));
    let options = Options { sheets: true, ..Options::default() };
    Edition::new(project, place.root, options).map(Some)
}

/// Writes the report where it is asked for, with why there may be more to find.
fn tell(
    arguments: &Check,
    (report, stop): (Report, Option<Stop<'_>>),
    project: &Project,
    place: &Place<'_>,
) -> Result<Outcome> {
    if let Some(path) = written_baseline(arguments)? {
        output::replace(path, Baseline::write(&report, &project.sources).as_bytes())?;
        place.terminal.say(&format!("wrote {} to {}", plural(report.len(), "finding"), path.display()));
        return Ok(Outcome::Fine);
    }
    let is_whole = report.errors() == 0 && arguments.paths.is_empty();
    if is_whole && report.is_empty() {
        input(project, place.root)?;
    }
    let (report, known) = without_known(report, project, arguments)?;
    write(arguments, (&report, stop), project, place)?;
    // What was found may tell where the files are.
    if is_whole {
        input(project, place.root)?;
    }
    let known = if known > 0 { format!(", {known} known before") } else { String::new() };
    place.terminal.say(&format!("checked {}: {}{known}", subjects(project), count(&report)));
    let bad = report.errors() > 0 || (arguments.deny_warnings && report.warnings() > 0);
    Ok(if bad && !arguments.exit_zero { Outcome::Findings } else { Outcome::Fine })
}

fn read(place: &Place<'_>) -> Result<Project> {
    pipeline::load(place.root, &place.root.join("output"))
}

/// The project once everything is mended that can be mended for certain.
fn fixed(
    mut project: Project,
    asked: impl Fn(FileId) -> bool + Copy,
    place: &Place<'_>,
    as_of: Timestamp,
) -> Result<Project> {
    let fixes: Vec<Fix> =
        pipeline::check(&project, as_of).iter().filter_map(|found| found.fix.clone()).collect();
    let mended = mend(&project, &fixes, asked, place)?;
    if mended > 0 {
        project = read(place)?;
    }
    // Ids come from titles, so these have to be mended first.
    let signed = check::signed(&project.library);
    let mut ids = Vec::new();
    for runbook in &project.library.runbooks {
        let of_runbook = check::written_ids(runbook, &project.sources);
        match signed.get(&runbook.file).filter(|_| asked(runbook.file) && !of_runbook.is_empty()) {
            Some(release) => {
                let path = &project.sources.get(runbook.file).path;
                let why = format!("sign-offs of `{release}` are bound to what it says");
                place.terminal.warn(&format!("`{path}` is left without ids that could be written: {why}"));
            }
            None => ids.extend(of_runbook),
        }
    }
    let written = mend(&project, &ids, asked, place)?;
    if written > 0 {
        project = read(place)?;
    }
    if mended + written > 0 {
        place.terminal.say(&format!("made {}", plural(mended + written, "change")));
    }
    Ok(project)
}

/// Refuses to find nothing wrong where there is nothing: most likely the files are in another folder.
pub(super) fn input(project: &Project, root: &Path) -> Result<()> {
    let sources = &project.sources;
    if [Kind::Runbook, Kind::Release, Kind::Page].into_iter().any(|kind| sources.meant(kind) > 0) {
        return Ok(());
    }
    let mut unread = sources.of(Kind::Other).map(|(_, source)| source.path.as_str());
    let unread = unread.find(|path| path.ends_with(".yaml") || path.ends_with(".yml"));
    let help = match unread {
        Some(path) => format!("`{path}` is not read: runbooks are in `content/runbooks/`"),
        None => "write one in `content/runbooks/`; `runsheet init` makes a project to start from".to_owned(),
    };
    let message = format!("`{}` holds no runbook, release or page", root.join("content").display());
    Err(Error::usage_help(message, help))
}

/// Where the findings are to be written down, if they are.
fn written_baseline(arguments: &Check) -> Result<Option<&Path>> {
    let Some(given) = &arguments.write_baseline else { return Ok(None) };
    let path = given.as_deref().or(arguments.baseline.as_deref()).ok_or_else(|| {
        Error::usage_help("`--write-baseline` needs a file", "say `--write-baseline baseline.json`")
    })?;
    Ok(Some(path))
}

fn subjects(project: &Project) -> String {
    let runbooks = plural(project.library.runbooks.len(), "runbook");
    format!("{runbooks}, {}", plural(project.library.releases.len(), "release"))
}

/// The given files and those in the given folders; `None` where all are meant.
fn wanted(project: &Project, paths: &[std::path::PathBuf], place: &Place<'_>) -> Result<Option<Vec<FileId>>> {
    if paths.is_empty() {
        return Ok(None);
    }
    let mut wanted: Vec<FileId> = Vec::new();
    for path in paths {
        // As it is typed from here, else from the root of the project.
        let typed = [path.clone(), place.root.join(path)];
        let files = typed.iter().map(|typed| below(project, typed, place.root));
        let files = files.into_iter().find(|files| !files.is_empty());
        wanted.extend(files.ok_or_else(|| {
            let exists = typed.iter().any(|typed| typed.exists());
            Error::place(path, if exists { "holds no content of this project" } else { "does not exist" })
        })?);
    }
    Ok(Some(wanted))
}

/// Only what is found in the files that are wanted.
fn select(report: Report, wanted: Option<&[FileId]>) -> Report {
    let Some(wanted) = wanted else { return report };
    let found = report.iter().filter(|found| wanted.contains(&found.span.file));
    Report::new(found.cloned().collect())
}

/// The sources that lie at or below a path.
fn below(project: &Project, path: &Path, root: &Path) -> Vec<FileId> {
    let Ok(path) = path.canonicalize() else { return Vec::new() };
    let inside = |source: &source::Source| {
        root.join(&source.path).canonicalize().is_ok_and(|real| real.starts_with(&path))
    };
    let sources = project.sources.iter();
    sources.filter(|(_, source)| inside(source)).map(|(file, _)| file).collect()
}

/// Makes changes in the files that were asked for; gives how many those were.
fn mend(
    project: &Project,
    fixes: &[Fix],
    asked: impl Fn(FileId) -> bool,
    place: &Place<'_>,
) -> Result<usize> {
    let mut mended = 0;
    for (file, source) in project.sources.iter().filter(|(file, _)| asked(*file)) {
        let (text, count) = diagnostic::apply(file, &source.text, fixes.iter());
        if count > 0 {
            output::replace(&place.root.join(&source.path), &source.bytes_with(&text))?;
            mended += count;
        }
    }
    Ok(mended)
}

fn without_known(report: Report, project: &Project, arguments: &Check) -> Result<(Report, usize)> {
    let Some(path) = &arguments.baseline else { return Ok((report, 0)) };
    let text = source::read_text(path)?;
    let baseline = Baseline::read(&text).map_err(|why| Error::place(path, why))?;
    Ok(baseline.filter(report, &project.sources))
}

fn write(
    arguments: &Check,
    (report, stop): (&Report, Option<Stop<'_>>),
    project: &Project,
    place: &Place<'_>,
) -> Result<()> {
    let format = arguments.output_format;
    let setting = diagnostic::Setting {
        sources: &project.sources,
        rules: &check::infos(),
        colour: arguments.output.is_none() && format == Format::Full,
        limit: format.limit(),
        folder: &root::in_repository(place.root),
        stop,
    };
    let mut text = diagnostic::format(format, report, &setting);
    // A format for programs has to stay one: there the figures go where the summary goes.
    let for_people = matches!(format, Format::Full | Format::Concise);
    if arguments.statistics && for_people {
        text.push_str(&diagnostic::statistics(report));
    } else if arguments.statistics {
        place.terminal.say(diagnostic::statistics(report).trim_end());
    }
    match &arguments.output {
        Some(path) => output::replace(path, text.as_bytes())?,
        None => place.terminal.show(&text)?,
    }
    let summary = clock::variable("GITHUB_STEP_SUMMARY").filter(|_| format == Format::Github);
    match summary {
        Some(path) => {
            let summary = diagnostic::github_summary(report, &setting);
            output::append(Path::new(&path), summary.as_bytes())
        }
        None => Ok(()),
    }
}
