//! The units the grammar knows, with their exact factors.
//!
//! Takes a word, gives the unit it names or the nearest one. A year is 365 days and a month a
//! twelfth of it, so that `12 months` equals `1 year` and `365 d`.

use std::cmp::Reverse;

use super::dimension::Dimension::{self, BitRate, Bytes, Duration, Percent, Points, Temperature};

/// One unit of the table.
#[derive(Debug)]
pub(crate) struct Known {
    /// The canonical symbol, which is what prints.
    pub(crate) symbol: &'static str,
    /// Other ways to write it. Those of three and more lower-case letters are read in any case.
    pub(crate) names: &'static [&'static str],
    pub(crate) dimension: Dimension,
    /// The factor to the dimension's base: nanoseconds, bytes, bits per second, one, degrees.
    pub(crate) num: i128,
    pub(crate) den: i128,
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.symbol == other.symbol
    }
}

impl Eq for Known {}

/// What a number is a number of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Nothing is said.
    Bare,
    /// A unit of the table.
    Known(&'static Known),
    /// Things: `packages`, `concurrent users`.
    Noun(Box<str>),
    /// Things per time; the things may be left out.
    Rate(Box<Rate>),
}

/// Things per time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rate {
    what: Option<Box<str>>,
    per: &'static Known,
}

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;
const YEAR: i128 = 365 * DAY;

const fn unit(
    symbol: &'static str,
    names: &'static [&'static str],
    dimension: Dimension,
    num: i128,
) -> Known {
    Known { symbol, names, dimension, num, den: 1 }
}

/// Every unit. The order decides between equally near suggestions.
pub(crate) static UNITS: &[Known] = &[
    unit("ms", &["msec", "msecs", "millis", "millisecond", "milliseconds"], Duration, 1_000_000),
    unit("s", &["sec", "secs", "second", "seconds"], Duration, SECOND),
    unit("min", &["m", "mins", "minute", "minutes"], Duration, 60 * SECOND),
    unit("h", &["hr", "hrs", "hour", "hours"], Duration, 3600 * SECOND),
    unit("d", &["day", "days"], Duration, DAY),
    unit("week", &["w", "wk", "wks", "weeks"], Duration, 7 * DAY),
    unit("month", &["mo", "months"], Duration, YEAR / 12),
    unit("year", &["y", "yr", "yrs", "years"], Duration, YEAR),
    unit("µs", &["us", "usec", "microsecond", "microseconds"], Duration, 1_000),
    unit("ns", &["nsec", "nanosecond", "nanoseconds"], Duration, 1),
    unit("MB", &["mb", "megabyte", "megabytes"], Bytes, 1_000_000),
    unit("GB", &["gb", "gigabyte", "gigabytes"], Bytes, 1_000_000_000),
    unit("kB", &["KB", "kb", "kilobyte", "kilobytes"], Bytes, 1_000),
    unit("TB", &["tb", "terabyte", "terabytes"], Bytes, 1_000_000_000_000),
    unit("PB", &["pb", "petabyte", "petabytes"], Bytes, 1_000_000_000_000_000),
    unit("KiB", &["kib", "Ki", "kibibyte", "kibibytes"], Bytes, 1 << 10),
    unit("MiB", &["mib", "Mi", "mebibyte", "mebibytes"], Bytes, 1 << 20),
    unit("GiB", &["gib", "Gi", "gibibyte", "gibibytes"], Bytes, 1 << 30),
    unit("TiB", &["tib", "Ti", "tebibyte", "tebibytes"], Bytes, 1 << 40),
    unit("PiB", &["pib", "Pi", "pebibyte", "pebibytes"], Bytes, 1 << 50),
    unit("B", &["byte", "bytes"], Bytes, 1),
    unit("Mbit/s", &["Mb/s", "Mbps", "mbps", "mbit/s"], BitRate, 1_000_000),
    unit("Gbit/s", &["Gb/s", "Gbps", "gbps", "gbit/s"], BitRate, 1_000_000_000),
    unit("kbit/s", &["kb/s", "kbps", "Kbps", "Kbit/s"], BitRate, 1_000),
    unit("Tbit/s", &["Tb/s", "Tbps", "tbps", "tbit/s"], BitRate, 1_000_000_000_000),
    unit("bit/s", &["b/s", "bps"], BitRate, 1),
    unit("MB/s", &["MBps"], BitRate, 8_000_000),
    unit("GB/s", &["GBps"], BitRate, 8_000_000_000),
    unit("kB/s", &["KB/s", "kBps", "KBps"], BitRate, 8_000),
    unit("MiB/s", &[], BitRate, 8 << 20),
    unit("GiB/s", &[], BitRate, 8 << 30),
    unit("KiB/s", &[], BitRate, 8 << 10),
    unit("B/s", &["Bps"], BitRate, 8),
    Known { symbol: "%", names: &["percent", "pct"], dimension: Percent, num: 1, den: 100 },
    Known { symbol: "pp", names: &["ppt"], dimension: Points, num: 1, den: 100 },
    unit("°C", &["℃", "celsius"], Temperature, 1),
];

