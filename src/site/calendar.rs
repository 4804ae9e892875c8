//! The calendar of releases: what comes, by month, and what was.
//!
//! Takes the bookings of the view, gives the page.

use serde::Serialize;

use super::frame::{About, Frame};
use super::markup::{Pen, Reference};
use super::time::{When, when};
use super::word::{self, Word};
use super::{CALENDAR, Desk, link, outline};
use crate::error::Result;
use crate::view;

/// Releases that have ended and are shown here; the rest is in the list of releases.
const MOST: usize = 200;

/// What `calendar.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Calendar<'a> {
    /// Releases that have not ended, by month, the next first.
    open: Vec<Month<'a>>,
    /// Releases that have ended, by month, the last first.
    closed: Vec<Month<'a>>,
    /// How many more of them there are.
    more: usize,
    /// The calendar of all releases, for calendar programs.
    file: &'static str,
}

/// The releases of one month.
#[derive(Debug, Serialize)]
struct Month<'a> {
    /// `2026-11`
    name: String,
    bookings: Vec<Booking<'a>>,
}

/// One release.
#[derive(Debug, Serialize)]
struct Booking<'a> {
    release: Reference<'a>,
    environment: &'a str,
    /// `2026-11-18`
    day: String,
    weekday: Word<'a>,
    time: &'a str,
    verdict: Word<'static>,
    outcome: Option<Word<'a>>,
    /// Its gates, with when they are held.
    gates: Vec<(Reference<'a>, Option<When<'a>>)>,
    /// The first releases that take place at the same time.
    at_once: Vec<Reference<'a>>,
    /// How many more there are.
    more_at_once: usize,
    /// Its own calendar.
    file: Option<String>,
}

/// The page of the calendar.
pub(super) fn page(desk: &Desk<'_>, bookings: &[view::Booking]) -> Result<String> {
    let path = CALENDAR;
    let pen = desk.pen(path);
    let content = Calendar::new(pen, bookings, desk.options.records);
    let parts = [
        (!content.open.is_empty(), "planned-and-under-way", "_open"),
        (!content.closed.is_empty(), "finished", "_closed"),
    ];
    let present = parts.into_iter().filter(|(present, ..)| *present);
    let entries = present.map(|(_, label, anchor)| outline::entry(pen.labels.word(label), anchor)).collect();
    let about =
        About { kind: "calendar", path, title: pen.labels.word("calendar-of-releases"), source: None };
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.engine.render("calendar.html", &frame)
}

impl<'a> Calendar<'a> {
    /// `files` says whether every release has a calendar file beside its page.
    fn new(pen: Pen<'a>, bookings: &'a [view::Booking], files: bool) -> Self {
        let (open, closed): (Vec<_>, Vec<_>) = bookings.iter().partition(|booking| booking.outcome.is_none());
        let row = |booking: &'a view::Booking| (booking, Booking::new(pen, booking, files));
        Self {
            more: closed.len().saturating_sub(MOST),
            open: months(open.into_iter().map(row)),
            closed: months(closed.into_iter().rev().take(MOST).map(row)),
            file: "calendar.ics",
        }
    }
}

/// Bookings of one month together.
fn months<'a>(rows: impl Iterator<Item = (&'a view::Booking, Booking<'a>)>) -> Vec<Month<'a>> {
    let mut months: Vec<Month<'a>> = Vec::new();
    for (booking, row) in rows {
        let name = booking.day.strftime("%Y-%m").to_string();
        match months.last_mut().filter(|month| month.name == name) {
            Some(month) => month.bookings.push(row),
            None => months.push(Month { name, bookings: vec![row] }),
        }
    }
    months
}

impl<'a> Booking<'a> {
    fn new(pen: Pen<'a>, booking: &'a view::Booking, files: bool) -> Self {
        let gate = |head: &'a view::GateHead| (pen.mention(&head.gate), when(head.at.as_ref()));
        Self {
            release: pen.mention(&booking.release),
            environment: &booking.environment,
            day: booking.day.to_string(),
            weekday: word::weekday(pen.labels, booking.day.weekday().to_monday_zero_offset()),
            time: &booking.time,
            verdict: word::verdict(booking.verdict),
            outcome: booking.outcome.as_deref().map(|outcome| word::told_outcome(pen.labels, outcome)),
            gates: booking.gates.iter().map(gate).collect(),
            at_once: pen.mentions(&booking.at_once),
            more_at_once: booking.more_at_once,
            file: files.then(|| link::page(pen.page, &booking.file, "")),
        }
    }
}
