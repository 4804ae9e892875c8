//! `runsheet build`: check, then HTML, PDF and Markdown to the output folder.

use super::attempt::{self, Attempt, Made, Stopped};
use super::terminal::plural;
use super::{Outcome, Place, check, clock};
use crate::cli::Build;
use crate::error::Result;
use crate::pipeline::{Memory, Project};

pub(crate) fn run(arguments: &Build, place: &Place<'_>) -> Result<Outcome> {
    made(arguments, place, &mut Memory::default(), |project| check::input(project, place.root))
}

/// The same, with a memory for the attempts that follow, and where the content may still be to come.
pub(super) fn remembered(arguments: &Build, place: &Place<'_>, memory: &mut Memory) -> Result<Outcome> {
    made(arguments, place, memory, |_| Ok(()))
}

/// Builds what `input` takes.
fn made(
    arguments: &Build,
    place: &Place<'_>,
    memory: &mut Memory,
    input: impl FnOnce(&Project) -> Result<()>,
) -> Result<Outcome> {
    attempt::set_jobs(arguments.jobs)?;
    let timer = clock::Timer::start();
    let Some(edition) = answered(attempt::edition(arguments, place, memory)?, place)? else {
        return Ok(Outcome::Findings);
    };
    input(&edition.project)?;
    let Some((built, _)) = answered(attempt::write(&edition, arguments, place)?, place)? else {
        return Ok(Outcome::Findings);
    };
    let library = &edition.project.library;
    let made = [plural(library.runbooks.len(), "runbook"), plural(library.releases.len(), "release")];
    let mut files =
        vec![plural(built.pages, "page"), plural(built.sheets, "sheet"), plural(built.records, "record")];
    if built.singles > 0 {
        files.push(plural(built.singles, "single file"));
    }
    place.terminal.say(&format!("built {}: {} in {timer}", made.join(", "), files.join(", ")));
    Ok(Outcome::Fine)
}

/// What was made, once its findings are told; nothing where they were in the way.
fn answered<T>(attempt: Attempt<T>, place: &Place<'_>) -> Result<Option<T>> {
    Ok(match attempt {
        Ok(Made { value, report }) => {
            place.terminal.show(&report)?;
            Some(value)
        }
        Err(Stopped { report, count, .. }) => {
            place.terminal.show(&report)?;
            place.terminal.say(&format!("{count}: nothing was built, the last output stands"));
            None
        }
    })
}
