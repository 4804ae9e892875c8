//! What a runbook, roster, release, threshold and quantity is.
pub mod quantity;
pub mod threshold;
pub mod time;
