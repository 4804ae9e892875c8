//! Exact decimal numbers as they are written: `0.5`, `1,000`, `3.10`, `5k`.
//!
//! Takes text at a cursor, gives a number that prints as it was written and compares exactly.
//! Floats have no place here: `0.1 %` is a tenth of a percent, not nearly one.

use std::cmp::Ordering;
use std::fmt;

use super::cursor::Cursor;
use super::flaw::{Flaw, quote};
use crate::diagnostic::Phrase;

/// Numbers are smaller than this, so that they fit into an `i64`, and with a unit's factor into an `i128`.
const LIMIT: i128 = 1_000_000_000_000_000_000;

/// How a comma inside digits is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comma {
    /// It groups thousands.
    Groups,
    /// It ends the number, as in the list `200,301`.
    Ends,
}

/// A number with the decimals it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    mantissa: i64,
    scale: u32,
}

impl Decimal {
    /// A whole number; numbers out of range are clamped to the largest one.
    pub(crate) fn whole(number: i128) -> Self {
        let mantissa = i64::try_from(number.clamp(1 - LIMIT, LIMIT - 1)).unwrap_or_default();
        Self { mantissa, scale: 0 }
    }

    /// Mantissa over a power of ten, where it is not too large.
    fn new(mantissa: i128, scale: u32) -> Option<Self> {
        let mantissa = i64::try_from(mantissa).ok().filter(|_| -LIMIT < mantissa && mantissa < LIMIT)?;
        Some(Self { mantissa, scale })
    }

    fn mantissa(self) -> i128 {
        self.mantissa.into()
    }

    /// Mantissa over a power of ten.
    pub(crate) fn fraction(self) -> Fraction {
        Fraction::new(self.mantissa(), 10_i128.pow(self.scale))
    }

    pub(crate) fn is_whole(self) -> bool {
        self.scale == 0
    }

    pub(crate) fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    pub(crate) fn is_one(self) -> bool {
        self.mantissa() == 10_i128.pow(self.scale)
    }

    pub(crate) fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// `self * factor + other`, for compound durations; `None` when it does not fit.
    pub(crate) fn times_plus(self, factor: i128, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let left = self.mantissa().checked_mul(factor)?.checked_mul(10_i128.pow(scale - self.scale))?;
        let right = other.mantissa().checked_mul(10_i128.pow(scale - other.scale))?;
        Self::new(left.checked_add(right)?, scale)
    }

    /// Moves the point to the right, for `5k` and `1.5M`.
    pub(crate) fn shifted(self, places: u32) -> Option<Self> {
        if self.scale >= places {
            return Some(Self { scale: self.scale - places, ..self });
        }
        Self::new(self.mantissa().checked_mul(10_i128.pow(places - self.scale))?, 0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        let one = 10_i128.pow(self.scale).unsigned_abs();
        let size = self.mantissa().unsigned_abs();
        write!(f, "{}", size / one)?;
        if self.scale > 0 {
            write!(f, ".{:0width$}", size % one, width = self.scale as usize)?;
        }
        Ok(())
    }
}

/// An exact fraction with a positive denominator; compares without overflow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fraction {
    num: i128,
    den: i128,
}

impl Fraction {
    pub(crate) fn new(num: i128, den: i128) -> Self {
        debug_assert!(den != 0, "a fraction over zero is refused where it is read");
        Self { num: if den < 0 { -num } else { num }, den: den.abs().max(1) }
    }

    /// The product with a unit's factor. Both sides are bounded, see `LIMIT`.
    pub(crate) fn scaled(self, num: i128, den: i128) -> Self {
        Self::new(self.num.saturating_mul(num), self.den.saturating_mul(den))
    }

    /// The quotient of two numbers as written; both stay below `LIMIT` in each term.
    pub(crate) fn over(self, other: Self) -> Self {
        Self::new(self.num.saturating_mul(other.den), self.den.saturating_mul(other.num))
    }

    /// Numerator and denominator.
    pub(crate) fn terms(self) -> (i128, i128) {
        (self.num, self.den)
    }

    /// Roughly; to draw it, never to compare it.
    pub(crate) fn rough(self) -> f64 {
        self.num as f64 / self.den as f64
    }

