//! Journal + plan + runbook → states → verdict, with the reasons.
mod assessment;
pub mod compare;
mod status;
pub use assessment::*;
pub use status::*;
/// stand-in
pub fn as_of(_: &crate::model::release::Release, at: Option<jiff::Timestamp>) -> jiff::Timestamp {
    at.unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}
/// stand-in
pub fn assess(
    _: &crate::model::release::Release,
    _: &crate::model::roster::Roster,
    as_of: jiff::Timestamp,
) -> Assessment {
    Assessment {
        as_of,
        verdict: Verdict::Undecided,
        reasons: vec![],
        progress: Progress::default(),
        gates: Default::default(),
        sections: Default::default(),
        items: Default::default(),
        triggers: Default::default(),
        messages: Default::default(),
        deviations: vec![],
        order: vec![],
        outcome: None,
    }
}
