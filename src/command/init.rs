//! stand-in
use super::{Outcome, Place};
use crate::cli::Init;
use crate::error::{Error, Result};
pub(crate) fn run(_arguments: &Init, _place: &Place<'_>) -> Result<Outcome> {
    Err(Error::usage("not yet"))
}
