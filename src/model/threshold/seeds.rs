//! The expressions of the five seed documents, held against both readers.

use std::collections::BTreeSet;

use super::{Threshold, read_free};
use crate::model::quantity::Quantity;
use crate::model::time::Duration;

const ROWS: &str = include_str!("../../../tests/fixtures/thresholds.tsv");

/// Rows whose reading is not in their text, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// Rows of the class `qualitative` or `configuration-value` in which a criterion is found.
const READ_ALL_THE_SAME: &[(&str, &str)] = &[];

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
    println!("read: {} of {}", rows.len() - missed.len(), rows.len());
    for row in &missed {
        let found: Vec<String> =
            read_free(row.expression).iter().map(|found| found.threshold.to_string()).collect();
        println!(
            "{} | {} {} {} {} | {found:?}",
            row.expression, row.operator, row.value, row.unit, row.window
        );
    }
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

/// Rows that are a whole threshold in the short form, as they stand.
#[test]
fn the_short_form_reads_what_it_claims() {
    let rows = rows();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.is_quantitative()).collect();
    let parsed: Vec<(&&Row, Threshold)> = rows
        .iter()
        .filter_map(|row| Threshold::parse(row.expression).ok().map(|threshold| (row, threshold)))
        .collect();
    let wrong: Vec<(&str, String)> = parsed
        .iter()
        .filter(|(row, threshold)| !row.matches(threshold))
        .map(|(row, threshold)| (row.expression, threshold.to_string()))
        .collect();
    println!("short form: {} of {}, wrong {wrong:#?}", parsed.len() - wrong.len(), rows.len());
    for row in &rows {
        if let Err(flaw) = Threshold::parse(row.expression) {
            println!("   {} | {flaw} {:?}", row.expression, flaw.help);
        }
    }
}
