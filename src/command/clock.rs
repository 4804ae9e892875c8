//! The clock, and the environment variable that stands for it.
//!
//! Takes times as people type them, gives instants. Output never depends on the clock itself:
//! `SOURCE_DATE_EPOCH` is an input like any other.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::error::{Error, Result};

/// Now, in whole seconds as journals have them.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// How long something takes; prints as `0.05 s`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timer(std::time::Instant);

impl Timer {
    /// From now on.
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    pub(crate) fn start() -> Self {
        Self(std::time::Instant::now())
    }
}

impl std::fmt::Display for Timer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s", self.0.elapsed().as_secs_f64())
    }
}

/// The value of an environment variable, if it is set to a text.
#[expect(clippy::disallowed_methods, reason = "the environment is read in commands only")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The instant of `SOURCE_DATE_EPOCH`, in seconds since 1970, if it is set.
///
/// # Errors
/// When it is set to something else than seconds.
pub(crate) fn source_date_epoch() -> Result<Option<Timestamp>> {
    let Some(text) = variable("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds: Option<i64> = text.trim().parse().ok().filter(|seconds| *seconds >= 0);
    let seconds = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    match seconds {
        Some(instant) => Ok(Some(instant)),
        None => {
            Err(Error::usage(format!("`SOURCE_DATE_EPOCH={text}` is not a number of seconds since 1970")))
        }
    }
}

/// Now, or what `SOURCE_DATE_EPOCH` says.
///
/// # Errors
/// When that variable is set to something else than seconds.
pub(crate) fn today() -> Result<Timestamp> {
    Ok(source_date_epoch()?.unwrap_or_else(now))
}

/// An instant as it is typed: RFC 3339, or in `zone` a date and time or the time of day alone, which
/// means the day on which it is nearest to `now`, and of an hour that is there twice the nearer one.
///
/// # Errors
/// When it is none of these.
pub(crate) fn typed(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse() {
        return Ok(instant);
    }
    let local = |time: DateTime| time.to_zoned(zone.clone()).map(|zoned| zoned.timestamp()).ok();
    let found = match time_of_day(text) {
        Some(time) => {
            let today = now.to_zoned(zone.clone()).date();
            let days = [today.yesterday().ok(), Some(today), today.tomorrow().ok()];
            // Where the clock goes back, an hour is there twice.
            let readings = |day: Date| {
                let local = zone.to_ambiguous_timestamp(day.to_datetime(time));
                [local.earlier(), local.later()]
            };
            let near = days.into_iter().flatten().flat_map(readings).flatten();
            near.min_by_key(|instant| instant.duration_since(now).abs())
        }
        None => text.parse::<DateTime>().ok().and_then(local),
    };
    let help = "write `2026-12-01T08:02:11Z`, or the time of day in the zone of the release, `09:30`";
    found.ok_or_else(|| Error::usage_help(format!("`{text}` is not a time"), help))
}

/// `9:30`, `09:30` or `09:30:15`
fn time_of_day(text: &str) -> Option<Time> {
    let mut parts = text.split(':').map(|part| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i8>().ok().filter(|_| digits)
    });
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    parts.next().is_none().then(|| Time::new(hour, minute, second, 0).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_they_are_typed() {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let now: Timestamp = "2026-12-01T23:20:00Z".parse().unwrap();
        let read = |text: &str| typed(text, &zone, now).map(|instant| instant.to_string()).ok();
        for (text, instant) in [
            ("2026-12-01T08:02:11Z", Some("2026-12-01T08:02:11Z")),
            ("2026-12-01T09:02+01:00", Some("2026-12-01T08:02:00Z")),
            ("2026-12-01T09:30", Some("2026-12-01T08:30:00Z")),
            ("2026-12-01 09:30", Some("2026-12-01T08:30:00Z")),
            // It is twenty past midnight in Madrid.
            ("0:15", Some("2026-12-01T23:15:00Z")),
            ("23:50:30", Some("2026-12-01T22:50:30Z")),
            ("00:25", Some("2026-12-01T23:25:00Z")),
            ("25:00", None),
            ("930", None),
            ("09:3x", None),
            ("soon", None),
        ] {
            assert_eq!(read(text), instant.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn of_an_hour_that_is_there_twice_the_nearer_one() {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let at = |now: &str| typed("02:35", &zone, now.parse().unwrap()).unwrap().to_string();
        assert_eq!(at("2026-10-25T00:40:00Z"), "2026-10-25T00:35:00Z");
        assert_eq!(at("2026-10-25T01:40:00Z"), "2026-10-25T01:35:00Z");
        assert_eq!(at("2026-10-25T06:00:00Z"), "2026-10-25T01:35:00Z");
        // On the day on which the clock goes forward there is no such time.
        assert_eq!(at("2026-03-29T01:40:00Z"), "2026-03-29T01:35:00Z");
    }
}
