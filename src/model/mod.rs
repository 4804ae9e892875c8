//! What a runbook, roster, release, journal, threshold and quantity are.
//!
//! Takes `Sources`, gives a `Library` of resolved documents and the diagnostics found on the way. It
//! may not judge: whether a document is good is for `check`, whether a release may go is for
//! `release`.

pub mod document;
pub mod parameter;
pub mod prose;
pub mod release;
pub mod roster;
pub mod runbook;
pub mod section;
pub mod threshold;
pub mod time;
