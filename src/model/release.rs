//! A release: a runbook applied to one version, and the journal of what happened.
//!
//! Takes and gives data only; state and verdict are computed in `crate::release`.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::document::EventState;
use super::prose::{Prose, Text};
use super::runbook::Runbook;
use super::section::Reference;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span, Spanned};

/// The plan of a release with its journal.
#[derive(Debug, Clone)]
pub struct Release {
    /// Path below `releases/` without its ending: `v1.4.0`.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// The first line of the plan.
    pub span: Span,
    /// Id of the runbook, as it was written.
    pub runbook_id: Reference,
    /// The runbook with the values of this release; `None` where it does not exist.
    pub runbook: Option<Arc<Runbook>>,
    /// What is released.
    pub version: String,
    /// When.
    pub window: Option<Window>,
    /// Who holds which role.
    pub roles: Vec<Assignment>,
    /// Parameter values as they were written.
    pub parameters: Vec<(Spanned<String>, Spanned<String>)>,
    /// Number of the change request.
    pub change: Option<Text>,
    /// What is in the release.
    pub about: Option<Prose>,
    /// Every link in these, with its place.
    pub links: Vec<Reference>,
    /// What its values make of places of the runbook that have a grammar, worded as it was found there.
    pub misfits: Vec<Diagnostic>,
    /// What happened.
    pub journal: Journal,
    /// Content hash of the resolved runbook and the plan: what a signature is bound to.
    pub seal: Seal,
}

/// Who holds a role that day; nobody else does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The role.
    pub role: Reference,
    /// A person or team.
    pub holder: Reference,
    /// Who takes over.
    pub backup: Option<Reference>,
}

impl Assignment {
    /// Everybody who may speak for the role: the holder, and the backup.
    pub fn holders(&self) -> impl Iterator<Item = &Reference> {
        std::iter::once(&self.holder).chain(&self.backup)
    }
}

impl Release {
    /// Who holds a role that day, where the plan says so.
    pub fn assigned(&self, role: &str) -> Option<&Assignment> {
        self.roles.iter().find(|assigned| assigned.role.name == role)
    }

    /// The time zone in which it takes place; UTC where it has no window.
    pub fn zone(&self) -> TimeZone {
        self.window.as_ref().map_or(TimeZone::UTC, |window| window.time_zone.clone())
    }

    /// What was found in the runbook with the values of this release, at the value that comes in there, else
    /// where the runbook is named; the place in the runbook is related.
    pub fn at_value(&self, found: Diagnostic) -> Diagnostic {
        let uses = self.runbook.iter().flat_map(|runbook| &runbook.uses);
        let places = || std::iter::once(found.span).chain(found.related.iter().map(|(span, _)| *span));
        let inside = uses.filter(|used| places().any(|place| place.overlaps(used.span)));
        let given = |used: &Reference| self.parameters.iter().find(|(name, _)| name.value == used.name);
        let value = inside.filter_map(given).map(|(_, value)| value.span).next();
        let label = if value.is_some() { "with this value" } else { "with the values of this release" };
        let words = if found.label.is_empty() { "here" } else { found.label.as_str() };
        let mut related = vec![(found.span, words.to_owned())];
        related.extend(found.related);
        let span = value.unwrap_or(self.runbook_id.span);
        Diagnostic { span, label: label.to_owned(), related, fix: None, ..found }
    }
}

/// A short content hash: BLAKE3, the first sixteen hex digits in groups of four.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Seal(pub String);

impl Seal {
    /// Whether a text is this seal, in whatever case somebody typed it.
    pub fn is(&self, text: &str) -> bool {
        self.0.eq_ignore_ascii_case(text.trim())
    }

    /// Whether a text has the form of a seal.
    pub fn is_one(text: &str) -> bool {
        let group = |group: &str| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        let groups = || text.trim().split('-');
        groups().count() == 4 && groups().all(group)
    }
}

/// Why a line of a journal is none where a merge was not finished.
pub(crate) const UNMERGED: &str = "a mark of git around the sides of a conflict";

/// The time in which the deployment takes place.
#[derive(Debug, Clone)]
pub struct Window {
    /// Where it is written.
    pub span: Span,
    /// T, local.
    pub start: Spanned<DateTime>,
    /// End, local.
    pub end: Option<Spanned<DateTime>>,
    /// Name of the zone.
    pub zone: Spanned<String>,
    /// The zone.
    pub time_zone: TimeZone,
}

impl Window {
    /// T as an instant; a time that daylight saving skips or repeats takes the earlier reading.
    pub fn t(&self) -> Option<Timestamp> {
        self.instant(self.start.value)
    }

    /// A local time of the window's zone as an instant.
    pub fn instant(&self, local: DateTime) -> Option<Timestamp> {
        local.to_zoned(self.time_zone.clone()).ok().map(|zoned| zoned.timestamp())
    }
}

/// What happened, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    /// The file; `None` where there is none yet.
    pub file: Option<FileId>,
    /// The events that could be read.
    pub events: Vec<Event>,
    /// Lines that could not be read and were skipped, with the reason.
    pub torn: Vec<Spanned<String>>,
}

/// One line of the journal.
#[derive(Debug, Clone)]
pub struct Event {
    /// The line.
    pub span: Span,
    /// When.
    pub at: Timestamp,
    /// Who: the id of a person or role, or a name that the roster does not know.
    pub by: Reference,
    /// What.
    pub act: Act,
    /// Reason.
    pub why: Option<String>,
    /// What proves it.
    pub evidence: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// A signature over the event.
    pub signature: Option<String>,
    /// What of it says nothing about its subject, worded.
    pub stray: Vec<Diagnostic>,
}

/// What an event records.
#[derive(Debug, Clone)]
pub enum Act {
    /// About a check, a step or a section.
    Item {
        item: Reference,
        state: Option<EventState>,
        actual: Option<Spanned<String>>,
        metric: Option<Spanned<String>>,
        field: Option<(Spanned<String>, Spanned<String>)>,
        confirm: Option<Reference>,
        until: Option<Spanned<Timestamp>>,
    },
    /// About a message.
    Message { message: Reference, state: Option<EventState> },
    /// About a trigger.
    Trigger { trigger: Reference, state: Option<EventState>, actual: Option<Spanned<String>> },
    /// A signature.
    Sign { role: Reference, choice: Spanned<String>, seal: Option<Spanned<String>> },
    /// What was called at a gate.
    Gate { gate: Reference, choice: Spanned<String> },
    /// A line of the log.
    Log { text: String },
    /// How it ended.
    Outcome { outcome: Spanned<String> },
}

/// What is called at a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateChoice {
    /// What stands behind it may begin.
    Go,
    /// It may not.
    NoGo,
}

impl GateChoice {
    /// What a text calls, in whatever case somebody typed it; any other text calls nothing.
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "go" => Some(Self::Go),
            "no-go" | "no go" => Some(Self::NoGo),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_read_as_somebody_typed_it() {
        let seal = Seal("7f3a-91c2-0b4d-e811".to_owned());
        assert!(seal.is(" 7F3A-91c2-0B4D-E811 ") && Seal::is_one(" 7F3A-91c2-0B4D-E811 "));
        assert!(!seal.is("7f3a-91c2-0b4d-e812"));
        let others = ["", "7f3a", "7f3a91c20b4de811", "7f3a-91c2-0b4d-e81g", "7f3a-91c2-0b4d-e811-7f3a"];
        assert!(!others.into_iter().any(Seal::is_one));
    }
}
