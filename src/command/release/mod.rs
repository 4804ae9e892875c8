//! `runsheet release`: plans, lists and closes releases.

mod ask;
mod close;
mod list;
mod new;

use super::{Outcome, Place};
use crate::cli::{Action, Release};
use crate::error::Result;

pub(crate) fn run(arguments: &Release, place: &Place<'_>) -> Result<Outcome> {
    match &arguments.action {
        Action::New(arguments) => new::run(arguments, place),
        Action::List => list::run(place),
        Action::Close(arguments) => close::run(arguments, place),
    }
}
