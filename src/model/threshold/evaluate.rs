//! Holding an actual against a bar.
//!
//! Takes a threshold and the text somebody wrote down, gives whether it meets the bar. What cannot
//! be compared is a flaw, never a failure: nobody's release stops over a missing unit without being
//! told so.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::{Operator, Threshold, Value};
use crate::diagnostic::Phrase;
use crate::model::quantity::{Dimension, Flaw, Quantity, quote};

/// A value that was recorded, and the day it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The value as it was written.
    pub actual: &'a str,
    /// The day of recording, which turns an expiry date into a number of days.
    pub at: Option<Date>,
}

impl<'a> From<&'a str> for Reading<'a> {
    fn from(actual: &'a str) -> Self {
        Self { actual, at: None }
    }
}

impl<'a> From<&'a String> for Reading<'a> {
    fn from(actual: &'a String) -> Self {
        Self { actual, at: None }
    }
}

impl Threshold {
    /// Whether a recorded value meets the bar. The window is not judged: who records a value says
    /// that it held that long. Flaws point into the actual.
    pub fn evaluate<'a>(&self, reading: impl Into<Reading<'a>>) -> Result<bool, Flaw> {
        let reading = reading.into();
        if reading.actual.trim().is_empty() {
            let flaw = Flaw::new(0..reading.actual.len(), Phrase::label("flaw-missing"));
            return Err(flaw.help(format!("the bar is `{}`", self.bar())));
        }
        self.settled().hold(reading)
    }

    /// As `evaluate`, for a value the program has computed itself.
    pub fn meets(&self, actual: &Quantity) -> Result<bool, Flaw> {
        self.settled().judge(actual, None).map_err(|(message, help)| {
            let flaw = Flaw::new(0..0, message);
            help.into_iter().fold(flaw, Flaw::help)
        })
    }

    /// Roughly how large a recorded value is, in the terms of the bar; to draw it beside the bar.
    /// `None` where the two cannot be compared, or are no numbers.
    pub fn size_of<'a>(&self, reading: impl Into<Reading<'a>>) -> Option<f64> {
        let reading = reading.into();
        let settled = self.settled();
        let bar = settled.values.iter().find_map(Value::quantity)?;
        let actual = settled.adapt(&Quantity::parse(reading.actual).ok()?, bar, reading.at).ok()?;
        actual.against(bar).ok()?;
        actual.size()
    }

    /// Roughly how large the values of the bar are, to draw it.
    pub fn sizes(&self) -> Vec<f64> {
        self.settled().values.iter().filter_map(|value| value.quantity()?.size()).collect()
    }

    fn hold(&self, reading: Reading<'_>) -> Result<bool, Flaw> {
        let actual = reading.actual;
        let texts = self.values.iter().all(|value| value.quantity().is_none());
        if texts || self.equals_text(actual) {
            return Ok(self.equals_text(actual) != (self.operator == Operator::NotEqual));
        }
        let parsed = Quantity::parse(actual).map(Some).or_else(|flaw| self.without_quantity(flaw))?;
        let met = parsed.map_or(Ok(false), |quantity| self.judge(&quantity, reading.at));
        met.map_err(|(message, help)| {
            let flaw = Flaw::new(0..actual.len(), message);
            help.into_iter().fold(flaw, Flaw::help)
        })
    }

    fn equals_text(&self, actual: &str) -> bool {
        let actual = super::tail::joined(actual).to_lowercase();
        self.values.iter().any(|value| match value {
            Value::Text(text) => text.to_lowercase() == actual,
            Value::Quantity(_) => false,
        })
    }

    /// An actual that is no quantity misses a set of words and numbers; elsewhere it is a flaw.
    fn without_quantity(&self, flaw: Flaw) -> Result<Option<Quantity>, Flaw> {
        if self.values.iter().any(|value| value.quantity().is_none()) {
            return Ok(None);
        }
        Err(flaw.help(format!("record the value that was measured; the bar is `{}`", self.bar())))
    }

    fn judge(&self, actual: &Quantity, at: Option<Date>) -> Result<bool, Refusal> {
        let mut orders = Vec::new();
        for bar in self.values.iter().filter_map(Value::quantity) {
            orders.push(self.order(actual, bar, at)?);
        }
        Ok(match (self.operator, orders.as_slice()) {
            (Operator::Between, [low, high]) => low.is_ge() && high.is_le(),
            (operator, orders) => orders.iter().any(|order| operator.holds(*order)),
        })
    }

    /// How an actual stands to one value of the bar.
    fn order(&self, actual: &Quantity, bar: &Quantity, at: Option<Date>) -> Result<Ordering, Refusal> {
        let actual = self.adapt(actual, bar, at)?;
        if bar.is_bare() && bar.is_zero() && !actual.is_bare() {
            // Nothing of anything is nothing: `backup size > 0` takes `5 MB`.
            return actual.against(&bar.clone().in_unit_of(&actual)).map_err(|_| self.refuse(&actual));
        }
        actual.against(bar).map_err(|mismatch| {
            if actual.dimension() == bar.dimension() {
                return (mismatch.phrase(), None);
            }
            self.refuse(&actual)
        })
    }

    fn refuse(&self, actual: &Quantity) -> Refusal {
        let kind = self.dimension().map_or_else(|| Phrase::label("dimension-text"), Dimension::name);
        let message = Phrase::label("flaw-kind")
            .with("text", quote(&actual.to_string()))
            .with("this", actual.dimension().name())
            .with("bar", self.bar())
            .with("that", kind);
        (message, None)
    }

    /// The actual in the terms of the bar: its unit for a bare number, days for a date.
    fn adapt(&self, actual: &Quantity, bar: &Quantity, at: Option<Date>) -> Result<Quantity, Refusal> {
        if let Some(date) = actual.as_date()
            && bar.dimension() == Dimension::Duration
        {
            return self.days_until(date, at);
        }
        if !actual.is_bare() || bar.is_bare() {
            return Ok(actual.clone());
        }
        match bar.dimension() {
            Dimension::Count | Dimension::Percent | Dimension::Points | Dimension::Temperature => {
                Ok(actual.clone().in_unit_of(bar))
            }
            Dimension::Ratio => actual.of_terms(bar).ok_or_else(|| self.of_what(actual, bar)),
            Dimension::Version => Ok(actual.clone()),
            Dimension::Date => Err(self.refuse(actual)),
            _ => Err(self.without_unit(actual, bar)),
        }
    }

    fn without_unit(&self, actual: &Quantity, bar: &Quantity) -> Refusal {
        let message = Phrase::label("flaw-no-unit").with("text", actual.to_string()).with("bar", self.bar());
        let unit = bar.unit().unwrap_or_default();
        (message, Some(format!("write `{actual} {unit}` if that is what was measured")))
    }

    fn of_what(&self, actual: &Quantity, bar: &Quantity) -> Refusal {
        let of = bar.terms().map_or_else(String::new, |(_, of)| of);
        let message = Phrase::label("flaw-of-what").with("text", actual.to_string()).with("bar", self.bar());
        (message, Some(format!("write `{actual}/{of}` if that is what was meant")))
    }

    /// Days between the day of recording and a date: ahead for what must last, back for an age.
    fn days_until(&self, date: Date, at: Option<Date>) -> Result<Quantity, Refusal> {
        let Some(at) = at else {
            let message = Phrase::label("flaw-date").with("text", date.to_string()).with("bar", self.bar());
            return Err((message, Some("record the number of days, such as `45 d`".to_owned())));
        };
        let days = at.duration_until(date).as_hours() / 24;
        if !self.is_age() {
            return Ok(Quantity::days(days));
        }
        if days > 0 {
            let (date, day) = (date.to_string(), at.to_string());
            return Err((Phrase::label("flaw-future").with("text", date).with("day", day), None));
        }
        Ok(Quantity::days(-days))
    }

    /// Whether the metric looks back. Where its words do not say, a bar from above does.
    pub(super) fn is_age(&self) -> bool {
        let metric = self.metric().unwrap_or_default().to_lowercase();
        let says =
            |words: &[&str]| metric.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
        if says(&["validity", "valid", "remaining", "expiry", "expiration", "expires", "left"]) {
            return false;
        }
        says(&["age", "old", "since", "last"]) || self.operator.bounds_above() == Some(true)
    }
}

/// A message and its help, before the place in the actual is known.
type Refusal = (Phrase, Option<String>);
