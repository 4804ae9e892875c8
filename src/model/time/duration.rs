//! Lengths of time in whole seconds, and ranges of them.

use std::fmt;

use crate::model::quantity::{Comma, Cursor, Dimension, Flaw, Folded, Quantity, Taken, quote, take};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Hours are printed up to this many, days beyond: `T-72h`, but `90d`.
const HOURS_PRINTED: u64 = 72;

/// A century: longer than any schedule, short enough for every sum.
const LONGEST: u64 = 36_500 * DAY;

/// A length of time in whole seconds.
///
/// `Display` gives the canonical text, which parses to the same length: `0m`, `15m`, `1h30m`,
/// `24h`, `90d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration {
    /// Below `LONGEST`, so that a hundred years take four bytes.
    seconds: u32,
}

impl Duration {
    /// A length of so many seconds; more than a century counts as one.
    pub fn from_seconds(seconds: u64) -> Self {
        Self { seconds: u32::try_from(seconds.min(LONGEST)).unwrap_or(u32::MAX) }
    }

    /// The length in seconds.
    pub fn seconds(self) -> u64 {
        self.seconds.into()
    }

    /// The length in whole minutes, rounded down.
    pub fn minutes(self) -> u64 {
        self.seconds() / MINUTE
    }

    /// Reads `15m`, `1h30m`, `24 hours`, `1.5 h`, `2 weeks`.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let folded = Folded::new(text);
        let read = Self::read_whole(Cursor::new(folded.text()));
        read.map_err(|flaw| match DurationRange::parse(text) {
            Ok(range) => {
                let help = format!("one duration is wanted here: `{}` or `{}`", range.least, range.most);
                Flaw::new(0..text.len(), format!("{} is a range", quote(text))).help(help)
            }
            Err(_) => folded.restore(flaw),
        })
    }

    /// The duration that fills the cursor.
    pub(crate) fn read_whole(mut cursor: Cursor<'_>) -> Result<Self, Flaw> {
        let length = Self::read(&mut cursor)?;
        if cursor.is_done() {
            return Ok(length);
        }
        let (word, range) = cursor.next_word();
        Err(Flaw::new(range, format!("unexpected {} after `{length}`", quote(word))))
    }

    /// The duration at the cursor, which moves behind it.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Flaw> {
        cursor.skip_spaces();
        let start = cursor.at();
        let taken = take_length(cursor)?;
        let words = cursor.since(start);
        if let Some(minutes) = clock_minutes(cursor).filter(|_| taken.quantity.is_bare()) {
            let message = format!("`{words}:{minutes}` is a time of the clock");
            let flaw = Flaw::new(start..cursor.at() + 1 + minutes.len(), message);
            return Err(flaw.help(format!("write `{words}h{minutes}m` for hours and minutes")));
        }
        if taken.plus {
            return Err(Flaw::new(start..cursor.at(), format!("{} is open-ended", quote(words))));
        }
        Self::of(&taken.quantity).map_err(|(message, help)| {
            let flaw = Flaw::new(start..cursor.at(), format!("{} {message}", quote(words)));
            help.into_iter().fold(flaw, Flaw::help)
        })
    }

    /// The length a quantity stands for.
    fn of(quantity: &Quantity) -> Result<Self, (String, Option<String>)> {
        if quantity.is_bare() {
            let help = format!("write `{quantity}m` for minutes or `{quantity}h` for hours");
            return Err(("has no unit of time".to_owned(), Some(help)));
        }
        if quantity.dimension() != Dimension::Duration {
            let help = "a duration is written as `15m`, `1h30m` or `24h`".to_owned();
            return Err((format!("is {}, not a duration", quantity.dimension()), Some(help)));
        }
        if quantity.is_negative() {
            return Err(("is negative".to_owned(), None));
        }
        let whole = quantity.whole_seconds();
        let seconds = whole.ok_or_else(|| ("is not a whole number of seconds".to_owned(), None))?;
        u64::try_from(seconds)
            .ok()
            .filter(|seconds| *seconds <= LONGEST)
            .map(Self::from_seconds)
            .ok_or_else(|| ("is longer than a century".to_owned(), None))
    }
}

