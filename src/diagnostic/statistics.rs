//! How often each rule was broken: `check --statistics`.
//!
//! Takes a report, gives one line a rule, the most frequent first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Report, Severity};

/// `   12 errors  missing-owner` and so on; empty where nothing was found.
pub fn statistics(report: &Report) -> String {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for found in report.iter() {
        *counts.entry((found.rule, found.severity)).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((rule, severity), count)| (std::cmp::Reverse(*count), *severity, *rule));
    let mut out = String::new();
    for ((rule, severity), count) in rows {
        let plural = if count == 1 { " " } else { "s" };
        let words = format!("{}{plural}", severity.word());
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{count:>7} {words:<8} {rule}");
    }
    out
}
