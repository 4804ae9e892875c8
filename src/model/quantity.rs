//! Quantities: exact numbers with units, ratios, versions and dates.
//!
//! Takes one line of text, gives a value that prints as it is written in a runbook and compares
//! exactly with others of its dimension. It reads no files and no clock, and a float is for drawing only.

mod compare;
mod compiled;
mod cursor;
mod decimal;
mod dimension;
mod flaw;
mod fold;
mod noun;
mod read;
mod suffix;
mod unit;
mod version;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;

pub use compare::Mismatch;
pub use compiled::{Compiled, Table};
pub use dimension::Dimension;
pub use flaw::Flaw;

pub(crate) use cursor::Cursor;
pub(crate) use decimal::{Comma, Decimal};
pub(crate) use flaw::quote;
pub(crate) use fold::Folded;
pub(crate) use noun::{is_multiplier, is_noun};
pub(crate) use read::{CURRENCY, Taken, is_currency, starts as starts_quantity, take};

use unit::Unit;
use version::Version;

/// Nanoseconds in a second, the base of durations.
const NANOS: i128 = 1_000_000_000;

/// A number with its unit, a ratio, a version or a date, exactly as written.
///
/// `Display` gives the canonical text, which parses to an equal value: `500 ms`, `1.5 GB`,
/// `19/20`, `4.0/5.0`, `3.13`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    amount: Amount,
    unit: Unit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Amount {
    Number(Decimal),
    /// Both terms as written; the second is never zero. Most bars are numbers, so the others take a pointer.
    Ratio(Box<(Decimal, Decimal)>),
    Version(Box<Version>),
    Date(Date),
}

impl Quantity {
    /// What is counted, if that is said.
    pub(crate) fn things(&self) -> Option<&str> {
        self.unit.things()
    }

    /// Reads a text that is one quantity and nothing else.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let folded = Folded::new(text);
        read::whole(folded.text()).map_err(|flaw| folded.restore(flaw))
    }

    /// A bare number, for what the program counts itself.
    pub fn count(number: u64) -> Self {
        Self::number(Decimal::whole(number.into()), Unit::Bare)
    }

    /// So many of so many; `None` when there are none to count.
    pub fn ratio(part: u64, of: u64) -> Option<Self> {
        let terms = (Decimal::whole(part.into()), Decimal::whole(of.into()));
        let terms = Amount::Ratio(Box::new(terms));
        (of > 0).then_some(Self { amount: terms, unit: Unit::Bare })
    }

    /// A number of days, for ages and what remains of a validity.
    pub fn days(days: i64) -> Self {
        Self::known(days.into(), "d")
    }

    /// A number of seconds.
    pub fn seconds(seconds: i64) -> Self {
        Self::known(seconds.into(), "s")
    }

    /// A day of the calendar.
    pub fn date(date: Date) -> Self {
        Self { amount: Amount::Date(date), unit: Unit::Bare }
    }

    fn known(number: i128, symbol: &str) -> Self {
        let unit = unit::lookup(symbol).map_or(Unit::Bare, Unit::Known);
        Self::number(Decimal::whole(number), unit)
    }

    fn number(number: Decimal, unit: Unit) -> Self {
        Self { amount: Amount::Number(number), unit }
    }

    /// What kind of thing it measures.
    pub fn dimension(&self) -> Dimension {
        match self.amount {
            Amount::Number(_) => self.unit.dimension(),
            Amount::Ratio(_) => Dimension::Ratio,
            Amount::Version(_) => Dimension::Version,
            Amount::Date(_) => Dimension::Date,
        }
    }

    /// The unit as it prints: `ms`, `%`, `packages`, `req/s`; `None` where there is none.
    pub fn unit(&self) -> Option<String> {
        let suffix = self.unit.suffix(self.is_one());
        let unit = suffix.trim_start();
        (!unit.is_empty()).then(|| unit.to_owned())
    }

    /// Whether it is a number that says nothing about its unit.
    pub fn is_bare(&self) -> bool {
        matches!(self.amount, Amount::Number(_)) && self.unit == Unit::Bare
    }

    /// The date, when it is one.
    pub fn as_date(&self) -> Option<Date> {
        match self.amount {
            Amount::Date(date) => Some(date),
            _ => None,
        }
    }

    /// The two terms of a ratio or score, as they print.
    pub fn terms(&self) -> Option<(String, String)> {
        match &self.amount {
            Amount::Ratio(terms) => Some((terms.0.to_string(), terms.1.to_string())),
            _ => None,
        }
    }

    /// The length in seconds, when it is a duration of whole seconds.
    pub fn whole_seconds(&self) -> Option<i128> {
        let base = (self.dimension() == Dimension::Duration).then(|| self.base())??;
        base.scaled(1, NANOS).whole()
    }

    pub(crate) fn is_version(&self) -> bool {
        matches!(self.amount, Amount::Version(_))
    }

    fn as_version(&self) -> Option<Version> {
        match &self.amount {
            Amount::Version(version) => Some((**version).clone()),
            Amount::Number(number) if self.unit == Unit::Bare => {
                version::read(&mut Cursor::new(&number.to_string())).ok().flatten()
            }
            _ => None,
        }
    }

    /// A bare number, read as a version: `3.13` after the metric `Python version`.
    pub(crate) fn into_version(self) -> Self {
        match self.as_version() {
            Some(version) => Self { amount: Amount::Version(Box::new(version)), unit: Unit::Bare },
            None => self,
        }
    }

    /// The same bare number in another's unit: the `60` of `60..3600 s`.
    pub(crate) fn in_unit_of(self, other: &Self) -> Self {
        if self.is_bare() && matches!(other.amount, Amount::Number(_)) {
            return Self { unit: other.unit.clone(), ..self };
        }
        self
    }

    /// A bare number read as so many of a ratio's second term, when it can be: `19` for `19/20`.
    pub(crate) fn of_terms(&self, bar: &Self) -> Option<Self> {
        let (Amount::Number(part), Amount::Ratio(bar)) = (&self.amount, &bar.amount) else {
            return None;
        };
        let (least, of) = **bar;
        let counted = least.is_whole() && of.is_whole();
        let inside = part.fraction().compare(of.fraction()) != Ordering::Greater;
        let fits = self.is_bare() && inside && !part.is_negative();
        (fits && (part.is_whole() || !counted))
            .then_some(Self { amount: Amount::Ratio(Box::new((*part, of))), unit: Unit::Bare })
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.first().is_some_and(Decimal::is_zero)
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.first().is_some_and(Decimal::is_negative)
    }

    /// The number, or the first of a ratio.
    fn first(&self) -> Option<Decimal> {
        match &self.amount {
            Amount::Number(number) => Some(*number),
            Amount::Ratio(terms) => Some(terms.0),
            _ => None,
        }
    }

    fn is_one(&self) -> bool {
        matches!(self.amount, Amount::Number(number) if number.is_one())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = self.unit.suffix(self.is_one());
        match &self.amount {
            Amount::Number(number) => write!(f, "{number}{suffix}"),
            Amount::Ratio(terms) => write!(f, "{}/{}{suffix}", terms.0, terms.1),
            Amount::Version(version) => write!(f, "{version}"),
            Amount::Date(date) => write!(f, "{date}"),
        }
    }
}
