//! What was recorded in a release and what follows from it, as a reader sees it.
//!
//! Takes and gives data only; computed by `crate::release`, worded and linked by `view::shape`.

use super::document::{Line, Mention};
pub use crate::release::{ItemStatus, Progress, Rating, Verdict};

/// Plan, state and verdict of a release.
#[derive(Debug, Clone, Hash)]
pub struct ReleaseState {
    /// `v1.4.0`
    pub version: String,
    /// Number of the change request.
    pub change: Line,
    /// What is in the release.
    pub about: Vec<super::document::Flow>,
    /// The runbook it follows.
    pub runbook: Mention,
    /// Start, end and zone in words: `2026-12-01 09:00 to 12:00 Europe/Madrid`.
    pub window: Option<String>,
    /// The time zone of the window.
    pub zone: Option<String>,
    /// T, the start of the window, with its end.
    pub start: Option<super::document::When>,
    /// Who holds which role.
    pub roles: Vec<Assigned>,
    /// Judged as of this instant, in words.
    pub as_of: String,
    /// The worst verdict of the gates.
    pub verdict: Verdict,
    /// Why, one line a reason, those for NO-GO first; empty for GO.
    pub reasons: Vec<Reason>,
    /// Counts of required items.
    pub progress: Progress,
    /// The first items that are to be done next, by id.
    pub next: Vec<String>,
    /// How many more wait behind them.
    pub waiting: usize,
    /// The gate at which go has to be called before what is behind it, by id.
    pub stop: Option<String>,
    /// Failures, waivers, warnings, calls against the verdict, unbound signatures, …
    pub deviations: Vec<Reason>,
    /// The journal in words.
    pub events: Vec<LogEntry>,
    /// `success`, `rollback`, …
    pub outcome: Option<String>,
    /// Content hash of the plan and the resolved runbook.
    pub seal: String,
}

/// Who holds a role that day.
#[derive(Debug, Clone, Hash)]
pub struct Assigned {
    /// The role.
    pub role: Mention,
    /// A person or team.
    pub holder: Mention,
    /// Who takes over.
    pub backup: Option<Mention>,
}

/// One reason of a verdict, or one deviation.
#[derive(Debug, Clone, Hash)]
pub struct Reason {
    /// What it leads to, NO-GO or UNDECIDED, where others beside it lead elsewhere; nothing for a deviation.
    pub verdict: Option<Verdict>,
    /// What it is about.
    pub about: Mention,
    /// `p95 is 620 ms, the bar is < 500 ms`
    pub text: String,
}

/// What was recorded for an item or a section.
#[derive(Debug, Clone, Hash)]
pub struct ItemState {
    /// The state that counts.
    pub status: ItemStatus,
    /// Why it has this state, where that is not plain: a missed bar, a missing value.
    pub notes: Vec<String>,
    /// Who recorded it.
    pub by: Option<Mention>,
    /// When, local: `08:02`.
    pub at: Option<String>,
    /// Reason given.
    pub why: Option<String>,
    /// End of a waiver.
    pub until: Option<String>,
    /// Evidence, as links or text.
    pub evidence: Vec<String>,
    /// Notes of the journal.
    pub remarks: Vec<String>,
    /// Who confirmed.
    pub confirmed: Vec<Mention>,
    /// The roles that have to confirm what is done.
    pub unconfirmed: Vec<Mention>,
    /// What others said who disagree.
    pub disagreement: Vec<String>,
}

/// A recorded value and how it compares.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Actual {
    /// As it was recorded, or as it was computed for a built-in metric.
    pub value: String,
    /// How it compares.
    pub rating: Rating,
    /// In words: `480 ms meets < 500 ms`.
    pub words: String,
}

/// Whether a trigger fired.
#[derive(Debug, Clone, Hash)]
pub struct TriggerState {
    /// Whether it is true now.
    pub fired: bool,
    /// When and by whom it was recorded.
    pub words: String,
}

/// Whether a message was sent.
#[derive(Debug, Clone, Hash)]
pub struct MessageState {
    /// Times sent, local.
    pub sent: Vec<String>,
}

/// Who signed.
#[derive(Debug, Clone, Hash)]
pub struct ApprovalState {
    /// Whether the approval is given.
    pub given: bool,
    /// Whether somebody blocked.
    pub blocked: bool,
    /// The signatures, newest of each role.
    pub signatures: Vec<Signature>,
    /// Why it is not given.
    pub missing: Option<String>,
}

/// One signature.
#[derive(Debug, Clone, Hash)]
pub struct Signature {
    /// As what.
    pub role: Mention,
    /// Who.
    pub by: Mention,
    /// `approve`
    pub choice: String,
    /// When, local.
    pub at: String,
    /// Seal it is bound to.
    pub seal: Option<String>,
    /// Whether it is signed with a key too, which is not verified.
    pub key: bool,
    /// Whether it counts.
    pub counts: bool,
    /// Why not, or that it is not bound.
    pub note: Option<String>,
}

/// The verdict of a gate and what was called.
#[derive(Debug, Clone, Hash)]
pub struct GateState {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What was called, by whom and when; with a note where it goes against the verdict.
    pub called: Vec<String>,
    /// Who released it, where the newest call is go.
    pub released: Option<Released>,
    /// The sections it is judged on, by id, with the verdict on each.
    pub sections: Vec<(String, Verdict)>,
    /// Who is asked, in this order.
    pub roll: Vec<Asked>,
    /// Reasons that nobody who is asked answers for.
    pub others: Vec<Reason>,
}

/// A call of go.
#[derive(Debug, Clone, Hash)]
pub struct Released {
    /// Who called it.
    pub by: Mention,
    /// When, local.
    pub at: String,
}

/// One who is asked at a gate.
#[derive(Debug, Clone, Hash)]
pub struct Asked {
    /// As what, and who holds it.
    pub role: Mention,
    /// What they called last, by whom and when.
    pub called: Option<String>,
    /// What they answer for and stands against GO.
    pub reasons: Vec<Reason>,
}

/// One line of the event log.
#[derive(Debug, Clone, Hash)]
pub struct LogEntry {
    /// Local date and time with zone.
    pub at: String,
    /// RFC 3339.
    pub instant: String,
    /// Who.
    pub by: Mention,
    /// What it is about, if it is about something of the runbook.
    pub about: Option<Mention>,
    /// What happened.
    pub text: String,
    /// The line of the journal.
    pub line: Option<String>,
}
