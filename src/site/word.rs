//! The words for states, and the keys that style sheets know them by.
//!
//! Takes the enumerations of the view, gives `Word`s. A state is always told by its word and its
//! shape; colour comes on top.

use serde::Serialize;

use crate::view::{Action, ItemStatus, Level, Outcome, Phase, Rating, RecordType, Status, Verdict};

/// A state: a key for classes and the word that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Word {
    /// `no-go`: the class is `is-no-go`.
    pub(super) key: &'static str,
    /// `NO-GO`
    pub(super) word: &'static str,
}

const fn word(key: &'static str, word: &'static str) -> Word {
    Word { key, word }
}

pub(super) const fn status(status: ItemStatus) -> Word {
    match status {
        ItemStatus::Pending => word("pending", "open"),
        ItemStatus::Done => word("done", "done"),
        ItemStatus::Failed => word("failed", "failed"),
        ItemStatus::Blocked => word("blocked", "blocked"),
        ItemStatus::NotApplicable => word("not-applicable", "not applicable"),
        ItemStatus::Waived => word("waived", "waived"),
    }
}

pub(super) const fn verdict(verdict: Verdict) -> Word {
    match verdict {
        Verdict::Go => word("go", "GO"),
        Verdict::Undecided => word("undecided", "UNDECIDED"),
        Verdict::NoGo => word("no-go", "NO-GO"),
    }
}

pub(super) const fn rating(rating: Rating) -> Word {
    match rating {
        Rating::Pass => word("pass", "met"),
        Rating::Warn => word("warn", "met, with a note"),
        Rating::Miss => word("miss", "missed"),
        Rating::Abort => word("abort", "abort"),
        Rating::Unknown => word("unknown", "cannot be compared"),
    }
}

pub(super) const fn phase(phase: Phase) -> Word {
    match phase {
        Phase::Before => word("before", "Before"),
        Phase::During => word("during", "During"),
        Phase::After => word("after", "After"),
        Phase::Rollback => word("rollback", "Rollback"),
        Phase::Reference => word("reference", "Reference"),
    }
}

pub(super) const fn level(level: Level) -> Word {
    match level {
        Level::Critical => word("critical", "critical"),
        Level::Required => word("required", "required"),
        Level::Optional => word("optional", "optional"),
    }
}

pub(super) const fn action(action: Action) -> Word {
    match action {
        Action::Rollback => word("rollback", "Roll back"),
        Action::Investigate => word("investigate", "Investigate"),
        Action::Fix => word("fix", "Fix in place"),
        Action::Monitor => word("monitor", "Keep watching"),
        Action::None => word("none", "No action"),
    }
}

pub(super) const fn outcome(outcome: Outcome) -> Word {
    match outcome {
        Outcome::Success => word("success", "success"),
        Outcome::Rollback => word("rollback", "rollback"),
        Outcome::Incident => word("incident", "incident"),
    }
}

pub(super) const fn document_status(status: Status) -> Word {
    match status {
        Status::Draft => word("draft", "draft"),
        Status::Issued => word("issued", "issued"),
        Status::Retired => word("retired", "retired"),
    }
}

pub(super) const fn record_type(kind: RecordType) -> Word {
    match kind {
        RecordType::Text => word("text", ""),
        RecordType::Number => word("number", "number"),
        RecordType::Date => word("date", "date"),
        RecordType::Time => word("time", "time"),
        RecordType::Duration => word("duration", "duration"),
        RecordType::Url => word("url", "address"),
        RecordType::Person => word("person", "person"),
    }
}
