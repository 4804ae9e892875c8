//! Annotations of GitHub Actions, and the list for the summary of the step.
//!
//! Takes a report, gives workflow commands. GitHub shows ten annotations of each level of a step and
//! drops the rest, so errors come before warnings; the summary has the whole list.

use std::fmt::Write as _;

use super::fingerprint::plain;
use super::format::{Setting, cut_off, shown};
use super::{Diagnostic, Report, Severity};

/// Bytes that GitHub takes as the summary of a step, less room for the last line.
const SUMMARY: usize = (1 << 20) - 256;

/// One workflow command a finding, the worst first.
pub(super) fn write(report: &Report, setting: &Setting<'_>) -> String {
    let mut shown = shown(report, setting.limit);
    shown.sort_by_key(|found| found.severity);
    let mut out = String::new();
    for found in shown {
        annotation(found, setting, &mut out);
    }
    let rest = cut_off(report, setting.limit);
    if !rest.is_empty() {
        let _ = writeln!(out, "::notice::{}", workflow_text(rest.trim_end()));
    }
    out
}

fn annotation(found: &Diagnostic, setting: &Setting<'_>, out: &mut String) {
    let source = setting.sources.get(found.span.file);
    let (line, column) = source.position(found.span.start);
    // GitHub takes columns only where the annotation stays on one line.
    let last = found.span.end.min(u32::try_from(source.line(line).end).unwrap_or(u32::MAX));
    let (_, end_column) = source.position(last.max(found.span.start));
    let mut text = found.message.clone();
    let more = [Some(&found.label), found.help.as_ref()];
    for part in more.into_iter().flatten().filter(|part| !part.is_empty()) {
        text.push('\n');
        text.push_str(part);
    }
    // Writing into a String cannot fail.
    let _ = writeln!(
        out,
        "::{} file={},line={line},endLine={line},col={column},endColumn={end_column},title={}::{}",
        found.severity.word(),
        workflow_property(&setting.path(source)),
        workflow_property(found.rule),
        workflow_text(&text),
    );
}

/// The whole list as Markdown, for the file that `GITHUB_STEP_SUMMARY` names.
pub fn summary(report: &Report, setting: &Setting<'_>) -> String {
    let told = setting.stop.map(|stop| stop.told_in(report));
    let report = told.as_ref().unwrap_or(report);
    if report.is_empty() {
        return "### Runsheet: no findings\n".to_owned();
    }
    let (errors, warnings) = (report.errors(), report.warnings());
    let mut out = format!("### Runsheet: {errors} errors, {warnings} warnings\n\n");
    out.push_str("| place | level | rule | finding |\n| --- | --- | --- | --- |\n");
    let of = |severity| report.iter().filter(move |found| found.severity == severity);
    let worst_first = of(Severity::Error).chain(of(Severity::Warning));
    for (written, found) in worst_first.enumerate() {
        let row = row(found, setting);
        if out.len() + row.len() > SUMMARY {
            let _ = writeln!(out, "\n… and {} findings more", report.len() - written);
            break;
        }
        out.push_str(&row);
    }
    out
}

fn row(found: &Diagnostic, setting: &Setting<'_>) -> String {
    let source = setting.sources.get(found.span.file);
    let (line, column) = source.position(found.span.start);
    let cell = |text: &str| plain(text).replace('|', "\\|").replace('<', "&lt;");
    let (path, level, message) = (cell(&setting.path(source)), found.severity.word(), cell(&found.message));
    format!("| {path}:{line}:{column} | {level} | {} | {message} |\n", found.rule)
}

/// Text of a workflow command, after the second `::`. Other control characters would steer a terminal that shows the log.
pub fn workflow_text(text: &str) -> String {
    let encoded = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    encoded.replace(char::is_control, " ")
}

/// The value of a property of one, which also ends at `:` and `,`.
pub fn workflow_property(text: &str) -> String {
    workflow_text(text).replace(':', "%3A").replace(',', "%2C")
}
