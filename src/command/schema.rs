//! stand-in
use super::{Outcome, Place};
use crate::cli::Schema;
use crate::error::{Error, Result};
pub(crate) fn run(_arguments: &Schema, _place: &Place<'_>) -> Result<Outcome> {
    Err(Error::usage("not yet"))
}
