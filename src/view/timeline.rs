//! The sections of a document against the clock, as a reader sees them.
//!
//! Takes and gives data only; `view::shape` makes it. Places on the axis go from 0 to 1000.

use super::document::{Mention, Phase};
use super::state::Progress;

/// When the sections are worked through: planned, and in a release as it was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Timeline {
    /// Sections that have a time, in the order of the document.
    pub rows: Vec<TimelineRow>,
    /// Times that are marked on the axis.
    pub ticks: Vec<Tick>,
    /// Whether equal lengths of the axis are equal times; else it is finer near T.
    pub even: bool,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimelineRow {
    /// The section.
    pub section: Mention,
    /// When it is worked through.
    pub phase: Phase,
    /// As planned.
    pub planned: Stretch,
    /// From the first to the last event about something in it, in a release.
    pub actual: Option<Stretch>,
    /// How far it is, in a release.
    pub progress: Option<Progress>,
}

/// A stretch of the axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Where it begins.
    pub from: u32,
    /// Where it ends, where that is known.
    pub to: Option<u32>,
    /// `T-24h – T-22h`, `2026-12-01 09:00 – 09:30`.
    pub words: String,
}

/// A time that is marked on the axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tick {
    /// Where.
    pub at: u32,
    /// `T-1h`, `08:30`.
    pub label: String,
    /// In a release, what an offset means: `12-01 08:00`.
    pub local: Option<String>,
}
