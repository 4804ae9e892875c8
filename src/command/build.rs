//! `runsheet build`: check, then HTML, PDF and Markdown to the output folder.

use super::attempt::{self, Made, Stopped};
use super::terminal::plural;
use super::{Outcome, Place, clock};
use crate::cli::Build;
use crate::error::Result;
use crate::pipeline::Memory;

pub(crate) fn run(arguments: &Build, place: &Place<'_>) -> Result<Outcome> {
    remembered(arguments, place, &mut Memory::default())
}

/// The same, with a memory for the attempts that follow.
pub(super) fn remembered(arguments: &Build, place: &Place<'_>, memory: &mut Memory) -> Result<Outcome> {
    attempt::set_jobs(arguments.jobs)?;
    let timer = clock::Timer::start();
    let edition = match attempt::edition(arguments, place, memory)? {
        Ok(Made { value, report }) => {
            place.terminal.answer(&report);
            value
        }
        Err(stopped) => return Ok(stop(&stopped, place)),
    };
    let (built, _) = match attempt::write(&edition, arguments, place)? {
        Ok(Made { value, report }) => {
            place.terminal.answer(&report);
            value
        }
        Err(stopped) => return Ok(stop(&stopped, place)),
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

fn stop(Stopped { report, count }: &Stopped, place: &Place<'_>) -> Outcome {
    place.terminal.answer(report);
    place.terminal.say(&format!("{count}: nothing was built, the last output stands"));
    Outcome::Findings
}
