//! The list of what a build wrote, with a hash of each file.
//!
//! Takes what was written, gives `manifest.json`; reads that of an earlier build back. A manifest that is
//! damaged or of another version is not trusted: then nothing is ever removed on its word.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where the manifest stands below the output folder.
pub const MANIFEST: &str = "manifest.json";
/// The version of its format.
const VERSION: u32 = 1;

/// What a build wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// BLAKE3 of every file, in hex, by path.
    pub files: BTreeMap<String, String>,
    /// The documents, for `verify` and for other programs.
    pub documents: Vec<Entry>,
}

/// A runbook or release that a build wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// `runbook` or `release`.
    pub kind: String,
    /// Id or name.
    pub name: String,
    /// Its title without marks.
    pub title: String,
    /// Its revision, as it was written.
    pub revision: String,
    /// Its content hash, short: what sheets print and signatures hold.
    pub seal: String,
    /// Its page, below the output folder.
    pub page: String,
}

impl Manifest {
    /// The manifest of files, by path with the hash of each.
    pub(super) fn new(files: BTreeMap<String, String>, documents: Vec<Entry>) -> Self {
        Self { version: VERSION, files, documents }
    }

    /// As the text of `manifest.json`.
    pub fn to_json(&self) -> String {
        // A map of texts cannot fail to serialise.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads a manifest; `None` where it is damaged or of another version.
    pub fn from_json(text: &str) -> Option<Self> {
        let manifest: Self = serde_json::from_str(text).ok()?;
        let inside = |path: &String| super::is_inside(path);
        (manifest.version == VERSION && manifest.files.keys().all(inside)).then_some(manifest)
    }
}
