//! The new output in the place of the old one, all or nothing.
//!
//! Takes a folder in which the changed files are laid out; touches only what changed and removes only
//! what it is told. What stays is linked into the new tree, and both trees are exchanged in one step,
//! so that a build which is interrupted leaves the old or the new output. Where that cannot be done
//! (another person's files in the folder, a mount point, a file system without exchange) each file is
//! replaced atomically, the manifest last.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{Access, CWD, RenameFlags, access, renameat_with};

use super::MANIFEST;
use crate::error::{Error, Result};

/// What has to be done.
pub(super) struct Plan<'a> {
    pub(super) dir: &'a Path,
    pub(super) staging: &'a Path,
    /// What lies in the staging folder.
    pub(super) staged: BTreeSet<&'a str>,
    /// What goes away.
    pub(super) removed: BTreeSet<String>,
    /// The files that are in the folder, where all of them are ours.
    pub(super) present: Option<Vec<String>>,
}

impl Plan<'_> {
    /// Does it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub(super) fn carry_out(&self) -> Result<()> {
        // What cannot be written to could be exchanged, and the old output never be cleared away.
        access(self.dir, Access::WRITE_OK).map_err(|error| Error::io("write", self.dir, error.into()))?;
        if !self.exchange()? {
            self.replace()?;
        }
        clear(self.staging)
    }

    /// Exchanges the two trees; `false` where that is not possible.
    fn exchange(&self) -> Result<bool> {
        let Some(present) = &self.present else { return Ok(false) };
        if !self.complete(present)? {
            return Ok(false);
        }
        Ok(renameat_with(CWD, self.staging, CWD, self.dir, RenameFlags::EXCHANGE).is_ok())
    }

    /// Links what stays into the staging folder; `false` where links are not possible.
    fn complete(&self, present: &[String]) -> Result<bool> {
        make_folder(self.staging)?;
        let Ok(permissions) = fs::metadata(self.dir).map(|data| data.permissions()) else { return Ok(false) };
        let stays =
            |path: &&String| !self.staged.contains(path.as_str()) && !self.removed.contains(path.as_str());
        let staying: Vec<&String> = present.iter().filter(stays).collect();
        let folders: BTreeSet<&str> =
            staying.iter().map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
        folders.into_iter().try_for_each(|folder| make_folder(&self.staging.join(folder)))?;
        let link = |path: &&String| fs::hard_link(self.dir.join(path), self.staging.join(path)).is_ok();
        if !staying.par_iter().all(link) {
            return Ok(false);
        }
        Ok(fs::set_permissions(self.staging, permissions).is_ok())
    }

    /// Replaces file by file, the manifest last, then removes what is gone.
    fn replace(&self) -> Result<()> {
        let (last, first): (Vec<&str>, Vec<&str>) = self.staged.iter().partition(|path| **path == MANIFEST);
        for path in first.into_iter().chain(last) {
            let (staged, target) = (self.staging.join(path), self.dir.join(path));
            make_folder(target.parent().unwrap_or(self.dir))?;
            bring(&staged, &target)?;
        }
        for path in &self.removed {
            remove(&self.dir.join(path), self.dir)?;
        }
        Ok(())
    }
}

/// The staging folder of an output folder: beside it, so that the two can be exchanged. In the folder itself
/// where that is a mount point or nothing may be made beside it: a full disk has to be noticed before the
/// first file is replaced, and a container may write to its volume only.
pub(super) fn staging(dir: &Path) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let device = |path: &Path| fs::metadata(path).ok().map(|data| data.dev());
    let beside = dir.parent().filter(|parent| device(parent) == device(dir));
    match beside.filter(|parent| access(*parent, Access::WRITE_OK).is_ok()) {
        Some(parent) => parent.join(format!(".{name}.runsheet-new")),
        None => dir.join(".runsheet-new"),
    }
}

/// One build at a time: holds the parent folder locked while the value lives.
pub(super) fn turn(dir: &Path) -> Result<File> {
    let parent = dir.parent().unwrap_or(dir);
    let handle = File::open(parent).map_err(|source| Error::io("open", parent, source))?;
    handle.lock().map_err(|source| Error::io("lock", parent, source))?;
    Ok(handle)
}

/// The regular files below `dir`; `None` where something else stands there, such as a link.
pub(super) fn list(dir: &Path) -> Option<Vec<String>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(dir).min_depth(1) {
        let entry = entry.ok()?;
        if entry.file_type().is_dir() {
            continue;
        }
        if !entry.file_type().is_file() {
            return None;
        }
        let path = entry.path().strip_prefix(dir).ok()?.to_str()?;
        files.push(path.replace(std::path::MAIN_SEPARATOR, "/"));
    }
    Some(files)
}

/// Removes a file and the folders that it leaves empty.
#[expect(clippy::disallowed_methods, reason = "the writer removes what an earlier build wrote")]
fn remove(path: &Path, dir: &Path) -> Result<()> {
    fs::remove_file(path).map_err(|source| Error::io("remove", path, source))?;
    let mut folder: PathBuf = path.to_path_buf();
    while folder.pop() && folder != dir && fs::remove_dir(&folder).is_ok() {}
    Ok(())
}

/// Removes the staging folder of this or of an interrupted build.
#[expect(clippy::disallowed_methods, reason = "the staging folder is ours alone")]
pub(super) fn clear(staging: &Path) -> Result<()> {
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::io("remove", staging, error))
        }
        _ => Ok(()),
    }
}

#[expect(clippy::disallowed_methods, reason = "the writer makes the folders of the output")]
pub(super) fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|source| Error::io("make", path, source))
}

/// Moves a file over another. From another file system it is copied beside that one first.
#[expect(clippy::disallowed_methods, reason = "the writer replaces files")]
fn bring(staged: &Path, target: &Path) -> Result<()> {
    let failed = |source| Error::io("replace", target, source);
    match fs::rename(staged, target) {
        Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {
            let mut name = target.file_name().unwrap_or_default().to_os_string();
            name.push(".runsheet-new");
            let beside = target.with_file_name(name);
            fs::copy(staged, &beside).and_then(|_| fs::rename(&beside, target)).map_err(failed)
        }
        done => done.map_err(failed),
    }
}

/// Writes a new file. A link that somebody left in its place is not followed.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source| Error::io("write", path, source);
    let mut file = File::options().write(true).create_new(true).open(path);
    if file.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::AlreadyExists) {
        remove(path, path)?;
        file = File::options().write(true).create_new(true).open(path);
    }
    file.map_err(failed)?.write_all(bytes).map_err(failed)
}
