//! Times as they were written, and what they mean in a release.
//!
//! Takes moments and cadences, gives their words; in a release also the local time, by the zone of
//! its window, daylight saving included.

use jiff::{ToSpan, Zoned};

use crate::config::Labels;
use crate::model::release::Window;
use crate::model::section::Item;
use crate::model::time::{Duration, DurationRange, Moment};
use crate::source::Spanned;
use crate::view::{Cadence, When};

/// Paper has room for so many cells of one cadence.
const MOST_SLOTS: i64 = 96;

/// A moment; `window` is that of a release.
pub(super) fn when(moment: Option<&Spanned<Moment>>, window: Option<&Window>) -> Option<When> {
    let moment = moment?.value;
    let time = window.and_then(|window| zoned(moment, window));
    let local = time.as_ref().map(|time| time.strftime("%Y-%m-%d %H:%M %Z").to_string());
    Some(When { written: moment.to_string(), local, instant: time.map(|time| time.timestamp()), end: None })
}

/// The start of a window, which is T, with its end.
pub(super) fn start(window: Option<&Window>) -> Option<When> {
    let window = window?;
    let t = when(Some(&Spanned::new(window.start.span, Moment::Offset { seconds: 0 })), Some(window))?;
    let end = window.end.as_ref().and_then(|end| window.instant(end.value));
    Some(When { end, ..t })
}

/// A beginning with its end: the one that is written, else after the longest duration.
pub(super) fn lasting(
    begin: Option<When>,
    until: Option<&When>,
    duration: Option<&Spanned<DurationRange>>,
) -> Option<When> {
    let begin = begin?;
    let length = duration.and_then(|range| i64::try_from(range.value.most.seconds()).ok());
    let by_length = || begin.instant?.checked_add(length?.seconds()).ok();
    let end = until.and_then(|until| until.instant).or_else(by_length);
    // A clock time that lies before the beginning is no end.
    let end = end.filter(|end| begin.instant.is_some_and(|begin| *end > begin));
    Some(When { end, ..begin })
}

/// A moment of a release: an offset counts from T, a clock time is that of T's day.
pub(super) fn zoned(moment: Moment, window: &Window) -> Option<Zoned> {
    let start = window.start.value.to_zoned(window.time_zone.clone()).ok()?;
    match moment {
        Moment::Offset { seconds } => start.checked_add(seconds.seconds()).ok(),
        Moment::Clock { hour, minute } => {
            let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
            start.with().time(jiff::civil::time(hour, minute, 0, 0)).build().ok()
        }
    }
}

/// `15m`, `30m to 1h`
pub(super) fn length(range: Option<&Spanned<DurationRange>>, labels: &Labels) -> Option<String> {
    let range = range?.value;
    let (least, most) = (range.least.to_string(), range.most.to_string());
    Some(match range.is_exact() {
        true => most,
        false => labels.fill("from-to", &[("from", &least), ("to", &most)]),
    })
}

/// `15m`
pub(super) fn duration(length: Option<&Spanned<Duration>>) -> Option<String> {
    length.map(|length| length.value.to_string())
}

/// How often, until when, and how many times that is.
pub(super) struct Rhythm<'a> {
    pub(super) every: Option<&'a Spanned<Duration>>,
    pub(super) until: Option<&'a Spanned<Moment>>,
    /// When it begins: its own time, else its section's, else T.
    pub(super) from: Option<Moment>,
}

impl<'a> Rhythm<'a> {
    pub(super) fn of(item: &'a Item, section: Option<Moment>) -> Self {
        let from = item.timing().at.as_ref().map(|at| at.value).or(section);
        Self { every: item.timing().every.as_ref(), until: item.timing().until.as_ref(), from }
    }

    pub(super) fn cadence(&self, window: Option<&Window>) -> Option<Cadence> {
        let every = self.every?.value;
        Some(Cadence {
            every: every.to_string(),
            until: when(self.until, window),
            slots: self.slots(every, window),
        })
    }

    fn slots(&self, every: Duration, window: Option<&Window>) -> Option<u32> {
        let (from, until) = (self.from.unwrap_or(Moment::Offset { seconds: 0 }), self.until?.value);
        let length = match (from, until) {
            (Moment::Offset { seconds: from }, Moment::Offset { seconds: until }) => until - from,
            (Moment::Clock { .. }, Moment::Clock { .. }) => minute(until)? - minute(from)?,
            _ => {
                let begin = zoned(from, window?)?.timestamp();
                zoned(until, window?)?.timestamp().as_second() - begin.as_second()
            }
        };
        let step = i64::try_from(every.seconds()).ok().filter(|step| *step > 0)?;
        u32::try_from((length / step).min(MOST_SLOTS)).ok().filter(|slots| *slots > 0)
    }
}

/// Seconds since midnight.
fn minute(moment: Moment) -> Option<i64> {
    match moment {
        Moment::Clock { hour, minute } => Some((i64::from(hour) * 60 + i64::from(minute)) * 60),
        Moment::Offset { .. } => None,
    }
}
