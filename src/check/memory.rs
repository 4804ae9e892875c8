//! What the rules found last, so that only what changed since is judged again.
//!
//! Takes the subject, gives what the rules on runbooks and texts find in it, without weight. It keeps
//! the very documents and texts that were judged: what was found in one holds for that one alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::Subject;
use super::allow::Marks;
use super::applied;
use super::passage::Mentions;
use super::rule::{Look, Rule};
use super::surroundings::{Home, Surroundings, Whole};
use crate::diagnostic::Diagnostic;
use crate::model::Library;
use crate::model::roster::Roster;
use crate::model::runbook::Runbook;
use crate::model::section::{Item, Section};
use crate::source::{Changes, FileId, Source, Sources};

/// What rules found in one document, in the order of the rules.
pub(super) type Found = Vec<(&'static Rule, Vec<Diagnostic>)>;

/// What was found last.
#[derive(Default)]
pub struct Memory {
    sources: Sources,
    library: Library,
    setting: Option<Setting>,
    runbooks: BTreeMap<FileId, Kept>,
    /// The runbooks of releases, with their values, by the files of the plans.
    applied: BTreeMap<FileId, Kept>,
    links: BTreeMap<FileId, Found>,
    texts: BTreeMap<FileId, (Found, Option<Marks>)>,
}

/// What every rule on runbooks looks at.
struct Setting {
    rules: Vec<&'static str>,
    roster: Arc<Roster>,
    roster_path: String,
    knows_all: bool,
    today: Date,
}

impl Setting {
    fn new(rules: &[&'static Rule], home: &Home<'_>) -> Self {
        Self {
            rules: rules.iter().map(|rule| rule.name).collect(),
            roster: Arc::clone(home.roster),
            roster_path: home.roster_path.to_owned(),
            knows_all: home.knows_all,
            today: home.today,
        }
    }
}

impl PartialEq for Setting {
    fn eq(&self, other: &Self) -> bool {
        let Self { rules, roster, roster_path, knows_all, today } = self;
        *rules == other.rules
            && Arc::ptr_eq(roster, &other.roster)
            && *roster_path == other.roster_path
            && *knows_all == other.knows_all
            && *today == other.today
    }
}

/// A runbook that was judged.
struct Kept {
    judged: Judged,
    found: Found,
    mentions: Mentions,
}

/// What was judged: a runbook with what is around it.
struct Judged {
    runbook: Arc<Runbook>,
    taken: Vec<Arc<Runbook>>,
    filled: BTreeSet<String>,
}

impl Judged {
    fn new(runbook: &Arc<Runbook>, around: &Surroundings<'_>) -> Self {
        Self {
            runbook: Arc::clone(runbook),
            taken: around.taken.iter().map(|taken| Arc::clone(taken)).collect(),
            filled: around.filled().map(str::to_owned).collect(),
        }
    }

    fn is(&self, runbook: &Arc<Runbook>, around: &Surroundings<'_>) -> bool {
        let same = |(one, other): (&Arc<Runbook>, &&Arc<Runbook>)| Arc::ptr_eq(one, other);
        Arc::ptr_eq(&self.runbook, runbook)
            && self.taken.len() == around.taken.len()
            && self.taken.iter().zip(&around.taken).all(same)
            && self.filled.iter().map(String::as_str).eq(around.filled())
    }
}

impl Memory {
    /// Judges what is new with the rules that are `on`.
    pub(super) fn judge(&mut self, subject: &Subject<'_>, on: &[&'static Rule]) {
        let home = Home::new(subject);
        let setting = Setting::new(on, &home);
        if self.setting.as_ref() != Some(&setting) {
            *self = Self::default();
        }
        self.forget(subject, &subject.sources.changed_since(&self.sources));
        (self.sources, self.library) = (subject.sources.clone(), subject.library.clone());
        self.setting = Some(setting);
        self.judge_runbooks(subject, &home, on);
        self.judge_links(subject, on);
        self.judge_texts(subject, on);
    }

    /// Forgets what was found in texts that changed, and links that may lead elsewhere.
    fn forget(&mut self, subject: &Subject<'_>, changes: &Changes) {
        self.texts.retain(|file, _| !changes.texts.contains(file));
        let same_names = !changes.files && subject.library.has_names_of(&self.library);
        if !(same_names && same_ways(&self.library, subject.library)) {
            self.links.clear();
        }
        let known: BTreeSet<*const Runbook> = self.library.runbooks.iter().map(Arc::as_ptr).collect();
        let is_new = |runbook: &&Arc<Runbook>| !known.contains(&Arc::as_ptr(runbook));
        let new = subject.library.runbooks.iter().filter(is_new);
        let new: BTreeSet<FileId> = new.map(|runbook| runbook.file).collect();
        self.links.retain(|file, found| found.is_empty() && !new.contains(file));
    }

    fn judge_runbooks(&mut self, subject: &Subject<'_>, home: &Home<'_>, on: &[&'static Rule]) {
        let runbooks = subject.library.runbooks.iter().map(|runbook| (runbook.file, runbook));
        self.runbooks = again(std::mem::take(&mut self.runbooks), runbooks.collect(), home, on);
        let applied = subject.library.releases.iter().filter(|release| applied::is_judged(release));
        let applied = applied.filter_map(|release| Some((release.file, release.runbook.as_ref()?)));
        self.applied = again(std::mem::take(&mut self.applied), applied.collect(), home, on);
    }

    fn judge_links(&mut self, subject: &Subject<'_>, on: &[&'static Rule]) {
        let unknown = subject.library.runbooks.par_iter();
        let unknown = unknown.filter(|runbook| !self.links.contains_key(&runbook.file));
        let judged: Vec<(FileId, Found)> = unknown
            .map(|runbook| {
                let found = each(on, |look| match look {
                    Look::Links(look) => look(subject, runbook),
                    _ => Vec::new(),
                });
                (runbook.file, found)
            })
            .collect();
        self.links.extend(judged);
    }

    fn judge_texts(&mut self, subject: &Subject<'_>, on: &[&'static Rule]) {
        let files: Vec<(FileId, &Source)> = subject.sources.iter().collect();
        let unknown = files.into_par_iter().filter(|(file, _)| !self.texts.contains_key(file));
        let judged: Vec<(FileId, (Found, Option<Marks>))> = unknown
            .map(|(file, source)| {
                let found = each(on, |look| match look {
                    Look::Text(look) => look(file, source),
                    _ => Vec::new(),
                });
                (file, (found, Marks::of(file, source)))
            })
            .collect();
        self.texts.extend(judged);
    }

    /// What was found in a runbook.
    pub(super) fn of_runbook(&self, file: FileId) -> impl Iterator<Item = &(&'static Rule, Vec<Diagnostic>)> {
        let links = self.links.get(&file).into_iter().flatten();
        self.runbooks.get(&file).into_iter().flat_map(|kept| &kept.found).chain(links)
    }

    /// What was found in the runbook of a release with its values.
    pub(super) fn of_applied(
        &self,
        release: FileId,
    ) -> impl Iterator<Item = &(&'static Rule, Vec<Diagnostic>)> {
        self.applied.get(&release).into_iter().flat_map(|kept| &kept.found)
    }

    /// The site as a whole.
    pub(super) fn whole<'a>(&'a self, subject: &'a Subject<'a>) -> Whole<'a> {
        let mentions = |kept: &'a Kept| (kept.judged.runbook.as_ref(), &kept.mentions);
        Whole { subject, mentions: self.runbooks.values().map(mentions).collect() }
    }

    /// What was found in texts.
    pub(super) fn of_texts(&self) -> impl Iterator<Item = (FileId, &Found)> {
        self.texts.iter().map(|(file, (found, _))| (*file, found))
    }

    /// The silencing comments of each text that has any.
    pub(super) fn marks(&self) -> impl Iterator<Item = (FileId, &Marks)> {
        self.texts.iter().filter_map(|(file, (_, marks))| Some((*file, marks.as_ref()?)))
    }
}

