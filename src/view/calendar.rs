//! When releases take place, as a reader sees it.
//!
//! Takes and gives data only; `view::shape` makes it.

use jiff::Timestamp;
use jiff::civil::Date;

use super::document::Mention;
use super::head::GateHead;
use super::state::Verdict;

/// A release in the calendar.
#[derive(Debug, Clone, Hash)]
pub struct Booking {
    /// The release, by its title.
    pub release: Mention,
    /// The environment of its runbook.
    pub environment: String,
    /// The day on which it begins, local.
    pub day: Date,
    /// `09:00 to 12:00 Europe/Madrid`; with the day of the end where it is another.
    pub time: String,
    /// When it begins and ends.
    pub window: (Timestamp, Option<Timestamp>),
    /// The verdict.
    pub verdict: Verdict,
    /// How it ended.
    pub outcome: Option<String>,
    /// Its gates, and when they are held where that is said.
    pub gates: Vec<GateHead>,
    /// The first releases whose windows overlap with this one.
    pub at_once: Vec<Mention>,
    /// How many more there are.
    pub more_at_once: usize,
    /// Path of its calendar: `releases/v1.4.0.ics`.
    pub file: String,
}
