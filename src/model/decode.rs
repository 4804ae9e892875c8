//! Texts → written documents.
//!
//! Takes `Sources`, gives every document as it is written and the diagnostics of YAML and shape, files
//! side by side. What is written takes more memory than what it means, so a runbook is decoded when it
//! is resolved; only one that others ask for is kept.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::document;
use super::seal::{self, Digest};
use crate::diagnostic::Diagnostic;
use crate::source::{Fault, FileId, Kind, Source, Sources, Span, decode, parse, parse_until_error};

/// Every document of a site, as it is written.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) roster: document::Roster,
    /// By id.
    pub(super) runbooks: Vec<Slot>,
    pub(super) releases: Vec<Plan>,
    /// Kinds of which a file could not be decoded, which was reported; those of runbooks aside.
    pub(super) unread: BTreeSet<Kind>,
}

/// A runbook that may not have been decoded yet.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) id: String,
    file: FileId,
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
    /// Decodes the runbook for its own sake, with what is wrong with it.
    pub(super) fn decode(&self, sources: &Sources) -> (Option<Document>, Vec<Diagnostic>) {
        let (read, found) = one(self.file, sources.get(self.file));
        let document =
            |Read { file, written, digest }| Document { id: self.id.clone(), file, written, digest };
        (read.map(document), found)
    }

    /// The runbook for the sake of another document; what is wrong with it is reported elsewhere.
    fn keep(&self, sources: &Sources) -> Option<&Document> {
        self.kept.get_or_init(|| self.decode(sources).0).as_ref()
    }
}

impl Documents {
    /// Decodes rosters and releases, and lists runbooks.
    pub(super) fn read(sources: &Sources) -> (Self, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let rosters = all::<document::Roster>(sources, Kind::Roster, &mut found);
        let releases = all::<document::Release>(sources, Kind::Release, &mut found);
        let unread = [(Kind::Roster, rosters.len()), (Kind::Release, releases.len())];
        let unread = unread.into_iter().filter(|(kind, read)| sources.meant(*kind) > *read);
        let mut unread: BTreeSet<Kind> = unread.map(|(kind, _)| kind).collect();
        if rosters.iter().any(|roster| !roster.written.is_whole()) {
            unread.insert(Kind::Roster);
        }
        let slot = |(file, source): (FileId, &Source)| {
            let id = name(&source.path, "content/runbooks/");
            Slot { id, file, kept: OnceLock::new() }
        };
        let plan = |Read { file, written, digest }| {
            let name = name(&sources.get(file).path, "content/releases/");
            Plan { name, file, written, digest }
        };
        let mut runbooks: Vec<Slot> = sources.of(Kind::Runbook).map(slot).collect();
        runbooks.sort_by(|a, b| a.id.cmp(&b.id));
        let documents = Self {
            roster: rosters.into_iter().next().map(|read| read.written).unwrap_or_default(),
            runbooks,
            releases: releases.into_iter().map(plan).collect(),
            unread,
        };
        (documents, found)
    }

    /// The hash of one section of a runbook, which another runbook takes with `use`.
    pub(super) fn digest(&self, sources: &Sources, section: Span) -> Digest {
        let text = &sources.get(section.file).text;
        let root = parse(section.file, text, &mut Vec::new());
        root.as_ref().and_then(|root| seal::find(root, section)).map(Digest::of).unwrap_or_default()
    }

    /// The runbook of an id; a name with its ending is taken too.
    pub(super) fn runbook_by_id(&self, sources: &Sources, id: &str) -> Option<&Document> {
        let id = id.trim_end_matches(".yaml").trim_end_matches(".yml");
        self.slot(id)?.keep(sources)
    }

    /// The first of an id: two files can have one, with different endings.
    fn slot(&self, id: &str) -> Option<&Slot> {
        let at = self.runbooks.partition_point(|slot| slot.id.as_str() < id);
        self.runbooks.get(at).filter(|slot| slot.id == id)
    }

    /// The runbook at `path`, relative to the file `here`, or an id; an empty path is `here` itself.
    pub(super) fn runbook(&self, sources: &Sources, here: &str, path: &str) -> Option<&Document> {
        let target = if path.is_empty() { here.to_owned() } else { super::reference::join(here, path)? };
        let id = target.strip_prefix("content/runbooks/").map(stem);
        let by_path = id.and_then(|id| self.slot(id)?.keep(sources));
        by_path.or_else(|| self.runbook_by_id(sources, path))
    }
}

/// Decodes all files of a kind; a file whose shape is wrong as a whole is left out, it was reported.
fn all<T: DeserializeOwned + Send>(
    sources: &Sources,
    kind: Kind,
    found: &mut Vec<Diagnostic>,
) -> Vec<Read<T>> {
    let files: Vec<(FileId, &Source)> = sources.of(kind).collect();
    let read: Vec<(Option<Read<T>>, Vec<Diagnostic>)> =
        files.into_par_iter().map(|(file, source)| one(file, source)).collect();
    let mut values = Vec::with_capacity(read.len());
    for (value, diagnostics) in read {
        found.extend(diagnostics);
        values.extend(value);
    }
    values
}

/// A document that could be read.
struct Read<T> {
    file: FileId,
    written: T,
    digest: Digest,
}

fn one<T: DeserializeOwned>(file: FileId, source: &Source) -> (Option<Read<T>>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let Some(node) = parse(file, &source.text, &mut faults) else {
        if faults.is_empty() {
            let empty = Diagnostic::error("empty-file", Span::new(file, 0, 0), "the file is empty");
            return (None, vec![empty.help("write the document or remove the file")]);
        }
        before_error::<T>(file, source, &mut faults);
        return (None, faults.into_iter().map(Diagnostic::from).collect());
    };
    let digest = Digest::of(&node);
    let written = decode(&node, &mut faults);
    let read = written.map(|written| Read { file, written, digest });
    (read, faults.into_iter().map(Diagnostic::from).collect())
}

/// What else is wrong in a file above the line of its syntax error.
fn before_error<T: DeserializeOwned>(file: FileId, source: &Source, faults: &mut Vec<Fault>) {
    let Some(place) = faults.iter().map(|fault| fault.span.start).max() else { return };
    let Some(node) = parse_until_error(file, &source.text) else { return };
    let line = source.line(source.position(place).0).start;
    let mut above = Vec::new();
    decode::<T>(&node, &mut above);
    faults.extend(above.into_iter().filter(|fault| fault.span.range().end <= line));
}

/// The path below `folder` without its ending.
fn name(path: &str, folder: &str) -> String {
    stem(path.strip_prefix(folder).unwrap_or(path)).to_owned()
}

/// A path without its ending.
pub(super) fn stem(path: &str) -> &str {
    path.trim_end_matches(".yaml").trim_end_matches(".yml").trim_end_matches(".md")
}
