//! Everything that people wrote, resolved.
//!
//! Takes `Sources`, gives a `Library` and the diagnostics of decoding and resolving. Documents are
//! resolved side by side; the order of everything is that of the paths.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::decode::{Documents, Plan, Slot};
use super::page::{self, Page};
use super::release::{Journal, Release};
use super::resolve;
use super::roster::Roster;
use super::runbook::Runbook;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Kind, Source, Sources, Span};

/// Everything that people wrote. A copy shares the documents.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Who there is.
    pub roster: Arc<Roster>,
    /// Runbooks, by id.
    pub runbooks: Vec<Arc<Runbook>>,
    /// Releases, by path.
    pub releases: Vec<Arc<Release>>,
    /// Free pages, by path.
    pub pages: Vec<Arc<Page>>,
    /// Kinds of which a file could not be decoded: what it holds is not known to be missing.
    pub unread: BTreeSet<Kind>,
}

impl Library {
    /// The runbook of an id.
    pub fn runbook(&self, id: &str) -> Option<&Runbook> {
        let at = self.runbooks.binary_search_by(|runbook| runbook.id.as_str().cmp(id));
        at.ok().map(|at| self.runbooks[at].as_ref())
    }

    /// The release of a name.
    pub fn release(&self, name: &str) -> Option<&Arc<Release>> {
        self.releases.iter().find(|release| release.name == name)
    }
}

/// Decodes and resolves everything; `zone` is the time zone of windows that name none.
pub fn load(sources: &Sources, zone: &str) -> (Library, Vec<Diagnostic>) {
    let (documents, mut found) = Documents::read(sources);
    let (roster, diagnostics) = resolve::roster(&documents.roster);
    found.extend(diagnostics);
    let runbooks = documents.runbooks.par_iter().map(|slot| runbook(sources, &documents, slot));
    let runbooks: Vec<Arc<Runbook>> =
        collect(runbooks.collect(), &mut found).into_iter().flatten().map(Arc::new).collect();
    let mut unread = documents.unread.clone();
    if sources.meant(Kind::Runbook) > runbooks.len() {
        unread.insert(Kind::Runbook);
    }
    let releases = documents.releases.par_iter();
    let releases = releases.map(|plan| release(sources, &documents, plan, zone));
    let releases = collect(releases.collect(), &mut found).into_iter().map(Arc::new).collect();
    let pages: Vec<(FileId, &Source)> = sources.of(Kind::Page).collect();
    let pages = pages.into_par_iter().map(|(file, source)| Arc::new(page::read(file, source))).collect();
    found.extend(strays(sources));
    let roster = Arc::new(roster);
    (Library { roster, runbooks, releases, pages, unread }, found)
}

/// A runbook, if it can be decoded; its document goes as soon as it is resolved.
fn runbook(sources: &Sources, documents: &Documents, slot: &Slot) -> (Option<Runbook>, Vec<Diagnostic>) {
    let (document, mut found) = slot.decode(sources);
    let runbook = document.map(|document| {
        let (runbook, diagnostics) = resolve::runbook(sources, documents, &document, &[]);
        found.extend(diagnostics);
        runbook
    });
    (runbook, found)
}

/// Journals beside which there is no plan; nothing in them would ever count.
fn strays(sources: &Sources) -> Vec<Diagnostic> {
    let stray = |(file, source): (FileId, &Source)| {
        let plan = source.path.strip_suffix(".journal.yaml")?;
        let known =
            [".yaml", ".yml"].into_iter().any(|ending| sources.find(&format!("{plan}{ending}")).is_some());
        if known {
            return None;
        }
        let message = format!("the journal belongs to no release: there is no `{plan}.yaml`");
        let found = Diagnostic::error("unknown-reference", Span::new(file, 0, source.line(1).end), message);
        Some(
            found.help(
                "write the plan with `runsheet release new`, or give the journal the name of its release",
            ),
        )
    };
    sources.of(Kind::Journal).filter_map(stray).collect()
}

/// A release with its journal and seal.
fn release(sources: &Sources, documents: &Documents, plan: &Plan, zone: &str) -> (Release, Vec<Diagnostic>) {
    let (mut release, mut found) = resolve::release(sources, documents, plan, zone);
    let time_zone = release.window.as_ref().map(|window| window.time_zone.clone());
    let time_zone = time_zone.or_else(|| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
    let path = format!("{}.journal.yaml", super::decode::stem(&sources.get(plan.file).path));
    if let Some(file) = sources.find(&path) {
        let (journal, diagnostics) = resolve::journal(sources, file, &time_zone);
        release.journal = journal;
        found.extend(diagnostics);
    }
    (release, found)
}

/// Reads journal lines that come from elsewhere; dates of waivers end with their day in `zone`.
pub fn journal(sources: &Sources, file: FileId, zone: &TimeZone) -> (Journal, Vec<Diagnostic>) {
    resolve::journal(sources, file, zone)
}

fn collect<T>(resolved: Vec<(T, Vec<Diagnostic>)>, found: &mut Vec<Diagnostic>) -> Vec<T> {
    let mut values = Vec::with_capacity(resolved.len());
    for (value, diagnostics) in resolved {
        values.push(value);
        found.extend(diagnostics);
    }
    values
}
