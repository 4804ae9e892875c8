//! `runsheet outcome`: how a release ended; said again, the last word counts.

use super::logbook::Logbook;
use super::{Outcome, Place};
use crate::cli::Close;
use crate::error::{Error, Result};
use crate::release::About;

pub(crate) fn run(arguments: &Close, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    append(&book, arguments)?;
    Ok(Outcome::Fine)
}

/// Appends the outcome.
///
/// # Errors
/// When it says nothing, or the journal cannot be written.
pub(crate) fn append(book: &Logbook<'_>, arguments: &Close) -> Result<()> {
    let outcome = arguments.outcome.trim();
    if outcome.is_empty() {
        return Err(Error::usage("an outcome needs a word, such as `success` or `rollback`"));
    }
    let about = About::Outcome { outcome: outcome.to_owned() };
    book.append(&book.line(&arguments.stamp, about)?)
}