/// Rates with a name of their own: the name, the things, the unit of time.
pub(crate) const NAMED_RATES: &[(&str, &str, &str)] = &[
    ("rps", "req", "s"),
    ("rpm", "req", "min"),
    ("rph", "req", "h"),
    ("qps", "queries", "s"),
    ("tps", "transactions", "s"),
];

/// The unit a word names: as it is written, else a whole word in any case.
pub(crate) fn lookup(word: &str) -> Option<&'static Known> {
    let exact = UNITS.iter().find(|unit| unit.symbol == word || unit.names.contains(&word));
    if exact.is_some() || word.len() < 3 || word.len() > 16 {
        return exact;
    }
    let lower = word.to_lowercase();
    UNITS.iter().find(|unit| {
        unit.names
            .iter()
            .any(|name| name.len() >= 3 && name.bytes().all(|b| b.is_ascii_lowercase()) && *name == lower)
    })
}

/// The unit that was probably meant by a word that is none.
pub(crate) fn nearest(word: &str) -> Option<&'static str> {
    if word.len() > 16 {
        return None;
    }
    let allowed = if word.chars().count() < 8 { 1 } else { 2 };
    let lower = word.to_lowercase();
    let named = NAMED_RATES.iter().map(|(name, ..)| (*name, *name));
    UNITS
        .iter()
        .flat_map(|unit| unit.names.iter().chain([&unit.symbol]).map(|name| (*name, unit.symbol)))
        .chain(named)
        .filter(|(name, _)| name.chars().count() > 1 || name.eq_ignore_ascii_case(word))
        .map(|(name, symbol)| (strsim::osa_distance(&name.to_lowercase(), &lower), name, symbol))
        .filter(|(distance, ..)| *distance <= allowed)
        .min_by_key(|(distance, name, _)| (*distance, Reverse(name.len())))
        .map(|(_, name, symbol)| if name.len() > 4 { name } else { symbol })
}

/// The same unit with another spelling of its things.
pub(crate) fn rate(what: &str, per: &'static Known) -> Unit {
    let what = match what.to_lowercase().as_str() {
        "" => None,
        "req" | "reqs" | "request" | "requests" => Some("req".into()),
        _ => Some(what.into()),
    };
    Unit::Rate(Box::new(Rate { what, per }))
}

impl Unit {
    pub(crate) fn dimension(&self) -> Dimension {
        match self {
            Self::Bare | Self::Noun(_) => Dimension::Count,
            Self::Known(known) => known.dimension,
            Self::Rate(_) => Dimension::Rate,
        }
    }

    /// The factor to the dimension's base.
    pub(crate) fn factor(&self) -> (i128, i128) {
        match self {
            Self::Bare | Self::Noun(_) => (1, 1),
            Self::Known(known) => (known.num, known.den),
            Self::Rate(rate) => (SECOND, rate.per.num),
        }
    }

    /// What is counted, if anything is named.
    pub(crate) fn things(&self) -> Option<&str> {
        match self {
            Self::Noun(noun) => Some(noun),
            Self::Rate(rate) => rate.what.as_deref(),
            _ => None,
        }
    }

    /// The text after the number, with its leading space; weeks, months and years have plurals.
    pub(crate) fn suffix(&self, one: bool) -> String {
        match self {
            Self::Bare => String::new(),
            Self::Known(known) => {
                let plural = !one && matches!(known.symbol, "week" | "month" | "year");
                format!(" {}{}", known.symbol, if plural { "s" } else { "" })
            }
            Self::Noun(noun) => format!(" {noun}"),
            Self::Rate(rate) => format!(" {}/{}", rate.what.as_deref().unwrap_or_default(), rate.per.symbol),
        }
    }
}
