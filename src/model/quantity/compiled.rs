//! Quantities and their units for another reader of them: the script of a page.
//!
//! Takes quantities and the tables of this module, gives them as plain data. Numbers are texts of
//! digits, because a number of JSON is not exact; every table is the one that this program reads by.

use serde::Serialize;

use super::{Amount, Dimension, Quantity, noun, read, unit};
use crate::diagnostic::Labels;

/// A quantity with its value in the base unit of its dimension.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Compiled {
    /// A number of something, or a bare one.
    Number {
        /// What kind of thing it measures.
        dim: &'static str,
        /// The value: numerator and denominator.
        base: [String; 2],
        /// The number as it prints.
        number: String,
        /// The unit, for numbers that say none.
        unit: Measure,
    },
    /// So many of so many.
    Ratio {
        /// What kind of thing it measures.
        dim: &'static str,
        /// The value: numerator and denominator.
        base: [String; 2],
        /// Both terms as they print.
        terms: [String; 2],
        /// What is counted.
        unit: Measure,
    },
    /// Compared part by part.
    Version {
        /// What kind of thing it measures.
        dim: &'static str,
        /// As it prints.
        text: String,
    },
    /// A day of the calendar.
    Date {
        /// What kind of thing it measures.
        dim: &'static str,
        /// As it prints.
        text: String,
    },
}

/// A unit: factor to the base, what prints after the number, and what is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Measure(&'static str, [String; 2], String, Option<String>);

/// What a reader of quantities has to know.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Every dimension, and text, with its name in a message.
    dimensions: Vec<(&'static str, String)>,
    /// Every unit: symbol, dimension, factor to the base, other spellings.
    units: Vec<(&'static str, &'static str, [String; 2], &'static [&'static str])>,
    /// Rates with a name of their own: the name, the things, the unit of time.
    rates: &'static [(&'static str, &'static str, &'static str)],
    /// Numbers as words, from zero on.
    numbers: &'static [&'static str],
    /// Words that end a quantity.
    stops: &'static [&'static str],
    /// Words that say how the counted things are.
    states: &'static [&'static str],
    /// Nouns that lie one letter from a unit.
    nouns: &'static [&'static str],
}

impl Table {
    /// The tables that this program reads by, its words in the language of `labels`.
    pub fn new(labels: &Labels) -> Self {
        let unit = |known: &'static unit::Known| {
            let factor = [known.num.to_string(), known.den.to_string()];
            (known.symbol, known.dimension.key(), factor, known.names)
        };
        let (stops, states, nouns) = noun::lists();
        Self {
            dimensions: Dimension::ALL
                .iter()
                .map(|one| (one.key(), one.name().words(labels)))
                .chain([("text", labels.word("dimension-text").to_owned())])
                .collect(),
            units: unit::UNITS.iter().map(unit).collect(),
            rates: unit::NAMED_RATES,
            numbers: read::NUMBER_WORDS,
            stops,
            states,
            nouns,
        }
    }
}

impl Quantity {
    /// The quantity as plain data.
    pub fn compiled(&self) -> Compiled {
        let dim = self.dimension().key();
        let base = || {
            let (num, den) = self.base().map(super::decimal::Fraction::terms).unwrap_or((0, 1));
            [num.to_string(), den.to_string()]
        };
        match &self.amount {
            Amount::Number(number) => {
                let (unit, number) = (self.measure(), number.to_string());
                Compiled::Number { dim, base: base(), number, unit }
            }
            Amount::Ratio(terms) => {
                let terms = [terms.0.to_string(), terms.1.to_string()];
                Compiled::Ratio { dim, base: base(), terms, unit: self.measure() }
            }
            Amount::Version(version) => Compiled::Version { dim, text: version.to_string() },
            Amount::Date(date) => Compiled::Date { dim, text: date.to_string() },
        }
    }

    fn measure(&self) -> Measure {
        let (num, den) = self.unit.factor();
        let things = self.unit.things().map(str::to_owned);
        let suffix = self.unit.suffix(false);
        Measure(self.unit.dimension().key(), [num.to_string(), den.to_string()], suffix, things)
    }
}
