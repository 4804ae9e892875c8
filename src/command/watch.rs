//! `runsheet watch`: builds, then builds again whenever the content or a theme changes.
//!
//! Never ends on a mistake in the content: the findings are shown, the last output stands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::attempt::{self, Attempt, Made, Stopped};
use super::terminal::{Terminal, plural};
use super::{Outcome, Place, build, clock};
use crate::cli::{Build, Watch, Watching};
use crate::error::{Error, Result};
use crate::output::Written;
use crate::pipeline::{Built, Memory};
use crate::serve::{End, Settings, Watcher};

pub(crate) fn run(arguments: &Watch, place: &Place<'_>) -> Result<Outcome> {
    let root = absolute(place.root);
    let output = attempt::output(&arguments.build, place);
    attempt::refuse(&output, place.root)?;
    let watcher = watcher(&root, &output, &arguments.watching)?;
    let (build, terminal) = (arguments.build.clone(), place.terminal);
    End::listen()?.during(move || keep(watcher, &build, &Place { root: &root, terminal }))?;
    Ok(Outcome::Fine)
}

/// Builds, then builds after every change, for ever.
///
/// # Errors
/// When the first build says that no other could be made.
fn keep(mut watcher: Watcher, arguments: &Build, place: &Place<'_>) -> Result<()> {
    let (mut memory, mut said) = (Memory::default(), Said::new(place.terminal));
    match build::remembered(arguments, place, &mut memory) {
        Err(error) if attempt::is_of_text(&error, place.root) => {
            said.fail(&error);
            place.terminal.say("nothing was built, the last output stands");
        }
        built => drop(built?),
    }
    watcher.also(memory.fonts(place.root));
    loop {
        let changed = names(&watcher.wait(), place.root);
        let timer = clock::Timer::start();
        let line = match rebuild(arguments, place, &mut memory, &mut said) {
            Ok(Ok(written)) => told(&written),
            Ok(Err(count)) => format!("{count}, the last output stands"),
            // A folder that is gone for a moment, as in a checkout of another branch, is no end.
            Err(error) => {
                said.fail(&error);
                "the last output stands".to_owned()
            }
        };
        watcher.also(memory.fonts(place.root));
        place.terminal.say(&format!("changed {changed}: {line} in {timer}"));
    }
}

fn rebuild(
    arguments: &Build,
    place: &Place<'_>,
    memory: &mut Memory,
    said: &mut Said,
) -> Result<std::result::Result<Written, String>> {
    let edition = match attempt::edition(arguments, place, memory)? {
        Ok(Made { value, report }) => Made { value, report },
        Err(Stopped { report, count }) => {
            said.report(&report);
            return Ok(Err(count));
        }
    };
    edition.value.shape(memory);
    let attempt: Attempt<(Built, Written)> = attempt::write(&edition.value, arguments, place)?;
    Ok(match attempt {
        Ok(Made { value, report }) => {
            said.report(&(edition.report + &report));
            Ok(value.1)
        }
        Err(Stopped { report, count }) => {
            said.report(&(edition.report + &report));
            Err(count)
        }
    })
}

/// `wrote 3 files, removed 1`
fn told(written: &Written) -> String {
    match (written.changed, written.removed) {
        (0, 0) => "nothing to write".to_owned(),
        (changed, 0) => format!("wrote {}", plural(changed, "file")),
        (changed, removed) => format!("wrote {}, removed {removed}", plural(changed, "file")),
    }
}

/// What was found the last time. It is printed when it is another, not with every save.
pub(crate) struct Said {
    terminal: Terminal,
    report: String,
}

impl Said {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self { terminal, report: String::new() }
    }

    pub(crate) fn report(&mut self, report: &str) {
        if self.report != report {
            // What is watched goes on: the next save may be told again.
            self.terminal.show(report).unwrap_or_else(|error| self.terminal.fail(&error));
            report.clone_into(&mut self.report);
        }
    }

    /// Says why nothing could be found this time; what is found the next time is news.
    pub(crate) fn fail(&mut self, error: &Error) {
        self.terminal.fail(error);
        self.report.clear();
    }
}

/// The folder with its links resolved, so that paths of events are known again.
pub(crate) fn absolute(root: &Path) -> PathBuf {
    root.canonicalize().unwrap_or_else(|_| root.to_path_buf())
}

pub(crate) fn watcher(root: &Path, output: &Path, watching: &Watching) -> Result<Watcher> {
    let quiet = Duration::from_millis(watching.debounce);
    Watcher::new(root, output, Settings { quiet, poll: watching.poll })
}

/// The changed files, the first three by name.
pub(crate) fn names(changed: &BTreeSet<PathBuf>, root: &Path) -> String {
    // A folder changes with every file in it; it is named only where it is all that changed.
    let files: Vec<&PathBuf> = changed.iter().filter(|path| !path.is_dir()).collect();
    let named = if files.is_empty() { changed.iter().collect() } else { files };
    let name = |path: &&PathBuf| match path.strip_prefix(root) {
        Ok(inside) if inside.as_os_str().is_empty() => "the project".to_owned(),
        Ok(inside) => inside.display().to_string(),
        Err(_) => path.display().to_string(),
    };
    let mut names: Vec<String> = named.iter().take(3).map(name).collect();
    if named.len() > names.len() {
        names.push(format!("and {} more", named.len() - names.len()));
    }
    names.join(", ")
}
