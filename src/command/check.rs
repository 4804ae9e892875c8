//! `runsheet check`: what is wrong or doubtful in the content.

use super::terminal::{count, plural};
use super::{Outcome, Place, clock};
use crate::cli::Check;
use crate::error::Result;
use crate::pipeline;

pub(crate) fn run(_arguments: &Check, place: &Place<'_>) -> Result<Outcome> {
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let as_of = clock::source_date_epoch()?.unwrap_or_else(clock::now);
    let report = pipeline::check(&project, as_of);
    place.terminal.report(&report, &project.sources);
    let checked = plural(project.library.runbooks.len(), "runbook");
    let releases = plural(project.library.releases.len(), "release");
    place.terminal.say(&format!("checked {checked}, {releases}: {}", count(&report)));
    Ok(if report.errors() > 0 { Outcome::Findings } else { Outcome::Fine })
}
