//! What the blanks of a check or step take.
//!
//! Takes the kind of a blank and what was written in it, gives what was asked for where that is not it.

use super::document::RecordType;
use super::quantity::Quantity;
use super::time::Duration;

impl RecordType {
    /// What the blank asks for, in words, where `value` is not that.
    pub fn misfit(self, value: &str) -> Option<&'static str> {
        let value = value.trim();
        match self {
            Self::Text | Self::Person => None,
            Self::Number if Quantity::parse(value).is_ok() => None,
            Self::Number => Some("a number, with or without a unit"),
            Self::Date if value.parse::<jiff::civil::Date>().is_ok() => None,
            Self::Date => Some("a date, such as `2026-11-01`"),
            Self::Time if is_time(value) => None,
            Self::Time => Some("a time, such as `08:05` or `2026-11-01T08:05:00Z`"),
            Self::Duration if Duration::parse(value).is_ok() => None,
            Self::Duration => Some("a duration, such as `15m` or `1h30m`"),
            Self::Url if value.contains("://") && !value.contains(char::is_whitespace) => None,
            Self::Url => Some("a web address, such as `https://example.org`"),
        }
    }
}

/// A time of day, with or without its date and zone.
fn is_time(value: &str) -> bool {
    value.parse::<jiff::civil::Time>().is_ok()
        || value.parse::<jiff::civil::DateTime>().is_ok()
        || value.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_takes_its_values() {
        let cases = [
            (RecordType::Text, "anything", "\u{0}"),
            (RecordType::Number, "1,234 rows", "many"),
            (RecordType::Date, "2027-03-01", "soon"),
            (RecordType::Date, " 2027-03-01 ", "2027-13-01"),
            (RecordType::Time, "08:05", "08:65"),
            (RecordType::Time, "2026-11-01T08:05:00Z", "noon"),
            (RecordType::Duration, "1h30m", "90"),
            (RecordType::Url, "https://example.org/d/1", "grafana"),
        ];
        for (kind, right, wrong) in cases {
            assert_eq!(kind.misfit(right), None, "{right}");
            assert_eq!(kind.misfit(wrong).is_some(), kind != RecordType::Text, "{wrong}");
        }
    }
}
