//! What judging looks at, and what it has found so far.
//!
//! Takes a release and the roster; the stages of the judgement (`item`, `section`, `approval`,
//! `gate`, `trigger`) read the first and fill the second.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::assessment::{Deviation, DeviationKind, Recorded, SectionAssessment, Subject};
use super::authority::Authority;
use super::ledger::{Entry, Ledger};
use super::metric::days_between;
use crate::diagnostic::Phrase;
use crate::model::document::Phase;
use crate::model::release::{Release, Window};
use crate::model::roster::Roster;
use crate::model::runbook::Runbook;

/// What judging may look at.
pub(super) struct Judge<'a> {
    pub(super) release: &'a Release,
    pub(super) runbook: &'a Runbook,
    pub(super) ledger: Ledger<'a>,
    pub(super) authority: Authority<'a>,
    pub(super) zone: TimeZone,
    pub(super) as_of: Timestamp,
    /// What a signature has to be bound to.
    pub(super) seal: &'a str,
    /// T.
    pub(super) start: Option<Timestamp>,
    /// Roles that sign in sections of phase `before`.
    pub(super) signs_before: BTreeSet<&'a str>,
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) items: BTreeMap<String, Recorded>,
    pub(super) sections: BTreeMap<String, SectionAssessment>,
    pub(super) deviations: Vec<Deviation>,
    /// Required items that are done, with each person who did them.
    pub(super) doers: Vec<(String, String)>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        release: &'a Release,
        runbook: &'a Runbook,
        roster: &'a Roster,
        as_of: Timestamp,
    ) -> Self {
        let zone = release.zone();
        let (ledger, authority) = (Ledger::new(release), Authority::new(roster, &release.roles));
        let start = release.window.as_ref().and_then(Window::t);
        let sections = runbook.all_sections().into_iter();
        let before = sections.filter(|section| section.phase == Phase::Before);
        let signs_before = before
            .flat_map(|section| section.approvals())
            .flat_map(|approval| approval.roles.iter().map(|role| role.name.as_str()))
            .collect();
        let seal = release.seal.0.as_str();
        Self { release, runbook, ledger, authority, zone, as_of, seal, start, signs_before }
    }

    /// Judges as of an event, by what the journal said then. What the plan and the runbook were is not
    /// known any more: what was signed last before it counts as what was to be signed.
    pub(super) fn past(&self, last: Entry<'_>) -> Self {
        let ledger = Ledger::until(self.release, last.order);
        let seal = ledger.seal().unwrap_or(self.seal);
        let (authority, zone) = (self.authority.clone(), self.zone.clone());
        let signs_before = self.signs_before.clone();
        Self { ledger, authority, zone, as_of: last.event.at, seal, signs_before, ..*self }
    }

    /// The day of an instant where the release takes place.
    pub(super) fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// Days since the runbook was reviewed.
    pub(super) fn age(&self) -> Option<i64> {
        let reviewed = self.runbook.reviewed.as_ref()?;
        Some(days_between(reviewed.value, self.day(self.as_of)))
    }

    /// The end of a waiver in words: a day, or a local time where it does not end with its day.
    pub(super) fn until(&self, end: Timestamp) -> String {
        let local = end.to_zoned(self.zone.clone());
        let midnight = local.time() == jiff::civil::Time::midnight();
        match local.date().yesterday() {
            Ok(day) if midnight => day.to_string(),
            _ => local.strftime("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

impl Findings {
    pub(super) fn deviate(
        &mut self,
        kind: DeviationKind,
        about: Subject,
        text: Phrase,
        event: Option<usize>,
    ) {
        self.deviations.push(Deviation { kind, about, text, event });
    }
}
