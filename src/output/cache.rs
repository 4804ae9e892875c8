//! What the build before knew of its files, so that what stays the same is not made again.
//!
//! Takes the file of a cache, gives what it knows; a cache that is damaged, of another version or of
//! another program is as good as none. It is never trusted about bytes: a file counts as known only
//! while it is as that build left it, by its size, time and number, or else by its hash.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Key, is_inside, replace};
use crate::error::{Error, Result};
use crate::source::is_settled;

/// The first word of the file; the number is that of its format.
const FORMAT: &str = "runsheet-cache-2";
/// The folder of caches below the root of a project.
const FOLDER: &str = ".runsheet";
/// Nanoseconds.
const SECOND: i128 = 1_000_000_000;

/// What is known of the files of an output folder.
#[derive(Debug, Default)]
pub struct Cache {
    /// Where it is kept; nowhere for a build that shall know nothing and leave nothing.
    home: Option<Home>,
    kept: Kept,
    /// When it was written, by the clock of its disk, in nanoseconds.
    written: i128,
}

#[derive(Debug)]
struct Home {
    path: PathBuf,
    program: Key,
}

/// What a build leaves for the next one.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// What the build was made from and what came of it, where nothing was found on the way.
    pub(super) whole: Option<Whole>,
    /// Every file that it laid out.
    pub(super) files: BTreeMap<String, Known>,
}

/// A build as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// The key of everything that it takes.
    pub inputs: Key,
    /// How many there are of each kind of file, for the line at the end.
    pub counts: BTreeMap<String, usize>,
}

/// A file of the build before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// What it was made from; `None` where making it costs no more than telling that.
    pub(super) key: Option<Key>,
    /// BLAKE3 of its bytes, in hex.
    pub(super) hash: String,
    /// How it looked on the disk.
    pub(super) look: Look,
}

/// By what a file is known again without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Look {
    size: u64,
    /// Of the last change, since 1970: seconds and nanoseconds.
    seconds: i64,
    nanoseconds: i64,
    inode: u64,
}

impl Look {
    /// Of the regular file at `path`, if that is one.
    pub(super) fn at(path: &Path) -> Option<Self> {
        let data = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let (seconds, nanoseconds) = (data.mtime(), data.mtime_nsec());
        Some(Self { size: data.len(), seconds, nanoseconds, inode: data.ino() })
    }

    /// Nanoseconds since 1970.
    fn time(self) -> i128 {
        i128::from(self.seconds) * SECOND + i128::from(self.nanoseconds)
    }
}

impl Cache {
    /// The cache of builds of the project at `root` to the folder `dir` by `program`.
    pub fn load(root: &Path, dir: &Path, program: Key) -> Self {
        let (root, dir) = (real(root), real(dir));
        // A project that moves with its output keeps its cache.
        let name = Key::of(dir.strip_prefix(&root).unwrap_or(&dir)).to_string();
        let home = Home { path: root.join(FOLDER).join(format!("build-{}", &name[..16])), program };
        let written = Look::at(&home.path).map_or(0, Look::time);
        let kept = read(&home.path).and_then(|text| decode(&text, program)).unwrap_or_default();
        Self { home: Some(home), kept, written }
    }

    /// Whether it is kept anywhere.
    pub(super) fn is_kept(&self) -> bool {
        self.home.is_some()
    }

    /// What came of a build from `inputs`, if that was the last one and all its files are as it left them.
    pub(super) fn whole(&self, inputs: Key, dir: &Path) -> Option<&Whole> {
        let whole = self.kept.whole.as_ref().filter(|whole| whole.inputs == inputs)?;
        let files: Vec<(&String, &Known)> = self.kept.files.iter().collect();
        let as_left = |(path, known): &(&String, &Known)| self.as_left(&dir.join(path), known).is_some();
        files.par_iter().all(as_left).then_some(whole)
    }

    /// How many files the last build laid out.
    pub(super) fn len(&self) -> usize {
        self.kept.files.len()
    }

    /// What is known of a file that was made from `key` and is still as it was left.
    pub(super) fn find(&self, path: &str, key: Key, dir: &Path) -> Option<Known> {
        let known = self.kept.files.get(path).filter(|known| known.key == Some(key))?;
        let look = self.as_left(&dir.join(path), known)?;
        Some(Known { look, ..known.clone() })
    }

    /// How the file at `target` looks, if it has the bytes that are known of it.
    fn as_left(&self, target: &Path, known: &Known) -> Option<Look> {
        let look = Look::at(target)?;
        // A file that was written so short before its cache may have been written again since.
        if look == known.look && is_settled(look.time(), self.written) {
            return Some(look);
        }
        let same = blake3::hash(&read_bytes(target)?).to_hex().as_str() == known.hash;
        same.then_some(look)
    }

    /// Keeps what is known for the next build.
    ///
    /// # Errors
    /// When the folder of caches cannot be made or written.
    pub(super) fn store(&self, kept: &Kept) -> Result<()> {
        let Some(home) = &self.home else { return Ok(()) };
        if *kept == self.kept {
            return Ok(());
        }
        let folder = home.path.parent().unwrap_or(&home.path);
        make_folder(folder)?;
        let ignored = folder.join(".gitignore");
        if !ignored.exists() {
            replace(&ignored, b"*\n")?;
        }
        // A map of texts and numbers cannot fail to serialise.
        let body = serde_json::to_string(kept).unwrap_or_default();
        let head = format!("{FORMAT} {} {}\n", home.program, hash(&body));
        write(&home.path, &(head + &body))
    }
}

/// The path without links. A folder that is not there yet is known by the one it will stand in, so that
/// the first build is remembered by the name under which the second one looks for it.
fn real(path: &Path) -> PathBuf {
    let above = || {
        let parent = path.parent()?;
        let parent = if parent == Path::new("") { Path::new(".") } else { parent };
        Some(parent.canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(above).unwrap_or_else(|| path.to_path_buf())
}

/// What is in a cache that is whole, and of this format and program.
fn decode(text: &str, program: Key) -> Option<Kept> {
    let (head, body) = text.split_once('\n')?;
    if head != format!("{FORMAT} {program} {}", hash(body)) {
        return None;
    }
    let kept: Kept = serde_json::from_str(body).ok()?;
    kept.files.keys().all(|path| is_inside(path)).then_some(kept)
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[expect(clippy::disallowed_methods, reason = "the cache is a file of the writer's own")]
fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

#[expect(clippy::disallowed_methods, reason = "the writer compares with what is there")]
pub(super) fn read_bytes(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

#[expect(clippy::disallowed_methods, reason = "the folder of caches is made by the first of them")]
fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|source| Error::io("make", path, source))
}

/// Writes a cache. It is told from a half-written one by its hash, so the disk need not be waited for.
fn write(path: &Path, text: &str) -> Result<()> {
    use std::io::Write as _;
    let failed = |source| Error::io("write", path, source);
    let folder = path.parent().unwrap_or(path);
    let mut staged = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    staged.write_all(text.as_bytes()).map_err(failed)?;
    let _: File = staged.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
