//! JUnit XML: a suite per file of the content, a case per finding.
//!
//! Takes a report, gives XML. An error is a failure; a warning is a case that passes and says so in
//! its output, as `check` ends well with warnings alone; a file without findings is one case that
//! passes.

use std::fmt::Write as _;

use super::format::{Setting, shown};
use super::{Diagnostic, Painter, Report, Severity};
use crate::source::{Kind, Source};

pub(super) fn write(report: &Report, setting: &Setting<'_>) -> String {
    let shown = shown(report, setting.limit);
    let mut suites = String::new();
    let (mut tests, mut failures) = (0, 0);
    // Findings stand in the order of the files.
    let mut rest = shown.as_slice();
    for (file, source) in setting.sources.iter() {
        let (found, others) = rest.split_at(rest.partition_point(|found| found.span.file <= file));
        rest = others;
        if found.is_empty() && source.kind == Kind::Other {
            continue;
        }
        let errors = found.iter().filter(|found| found.severity == Severity::Error).count();
        tests += found.len().max(1);
        failures += errors;
        suite(source, found, setting, &mut suites);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"runsheet check\" tests=\"{tests}\" failures=\"{failures}\">\n{suites}</testsuites>\n"
    )
}

fn suite(source: &Source, found: &[&Diagnostic], setting: &Setting<'_>, out: &mut String) {
    let errors = found.iter().filter(|found| found.severity == Severity::Error).count();
    let (path, tests) = (escape(&source.path), found.len().max(1));
    // Writing into a String cannot fail.
    let _ = writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{errors}\">");
    if found.is_empty() {
        let _ = writeln!(out, "    <testcase classname=\"{path}\" name=\"no findings\"/>");
    }
    for found in found {
        case(source, found, setting, out);
    }
    out.push_str("  </testsuite>\n");
}

fn case(source: &Source, found: &Diagnostic, setting: &Setting<'_>, out: &mut String) {
    let (line, column) = source.position(found.span.start);
    let (path, message) = (escape(&source.path), escape(&found.message));
    let text = escape(&Painter::new(false).paint_hidden(found, setting.sources));
    let name = format!("{}:{line}:{column}", found.rule);
    let inner = match found.severity {
        Severity::Error => format!("<failure type=\"{}\" message=\"{message}\">{text}</failure>", found.rule),
        Severity::Warning => format!("<system-out>{text}</system-out>"),
    };
    let _ = writeln!(out, "    <testcase classname=\"{path}\" name=\"{name}\">{inner}</testcase>");
}

/// Text for XML 1.0, in which most control characters cannot even be escaped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push('\t'),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
