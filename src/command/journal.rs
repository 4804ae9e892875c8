//! The door to `content/releases`: appends to journals, and makes the two files of a new release.
//!
//! Takes whole lines, leaves whole lines behind, whatever happens: writers wait for each other, a line
//! goes out in one write at the end of the file, and it is on the disk before the command says so. What
//! the disk takes a part of only is taken back. A line that a crash tore is left as it is and the next
//! one starts on a line of its own. Nothing that was written is ever changed.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::error::{Error, Result};
use crate::output;

/// How often a journal that is replaced under our hands, as by `git checkout`, is opened anew.
const ATTEMPTS: usize = 16;

/// Appends lines, each without its line break, to the journal at `path`; makes it where there is none.
///
/// # Errors
/// When the path leads out of the content, or the disk refuses.
pub(crate) fn append(root: &Path, path: &Path, lines: &[String]) -> Result<()> {
    inside(root, path)?;
    for _ in 0..ATTEMPTS {
        let opened = File::options().read(true).append(true).create(true).open(path);
        let mut file = opened.map_err(|source| Error::io("open", path, source))?;
        file.lock().map_err(|source| Error::io("lock", path, source))?;
        if !is_at(&file, path) {
            continue;
        }
        write(&mut file, lines).map_err(|source| Error::io("write", path, source))?;
        sync_folder(path)?;
        // Whoever replaces a file asks no lock: then the lines are in the old one only.
        if is_at(&file, path) {
            return Ok(());
        }
    }
    Err(Error::place(path, "is replaced again and again by another program"))
}

/// Writes a new file with its folder; one that is there stays.
///
/// # Errors
/// When there is one, the path leads out of the content, or the disk refuses.
#[expect(clippy::disallowed_methods, reason = "the first release makes the folder")]
pub(crate) fn create(root: &Path, path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|source| Error::io("make", folder, source))?;
    inside(root, path)?;
    if !output::create(path, text.as_bytes())? {
        return Err(Error::place(path, "is there already; nothing is overwritten"));
    }
    sync_folder(path)
}

/// One write of everything: the other writers see all of it or nothing, and what fails leaves nothing behind.
fn write(file: &mut File, lines: &[String]) -> io::Result<()> {
    let mut text = String::new();
    if is_torn(file)? {
        text.push('\n');
    }
    let before = file.metadata()?.len();
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    let written = loop {
        match file.write(text.as_bytes()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            written => break written?,
        }
    };
    let whole = written == text.len();
    let done = if whole { file.sync_all() } else { Err(io::ErrorKind::StorageFull.into()) };
    // Whoever asks no lock may have written behind it: then it stays.
    if done.is_err() && file.metadata()?.len() == before + written as u64 {
        file.set_len(before)?;
    }
    done
}

/// Whether the last line has no end.
fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Whether the open file is still the one at `path`.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// A new name is on the disk once its folder is.
fn sync_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| Error::io("write", folder, source))
}

/// A link may not lead a journal out of the content, where it would write into somebody's file.
fn inside(root: &Path, path: &Path) -> Result<()> {
    let content = root.join("content");
    let home = content.canonicalize().map_err(|source| Error::io("open", &content, source))?;
    let folder = path.parent().unwrap_or(path).canonicalize();
    let file = match path.symlink_metadata() {
        Ok(_) => path.canonicalize().map(Some),
        Err(_) => Ok(None),
    };
    let fits = matches!((folder, file), (Ok(folder), Ok(file))
        if folder.starts_with(&home) && file.as_ref().is_none_or(|file| file.starts_with(&home)));
    if fits { Ok(()) } else { Err(Error::place(path, "leads out of `content/`")) }
}
