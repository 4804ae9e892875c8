//! Texts → written documents.
//!
//! Takes `Sources`, gives every document as it is written and the diagnostics of YAML and shape. Each
//! file is read once, files side by side.

use std::collections::BTreeSet;

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
    pub(super) runbooks: Vec<Document>,
    pub(super) releases: Vec<Plan>,
    /// Kinds of which a file could not be decoded, which was reported.
    pub(super) unread: BTreeSet<Kind>,
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

impl Documents {
    /// Decodes every roster, runbook and release.
    pub(super) fn read(sources: &Sources) -> (Self, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let rosters = all::<document::Roster>(sources, Kind::Roster, &mut found);
        let runbooks = all::<document::Runbook>(sources, Kind::Runbook, &mut found);
        let releases = all::<document::Release>(sources, Kind::Release, &mut found);
        let unread =
            [(Kind::Roster, rosters.len()), (Kind::Runbook, runbooks.len()), (Kind::Release, releases.len())];
        let unread = unread.into_iter().filter(|(kind, read)| sources.meant(*kind) > *read);
        let mut unread: BTreeSet<Kind> = unread.map(|(kind, _)| kind).collect();
        if rosters.iter().any(|roster| !roster.written.is_whole()) {
            unread.insert(Kind::Roster);
        }
        let id = |file, folder| name(&sources.get(file).path, folder);
        let documents = Self {
            roster: rosters.into_iter().next().map(|read| read.written).unwrap_or_default(),
            runbooks: runbooks
                .into_iter()
                .map(|Read { file, written, digest }| Document {
                    id: id(file, "content/runbooks/"),
                    file,
                    written,
                    digest,
                })
                .collect(),
            releases: releases
                .into_iter()
                .map(|Read { file, written, digest }| Plan {
                    name: id(file, "content/releases/"),
                    file,
                    written,
                    digest,
                })
                .collect(),
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
    pub(super) fn runbook_by_id(&self, id: &str) -> Option<&Document> {
        let id = id.trim_end_matches(".yaml").trim_end_matches(".yml");
        self.runbooks.iter().find(|document| document.id == id)
    }

    /// The runbook at `path`, relative to the file `here`, or an id; an empty path is `here` itself.
    pub(super) fn runbook(&self, here: &str, path: &str) -> Option<&Document> {
        let target = if path.is_empty() { here.to_owned() } else { super::reference::join(here, path)? };
        let by_path = self.runbooks.iter().find(|document| {
            target.strip_prefix("content/runbooks/").map(stem) == Some(document.id.as_str())
        });
        by_path.or_else(|| self.runbook_by_id(path))
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
