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
    let mut again = false;
    match build::remembered(arguments, place, &mut memory) {
        Err(error) if attempt::is_of_text(&error, place.root) => {
            again = attempt::may_pass(&error);
            said.fail(&error);
            place.terminal.say("nothing was built, the last output stands");
        }
        built => drop(built?),
    }
    loop {
        watcher.also(memory.fonts(place.root));
        again = turn(&mut watcher, again, place, || {
            // A folder that is gone for a moment, as in a checkout of another branch, is no end.
            rebuild(arguments, place, &mut memory, &mut said).unwrap_or_else(|error| {
                said.fail(&error);
                Tried { line: "the last output stands".to_owned(), may_pass: attempt::may_pass(&error) }
            })
        });
    }
}

/// How an attempt went.
pub(crate) struct Tried {
    pub(crate) line: String,
    /// Whether what was in the way may pass without a save.
    pub(crate) may_pass: bool,
}

impl Tried {
    pub(crate) fn done(line: String) -> Self {
        Self { line, may_pass: false }
    }
}

/// Waits for a save, or `again` for a while only, and makes an attempt; gives whether there has to be another
/// one. One that is made again is told when what was in the way has passed.
pub(crate) fn turn(
    watcher: &mut Watcher,
    again: bool,
    place: &Place<'_>,
    attempt: impl FnOnce() -> Tried,
) -> bool {
    let changed = if again { watcher.wait_a_while() } else { Some(watcher.wait()) };
    let what = changed.map(|changed| format!("changed {}", names(&changed, place.root)));
    let timer = clock::Timer::start();
    let Tried { line, may_pass } = attempt();
    match what {
        Some(what) => {
            let more = if may_pass { "; trying again" } else { "" };
            place.terminal.say(&format!("{what}: {line} in {timer}{more}"));
        }
        None if may_pass => {}
        None => place.terminal.say(&format!("tried again: {line} in {timer}")),
    }
    may_pass
}

fn rebuild(arguments: &Build, place: &Place<'_>, memory: &mut Memory, said: &mut Said) -> Result<Tried> {
    let stands = |count: String| format!("{count}, the last output stands");
    let edition = match attempt::edition(arguments, place, memory)? {
        Ok(Made { value, report }) => Made { value, report },
        Err(Stopped { report, count, may_pass }) => {
            said.report(&report);
            return Ok(Tried { line: stands(count), may_pass });
        }
    };
    edition.value.shape(memory);
    let attempt: Attempt<(Built, Written)> = attempt::write(&edition.value, arguments, place)?;
    Ok(match attempt {
        Ok(Made { value, report }) => {
            said.report(&(edition.report + &report));
            Tried::done(told(&value.1))
        }
        Err(Stopped { report, count, may_pass }) => {
            said.report(&(edition.report + &report));
            Tried { line: stands(count), may_pass }
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

/// What was found the last time, or why nothing could be. It is printed when it is another, not with every
/// attempt.
pub(crate) struct Said {
    terminal: Terminal,
    report: String,
    error: String,
}

impl Said {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self { terminal, report: String::new(), error: String::new() }
    }

    pub(crate) fn report(&mut self, report: &str) {
        self.error.clear();
        if self.report != report {
            // What is watched goes on: the next save may be told again.
            self.terminal.show(report).unwrap_or_else(|error| self.terminal.fail(&error));
            report.clone_into(&mut self.report);
        }
    }

    /// Says why nothing could be found this time; what is found the next time is news.
    pub(crate) fn fail(&mut self, error: &Error) {
        let told = error.to_string();
        if self.error != told {
            self.terminal.fail(error);
            self.error = told;
        }
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
