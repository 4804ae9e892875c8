//! JSON: one document, or one object a line.
//!
//! Takes a report, gives JSON. Lines and columns count from 1, columns in characters; `start` and
//! `end` of an edit are bytes of the file. The shape has a number, `"version": 1`, which changes when
//! a program that reads it would have to.

use serde_json::{Value, json};

use super::format::{Setting, shown};
use super::{Diagnostic, Fix, Report};
use crate::source::{Source, Sources, Span};

/// Number of the shape.
const VERSION: u32 = 1;

/// The whole report as one object.
pub(super) fn document(report: &Report, setting: &Setting<'_>) -> String {
    let shown = shown(report, setting.limit);
    let findings: Vec<Value> = shown.iter().map(|found| finding(found, setting.sources)).collect();
    let summary = json!({
        "errors": report.errors(),
        "warnings": report.warnings(),
        "shown": findings.len(),
    });
    let mut document = json!({ "version": VERSION, "summary": summary, "findings": findings });
    if let (Some(stop), Value::Object(fields)) = (setting.stop, &mut document) {
        fields.insert("error".to_owned(), stop.message.into());
    }
    pretty(&document)
}

/// One object a finding; the last has an `error` where there may be more to find.
pub(super) fn lines(report: &Report, setting: &Setting<'_>) -> String {
    let mut out = String::new();
    for found in shown(report, setting.limit) {
        let Value::Object(fields) = finding(found, setting.sources) else { continue };
        line(fields, &mut out);
    }
    if let Some(stop) = setting.stop {
        line([("error".to_owned(), stop.message.into())], &mut out);
    }
    out
}

fn line(fields: impl IntoIterator<Item = (String, Value)>, out: &mut String) {
    let mut line = serde_json::Map::new();
    line.insert("version".to_owned(), VERSION.into());
    line.extend(fields);
    out.push_str(&Value::Object(line).to_string());
    out.push('\n');
}

/// Indented, with a line break at its end.
pub(super) fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn finding(found: &Diagnostic, sources: &Sources) -> Value {
    let mut value = json!({
        "rule": found.rule,
        "level": found.severity.word(),
        "message": found.message,
    });
    let related: Vec<Value> =
        found.related.iter().map(|(span, text)| related(*span, text, sources)).collect();
    let Value::Object(fields) = &mut value else { return value };
    fields.extend(place(found.span, sources));
    if !found.label.is_empty() {
        fields.insert("label".to_owned(), found.label.as_str().into());
    }
    if let Some(help) = &found.help {
        fields.insert("help".to_owned(), help.as_str().into());
    }
    if !related.is_empty() {
        fields.insert("related".to_owned(), related.into());
    }
    if let Some(fix) = &found.fix {
        fields.insert("fix".to_owned(), change(fix, sources.get(found.span.file)));
    }
    value
}

fn related(span: Span, text: &str, sources: &Sources) -> Value {
    let mut fields = place(span, sources);
    fields.insert("message".to_owned(), text.into());
    Value::Object(fields)
}

fn place(span: Span, sources: &Sources) -> serde_json::Map<String, Value> {
    let source = sources.get(span.file);
    let (line, column) = source.position(span.start);
    let (end_line, end_column) = source.position(span.end);
    let place = [
        ("file", Value::from(source.path.as_str())),
        ("line", line.into()),
        ("column", column.into()),
        ("end-line", end_line.into()),
        ("end-column", end_column.into()),
    ];
    place.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn change(fix: &Fix, source: &Source) -> Value {
    let edit = |edit: &super::Edit| {
        let place = |at| source.byte(at);
        json!({ "start": place(edit.span.start), "end": place(edit.span.end), "text": edit.text })
    };
    json!({ "title": fix.title, "edits": fix.edits.iter().map(edit).collect::<Vec<_>>() })
}
