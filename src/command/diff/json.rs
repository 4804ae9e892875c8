//! Differences for a program: one object, `"version": 1`.

use serde::Serialize;

use super::{Presence, Report, Side};
use crate::command::git::Provenance;
use crate::error::{Error, Result};
use crate::release::compare::{self, Group};

/// Version of the shape of the answer.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Answer<'a> {
    version: u32,
    before: End<'a>,
    after: End<'a>,
    runbooks: Vec<Runbook<'a>>,
}

/// One side.
#[derive(Serialize)]
struct End<'a> {
    name: &'a str,
    kind: &'static str,
    /// The commit in full, or nothing without git.
    commit: Option<&'a str>,
    /// Whether there are changes that are not committed.
    dirty: bool,
}

#[derive(Serialize)]
struct Runbook<'a> {
    id: &'a str,
    title: &'a str,
    is: &'static str,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
pub(super) struct Change<'a> {
    group: &'static str,
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    section: &'a str,
    key: Option<&'static str>,
    before: Option<String>,
    after: Option<String>,
    inside: Option<&'a str>,
}

/// # Errors
/// When the answer cannot be written as JSON, which would be a mistake of the program.
pub(super) fn render(report: &Report) -> Result<String> {
    let runbooks = report.compared.iter().map(|compared| Runbook {
        id: &compared.id,
        title: &compared.title,
        is: match compared.presence {
            Presence::Both if compared.changes.is_empty() => "same",
            Presence::Both => "changed",
            Presence::OnlyBefore => "removed",
            Presence::OnlyAfter => "added",
        },
        changes: compared.changes.iter().map(change).collect(),
    });
    let answer = Answer {
        version: VERSION,
        before: end(&report.before),
        after: end(&report.after),
        runbooks: runbooks.collect(),
    };
    let json = serde_json::to_string_pretty(&answer).map_err(|error| Error::usage(error.to_string()))?;
    Ok(json + "\n")
}

fn end(side: &Side) -> End<'_> {
    let (commit, dirty) = match &side.from {
        Provenance::NoGit => (None, false),
        Provenance::Commit { hash, dirty } => (Some(hash.as_str()), *dirty),
    };
    End { name: &side.name, kind: side.kind, commit, dirty }
}

pub(super) fn change(change: &compare::Change) -> Change<'_> {
    let group = match change.group {
        Group::RollbackRemoved => "rollback-removed",
        group => group.word(),
    };
    Change {
        group,
        kind: change.kind,
        id: &change.id,
        title: &change.title,
        section: &change.section,
        key: change.key,
        before: change.before.as_ref().map(ToString::to_string),
        after: change.after.as_ref().map(ToString::to_string),
        inside: change.inside.as_deref(),
    }
}