    /// The whole number it is, if it is one.
    pub(crate) fn whole(self) -> Option<i128> {
        (self.num % self.den == 0).then(|| self.num / self.den)
    }

    /// By continued fractions: whole parts first, then the remainders turned over.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        let (mut a, mut b) = (self, other);
        let mut turned = false;
        loop {
            let (left, right) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
            let (a_rest, b_rest) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            let order = left.cmp(&right).then_with(|| match (a_rest, b_rest) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            if order != Ordering::Equal || a_rest == 0 {
                return if turned { order.reverse() } else { order };
            }
            a = Self { num: a.den, den: a_rest };
            b = Self { num: b.den, den: b_rest };
            turned = !turned;
        }
    }
}

/// The number at the cursor, or `None` when none starts there.
pub(crate) fn read(cursor: &mut Cursor<'_>, comma: Comma) -> Result<Option<Decimal>, Flaw> {
    let start = cursor.at();
    let mut ahead = *cursor;
    let negative = ahead.eat("-");
    if !negative {
        ahead.eat("+");
    }
    let mut digits = ahead.take_while(|c| c.is_ascii_digit()).to_owned();
    if comma == Comma::Groups {
        read_groups(&mut ahead, start, &mut digits)?;
    }
    let decimals = read_decimals(&mut ahead);
    if comma == Comma::Groups {
        check_point(&ahead, start, &digits, decimals)?;
    }
    if digits.is_empty() && decimals.is_empty() {
        return Ok(None);
    }
    let number = assemble(&digits, decimals, negative).ok_or_else(|| too_long(&ahead, start))?;
    *cursor = ahead;
    Ok(Some(number))
}

/// Thousands in exact groups of three; anything else after a comma is refused.
fn read_groups(ahead: &mut Cursor<'_>, start: usize, digits: &mut String) -> Result<(), Flaw> {
    let lead = digits.len();
    loop {
        let mut group = *ahead;
        if digits.is_empty() || digits.len() > 24 || !group.eat(",") || !group.starts_with_digit() {
            return Ok(());
        }
        let more = group.take_while(|c| c.is_ascii_digit());
        if more.len() != 3 || lead > 3 {
            let text = group.since(start);
            let flaw =
                Flaw::new(start..group.at(), Phrase::label("flaw-not-number").with("text", quote(text)));
            return Err(if digits.len() == lead {
                flaw.help(format!("write `{}.{more}`", text.split(',').next().unwrap_or(text)))
            } else {
                flaw.help("a comma groups digits by three; decimals follow a point")
            });
        }
        digits.push_str(more);
        *ahead = group;
    }
}

/// In `1.000,5` the point groups and the comma is the point, as in half of Europe.
fn check_point(ahead: &Cursor<'_>, start: usize, digits: &str, decimals: &str) -> Result<(), Flaw> {
    let mut behind = *ahead;
    if decimals.len() != 3 || !behind.eat(",") || !behind.starts_with_digit() {
        return Ok(());
    }
    let more = behind.take_while(|c| c.is_ascii_digit());
    let message = Phrase::label("flaw-not-number").with("text", quote(behind.since(start)));
    let flaw = Flaw::new(start..behind.at(), message);
    Err(flaw.help(format!("write `{digits}{decimals}.{more}`")))
}

fn read_decimals<'a>(ahead: &mut Cursor<'a>) -> &'a str {
    let mut point = *ahead;
    if !point.eat(".") || !point.starts_with_digit() {
        return "";
    }
    let decimals = point.take_while(|c| c.is_ascii_digit());
    *ahead = point;
    decimals
}

fn assemble(digits: &str, decimals: &str, negative: bool) -> Option<Decimal> {
    let scale = u32::try_from(decimals.len()).ok().filter(|scale| *scale <= 18)?;
    let mut size: i128 = 0;
    for digit in digits.bytes().chain(decimals.bytes()) {
        size = size * 10 + i128::from(digit - b'0');
        if size >= LIMIT {
            return None;
        }
    }
    Decimal::new(if negative { -size } else { size }, scale)
}

fn too_long(ahead: &Cursor<'_>, start: usize) -> Flaw {
    let text = ahead.since(start);
    Flaw::new(start..ahead.at(), Phrase::label("flaw-long-number").with("text", quote(text)))
        .help("a number has at most 18 digits")
}
