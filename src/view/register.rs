//! What was measured against the bars of a runbook, release by release, as a reader sees it.
//!
//! Takes and gives data only; `view::shape` makes it.

use std::collections::BTreeMap;

use super::document::Mention;
use super::state::Rating;

/// What was measured against the bars of one runbook. The bars themselves are in its document.
#[derive(Debug, Clone, Hash)]
pub struct Register {
    /// Path of its page: `thresholds/orders-api.html`.
    pub path: String,
    /// By the id of an item or section and the place of the bar there, from 0; only bars for which
    /// something was measured.
    pub histories: BTreeMap<(String, usize), History>,
}

/// What was measured against one bar.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct History {
    /// The item or section, in the runbook.
    pub place: Mention,
    /// The newest value of each release, in the order of the releases' windows.
    pub readings: Vec<Measured>,
    /// The same as a drawing, where the values are numbers.
    pub plot: Option<Plot>,
}

/// A value that was measured in a release.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Measured {
    /// The release; leads to the item there.
    pub release: Mention,
    /// `2026-11-18`, local.
    pub day: String,
    /// As it was recorded, or as it was computed for a built-in metric.
    pub value: String,
    /// How it compares.
    pub rating: Rating,
    /// In words: `480 ms meets < 500 ms`.
    pub words: String,
}

/// Values and bars on one axis, each from 0 (lowest) to 1000 (highest).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plot {
    /// Values in the order of the releases: height and rating.
    pub points: Vec<(u32, Rating)>,
    /// Bars: level and height.
    pub limits: Vec<(Limit, u32)>,
}

/// What a bar on the axis of a plot means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// It is met on one side of it.
    Pass,
    /// It is met with a note.
    Warn,
    /// It calls the rollback.
    Abort,
}
