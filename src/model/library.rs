//! Everything that people wrote, resolved.
//!
//! Takes `Sources`, gives a `Library` and the diagnostics of decoding and resolving. Documents are
//! resolved side by side; the order of everything is that of the paths.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use super::decode::{self, Documents};
use super::inputs::Inputs;
use super::memory::{Kept, Memory, Shelf, fill};
use super::misfiled;
use super::page::{self, Page};
use super::release::{Journal, Release};
use super::resolve;
use super::roster::Roster;
use super::runbook::Runbook;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Kind, Sources};
use jiff::tz::TimeZone;

/// The roster of a site without one; it is the same at every load.
static NOBODY: LazyLock<Arc<Roster>> = LazyLock::new(Arc::default);

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

    /// Whether every name leads where it leads in another library: the same ids, headings and paths,
    /// wherever they stand now.
    pub fn has_names_of(&self, other: &Self) -> bool {
        let runbooks = pairs(&self.runbooks, &other.runbooks, |one, other| {
            let places = one.places.iter().map(|place| (&place.id, place.kind));
            one.id == other.id
                && one.whole == other.whole
                && one.file == other.file
                && places.eq(other.places.iter().map(|place| (&place.id, place.kind)))
        });
        let pages = pairs(&self.pages, &other.pages, |one, other| {
            let headings = one.headings.iter().map(|heading| &heading.anchor);
            one.file == other.file && headings.eq(other.headings.iter().map(|heading| &heading.anchor))
        });
        runbooks && pages && pairs(&self.releases, &other.releases, |one, other| one.file == other.file)
    }

    /// The release of a name.
    pub fn release(&self, name: &str) -> Option<&Arc<Release>> {
        self.releases.iter().find(|release| release.name == name)
    }
}

/// Whether documents are the same one by one, or alike.
fn pairs<T>(all: &[Arc<T>], others: &[Arc<T>], alike: impl Fn(&T, &T) -> bool) -> bool {
    let alike = |(one, other): (&Arc<T>, &Arc<T>)| Arc::ptr_eq(one, other) || alike(one, other);
    all.len() == others.len() && all.iter().zip(others).all(alike)
}

/// Decodes and resolves everything; `zone` is the time zone of windows that name none.
pub fn load(sources: &Sources, zone: &str) -> (Library, Vec<Diagnostic>) {
    load_again(sources, zone, &mut Memory::default())
}

/// The same after an earlier load: a document that is made from the same texts is not made again.
pub fn load_again(sources: &Sources, zone: &str, memory: &mut Memory) -> (Library, Vec<Diagnostic>) {
    let documents = Documents::list(sources);
    memory.forget(sources, &documents, zone);
    let files = |kind| sources.of(kind).map(|(file, _)| file);
    let runbooks = || documents.runbooks.iter().map(|slot| slot.file);
    let inputs = || Inputs::new(sources, &documents);
    fill(&mut memory.rosters, files(Kind::Roster), |file| roster(inputs(), file));
    fill(&mut memory.runbooks, runbooks(), |file| runbook(inputs(), file));
    fill(&mut memory.releases, files(Kind::Release), |file| release(inputs(), file, zone));
    fill(&mut memory.pages, files(Kind::Page), |file| page(inputs(), file));
    let mut found = misfiled::all(sources);
    let library = Library {
        unread: unread(sources, memory),
        roster: take(&memory.rosters, files(Kind::Roster), &mut found)
            .pop()
            .unwrap_or_else(|| Arc::clone(&NOBODY)),
        runbooks: take(&memory.runbooks, runbooks(), &mut found),
        releases: take(&memory.releases, files(Kind::Release), &mut found),
        pages: take(&memory.pages, files(Kind::Page), &mut found),
    };
    (library, found)
}

/// The documents of `files`, with what was found in them.
fn take<T>(
    shelf: &Shelf<T>,
    files: impl Iterator<Item = FileId>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Arc<T>> {
    let kept = files.filter_map(|file| shelf.get(&file));
    let documents = kept.filter_map(|kept| {
        found.extend(kept.found.iter().cloned());
        kept.document.clone()
    });
    documents.collect()
}

/// Kinds of which a file could not be read, or not as a whole; this was reported.
fn unread(sources: &Sources, memory: &Memory) -> BTreeSet<Kind> {
    let whole = [
        (Kind::Roster, whole(&memory.rosters)),
        (Kind::Runbook, whole(&memory.runbooks)),
        (Kind::Release, whole(&memory.releases)),
    ];
    whole.into_iter().filter(|(kind, whole)| sources.meant(*kind) > *whole).map(|(kind, _)| kind).collect()
}

fn whole<T>(shelf: &Shelf<T>) -> usize {
    shelf.values().filter(|kept| kept.whole).count()
}

fn roster(inputs: Inputs<'_>, file: FileId) -> Kept<Roster> {
    let (written, mut found) = decode::roster(file, inputs.source(file));
    let whole = written.as_ref().is_some_and(|(_, whole)| *whole);
    let document = written.map(|(written, _)| {
        let (roster, diagnostics) = resolve::roster(&written);
        found.extend(diagnostics);
        Arc::new(roster)
    });
    Kept { document, found, whole, asked: inputs.asked() }
}

/// A runbook, if it can be decoded; its document goes as soon as it is resolved.
fn runbook(inputs: Inputs<'_>, file: FileId) -> Kept<Runbook> {
    let (written, mut found) = decode::runbook(file, inputs.source(file));
    let document = written.map(|written| {
        let (runbook, diagnostics) = resolve::runbook(&inputs, &written, &[]);
        found.extend(diagnostics);
        Arc::new(runbook)
    });
    let whole = document.as_ref().is_some_and(|runbook| runbook.whole);
    Kept { document, found, whole, asked: inputs.asked() }
}

/// A release with its journal and seal.
fn release(inputs: Inputs<'_>, file: FileId, zone: &str) -> Kept<Release> {
    let (plan, mut found) = decode::plan(file, inputs.source(file));
    let document = plan.map(|plan| {
        let (mut release, diagnostics) = resolve::release(&inputs, &plan, zone);
        found.extend(diagnostics);
        let time_zone = release.window.as_ref().map(|window| window.time_zone.clone());
        let time_zone = time_zone.or_else(|| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
        let path = format!("{}.journal.yaml", decode::stem(inputs.path(file)));
        if let Some(file) = inputs.find(&path) {
            let (journal, diagnostics) = resolve::journal(inputs.source(file), file, &time_zone);
            release.journal = journal;
            found.extend(diagnostics);
        }
        Arc::new(release)
    });
    Kept { whole: document.is_some(), document, found, asked: inputs.asked() }
}

fn page(inputs: Inputs<'_>, file: FileId) -> Kept<Page> {
    let page = page::read(file, inputs.source(file));
    Kept { document: Some(Arc::new(page)), found: Vec::new(), whole: true, asked: inputs.asked() }
}

/// Reads journal lines that come from elsewhere; dates of waivers end with their day in `zone`.
pub fn journal(sources: &Sources, file: FileId, zone: &TimeZone) -> (Journal, Vec<Diagnostic>) {
    resolve::journal(sources.get(file), file, zone)
}
