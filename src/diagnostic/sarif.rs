//! SARIF 2.1.0, as GitHub code scanning and other viewers take it.
//!
//! Takes a report and the table of rules, gives one log with one run. Columns count Unicode code
//! points from 1, as `columnKind` says; the end of a region is the column after its last character.

use serde_json::{Map, Value, json};

use super::fingerprint::Fingerprints;
use super::format::{Setting, shown};
use super::json::pretty;
use super::{Diagnostic, Fix, Report, RuleInfo, Severity};
use crate::source::{FileId, Sources, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The report as a SARIF log.
pub(super) fn write(report: &Report, setting: &Setting<'_>) -> String {
    let mut prints = Fingerprints::default();
    let shown = shown(report, setting.limit);
    let results: Vec<Value> = shown.iter().map(|found| result(found, setting, &mut prints)).collect();
    let driver = json!({
        "name": "runsheet",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": setting.rules.iter().map(rule).collect::<Vec<_>>(),
    });
    let run = json!({
        "tool": { "driver": driver },
        "invocations": [invocation(setting)],
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    pretty(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

/// Whether the check came to its end, else what was in the way.
fn invocation(setting: &Setting<'_>) -> Value {
    let Some(stop) = setting.stop else { return json!({ "executionSuccessful": true }) };
    let notification = json!({
        "level": "error",
        "message": { "text": stop.message },
        "locations": [{ "physicalLocation": place(stop.span, setting) }],
    });
    json!({ "executionSuccessful": false, "toolExecutionNotifications": [notification] })
}

fn rule(rule: &RuleInfo) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    severity.word()
}

fn result(found: &Diagnostic, setting: &Setting<'_>, prints: &mut Fingerprints) -> Value {
    let mut result = json!({
        "ruleId": found.rule,
        "level": level(found.severity),
        "message": { "text": text(found) },
        "locations": [{ "physicalLocation": place(found.span, setting) }],
        "partialFingerprints": { "runsheet/v1": prints.next(found, setting.sources) },
    });
    let Value::Object(fields) = &mut result else { return result };
    if let Some(index) = setting.rules.iter().position(|rule| rule.name == found.rule) {
        fields.insert("ruleIndex".to_owned(), index.into());
    }
    if !found.related.is_empty() {
        fields.insert("relatedLocations".to_owned(), related(found, setting));
    }
    if let Some(fix) = &found.fix {
        fields.insert("fixes".to_owned(), json!([change(fix, found.span.file, setting)]));
    }
    result
}

/// Message, label and help: a viewer has one place for them.
fn text(found: &Diagnostic) -> String {
    let parts = [Some(found.message.as_str()), Some(found.label.as_str()), found.help.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

fn related(found: &Diagnostic, setting: &Setting<'_>) -> Value {
    let related = (1..).zip(&found.related).map(|(id, (span, label)): (usize, _)| {
        let text = if label.is_empty() { "see also" } else { label };
        json!({ "id": id, "message": { "text": text }, "physicalLocation": place(*span, setting) })
    });
    related.collect::<Vec<_>>().into()
}

fn change(fix: &Fix, file: FileId, setting: &Setting<'_>) -> Value {
    let replacement = |edit: &super::Edit| json!({ "deletedRegion": region(edit.span, setting.sources), "insertedContent": { "text": edit.text } });
    let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": artifact(file, setting), "replacements": replacements }],
    })
}

fn place(span: Span, setting: &Setting<'_>) -> Value {
    let mut place = Map::new();
    place.insert("artifactLocation".to_owned(), artifact(span.file, setting));
    place.insert("region".to_owned(), region(span, setting.sources));
    place.into()
}

fn artifact(file: FileId, setting: &Setting<'_>) -> Value {
    json!({ "uri": uri(&setting.path(setting.sources.get(file))), "uriBaseId": "%SRCROOT%" })
}

fn region(span: Span, sources: &Sources) -> Value {
    let source = sources.get(span.file);
    let (start_line, start_column) = source.position(span.start);
    let (end_line, end_column) = source.position(span.end);
    json!({
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}

/// A path as a relative URI: what RFC 3986 does not allow in a path is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
