//! The expressions of the five seed documents, held against both readers.

use std::collections::BTreeSet;

use super::{Threshold, read_free};
use crate::model::quantity::Quantity;
use crate::model::time::Duration;

const ROWS: &str = include_str!("../../../tests/fixtures/thresholds.tsv");

/// Rows whose reading is not in their text, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("Route 10% traffic to new version", "a stage of a ramp, not a condition"),
    ("Route 25% traffic", "a stage of a ramp, not a condition"),
    ("Route 50% traffic", "a stage of a ramp, not a condition"),
    ("Route 100% traffic", "a stage of a ramp, not a condition"),
    ("Max-Age: >= 31536000 (1 year)", "that HSTS counts in seconds is not in the text"),
    ("HSTS header configured (max-age ≥31536000)", "that HSTS counts in seconds is not in the text"),
    ("Verify backup size (should be >0)", "read as `> 0`, which takes any unit; bytes are not named"),
    ("SAST scan results: critical, high (target: 0/0)", "two counters in one ratio over zero"),
    ("DAST scan results: critical, high (target: 0/0)", "two counters in one ratio over zero"),
    (
        "Expected: HTTP 500 with error tracking ID, no sensitive data leaked",
        "one of two: a plain `no …` in prose is qualitative in eight other rows",
    ),
    ("Disk usage: % (no increase >5%)", "read as `increase <= 5 %`; that the percent are points is a guess"),
];

/// Rows of the class `qualitative` or `configuration-value` in which a criterion is found.
const READ_ALL_THE_SAME: &[(&str, &str)] = &[(
    // State and number; the number is read.
    "Expected: Link up, speed 1000Mb/s or higher",
    "speed >= 1000 Mbit/s",
)];

struct Row {
    expression: &'static str,
    operator: &'static str,
    value: &'static str,
    unit: &'static str,
    window: &'static str,
    class: &'static str,
}

fn rows() -> Vec<Row> {
    ROWS.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Row {
                expression: cells[0],
                operator: cells[5],
                value: cells[6],
                unit: cells[7],
                window: cells[8],
                class: cells[9],
            }
        })
        .collect()
}

impl Row {
    fn is_quantitative(&self) -> bool {
        !["qualitative", "configuration-value", "blank-value"].contains(&self.class)
    }

    fn operator(&self) -> &'static str {
        if self.operator == "==" { "=" } else { self.operator }
    }

    fn values(&self) -> Vec<Quantity> {
        let read = |text: &str| Quantity::parse(text).unwrap_or_else(|flaw| panic!("{text}: {flaw}"));
        match self.unit {
            "http_status" => self.value.split('/').map(read).collect(),
            "ratio" | "" | "count" | "count (all)" => vec![read(self.value)],
            "version" => vec![read(self.value).into_version()],
            "count pair" => Vec::new(),
            unit if unit.starts_with('/') => vec![read(&format!("{}{unit}", self.value))],
            unit => vec![read(&format!("{} {unit}", self.value))],
        }
    }

    fn matches(&self, threshold: &Threshold) -> bool {
        let found: Vec<&Quantity> = threshold.values.iter().filter_map(|v| v.quantity()).collect();
        let wanted = self.values();
        let same = |(wanted, found): (&Quantity, &&Quantity)| {
            wanted.is_version() == found.is_version() && wanted.compare(found).is_ok_and(|o| o.is_eq())
        };
        let window = threshold.window.map(|window| window.length);
        threshold.operator.symbol() == self.operator()
            && found.len() == wanted.len()
            && !wanted.is_empty()
            && wanted.iter().zip(&found).all(same)
            && window == Duration::parse(self.window).ok()
    }
}

#[test]
fn the_seed_expressions_are_read() {
    let rows = rows();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.is_quantitative()).collect();
    let missed: Vec<&&Row> = rows
        .iter()
        .filter(|row| !read_free(row.expression).iter().any(|found| row.matches(&found.threshold)))
        .collect();
    assert_eq!((rows.len() - missed.len(), rows.len()), (185, 196));
    let missed: BTreeSet<&str> = missed.iter().map(|row| row.expression).collect();
    let exceptions: BTreeSet<&str> = EXCEPTIONS.iter().map(|(expression, _)| *expression).collect();
    assert_eq!(missed, exceptions);
}

#[test]
fn what_is_read_into_other_rows_is_known() {
    let rows = rows();
    let found: Vec<(&str, String)> = rows
        .iter()
        .filter(|row| !row.is_quantitative())
        .flat_map(|row| {
            read_free(row.expression).into_iter().map(|f| (row.expression, f.threshold.to_string()))
        })
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(row, found)| (*row, found.as_str())).collect();
    assert_eq!(found, READ_ALL_THE_SAME);
}

#[test]
fn what_is_read_can_be_written() {
    for row in rows() {
        for found in read_free(row.expression) {
            let printed = found.threshold.to_string();
            assert_eq!(Threshold::parse(&printed), Ok(found.threshold), "{} as {printed}", row.expression);
        }
    }
}

/// Rows that are a whole threshold in the short form, as they stand.
#[test]
fn the_short_form_reads_what_it_claims() {
    let rows = rows();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.is_quantitative()).collect();
    let parsed: Vec<(&&Row, Threshold)> = rows
        .iter()
        .filter_map(|row| Threshold::parse(row.expression).ok().map(|threshold| (row, threshold)))
        .collect();
    let wrong: Vec<&str> = parsed
        .iter()
        .filter(|(row, threshold)| !row.matches(threshold))
        .map(|(row, _)| row.expression)
        .collect();
    assert_eq!((parsed.len() - wrong.len(), rows.len()), (99, 196));
    assert_eq!(wrong, ["Max-Age: >= 31536000 (1 year)"]);
}
