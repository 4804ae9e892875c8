//! One line a finding: `file:line:col: level[rule] message`.
//!
//! Takes a report, gives text that editors and `grep` understand.

use std::fmt::Write as _;

use super::format::{Setting, cut_off, shown};
use super::{Report, fingerprint};

pub(super) fn write(report: &Report, setting: &Setting<'_>) -> String {
    let mut out = String::new();
    for found in shown(report, setting.limit) {
        let source = setting.sources.get(found.span.file);
        let (line, column) = source.position(found.span.start);
        let level = found.severity.word();
        let message = fingerprint::plain(&found.message);
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{}:{line}:{column}: {level}[{}] {message}", source.path, found.rule);
    }
    out + &cut_off(report, setting.limit)
}
