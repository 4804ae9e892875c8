//! What a rule on one runbook may look at beside it.
//!
//! Takes the subject, gives for each runbook who there is, the day, the runbooks that it takes sections
//! from and the roles that its releases fill. A rule on a runbook has no other way to the rest of the
//! content, so that it finds the same as long as these are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::Subject;
use super::passage::Mentions;
use crate::model::roster::Roster;
use crate::model::runbook::Runbook;
use crate::source::{FileId, Kind, Sources, Span};

/// The site as a whole, for rules that no document alone answers.
pub(super) struct Whole<'a> {
    pub(super) subject: &'a Subject<'a>,
    /// Every runbook, with everybody whom it mentions.
    pub(super) mentions: Vec<(&'a Runbook, &'a Mentions)>,
}

/// What holds for every runbook.
pub(super) struct Home<'a> {
    subject: &'a Subject<'a>,
    pub(super) roster: &'a Arc<Roster>,
    /// Where the roster is written.
    pub(super) roster_path: &'a str,
    /// Whether all of the roster could be read: what it lacks is missing.
    pub(super) knows_all: bool,
    /// The day of judgement where the site is at home.
    pub(super) today: Date,
    /// Roles with a holder in some release, by the id of its runbook.
    filled: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Those of releases of a runbook that is not there, which is reported: it may be any.
    stray: BTreeSet<&'a str>,
    by_file: BTreeMap<FileId, &'a Arc<Runbook>>,
}

impl<'a> Home<'a> {
    pub(super) fn new(subject: &'a Subject<'a>) -> Self {
        let library = subject.library;
        let mut filled: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut stray = BTreeSet::new();
        for release in &library.releases {
            let roles = release.roles.iter().map(|assigned| assigned.role.name.as_str());
            match release.runbook {
                Some(_) => filled.entry(release.runbook_id.name.as_str()).or_default().extend(roles),
                None => stray.extend(roles),
            }
        }
        Self {
            subject,
            roster: &library.roster,
            roster_path: subject.roster_path(),
            knows_all: !library.unread.contains(&Kind::Roster),
            today: subject.today(),
            filled,
            stray,
            by_file: library.runbooks.iter().map(|runbook| (runbook.file, runbook)).collect(),
        }
    }

    /// What there is around one runbook.
    pub(super) fn around(&'a self, runbook: &Runbook) -> Surroundings<'a> {
        let files = runbook.all_sections().into_iter().map(|section| section.title.span.file);
        let files: BTreeSet<FileId> = files.filter(|file| *file != runbook.file).collect();
        Surroundings {
            home: self,
            sources: self.subject.sources,
            taken: files.iter().filter_map(|file| self.by_file.get(file).copied()).collect(),
            filled: self.filled.get(runbook.id.as_str()),
        }
    }
}

/// What there is around one runbook.
pub(super) struct Surroundings<'a> {
    home: &'a Home<'a>,
    sources: &'a Sources,
    /// The runbooks that it takes sections from.
    pub(super) taken: Vec<&'a Arc<Runbook>>,
    filled: Option<&'a BTreeSet<&'a str>>,
}

impl<'a> Surroundings<'a> {
    /// Who there is.
    pub(super) fn roster(&self) -> &'a Roster {
        self.home.roster
    }

    /// Where that is written.
    pub(super) fn roster_path(&self) -> &'a str {
        self.home.roster_path
    }

    /// Whether all of the roster could be read.
    pub(super) fn knows_all(&self) -> bool {
        self.home.knows_all
    }

    /// The day of judgement.
    pub(super) fn today(&self) -> Date {
        self.home.today
    }

    /// The roles that releases of the runbook, or of one that is not there, give to somebody.
    pub(super) fn filled(&self) -> impl Iterator<Item = &'a str> {
        self.filled.into_iter().flatten().chain(&self.home.stray).copied()
    }

    /// What was written at a span of the runbook.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// The place of bytes `range` of the scalar `value` that was written at a span of the runbook.
    pub(super) fn locate(&self, span: Span, value: &str, range: Range<usize>) -> Span {
        self.sources.locate(span, value, range)
    }
}
