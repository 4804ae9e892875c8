//! What an earlier load left, so that only what changed since is decoded and resolved again.
//!
//! Takes texts, forgets every document that was made from a text that is another now, and gives the
//! others. It knows nothing of what documents are.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::decode::Documents;
use super::inputs::Asked;
use super::page::Page;
use super::release::Release;
use super::roster::Roster;
use super::runbook::Runbook;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources};

/// The documents of the last load, each with what was found in it.
#[derive(Debug, Default)]
pub struct Memory {
    /// The texts they were made from.
    sources: Sources,
    zone: String,
    pub(super) rosters: Shelf<Roster>,
    pub(super) runbooks: Shelf<Runbook>,
    pub(super) releases: Shelf<Release>,
    pub(super) pages: Shelf<Page>,
}

/// Documents of one kind by their files.
pub(super) type Shelf<T> = BTreeMap<FileId, Kept<T>>;

/// A document, or that there is none, and what it came from.
#[derive(Debug)]
pub(super) struct Kept<T> {
    /// `None` where the file cannot be decoded.
    pub(super) document: Option<Arc<T>>,
    pub(super) found: Vec<Diagnostic>,
    /// Whether all of it could be read.
    pub(super) whole: bool,
    /// What was asked on the way.
    pub(super) asked: Asked,
}

impl Memory {
    /// Forgets whatever may be another one in `sources`, whose runbooks are `documents`, and `zone`.
    pub(super) fn forget(&mut self, sources: &Sources, documents: &Documents, zone: &str) {
        if self.zone != zone {
            *self = Self { zone: zone.to_owned(), ..Self::default() };
        }
        let changes = sources.changed_since(&self.sources);
        self.rosters.retain(|_, kept| kept.asked.holds(&changes, documents));
        self.runbooks.retain(|_, kept| kept.asked.holds(&changes, documents));
        self.releases.retain(|_, kept| kept.asked.holds(&changes, documents));
        self.pages.retain(|_, kept| kept.asked.holds(&changes, documents));
        self.sources = sources.clone();
    }
}

/// Makes the documents of `files` that the shelf does not have, side by side.
pub(super) fn fill<T: Send + Sync>(
    shelf: &mut Shelf<T>,
    files: impl Iterator<Item = FileId>,
    make: impl Fn(FileId) -> Kept<T> + Sync,
) {
    let missing: Vec<FileId> = files.filter(|file| !shelf.contains_key(file)).collect();
    let made: Vec<(FileId, Kept<T>)> = missing.into_par_iter().map(|file| (file, make(file))).collect();
    shelf.extend(made);
}
