//! One file that somebody asked for by name: a report, a baseline, a mended document.
//!
//! Takes a path and bytes; the file is made or replaced in one step and keeps its permissions, so that a
//! reader sees the old or the new text, and whoever is interrupted leaves no half of one.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

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
    let staged = staged(&real, bytes).map_err(failed)?;
    if let Ok(earlier) = fs::metadata(&real) {
        staged.as_file().set_permissions(earlier.permissions()).map_err(failed)?;
    }
    staged.persist(&real).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Makes the file at `path`, whole or not at all; `false` where something is there, which stays as it is.
///
/// # Errors
/// When the folder of the file is missing or cannot be written to.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool> {
    let failed = |source| Error::io("write", path, source);
    match staged(path, bytes).map_err(failed)?.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error.error)),
    }
}

/// A new file beside `path`, on the disk as a whole. It goes away unless it is given that name.
fn staged(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::metadata(folder)?;
    // The process's own mask takes from these what it takes from any new file.
    let open = fs::Permissions::from_mode(0o666);
    let mut staged = Builder::new().prefix(".runsheet-").permissions(open).tempfile_in(folder)?;
    staged.as_file_mut().write_all(bytes)?;
    staged.as_file().sync_all()?;
    Ok(staged)
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
