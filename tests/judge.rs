//! Texts through every stage up to the report, in memory, held to what is promised of any text.
//!
//! Takes texts by path, gives how many findings there are; panics where a stage does, and where a
//! finding points outside its file or into the middle of a character. The random-input tests and the
//! fuzz targets use it.

use runsheet::check::{self, Subject};
use runsheet::diagnostic::{Diagnostic, Format, Report, Setting, format};
use runsheet::source::{Kind, Source, Sources, Span};
use runsheet::{config, model, release};

/// Reads, resolves, assesses and checks `files`.
pub(crate) fn judge(files: &[(&str, &str)]) -> Report {
    let files = files.iter().map(|(path, text)| Source::new(*path, kind(path), (*text).to_owned()));
    let sources = Sources::new(files.collect());
    let (config, mut found) = config::load(&sources);
    let (library, diagnostics) = model::load(&sources, &config.zone);
    found.extend(diagnostics);
    for release in &library.releases {
        release::assess(release, &library.roster, release::as_of(release, None));
    }
    let as_of = jiff::Timestamp::constant(1_795_262_400, 0);
    let subject = Subject { library: &library, sources: &sources, config: &config, as_of };
    let report = Report::new(check::run(&subject, found));
    report.iter().for_each(|found| hold(found, &sources));
    print(&report, &sources);
    report
}

/// What a path says that a file is.
fn kind(path: &str) -> Kind {
    match path.trim_start_matches("content/") {
        "site.yaml" => Kind::Site,
        "roster.yaml" => Kind::Roster,
        path if path.starts_with("runbooks/") => Kind::Runbook,
        path if path.ends_with(".journal.yaml") => Kind::Journal,
        path if path.starts_with("releases/") => Kind::Release,
        path if path.starts_with("pages/") => Kind::Page,
        _ => Kind::Other,
    }
}

/// Every place of a finding lies in its file and cuts no character.
fn hold(found: &Diagnostic, sources: &Sources) {
    let within = |span: Span| sources.get(span.file).text.get(span.range()).is_some();
    assert!(within(found.span), "{found:?} is not in {}", sources.get(found.span.file).path);
    assert!(found.related.iter().all(|(span, _)| within(*span)), "a related place of {found:?}");
    let edits = found.fix.iter().flat_map(|fix| &fix.edits);
    edits.for_each(|edit| assert!(within(edit.span), "a fix of {found:?}"));
    assert!(!found.rule.is_empty() && !found.message.is_empty(), "{found:?} says nothing");
}

/// The first findings, as people and programs read them.
fn print(report: &Report, sources: &Sources) {
    let setting = Setting { sources, rules: &[], colour: false, limit: 20, folder: "", stop: None };
    let text = format(Format::Full, report, &setting);
    assert_eq!(text.is_empty(), report.is_empty(), "a report of {} findings", report.len());
    format(Format::JsonLines, report, &setting);
}
