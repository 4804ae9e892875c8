//! Ordering quantities.
//!
//! Takes two of them, gives their order, exactly, or says that they measure different things.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;

use super::decimal::Fraction;
use super::dimension::Dimension;
use super::{Amount, Quantity, noun};
use crate::diagnostic::Phrase;

/// Two quantities that cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The first quantity as it prints.
    pub left: String,
    /// What the first one is: `an amount of data`, or what it counts.
    pub left_is: Phrase,
    /// The second quantity as it prints.
    pub right: String,
    /// What the second one is.
    pub right_is: Phrase,
}

impl Mismatch {
    /// Both, and what they are.
    pub fn phrase(&self) -> Phrase {
        Phrase::label("flaw-mismatch")
            .with("left", self.left.as_str())
            .with("this", self.left_is.clone())
            .with("right", self.right.as_str())
            .with("that", self.right_is.clone())
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::error::Error for Mismatch {}

impl Quantity {
    /// Orders two quantities of one dimension; percentages, ratios and scores are one, and a bare
    /// number compares with a number of anything and with a version.
    pub fn compare(&self, other: &Self) -> Result<Ordering, Mismatch> {
        let mismatch = || self.mismatch(other);
        if let (Amount::Date(left), Amount::Date(right)) = (&self.amount, &other.amount) {
            return Ok(left.cmp(right));
        }
        if self.is_version() || other.is_version() {
            let (left, right) = self.as_version().zip(other.as_version()).ok_or_else(mismatch)?;
            return Ok(left.compare(&right));
        }
        if !self.converts_to(other) {
            return Err(mismatch());
        }
        let (left, right) = self.base().zip(other.base()).ok_or_else(mismatch)?;
        Ok(left.compare(right))
    }

    /// As `compare`, but a version only as finely as the bar is written: `3.13.1` equals the bar
    /// `3.13`.
    pub(crate) fn against(&self, bar: &Self) -> Result<Ordering, Mismatch> {
        if bar.is_version() || self.is_version() {
            let both = self.as_version().zip(bar.as_version());
            return both.map(|(left, right)| left.against(&right)).ok_or_else(|| self.mismatch(bar));
        }
        self.compare(bar)
    }

    pub(crate) fn mismatch(&self, other: &Self) -> Mismatch {
        let (left_is, right_is) = match (self.unit.things(), other.unit.things()) {
            (Some(a), Some(b)) if self.dimension() == other.dimension() => {
                let number = |things: &str| Phrase::label("number-of").with("things", things);
                (number(a), number(b))
            }
            _ => (self.dimension().name(), other.dimension().name()),
        };
        Mismatch { left: self.to_string(), left_is, right: other.to_string(), right_is }
    }

    fn converts_to(&self, other: &Self) -> bool {
        let (left, right) = (self.dimension(), other.dimension());
        let shares = |d| matches!(d, Dimension::Percent | Dimension::Ratio);
        let same_things = match (self.unit.things(), other.unit.things()) {
            (Some(a), Some(b)) => noun::same(a, b),
            _ => true,
        };
        same_things && (left == right || shares(left) && shares(right))
    }

    /// Roughly how large it is, in the base unit of its dimension; days for a date, nothing for a
    /// version. To draw it: what is compared is exact.
    pub fn size(&self) -> Option<f64> {
        match self.as_date() {
            Some(date) => Some((Date::ZERO.duration_until(date).as_hours() / 24) as f64),
            None => self.base().map(Fraction::rough),
        }
    }

    /// The value in the base unit of its dimension.
    pub(super) fn base(&self) -> Option<Fraction> {
        let (num, den) = self.unit.factor();
        match &self.amount {
            Amount::Number(number) => Some(number.fraction().scaled(num, den)),
            Amount::Ratio(terms) => Some(terms.0.fraction().over(terms.1.fraction())),
            _ => None,
        }
    }

    /// Whether it is a share over the whole: `101 %`, `21/20`. Equal to the whole gives `Equal`.
    pub(crate) fn to_whole(&self) -> Option<Ordering> {
        matches!(self.dimension(), Dimension::Percent | Dimension::Ratio)
            .then(|| self.base())?
            .map(|base| base.compare(Fraction::new(1, 1)))
    }
}
