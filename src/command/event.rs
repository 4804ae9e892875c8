//! `runsheet event`: a line of the log.

use super::logbook::Logbook;
use super::{Outcome, Place};
use crate::cli::Event;
use crate::error::{Error, Result};
use crate::release::About;

pub(crate) fn run(arguments: &Event, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    if arguments.text.trim().is_empty() {
        return Err(Error::usage("an event needs a text"));
    }
    let about = About::Log { text: arguments.text.clone() };
    book.append(&book.line(&arguments.stamp, about)?)?;
    Ok(Outcome::Fine)
}
