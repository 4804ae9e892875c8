//! The sections of a document against the clock.
//!
//! Takes resolved sections and in a release its journal, gives the time line. Times count from T; in
//! a runbook that is written in clock times only, from midnight.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::axis::Axis;
use super::section::Shaper;
use crate::model::release::{Act, Release, Window};
use crate::model::runbook::Runbook;
use crate::model::section::Section;
use crate::model::time::Moment;
use crate::view::{Stretch, Tick, Timeline, TimelineRow};

/// More rows than this are cut to the topmost sections.
const MOST: usize = 40;
/// Fewer rows make no line.
const FEW: usize = 2;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// What the seconds of an axis count from, and how they read.
enum Clock<'a> {
    /// From T.
    Offset,
    /// From midnight.
    Day,
    /// From T, with the local time of a release.
    Local(&'a Window, Timestamp),
}

/// A section with its seconds.
struct Row<'a> {
    section: &'a Section,
    planned: (i64, Option<i64>),
    actual: Option<(i64, Option<i64>)>,
}

impl Shaper<'_> {
    /// The time line of a document; nothing where fewer than two sections have a time.
    pub(super) fn timeline(&self, runbook: &Runbook) -> Option<Timeline> {
        let sections = runbook.all_sections();
        let clock = Clock::of(self.window(), &sections);
        let events = self.plan.map(|plan| events(plan.release)).unwrap_or_default();
        let mut rows: Vec<Row<'_>> =
            sections.into_iter().filter_map(|section| clock.row(section, &events)).collect();
        if rows.len() > MOST {
            rows.retain(|row| runbook.sections.iter().any(|top| top.id == row.section.id));
        }
        if rows.len() < FEW {
            return None;
        }
        let ends = |(from, to): (i64, Option<i64>)| std::iter::once(from).chain(to);
        let times =
            rows.iter().flat_map(|row| ends(row.planned).chain(row.actual.into_iter().flat_map(ends)));
        let axis = Axis::over(times)?;
        Some(Timeline {
            ticks: axis.ticks().into_iter().map(|time| clock.tick(time, axis)).collect(),
            rows: rows.into_iter().map(|row| self.row(&row, &clock, axis)).collect(),
            even: axis.even,
        })
    }

    fn row(&self, row: &Row<'_>, clock: &Clock<'_>, axis: Axis) -> TimelineRow {
        let stretch = |(from, to): (i64, Option<i64>)| Stretch {
            from: axis.place(from),
            to: to.map(|to| axis.place(to)),
            words: clock.words(from, to),
        };
        TimelineRow {
            section: self.here.place(&row.section.id),
            phase: row.section.phase,
            planned: stretch(row.planned),
            actual: row.actual.map(stretch),
            progress: self.section_progress(&row.section.id),
        }
    }
}

/// First and last event of everything that has some, by id.
fn events(release: &Release) -> BTreeMap<&str, (Timestamp, Timestamp)> {
    let mut found: BTreeMap<&str, (Timestamp, Timestamp)> = BTreeMap::new();
    for event in &release.journal.events {
        let Act::Item { item, .. } = &event.act else { continue };
        let (first, last) = found.entry(item.name.as_str()).or_insert((event.at, event.at));
        (*first, *last) = ((*first).min(event.at), (*last).max(event.at));
    }
    found
}

/// First and last event about something in a section.
fn worked(
    section: &Section,
    events: &BTreeMap<&str, (Timestamp, Timestamp)>,
) -> Option<(Timestamp, Timestamp)> {
    let mut ids = Vec::new();
    section.walk(&mut |section| {
        ids.push(section.id.as_str());
        section.items().for_each(|item| item.walk(&mut |item| ids.push(item.id.as_str())));
    });
    let found = ids.iter().filter_map(|id| events.get(id).copied());
    found.reduce(|(first, last), (begin, end)| (first.min(begin), last.max(end)))
}

impl<'a> Clock<'a> {
    /// Clock times without a day have no place among offsets: they count where nothing else does.
    fn of(window: Option<&'a Window>, sections: &[&Section]) -> Self {
        if let Some((window, start)) = window.and_then(|window| Some((window, window.t()?))) {
            return Self::Local(window, start);
        }
        let mut times = sections.iter().filter_map(|section| section.at.as_ref());
        if times.any(|at| at.value.offset().is_some()) { Self::Offset } else { Self::Day }
    }

    fn seconds(&self, moment: Moment) -> Option<i64> {
        match (self, moment) {
            (Self::Offset, moment) => moment.offset(),
            (Self::Day, Moment::Clock { hour, minute }) => {
                Some(i64::from(hour) * 3600 + i64::from(minute) * 60)
            }
            (Self::Day, Moment::Offset { .. }) => None,
            (Self::Local(window, start), moment) => {
                let at = super::schedule::zoned(moment, window)?.timestamp();
                Some(at.duration_since(*start).as_secs())
            }
        }
    }

    fn row<'s>(
        &self,
        section: &'s Section,
        events: &BTreeMap<&str, (Timestamp, Timestamp)>,
    ) -> Option<Row<'s>> {
        let from = self.seconds(section.at.as_ref()?.value)?;
        let until = section.until.as_ref().and_then(|until| self.seconds(until.value));
        let length = section.duration.as_ref().map(|range| range.value.most.seconds());
        let ends = length.and_then(|length| i64::try_from(length).ok()).map(|length| from + length);
        let planned = (from, until.filter(|until| *until > from).or(ends));
        let actual = match self {
            Self::Local(_, start) => worked(section, events).map(|(first, last)| {
                let seconds = |at: Timestamp| at.duration_since(*start).as_secs();
                (seconds(first), Some(seconds(last)).filter(|last| *last > seconds(first)))
            }),
            _ => None,
        };
        Some(Row { section, planned, actual })
    }

    /// A stretch in words.
    fn words(&self, from: i64, to: Option<i64>) -> String {
        let begin = self.long(from);
        let Some(to) = to else { return begin };
        let end = match self {
            // The day stands there already.
            Self::Local(..) if self.date(from) == self.date(to) => self.local(to, "%H:%M"),
            _ => self.long(to),
        };
        format!("{begin} – {end}")
    }

    fn long(&self, time: i64) -> String {
        match self {
            Self::Offset => Moment::Offset { seconds: time }.to_string(),
            Self::Day => clock_time(time),
            Self::Local(..) => self.local(time, "%Y-%m-%d %H:%M"),
        }
    }

    fn date(&self, time: i64) -> String {
        self.local(time, "%Y-%m-%d")
    }

    fn local(&self, time: i64, format: &str) -> String {
        let Self::Local(window, start) = self else { return String::new() };
        let zone: TimeZone = window.time_zone.clone();
        let at = start.checked_add(time.seconds()).unwrap_or(*start);
        at.to_zoned(zone).strftime(format).to_string()
    }

    fn tick(&self, time: i64, axis: Axis) -> Tick {
        let (label, local) = match self {
            Self::Offset => (Moment::Offset { seconds: time }.to_string(), None),
            Self::Day => (clock_time(time), None),
            Self::Local(..) => {
                let format = if axis.even { "%H:%M" } else { "%m-%d %H:%M" };
                (Moment::Offset { seconds: time }.to_string(), Some(self.local(time, format)))
            }
        };
        Tick { at: axis.place(time), label, local }
    }
}

/// `08:05`, also on the day after.
fn clock_time(seconds: i64) -> String {
    let seconds = seconds.rem_euclid(DAY);
    format!("{:02}:{:02}", seconds / 3600, seconds % 3600 / 60)
}
