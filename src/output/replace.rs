//! One file that somebody asked for by name: a report, a baseline, a mended document.
//!
//! Takes a path and bytes; the file is replaced in one step and keeps its permissions, so that a
//! reader sees the old or the new text.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::Builder;

use crate::error::{Error, Result};

/// Replaces or makes the file at `path`; a link is followed, its target is replaced. What is no file, as
/// `/dev/null` or a pipe, is written to and stays what it is.
///
/// # Errors
/// When the folder of the file is missing or cannot be written to.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source| Error::io("write", path, source);
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        let opened = File::options().write(true).open(path);
        return opened.and_then(|mut file| file.write_all(bytes)).map_err(failed);
    }
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = match real.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::metadata(folder).map_err(failed)?;
    // The process's own mask takes from these what it takes from any new file.
    let open = fs::Permissions::from_mode(0o666);
    let staged = Builder::new().prefix(".runsheet-").permissions(open).tempfile_in(folder);
    let mut staged = staged.map_err(failed)?;
    staged.write_all(bytes).and_then(|()| staged.as_file().sync_all()).map_err(failed)?;
    if let Ok(earlier) = fs::metadata(&real) {
        staged.as_file().set_permissions(earlier.permissions()).map_err(failed)?;
    }
    staged.persist(&real).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Adds to the end of the file at `path`, which others may write to as well.
///
/// # Errors
/// When it cannot be written to.
pub fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source| Error::io("write", path, source);
    let mut file = File::options().append(true).create(true).open(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)
}
