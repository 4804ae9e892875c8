//! The words for states, and the keys that style sheets know them by.
//!
//! Takes the enumerations of the view and the labels, gives `Word`s. A state is always
//! told by its word and its shape; colour comes on top. Verdicts are the same in every language.

use serde::Serialize;

use crate::config::Labels;
use crate::view::{Action, ItemStatus, Level, Outcome, Phase, Rating, RecordType, Status, Verdict};

/// A state: a key for classes and the word that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Word<'a> {
    /// `no-go`: the class is `is-no-go`.
    pub(super) key: &'static str,
    /// `NO-GO`
    pub(super) word: &'a str,
}

/// The state `key`, said with the label `label`.
pub(super) fn word<'a>(labels: &'a Labels, key: &'static str, label: &'static str) -> Word<'a> {
    Word { key, word: labels.word(label) }
}

pub(super) fn status(labels: &Labels, status: ItemStatus) -> Word<'_> {
    match status {
        ItemStatus::Pending => word(labels, "pending", "state-pending"),
        ItemStatus::Done => word(labels, "done", "state-done"),
        ItemStatus::Failed => word(labels, "failed", "state-failed"),
        ItemStatus::Blocked => word(labels, "blocked", "state-blocked"),
        ItemStatus::NotApplicable => word(labels, "not-applicable", "state-not-applicable"),
        ItemStatus::Waived => word(labels, "waived", "state-waived"),
    }
}

pub(super) const fn verdict(verdict: Verdict) -> Word<'static> {
    match verdict {
        Verdict::Go => Word { key: "go", word: "GO" },
        Verdict::Undecided => Word { key: "undecided", word: "UNDECIDED" },
        Verdict::NoGo => Word { key: "no-go", word: "NO-GO" },
    }
}

pub(super) fn rating(labels: &Labels, rating: Rating) -> Word<'_> {
    match rating {
        Rating::Pass => word(labels, "pass", "rating-pass"),
        Rating::Warn => word(labels, "warn", "rating-warn"),
        Rating::Miss => word(labels, "miss", "rating-miss"),
        Rating::Abort => word(labels, "abort", "rating-abort"),
        Rating::Unknown => word(labels, "unknown", "rating-unknown"),
    }
}

pub(super) fn phase(labels: &Labels, phase: Phase) -> Word<'_> {
    match phase {
        Phase::Before => word(labels, "before", "phase-before"),
        Phase::During => word(labels, "during", "phase-during"),
        Phase::After => word(labels, "after", "phase-after"),
        Phase::Rollback => word(labels, "rollback", "phase-rollback"),
        Phase::Reference => word(labels, "reference", "phase-reference"),
    }
}

pub(super) fn level(labels: &Labels, level: Level) -> Word<'_> {
    match level {
        Level::Critical => word(labels, "critical", "level-critical"),
        Level::Required => word(labels, "required", "level-required"),
        Level::Optional => word(labels, "optional", "level-optional"),
    }
}

pub(super) fn action(labels: &Labels, action: Action) -> Word<'_> {
    match action {
        Action::Rollback => word(labels, "rollback", "action-rollback"),
        Action::Investigate => word(labels, "investigate", "action-investigate"),
        Action::Fix => word(labels, "fix", "action-fix"),
        Action::Monitor => word(labels, "monitor", "action-monitor"),
        Action::None => word(labels, "none", "action-none"),
    }
}

pub(super) fn outcome(labels: &Labels, outcome: Outcome) -> Word<'_> {
    match outcome {
        Outcome::Success => word(labels, "success", "outcome-success"),
        Outcome::Rollback => word(labels, "rollback", "outcome-rollback"),
        Outcome::Incident => word(labels, "incident", "outcome-incident"),
    }
}

pub(super) fn document_status(labels: &Labels, status: Status) -> Word<'_> {
    match status {
        Status::Draft => word(labels, "draft", "status-draft"),
        Status::Issued => word(labels, "issued", "status-issued"),
        Status::Retired => word(labels, "retired", "status-retired"),
    }
}

pub(super) fn record_type(labels: &Labels, kind: RecordType) -> Word<'_> {
    match kind {
        RecordType::Text => Word { key: "text", word: "" },
        RecordType::Number => word(labels, "number", "kind-number"),
        RecordType::Date => word(labels, "date", "kind-date"),
        RecordType::Time => word(labels, "time", "kind-time"),
        RecordType::Duration => word(labels, "duration", "kind-duration"),
        RecordType::Url => word(labels, "url", "kind-url"),
        RecordType::Person => word(labels, "person", "kind-person"),
    }
}

/// The outcome that a journal tells.
pub(super) fn told_outcome<'a>(labels: &'a Labels, told: &'a str) -> Word<'a> {
    let known = [Outcome::Success, Outcome::Rollback, Outcome::Incident];
    let known = known.into_iter().map(|one| outcome(labels, one)).find(|word| word.key == told);
    known.unwrap_or(Word { key: "other", word: told })
}

/// A day of the week, from Monday, 0.
pub(super) fn weekday(labels: &Labels, day: i8) -> Word<'_> {
    match day {
        0 => word(labels, "monday", "monday"),
        1 => word(labels, "tuesday", "tuesday"),
        2 => word(labels, "wednesday", "wednesday"),
        3 => word(labels, "thursday", "thursday"),
        4 => word(labels, "friday", "friday"),
        5 => word(labels, "saturday", "saturday"),
        _ => word(labels, "sunday", "sunday"),
    }
}
