//! Output → disk, all or nothing.
//!
//! Takes an `Output` and a folder; touches only what changed and removes only what an earlier build
//! wrote and nobody altered since. The new tree is laid out beside the old one, with hard links to
//! what stays, and both are exchanged in one step, so that a build which is interrupted leaves the old
//! or the new output. Where that cannot be done (another person's files in the folder, a mount point,
//! a file system without exchange) each file is replaced atomically, the manifest last.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::{MANIFEST, Manifest, Output};
use crate::error::{Error, Result};

/// What a build did to the output folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have other bytes.
    pub changed: usize,
    /// Files that were the same.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: usize,
}

/// Brings `output` to the folder `dir`.
///
/// # Errors
/// When the folder cannot be made, read or written.
pub fn write(output: &Output, dir: &Path) -> Result<Written> {
    if let Some((path, _)) = output.iter().find(|(path, _)| !super::is_inside(path)) {
        return Err(Error::place(path, "would be written outside of the output folder"));
    }
    make_folder(dir)?;
    let dir = dir.canonicalize().map_err(|source| Error::io("open", dir, source))?;
    let _turn = turn(&dir)?;
    let plan = Plan::new(output, &dir);
    let written = Written {
        changed: plan.changed.len(),
        unchanged: output.len() - plan.changed.len(),
        removed: plan.removed.len(),
    };
    if plan.changed.is_empty() && plan.removed.is_empty() {
        return Ok(written);
    }
    if !exchange(&plan, output, &dir)? {
        replace(&plan, output, &dir)?;
    }
    Ok(written)
}

/// One build at a time: holds the parent folder locked while the value lives.
fn turn(dir: &Path) -> Result<File> {
    let parent = dir.parent().unwrap_or(dir);
    let handle = File::open(parent).map_err(|source| Error::io("open", parent, source))?;
    handle.lock().map_err(|source| Error::io("lock", parent, source))?;
    Ok(handle)
}

/// What has to be done.
struct Plan {
    changed: BTreeSet<String>,
    removed: Vec<String>,
    /// Whether every file in the folder is ours, a hidden one such as `.gitkeep` aside.
    owned: bool,
}

impl Plan {
    fn new(output: &Output, dir: &Path) -> Self {
        let files: Vec<(&str, &[u8])> = output.iter().collect();
        let changed = files
            .into_par_iter()
            .filter(|(path, bytes)| read(&dir.join(path)).as_deref() != Some(*bytes))
            .map(|(path, _)| path.to_owned())
            .collect();
        let earlier = read(&dir.join(MANIFEST)).and_then(|bytes| String::from_utf8(bytes).ok());
        let earlier = earlier.and_then(|text| Manifest::from_json(&text));
        let known = |path: &str| earlier.as_ref().and_then(|earlier| earlier.files.get(path));
        let same = |path: &str, hash: &String| {
            read(&dir.join(path)).is_some_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == hash)
        };
        let gone = earlier.iter().flat_map(|earlier| &earlier.files);
        let gone = gone.filter(|(path, hash)| output.get(path).is_none() && same(path, hash));
        let removed = gone.map(|(path, _)| path.clone()).collect();
        let ours = |path: &String| {
            path == MANIFEST || known(path).is_some() || (path.starts_with('.') && !path.contains('/'))
        };
        let owned = list(dir).is_some_and(|files| files.iter().all(ours));
        Self { changed, removed, owned }
    }
}

/// The regular files below `dir`; `None` where something else stands there, such as a link.
fn list(dir: &Path) -> Option<Vec<String>> {
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

/// Lays out the new tree and exchanges it with the old one; `false` where that is not possible.
fn exchange(plan: &Plan, output: &Output, dir: &Path) -> Result<bool> {
    let (Some(parent), Some(name)) = (dir.parent(), dir.file_name()) else { return Ok(false) };
    if !plan.owned {
        return Ok(false);
    }
    let staging = parent.join(format!(".{}.runsheet-new", name.to_string_lossy()));
    clear(&staging)?;
    make_folder(&staging)?;
    let laid = lay_out(plan, output, dir, &staging)?;
    let done = laid && renameat_with(CWD, &staging, CWD, dir, RenameFlags::EXCHANGE).is_ok();
    clear(&staging)?;
    Ok(done)
}

/// Fills `staging`: changed files are written, others linked; `false` where links are not possible.
fn lay_out(plan: &Plan, output: &Output, dir: &Path, staging: &Path) -> Result<bool> {
    let Ok(permissions) = fs::metadata(dir).map(|data| data.permissions()) else { return Ok(false) };
    let Some(files) = list(dir) else { return Ok(false) };
    let kept = files.iter().filter(|path| !plan.changed.contains(*path) && !plan.removed.contains(path));
    for path in kept {
        let target = staging.join(path);
        make_folder(target.parent().unwrap_or(staging))?;
        if fs::hard_link(dir.join(path), &target).is_err() {
            return Ok(false);
        }
    }
    for (path, bytes) in output.iter().filter(|(path, _)| plan.changed.contains(*path)) {
        let target = staging.join(path);
        make_folder(target.parent().unwrap_or(staging))?;
        put(&target, bytes)?;
    }
    Ok(fs::set_permissions(staging, permissions).is_ok())
}

/// Replaces file by file, the manifest last, then removes what is gone.
fn replace(plan: &Plan, output: &Output, dir: &Path) -> Result<()> {
    let manifest_last = |path: &&String| path.as_str() == MANIFEST;
    let (last, first): (Vec<&String>, Vec<&String>) = plan.changed.iter().partition(manifest_last);
    for path in first.into_iter().chain(last) {
        let Some(bytes) = output.get(path) else { continue };
        let target = dir.join(path);
        let folder = target.parent().unwrap_or(dir);
        make_folder(folder)?;
        let mut name = target.file_name().unwrap_or_default().to_os_string();
        name.push(".runsheet-new");
        let staged = folder.join(name);
        put(&staged, bytes)?;
        rename(&staged, &target)?;
    }
    for path in &plan.removed {
        remove(&dir.join(path), dir)?;
    }
    Ok(())
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
fn clear(staging: &Path) -> Result<()> {
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::io("remove", staging, error))
        }
        _ => Ok(()),
    }
}

#[expect(clippy::disallowed_methods, reason = "the writer makes the folders of the output")]
fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|source| Error::io("make", path, source))
}

#[expect(clippy::disallowed_methods, reason = "the writer replaces files")]
fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|source| Error::io("replace", to, source))
}

#[expect(clippy::disallowed_methods, reason = "the writer compares with what is there")]
fn read(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// Writes a new file. A link that somebody left in its place is not followed.
fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source| Error::io("write", path, source);
    let mut file = File::options().write(true).create_new(true).open(path);
    if file.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::AlreadyExists) {
        remove(path, path)?;
        file = File::options().write(true).create_new(true).open(path);
    }
    file.map_err(failed)?.write_all(bytes).map_err(failed)
}
