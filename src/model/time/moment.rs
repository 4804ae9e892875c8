//! Points of a schedule: a clock time, or an offset from T, the start of the window.

use std::fmt;

use super::duration::Duration;
use crate::model::quantity::{Cursor, Flaw, Folded, quote};

/// When something happens, as the runbook says it.
///
/// `Display` gives the canonical text, which parses to the same moment: `08:05`, `T-24h`, `T`,
/// `T+15m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A time of day in the zone of the window.
    Clock {
        /// 0 to 23.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
    /// Seconds after T, negative before it.
    Offset {
        /// At most a century either way.
        seconds: i64,
    },
}

impl Moment {
    /// Reads `08:05`, `T-24h`, `T+1h30m`, `T` and `T+0`.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let folded = Folded::new(text);
        read(Cursor::new(folded.text())).map_err(|flaw| folded.restore(flaw))
    }

    /// Seconds after T, when it is an offset.
    pub fn offset(self) -> Option<i64> {
        match self {
            Self::Offset { seconds } => Some(seconds),
            Self::Clock { .. } => None,
        }
    }
}

fn read(mut cursor: Cursor<'_>) -> Result<Moment, Flaw> {
    cursor.skip_spaces();
    if cursor.starts_with_digit() {
        return read_clock(cursor);
    }
    if !cursor.eat("T") && !cursor.eat("t") {
        return Err(not_a_moment(&cursor));
    }
    if cursor.is_done() {
        return Ok(Moment::Offset { seconds: 0 });
    }
    cursor.skip_spaces();
    let negative = match cursor.peek() {
        Some('-' | '–') => true,
        Some('+') => false,
        _ => return Err(not_a_moment(&cursor.from(0))),
    };
    cursor.skip(cursor.peek().map_or(0, char::len_utf8));
    if cursor.rest().trim() == "0" {
        return Ok(Moment::Offset { seconds: 0 });
    }
    let length = Duration::read_whole(cursor)?;
    // A century of seconds fits.
    let seconds = i64::try_from(length.seconds()).unwrap_or(i64::MAX);
    Ok(Moment::Offset { seconds: if negative { -seconds } else { seconds } })
}

fn read_clock(mut cursor: Cursor<'_>) -> Result<Moment, Flaw> {
    let whole = cursor;
    let start = cursor.at();
    let hour = cursor.take_while(|c| c.is_ascii_digit());
    let colon = cursor.eat(":");
    let minute = cursor.take_while(|c| c.is_ascii_digit());
    if !colon || hour.len() > 2 || minute.len() != 2 || !cursor.is_done() {
        return Err(not_a_moment(&whole));
    }
    match (hour.parse(), minute.parse()) {
        (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) => Ok(Moment::Clock { hour, minute }),
        _ => {
            let message = format!("there is no time {}", quote(cursor.since(start)));
            Err(Flaw::new(start..cursor.at(), message).help("the clock runs from 00:00 to 23:59"))
        }
    }
}

fn not_a_moment(cursor: &Cursor<'_>) -> Flaw {
    let text = cursor.rest().trim();
    let start = cursor.end() - cursor.rest().trim_start().len();
    let message = if text.is_empty() {
        "a time is missing".to_owned()
    } else {
        format!("{} is not a time of the schedule", quote(text))
    };
    Flaw::new(start..start + text.len(), message)
        .help("write a clock time such as `08:05`, or an offset from the start such as `T-24h`")
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Clock { hour, minute } => write!(f, "{hour:02}:{minute:02}"),
            Self::Offset { seconds: 0 } => f.write_str("T"),
            Self::Offset { seconds } => {
                let sign = if seconds < 0 { '-' } else { '+' };
                write!(f, "T{sign}{}", Duration::from_seconds(seconds.unsigned_abs()))
            }
        }
    }
}
