//! Texts → written documents.
//!
//! Takes texts, gives documents as they are written and the diagnostics of YAML and shape. What is
//! written takes more memory than what it means, so a document is decoded when it is resolved; only a
//! runbook that others ask for is kept.

use std::sync::OnceLock;

use foldhash::HashMap;
use serde::de::DeserializeOwned;

use super::document;
use super::seal::Digest;
use crate::diagnostic::Diagnostic;
use crate::source::{Fault, FileId, Kind, Source, Sources, Span, decode, parse, read_around};

/// The runbooks of a site, by id.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) runbooks: Vec<Slot>,
}

/// A runbook that may not have been decoded yet.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) id: String,
    pub(super) file: FileId,
    /// What others asked for; `None` where it cannot be decoded.
    kept: OnceLock<Option<Document>>,
}

/// A runbook as it is written.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) file: FileId,
    pub(super) written: document::Runbook,
    pub(super) digest: Digest,
    /// The hashes of its sections by their places, once another runbook takes one.
    pub(super) sections: OnceLock<HashMap<Span, Digest>>,
    /// Whether nothing that others name was lost.
    pub(super) whole: bool,
}

/// A release as it is written.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) file: FileId,
    pub(super) written: document::Release,
    pub(super) digest: Digest,
}

impl Slot {
    /// The runbook for the sake of another document; what is wrong with it is reported elsewhere.
    pub(super) fn keep(&self, sources: &Sources) -> Option<&Document> {
        self.kept.get_or_init(|| runbook(self.file, sources.get(self.file)).0).as_ref()
    }
}

impl Documents {
    /// Lists runbooks.
    pub(super) fn list(sources: &Sources) -> Self {
        let slot = |(file, source): (FileId, &Source)| {
            let id = name(&source.path, "content/runbooks/");
            Slot { id, file, kept: OnceLock::new() }
        };
        let mut runbooks: Vec<Slot> = sources.of(Kind::Runbook).map(slot).collect();
        runbooks.sort_by(|a, b| a.id.cmp(&b.id));
        Self { runbooks }
    }

    /// The first of an id: two files can have one, with different endings.
    pub(super) fn slot(&self, id: &str) -> Option<&Slot> {
        let at = self.runbooks.partition_point(|slot| slot.id.as_str() < id);
        self.runbooks.get(at).filter(|slot| slot.id == id)
    }
}

/// Decodes a roster, and says whether nobody in it was lost; one whose shape is wrong as a whole is reported.
pub(super) fn roster(file: FileId, source: &Source) -> (Option<(document::Roster, bool)>, Vec<Diagnostic>) {
    let (read, found) = one::<document::Roster>(file, source);
    let roster = read.map(|Read { written, whole, .. }| {
        let whole = whole && written.is_whole();
        (written, whole)
    });
    (roster, found)
}

/// Decodes a runbook.
pub(super) fn runbook(file: FileId, source: &Source) -> (Option<Document>, Vec<Diagnostic>) {
    let (read, found) = one(file, source);
    let id = name(&source.path, "content/runbooks/");
    let document = |Read { file, written, digest, whole }| {
        let sections = OnceLock::new();
        Document { id, file, written, digest, sections, whole }
    };
    (read.map(document), found)
}

/// Decodes the plan of a release.
pub(super) fn plan(file: FileId, source: &Source) -> (Option<Plan>, Vec<Diagnostic>) {
    let (read, found) = one(file, source);
    let name = name(&source.path, "content/releases/");
    (read.map(|Read { file, written, digest, .. }| Plan { name, file, written, digest }), found)
}

/// A document that could be read.
struct Read<T> {
    file: FileId,
    written: T,
    digest: Digest,
    whole: bool,
}

fn one<T: DeserializeOwned>(file: FileId, source: &Source) -> (Option<Read<T>>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let parsed = parse(file, &source.text, &mut faults);
    // `---` or `~` alone.
    let Some(node) = parsed.filter(|node| !node.is_null() || !faults.is_empty()) else {
        if faults.is_empty() {
            let empty = Diagnostic::error("empty-file", Span::new(file, 0, 0), "the file is empty");
            return (None, vec![empty.help("write the document or remove the file")]);
        }
        read_around::<T>(file, &source.text, &mut faults);
        return (None, faults.into_iter().map(Diagnostic::from).collect());
    };
    let digest = Digest::of(&node);
    let written = decode(&node, &mut faults);
    let whole = !faults.iter().any(Fault::loses_names);
    let read = written.map(|written| Read { file, written, digest, whole });
    (read, faults.into_iter().map(Diagnostic::from).collect())
}

/// The path below `folder` without its ending.
fn name(path: &str, folder: &str) -> String {
    stem(path.strip_prefix(folder).unwrap_or(path)).to_owned()
}

/// A path without its ending.
pub(super) fn stem(path: &str) -> &str {
    path.trim_end_matches(".yaml").trim_end_matches(".yml").trim_end_matches(".md")
}
