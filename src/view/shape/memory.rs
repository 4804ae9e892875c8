//! What was shaped of documents last, so that only what changed since is shaped again.
//!
//! Takes the library, gives heads, links and judgements of the documents that it knows. It keeps the very
//! documents that were shaped; what was shaped of one holds for that one alone, and only while names lead
//! where they led, the roster is the same and the words are.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::document;
use super::index::World;
use super::mention::{self, Link, Source};
use super::section::Applied;
use crate::config::Labels;
use crate::model::Library;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::release::{self, Assessment};
use crate::source::{FileId, Sources};
use crate::view::Head;

/// What was shaped of documents last.
#[derive(Default)]
pub struct Memory {
    library: Library,
    sources: Sources,
    labels: Labels,
    as_of: Option<Timestamp>,
    links: BTreeMap<FileId, (Arc<Runbook>, Arc<[Link]>)>,
    runbooks: BTreeMap<FileId, (Arc<Runbook>, Arc<Head>)>,
    judged: BTreeMap<FileId, (Arc<Release>, Arc<Assessment>)>,
    releases: BTreeMap<FileId, (Arc<Release>, Arc<Head>)>,
}

impl Memory {
    /// Forgets whatever may be another one now.
    pub(super) fn forget(
        &mut self,
        (library, sources): (&Library, &Sources),
        labels: &Labels,
        as_of: Option<Timestamp>,
    ) {
        let same_files = !sources.changed_since(&self.sources).files;
        let same_names = same_files && library.has_names_of(&self.library);
        let same_roster = Arc::ptr_eq(&library.roster, &self.library.roster);
        if !same_names {
            self.links.clear();
        }
        if !same_roster || as_of != self.as_of {
            self.judged.clear();
            self.releases.clear();
        }
        if !(same_names && same_roster && *labels == self.labels) {
            self.runbooks.clear();
            self.releases.clear();
        }
        (self.library, self.sources) = (library.clone(), sources.clone());
        (self.labels, self.as_of) = (labels.clone(), as_of);
    }

    /// What each document mentions: runbooks and pages.
    pub(super) fn links(&mut self, library: &Library, sources: &Sources) -> Vec<(Source, Arc<[Link]>)> {
        let collect = |source| mention::collect(library, sources, source);
        let places: BTreeMap<FileId, usize> = places(&library.runbooks, |runbook| runbook.file);
        let of_runbook = |runbook: &Arc<Runbook>| collect(Source::Runbook(places[&runbook.file]));
        let runbooks = keep(&mut self.links, &library.runbooks, |runbook| runbook.file, of_runbook);
        let others = (0..library.pages.len()).map(Source::Page);
        let runbooks = runbooks.into_iter().enumerate().map(|(at, links)| (Source::Runbook(at), links));
        runbooks.chain(others.map(|source| (source, collect(source)))).collect()
    }

    /// What was judged of each release.
    pub(super) fn judged(&mut self, library: &Library) -> Vec<Arc<Assessment>> {
        let (roster, as_of) = (&library.roster, self.as_of);
        let judge =
            |plan: &Arc<Release>| Arc::new(release::assess(plan, roster, release::as_of(plan, as_of)));
        keep(&mut self.judged, &library.releases, |plan| plan.file, judge)
    }

    /// The head of each runbook.
    pub(super) fn runbooks(&mut self, world: World<'_>) -> Vec<Arc<Head>> {
        let head = |runbook: &Arc<Runbook>| Arc::new(document::runbook_head(world, runbook));
        keep(&mut self.runbooks, &world.library.runbooks, |runbook| runbook.file, head)
    }

    /// The head of each release in `followed`: its place in the library, and the runbook with its values.
    pub(super) fn releases(
        &mut self,
        world: World<'_>,
        judged: &[Arc<Assessment>],
        followed: &[(usize, Arc<Runbook>)],
    ) -> Vec<Arc<Head>> {
        let plans: Vec<Arc<Release>> =
            followed.iter().map(|(at, _)| Arc::clone(&world.library.releases[*at])).collect();
        let places: BTreeMap<FileId, usize> = places(&plans, |plan| plan.file);
        let head = |plan: &Arc<Release>| {
            let (at, runbook) = &followed[places[&plan.file]];
            let applied = Applied { release: plan, assessed: &judged[*at] };
            Arc::new(document::release_head(world, applied, runbook))
        };
        keep(&mut self.releases, &plans, |plan| plan.file, head)
    }
}

fn places<T>(documents: &[Arc<T>], file: impl Fn(&T) -> FileId) -> BTreeMap<FileId, usize> {
    documents.iter().enumerate().map(|(at, document)| (file(document), at)).collect()
}

/// What was made of each document, in their order: kept for the same ones, made side by side for others.
/// What belongs to no document any more is forgotten.
fn keep<T: Send + Sync, U: Clone + Send>(
    known: &mut BTreeMap<FileId, (Arc<T>, U)>,
    documents: &[Arc<T>],
    file: impl Fn(&T) -> FileId,
    make: impl Fn(&Arc<T>) -> U + Sync,
) -> Vec<U> {
    let is_known =
        |document: &&Arc<T>| known.get(&file(document)).is_some_and(|(kept, _)| Arc::ptr_eq(kept, document));
    let new: Vec<&Arc<T>> = documents.iter().filter(|document| !is_known(document)).collect();
    let made: Vec<U> = new.par_iter().map(|document| make(document)).collect();
    let made: Vec<(FileId, (Arc<T>, U))> = new
        .into_iter()
        .zip(made)
        .map(|(document, made)| (file(document), (Arc::clone(document), made)))
        .collect();
    known.extend(made);
    if known.len() > documents.len() {
        let files: std::collections::BTreeSet<FileId> =
            documents.iter().map(|document| file(document)).collect();
        known.retain(|file, _| files.contains(file));
    }
    documents.iter().filter_map(|document| known.get(&file(document))).map(|(_, made)| made.clone()).collect()
}
