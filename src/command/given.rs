//! A file that is named on the command line.
//!
//! Takes its path, gives its bytes, or the sheet that it is.

use std::path::Path;

use crate::error::{Error, Result};
use crate::sheet::Printed;

/// Bytes of more than people fill in or print, and than a journal of 100,000 events.
const LARGEST: u64 = 64 << 20;

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read, or is too large to be what is looked for.
#[expect(clippy::disallowed_methods, reason = "the file is named on the command line")]
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).map_err(|error| Error::io("read", path, error))?.len();
    if size > LARGEST {
        return Err(Error::place(path, "is larger than any sheet or journal"));
    }
    std::fs::read(path).map_err(|error| Error::io("read", path, error))
}

/// Whether a path is that of a PDF by its name.
pub(crate) fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// The sheet that is in the bytes of a file.
///
/// # Errors
/// When there is none, or it cannot be read.
pub(crate) fn sheet(path: &Path, bytes: &[u8]) -> Result<Printed> {
    Printed::read(bytes).map_err(|why| Error::place(path, why))
}
