//! The sections against the clock, as static SVG in a table.
//!
//! Takes a time line of the view, gives places as percentages: a drawing without a view box keeps its
//! signs and letters at their size, however wide it is. What it shows stands beside it in words.

use serde::{Serialize, Serializer};

use super::markup::{Pen, Reference};
use super::state::Progress;
use super::word::{self, Word};
use crate::view;

/// A place or length on the axis, from 0 to 1000; written as `12.5%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Percent(u32);

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{}%", self.0 / 10, self.0 % 10))
    }
}

/// When the sections are worked through.
#[derive(Debug, Serialize)]
pub(super) struct Timeline<'a> {
    rows: Vec<Row<'a>>,
    ticks: Vec<Tick<'a>>,
    /// Whether the axis is finer near T.
    uneven: bool,
    /// Whether the ticks have local times.
    local: bool,
    /// Whether something was recorded.
    worked: bool,
}

/// One section.
#[derive(Debug, Serialize)]
struct Row<'a> {
    section: Reference<'a>,
    phase: Word<'a>,
    planned: Stretch<'a>,
    actual: Option<Stretch<'a>>,
    /// The state of the section, in a release.
    status: Option<Word<'a>>,
}

/// A stretch of the axis.
#[derive(Debug, Serialize)]
struct Stretch<'a> {
    from: Percent,
    /// How long it is; a moment has no length.
    length: Option<Percent>,
    words: &'a str,
}

/// A time that is marked.
#[derive(Debug, Serialize)]
struct Tick<'a> {
    at: Percent,
    /// Whether it is T.
    starts: bool,
    label: &'a str,
    local: Option<&'a str>,
    /// `start`, `middle` or `end`: where its words are held, so that none is cut off.
    anchor: &'static str,
    /// Whether its words may go where there is no room.
    minor: bool,
}

impl<'a> Timeline<'a> {
    pub(super) fn new(pen: Pen<'a>, timeline: &'a view::Timeline) -> Self {
        Self {
            rows: timeline.rows.iter().map(|row| Row::new(pen, row)).collect(),
            ticks: timeline.ticks.iter().enumerate().map(|(at, tick)| Tick::new(at, tick)).collect(),
            uneven: !timeline.even,
            local: timeline.ticks.iter().any(|tick| tick.local.is_some()),
            worked: timeline.rows.iter().any(|row| row.actual.is_some()),
        }
    }
}

impl<'a> Row<'a> {
    fn new(pen: Pen<'a>, row: &'a view::TimelineRow) -> Self {
        let progress = row.progress.as_ref().filter(|progress| progress.total > 0);
        Self {
            section: pen.mention(&row.section),
            phase: word::phase(pen.labels, row.phase),
            planned: Stretch::new(&row.planned),
            actual: row.actual.as_ref().map(Stretch::new),
            status: progress.map(|progress| Progress::new(pen.labels, progress).status),
        }
    }
}

impl<'a> Stretch<'a> {
    fn new(stretch: &'a view::Stretch) -> Self {
        let length = stretch.to.map(|to| Percent(to.saturating_sub(stretch.from)));
        Self { from: Percent(stretch.from), length, words: &stretch.words }
    }
}

impl<'a> Tick<'a> {
    fn new(at: usize, tick: &'a view::Tick) -> Self {
        let anchor = match tick.at {
            0..=60 => "start",
            61..=939 => "middle",
            _ => "end",
        };
        Self {
            at: Percent(tick.at),
            starts: tick.label == "T",
            label: &tick.label,
            local: tick.local.as_deref(),
            anchor,
            minor: at % 2 == 1,
        }
    }
}
