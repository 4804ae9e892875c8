//! stand-in
use super::{Outcome, Place};
use crate::cli::Build;
use crate::error::{Error, Result};
pub(crate) fn run(_arguments: &Build, _place: &Place<'_>) -> Result<Outcome> {
    Err(Error::usage("not yet"))
}