/// A quantity at the cursor that is meant as a length of time.
fn take_length(cursor: &mut Cursor<'_>) -> Result<Taken, Flaw> {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let (word, range) = ahead.next_word();
    take(cursor, Comma::Groups).map_err(|flaw| {
        if word.starts_with(|c: char| c.is_ascii_digit() || "-+~".contains(c)) {
            return flaw;
        }
        let message = match word {
            "" => "a duration is missing".to_owned(),
            word => format!("{} is not a duration", quote(word)),
        };
        Flaw::new(range, message).help("a duration is written as `15m`, `1h30m` or `24h`")
    })
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.seconds == 0 {
            return f.write_str("0m");
        }
        let seconds = self.seconds();
        let days = if seconds <= HOURS_PRINTED * HOUR { 0 } else { seconds / DAY };
        let rest = seconds - days * DAY;
        let parts = [(days, "d"), (rest / HOUR, "h"), (rest % HOUR / MINUTE, "m"), (rest % MINUTE, "s")];
        for (number, unit) in parts.into_iter().filter(|(number, _)| *number > 0) {
            write!(f, "{number}{unit}")?;
        }
        Ok(())
    }
}

impl From<Duration> for Quantity {
    /// The length as a quantity in seconds, for thresholds on durations.
    fn from(length: Duration) -> Self {
        Self::seconds(length.seconds.into())
    }
}

/// A shortest and a longest length; the same one twice where the author gives a single length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DurationRange {
    /// The shortest.
    pub least: Duration,
    /// The longest, never below the shortest.
    pub most: Duration,
}

/// What may stand between the two ends of a range.
const BETWEEN: &[&str] = &["..", "…", "–", "—", "-"];

impl DurationRange {
    /// Reads `3h..4h`, `30..60m`, `2-4 weeks`, `3h to 4h`, and a single `15m`.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let folded = Folded::new(text);
        Self::read(Cursor::new(folded.text())).map_err(|flaw| folded.restore(flaw))
    }

    fn read(mut cursor: Cursor<'_>) -> Result<Self, Flaw> {
        let start = cursor.at();
        // The `-` of `1h-2h` is no part of its unit.
        let sign = BETWEEN.iter().filter_map(|sign| cursor.rest().find(sign)).filter(|at| *at > 0).min();
        let mut before = cursor.between(start..sign.map_or(cursor.end(), |at| start + at));
        let first = take_length(&mut before)?;
        cursor = cursor.from(before.at());
        let first_end = cursor.at();
        cursor.skip_spaces();
        let range = BETWEEN.iter().any(|sign| cursor.eat(sign)) || cursor.eat_words("to");
        if !range {
            let only = Duration::read_whole(cursor.from(start))?;
            return Ok(Self { least: only, most: only });
        }
        let second = cursor;
        let most = Duration::read_whole(cursor)?;
        // The `30` of `30..60m` has the unit of the `60m`.
        let least = if first.quantity.is_bare() {
            let unit = take(&mut { second }, Comma::Groups)?.quantity;
            Duration::of(&first.quantity.in_unit_of(&unit)).map_err(|(message, _)| {
                let words = quote(cursor.between(start..first_end).rest());
                Flaw::new(start..first_end, format!("{words} {message}"))
            })?
        } else {
            Duration::read_whole(cursor.between(start..first_end))?
        };
        if least > most {
            let flaw = Flaw::new(start..cursor.end(), "the range ends before it starts");
            return Err(flaw.help(format!("write `{most}..{least}`")));
        }
        Ok(Self { least, most })
    }

    /// Whether it is a single length.
    pub fn is_exact(&self) -> bool {
        self.least == self.most
    }
}

impl fmt::Display for DurationRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_exact() {
            return self.least.fmt(f);
        }
        write!(f, "{}..{}", self.least, self.most)
    }
}

/// The `30` of `1:30`.
fn clock_minutes<'a>(cursor: &Cursor<'a>) -> Option<&'a str> {
    let minutes = cursor.rest().strip_prefix(':')?.get(..2)?;
    minutes.bytes().all(|byte| byte.is_ascii_digit()).then_some(minutes)
}
