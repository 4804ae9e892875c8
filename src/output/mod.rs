//! What a build makes: files by their paths, and the writer that brings them to disk.
//!
//! Takes files from site, sheet and record; gives an output folder in which only what changed was
//! made and touched, and from which only what an earlier build wrote was removed.

mod cache;
mod key;
mod manifest;
mod replace;
mod stage;
mod write;

pub use cache::{Cache, Whole};
pub use key::Key;
pub use manifest::{Entry, MANIFEST, Manifest};
pub use replace::{append, create, replace};
pub use stage::{Stage, Written};

use std::collections::BTreeMap;

/// Files by their path below the output folder, with `/`; written to disk or served from memory.
#[derive(Debug, Clone, Default)]
pub struct Output {
    files: BTreeMap<String, Vec<u8>>,
}

impl Output {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Adds every file of another output.
    pub fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
    }

    /// The files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The bytes of one file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Whether a path below the output folder stays there: no empty, `.`, `..` or absolute part.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
