//! Journal + plan + runbook → states → verdict, with the reasons.
//!
//! Takes a resolved `Release`, the roster and the instant of judgement; gives an `Assessment`. Pure:
//! no clock, no disk, no wording beyond the reasons.

/// The state of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemStatus {
    /// Nothing recorded that settles it.
    Pending,
    /// Done.
    Done,
    /// Failed, or done with a value that misses its bar.
    Failed,
    /// Cannot go on.
    Blocked,
    /// Does not apply.
    NotApplicable,
    /// Let pass, with a reason.
    Waived,
}

/// How a value compares with its bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rating {
    /// Meets the bar.
    Pass,
    /// Meets it, with a note.
    Warn,
    /// Misses it, short of abort.
    Miss,
    /// Calls the rollback.
    Abort,
    /// Cannot be compared: another dimension, or no value at all.
    Unknown,
}

/// Whether it is right to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Everything required holds.
    Go,
    /// Something required is open.
    Undecided,
    /// Something required failed.
    NoGo,
}

/// stand-in until the branch `release` is merged
#[derive(Debug, Clone)]
pub struct Assessment;
/// stand-in
pub fn assess(
    _: &crate::model::release::Release,
    _: &crate::model::roster::Roster,
    _: jiff::Timestamp,
) -> Assessment {
    Assessment
}
/// stand-in
pub fn as_of(_: &crate::model::release::Release, at: Option<jiff::Timestamp>) -> jiff::Timestamp {
    at.unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}
