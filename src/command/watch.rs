//! `runsheet watch`: builds, then builds again whenever the content or a theme changes.
//!
//! Never ends on a mistake in the content: the findings are shown, the last output stands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Outcome, Place, build};
use crate::cli::Watch;
use crate::error::Result;
use crate::serve::{Settings, Watcher};

pub(crate) fn run(arguments: &Watch, place: &Place<'_>) -> Result<Outcome> {
    let build = &arguments.build;
    build::set_jobs(build.jobs)?;
    let root = place.root.canonicalize().unwrap_or_else(|_| place.root.to_path_buf());
    let output = build.output.clone().unwrap_or_else(|| root.join("output"));
    let quiet = Duration::from_millis(arguments.debounce);
    let watcher = Watcher::new(&root, &output, Settings { quiet, poll: arguments.poll })?;
    build::once(build, place)?;
    while let Some(changed) = watcher.next() {
        let changed: BTreeSet<PathBuf> = changed.into_iter().filter(|path| concerns(path, &root)).collect();
        if !changed.is_empty() {
            place.terminal.say(&format!("changed: {}", names(&changed, &root)));
            // A folder that is gone for a moment, as in a checkout of another branch, is no end.
            if let Err(error) = build::once(build, place) {
                place.terminal.fail(&error);
            }
        }
    }
    Ok(Outcome::Fine)
}

/// Whether a change is one of the content or of a theme, or replaces one of those folders.
fn concerns(path: &Path, root: &Path) -> bool {
    let inside = path.strip_prefix(root).ok();
    let first = inside.and_then(|path| path.components().next());
    first.is_some_and(|first| first.as_os_str() == "content" || first.as_os_str() == "themes")
}

/// The changed files, the first three by name.
fn names(changed: &BTreeSet<PathBuf>, root: &Path) -> String {
    // A folder changes with every file in it; it is named only where it is all that changed.
    let files: Vec<&PathBuf> = changed.iter().filter(|path| !path.is_dir()).collect();
    let named = if files.is_empty() { changed.iter().collect() } else { files };
    let name = |path: &&PathBuf| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let mut names: Vec<String> = named.iter().take(3).map(name).collect();
    if named.len() > names.len() {
        names.push(format!("and {} more", named.len() - names.len()));
    }
    names.join(", ")
}
