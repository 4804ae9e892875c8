//! The folder of the project that a command is about.
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

/// The way to the nearest project at or above a folder: `.`, `..`, `../..`.
fn above(here: &Path) -> Option<PathBuf> {
    let steps = here.ancestors().position(|folder| folder.join(SITE).is_file())?;
    Some(if steps == 0 { PathBuf::from(".") } else { std::iter::repeat_n("..", steps).collect() })
}