/// What is found in runbooks, by the files that they are known by; those that are `known` are not judged again.
fn again(
    mut known: BTreeMap<FileId, Kept>,
    runbooks: Vec<(FileId, &Arc<Runbook>)>,
    home: &Home<'_>,
    on: &[&'static Rule],
) -> BTreeMap<FileId, Kept> {
    let around: Vec<Surroundings<'_>> =
        runbooks.par_iter().map(|(_, runbook)| home.around(runbook)).collect();
    let (mut kept, mut new) = (BTreeMap::new(), Vec::new());
    for ((file, runbook), around) in runbooks.into_iter().zip(&around) {
        match known.remove(&file).filter(|kept| kept.judged.is(runbook, around)) {
            Some(same) => drop(kept.insert(file, same)),
            None => new.push((file, runbook, around)),
        }
    }
    kept.par_extend(new.into_par_iter().map(|(file, runbook, around)| {
        let found = each(on, |look| match look {
            Look::Runbook(look) => look(around, runbook),
            _ => Vec::new(),
        });
        let (judged, mentions) = (Judged::new(runbook, around), Mentions::of(runbook));
        (file, Kept { judged, found, mentions })
    }));
    kept
}

/// What each rule finds, of those that find something.
fn each(on: &[&'static Rule], look: impl Fn(&Look) -> Vec<Diagnostic>) -> Found {
    let found = on.iter().map(|rule| (*rule, rule.look.ways().iter().flat_map(&look).collect::<Vec<_>>()));
    found.filter(|(_, found)| !found.is_empty()).collect()
}

/// Whether every way out of a failure leads where it led, as far as names do.
fn same_ways(old: &Library, new: &Library) -> bool {
    let same =
        |(old, new): (&Arc<Runbook>, &Arc<Runbook>)| Arc::ptr_eq(old, new) || outline(old) == outline(new);
    old.runbooks.len() == new.runbooks.len() && old.runbooks.iter().zip(&new.runbooks).all(same)
}

/// What stands in what, and where each item leads when it fails: depth, id and name.
fn outline(runbook: &Runbook) -> Vec<(usize, &str, Option<&str>)> {
    type Outline<'a> = Vec<(usize, &'a str, Option<&'a str>)>;
    fn item<'a>(one: &'a Item, depth: usize, found: &mut Outline<'a>) {
        found.push((depth, &one.id, one.on_failure.as_ref().map(|to| to.name.as_str())));
        one.checks.iter().for_each(|check| item(check, depth + 1, found));
    }
    fn section<'a>(one: &'a Section, depth: usize, found: &mut Outline<'a>) {
        found.push((depth, &one.id, None));
        one.items().for_each(|one| item(one, depth + 1, found));
        one.sections().for_each(|inner| section(inner, depth + 1, found));
    }
    let mut found = Vec::new();
    runbook.sections.iter().for_each(|one| section(one, 0, &mut found));
    found
}
