//! The clock, and the environment variable that stands for it.
//!
//! Takes nothing, gives instants. Output never depends on the clock itself: `SOURCE_DATE_EPOCH` is an
//! input like any other.

use jiff::Timestamp;

use crate::error::{Error, Result};

/// Now.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The value of an environment variable, if it is set to a text.
#[expect(clippy::disallowed_methods, reason = "the environment is read in commands only")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The instant of `SOURCE_DATE_EPOCH`, in seconds since 1970, if it is set.
///
/// # Errors
/// When it is set to something else than seconds.
pub(crate) fn source_date_epoch() -> Result<Option<Timestamp>> {
    let Some(text) = variable("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    match seconds {
        Some(instant) => Ok(Some(instant)),
        None => {
            Err(Error::usage(format!("`SOURCE_DATE_EPOCH={text}` is not a number of seconds since 1970")))
        }
    }
}
