//! `runsheet release`: plans, lists, shows and closes releases.

mod ask;
mod close;
mod list;
mod new;
mod show;
mod trial;

use super::{Outcome, Place};
use crate::cli::{Action, Release};
use crate::error::Result;

pub(crate) fn run(arguments: &Release, place: &Place<'_>) -> Result<Outcome> {
    match &arguments.action {
        Action::New(arguments) => new::run(arguments, place),
        Action::List(arguments) => list::run(arguments, place),
        Action::Show(arguments) => show::run(arguments, place),
        Action::Close(arguments) => close::run(arguments, place),
    }
}
