//! Findings that were there before: `--write-baseline` and `--baseline`.
//!
//! Takes a report, gives a list of fingerprints as JSON; takes the list back and drops those findings
//! from a later report. It may not touch the disk.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::hide::hide;
use super::{Diagnostic, Report};
use crate::source::Sources;

/// Number of the shape of the file.
const VERSION: u64 = 1;

/// Findings that are known and not reported again.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    known: HashSet<String>,
}

impl Baseline {
    /// The report as a baseline: one line a finding, in order, so that it merges and reviews well.
    pub fn write(report: &Report, sources: &Sources) -> String {
        let sources: &Sources = &hide(report.iter(), sources);
        let mut prints = Fingerprints::default();
        let line = |found: &Diagnostic| {
            let print = prints.next(found, sources);
            let file = &sources.get(found.span.file).path;
            let entry = json!({ "rule": found.rule, "file": file, "fingerprint": print });
            format!("    {entry}")
        };
        let lines: Vec<String> = report.iter().map(line).collect();
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [\n{}\n  ]\n}}\n", lines.join(",\n"))
    }

    /// Reads a baseline back.
    ///
    /// # Errors
    /// Why the text is not one, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
        let current = value.get("version").and_then(Value::as_u64) == Some(VERSION);
        let findings = value.get("findings").and_then(Value::as_array).filter(|_| current);
        let print = |finding: &Value| Some(finding.get("fingerprint")?.as_str()?.to_owned());
        // A report as JSON has the same keys without fingerprints: it would hide nothing.
        let known = findings.and_then(|findings| findings.iter().map(print).collect());
        known.map(|known| Self { known }).ok_or_else(|| format!("is not a baseline of version {VERSION}"))
    }

    /// The findings that are not in the baseline, and how many were.
    pub fn filter(&self, report: Report, sources: &Sources) -> (Report, usize) {
        let sources: &Sources = &hide(report.iter(), sources);
        let mut prints = Fingerprints::default();
        let all = report.len();
        let new = |found: &&Diagnostic| !self.known.contains(&prints.next(found, sources));
        let kept: Vec<Diagnostic> = report.iter().filter(new).cloned().collect();
        let known = all - kept.len();
        (Report::new(kept), known)
    }
}
