//! The folder of the project that a command is about, and the repository that it stands in.
//!
//! Takes the folder that was typed, gives that, else the nearest project from here upwards, as other
//! programs find a repository.

use std::path::{Path, PathBuf};

use crate::source::SITE;

/// The folder of the project; this folder where there is none.
pub(crate) fn find(given: Option<&Path>) -> PathBuf {
    let here = || std::env::current_dir().ok();
    let found = given.map(Path::to_path_buf).or_else(|| above(&here()?));
    found.unwrap_or_else(|| PathBuf::from("."))
}

/// The folder of a project in the repository that it stands in, with a slash at its end; nothing where it is the
/// whole of one or in none. Git need not be there to be asked, as in an image that holds this program only.
pub(crate) fn in_repository(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists());
    let inside = top.and_then(|top| root.strip_prefix(top).ok()).unwrap_or(Path::new(""));
    inside.iter().flat_map(|part| [part.to_string_lossy(), "/".into()]).collect()
}

/// The way to the nearest project at or above a folder: `.`, `..`, `../..`.
fn above(here: &Path) -> Option<PathBuf> {
    let steps = here.ancestors().position(|folder| folder.join(SITE).is_file())?;
    Some(if steps == 0 { PathBuf::from(".") } else { std::iter::repeat_n("..", steps).collect() })
}
