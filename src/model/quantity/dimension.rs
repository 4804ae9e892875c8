//! What kind of thing a quantity measures. Takes and gives nothing but names.

use std::fmt;

use crate::diagnostic::Phrase;

/// What kind of thing a quantity measures. Quantities of one dimension convert into each other;
/// percentages and ratios do too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dimension {
    /// A bare number, or a number of things: `20`, `50 packages`.
    Count,
    /// `95 %`
    Percent,
    /// Percentage points, the difference of two percentages: `5 pp`.
    Points,
    /// A length of time: `500 ms`, `30 d`.
    Duration,
    /// An amount of data: `1.5 GB`.
    Bytes,
    /// Something per time: `50 req/s`, `1000 emails/h`.
    Rate,
    /// Data per time: `1000 Mbit/s`, `20 MB/s`.
    BitRate,
    /// So many of so many, and scores: `19/20`, `4.0/5.0`.
    Ratio,
    /// Compared part by part: `3.13`, `v1.4.0`.
    Version,
    /// A day of the calendar: `2027-03-01`.
    Date,
    /// `°C`
    Temperature,
}

impl Dimension {
    /// Every dimension.
    pub(crate) const ALL: [Self; 11] = [
        Self::Count,
        Self::Percent,
        Self::Points,
        Self::Duration,
        Self::Bytes,
        Self::Rate,
        Self::BitRate,
        Self::Ratio,
        Self::Version,
        Self::Date,
        Self::Temperature,
    ];

    /// A word for programs: `bit-rate`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Points => "points",
            Self::Duration => "duration",
            Self::Bytes => "bytes",
            Self::Rate => "rate",
            Self::BitRate => "bit-rate",
            Self::Ratio => "ratio",
            Self::Version => "version",
            Self::Date => "date",
            Self::Temperature => "temperature",
        }
    }

    /// The dimension with its article, as a message says it: `a duration`.
    pub fn name(self) -> Phrase {
        Phrase::label(match self {
            Self::Count => "dimension-count",
            Self::Percent => "dimension-percent",
            Self::Points => "dimension-points",
            Self::Duration => "dimension-duration",
            Self::Bytes => "dimension-bytes",
            Self::Rate => "dimension-rate",
            Self::BitRate => "dimension-bit-rate",
            Self::Ratio => "dimension-ratio",
            Self::Version => "dimension-version",
            Self::Date => "dimension-date",
            Self::Temperature => "dimension-temperature",
        })
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name().fmt(f)
    }
}
