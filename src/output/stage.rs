//! A build on its way to the output folder: files are laid out as they are made.
//!
//! Takes files from any thread and in any order, in memory for no longer than it takes to write them;
//! gives an output folder that is the old or the new one at every instant. What is not finished leaves
//! nothing behind.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::cache::{Kept, Known, Look, Whole, read_bytes};
use super::write::{self, Plan};
use super::{Cache, Entry, Key, MANIFEST, Manifest};
use crate::error::{Error, Result};

/// What a build did to the output folder.
#[derive(Debug)]
pub struct Written {
    /// Files that are new or have other bytes.
    pub changed: usize,
    /// Files that were the same.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: usize,
    /// Why the next build will know nothing of this one, if the cache could not be kept.
    pub forgotten: Option<Error>,
}

/// A build that has begun.
pub struct Stage {
    dir: PathBuf,
    staging: PathBuf,
    cache: Cache,
    /// What an earlier build wrote.
    earlier: Option<Manifest>,
    files: Mutex<BTreeMap<String, Laid>>,
    // The parent folder is locked while this is open.
    _turn: File,
}

/// A file of the new output.
struct Laid {
    hash: String,
    /// Whether it waits in the staging folder; else the file in the output folder is the same.
    staged: bool,
    /// What it was made from, where that is told.
    key: Option<Key>,
    /// By what the next build knows it again.
    look: Option<Look>,
}

impl Stage {
    /// Begins a build to `dir`, once no other one is under way. What `cache` knows is not made again.
    ///
    /// # Errors
    /// When the folder cannot be made or locked, or an interrupted build cannot be cleared away.
    pub fn open(dir: &Path, cache: Cache) -> Result<Self> {
        write::make_folder(dir)?;
        let dir = dir.canonicalize().map_err(|source| Error::io("open", dir, source))?;
        let turn = write::turn(&dir)?;
        let staging = write::staging(&dir);
        write::clear(&staging)?;
        let earlier = read_bytes(&dir.join(MANIFEST)).and_then(|bytes| String::from_utf8(bytes).ok());
        let earlier = earlier.and_then(|text| Manifest::from_json(&text));
        Ok(Self { dir, staging, cache, earlier, files: Mutex::default(), _turn: turn })
    }

    /// Whether the next build shall know anything of this one: else nobody asks for keys.
    pub fn remembers(&self) -> bool {
        self.cache.is_kept()
    }

    /// Whether the file at `path` was made from `key` and is still there, and so need not be made.
    pub fn keep(&self, path: &str, key: Key) -> bool {
        let Some(Known { key, hash, look }) = self.cache.find(path, key, &self.dir) else { return false };
        self.lay(path, Laid { hash, staged: false, key, look: Some(look) });
        true
    }

    /// What came of the build before, and what this one does, if it would be the same from the first file
    /// to the last: made from `inputs`, with every file as it was left.
    pub fn unchanged(&self, inputs: Key) -> Option<(&Whole, Written)> {
        let whole = self.cache.whole(inputs, &self.dir)?;
        let unchanged = self.cache.len();
        Some((whole, Written { changed: 0, unchanged, removed: 0, forgotten: None }))
    }

    /// Adds a file. With a key the next build may keep it.
    ///
    /// # Errors
    /// When the path leads out of the folder, or the file cannot be written.
    pub fn put(&self, path: &str, key: Option<Key>, bytes: &[u8]) -> Result<()> {
        if !super::is_inside(path) {
            return Err(Error::place(path, "would be written outside of the output folder"));
        }
        let target = self.dir.join(path);
        let mut look = Look::at(&target);
        let staged = look.is_none() || read_bytes(&target).as_deref() != Some(bytes);
        if staged {
            let place = self.staging.join(path);
            write::make_folder(place.parent().unwrap_or(&self.staging))?;
            write::put(&place, bytes)?;
            look = Look::at(&place);
        }
        let hash = blake3::hash(bytes).to_hex().to_string();
        let other = self.lay(path, Laid { hash: hash.clone(), staged, key, look });
        // Which of them came last would be a matter of luck.
        if other.is_some_and(|other| other.hash != hash) {
            return Err(Error::place(
                path,
                "would be two files in one; give one of the documents another name",
            ));
        }
        Ok(())
    }

    /// Takes up a file; gives what was laid out by its name before.
    fn lay(&self, path: &str, laid: Laid) -> Option<Laid> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), laid)
    }

    /// Adds the manifest, and puts the new output in the place of the old one. `whole` is what the next
    /// build may know of this one.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn finish(self, documents: Vec<Entry>, whole: Option<Whole>) -> Result<Written> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let hashes = files.iter().map(|(path, laid)| (path.clone(), laid.hash.clone())).collect();
        drop(files);
        self.put(MANIFEST, None, Manifest::new(hashes, documents).to_json().as_bytes())?;
        let files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        let plan = Plan {
            dir: &self.dir,
            staging: &self.staging,
            staged: files.iter().filter(|(_, laid)| laid.staged).map(|(path, _)| path.as_str()).collect(),
            removed: self.removed(&files),
            present: self.present(&files),
        };
        let (changed, removed) = (plan.staged.len(), plan.removed.len());
        if changed + removed > 0 {
            plan.carry_out()?;
        }
        let unchanged = files.len() - changed;
        let known = files.into_iter().filter_map(|(path, laid)| {
            let Laid { hash, key, look, .. } = laid;
            Some((path, Known { key, hash, look: look? }))
        });
        let forgotten = self.cache.store(&Kept { whole, files: known.collect() }).err();
        Ok(Written { changed, unchanged, removed, forgotten })
    }

    /// Files of an earlier build that are not in this one and that nobody altered since.
    fn removed(&self, files: &BTreeMap<String, Laid>) -> BTreeSet<String> {
        let same = |path: &str, hash: &String| {
            read_bytes(&self.dir.join(path))
                .is_some_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == hash)
        };
        let earlier = self.earlier.iter().flat_map(|earlier| &earlier.files);
        let gone = earlier.filter(|(path, hash)| !files.contains_key(*path) && same(path, hash));
        gone.map(|(path, _)| path.clone()).collect()
    }

    /// The files in the folder, where all of them are ours, a hidden one such as `.gitkeep` aside.
    fn present(&self, files: &BTreeMap<String, Laid>) -> Option<Vec<String>> {
        let known =
            |path: &str| self.earlier.as_ref().is_some_and(|earlier| earlier.files.contains_key(path));
        let kept = |path: &str| files.get(path).is_some_and(|laid| !laid.staged);
        let ours = |path: &String| {
            path == MANIFEST || known(path) || kept(path) || (path.starts_with('.') && !path.contains('/'))
        };
        write::list(&self.dir).filter(|files| files.iter().all(ours))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What is left here is cleared away by the next build, which says why where it cannot.
        let _ = write::clear(&self.staging);
    }
}
