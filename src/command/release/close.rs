//! `runsheet release close`: appends the outcome of a release that has none.

use crate::cli::Close;
use crate::command::logbook::Logbook;
use crate::command::{Outcome, Place, outcome};
use crate::error::{Error, Result};
use crate::model::release::Act;

pub(crate) fn run(arguments: &Close, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    let closed = book.release().journal.events.iter().rev().find_map(|event| match &event.act {
        Act::Outcome { outcome } => Some((outcome, event)),
        _ => None,
    });
    if let Some((outcome, event)) = closed {
        let (name, by) = (&book.release().name, &event.by.name);
        let message = format!("`{name}` was closed as `{}` by {by} at {}", outcome.value, event.at);
        return Err(Error::usage_help(message, "`runsheet outcome` records another outcome"));
    }
    outcome::append(&book, arguments)?;
    Ok(Outcome::Fine)
}
