//! Code Quality of GitLab.
//!
//! Takes a report, gives the JSON list that a job hands over as `codequality`. Fingerprints keep a
//! finding the same when lines above it change.

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::format::{Setting, shown};
use super::json::pretty;
use super::{Report, Severity};

pub(super) fn write(report: &Report, setting: &Setting<'_>) -> String {
    let mut prints = Fingerprints::default();
    let issues = shown(report, setting.limit).into_iter().map(|found| {
        let source = setting.sources.get(found.span.file);
        let (begin, _) = source.position(found.span.start);
        let severity = match found.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        };
        json!({
            "description": found.message,
            "check_name": found.rule,
            "fingerprint": prints.next(found, setting.sources),
            "severity": severity,
            "location": { "path": setting.path(source), "lines": { "begin": begin } },
        })
    });
    pretty(&Value::Array(issues.collect()))
}
