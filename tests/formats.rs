//! Each output format of a report, whole: `tests/formats/NAME`.
//!
//! One report in all of them: two files, an error with a related place and a fix, warnings, a file
//! name and a message with characters that formats have to escape, and a secret. `UPDATE=1 cargo
//! test` writes the files anew.

use std::path::Path;

use runsheet::diagnostic::{
    Baseline, Diagnostic, Edit, Fix, Format, Report, RuleInfo, Setting, Severity, apply, format,
    github_summary, statistics,
};
use runsheet::source::{FileId, Kind, Source, Sources, Span};

const RUNBOOK: &str = "title: Größe 100 %\ncount: 5\nkey: s3cr3t-Pa55\n# café\n";
const ROSTER: &str = "people: {}\n";

fn sources() -> Sources {
    let runbook = "content/runbooks/a b,c:d.yaml";
    Sources::new(vec![
        Source::new("content/roster.yaml", Kind::Roster, ROSTER.to_owned()),
        Source::new(runbook, Kind::Runbook, RUNBOOK.to_owned()),
    ])
}

fn at(sources: &Sources, file: usize, words: &str) -> Span {
    let (file, source) = sources.iter().nth(file).expect("the file is there");
    let start = source.text.find(words).expect("the words are there");
    Span::new(file, start, start + words.len())
}

fn report(sources: &Sources) -> Report {
    let title = at(sources, 1, "Größe 100 %");
    let count = at(sources, 1, "5");
    let key = at(sources, 1, "s3cr3t-Pa55");
    let wrong = Diagnostic::error("wrong-count", count, "says 5, has 2: 100 % <wrong>\n::error::")
        .label("2 | are written")
        .related(title, "of this section")
        .related(at(sources, 0, "people"), "")
        .help("write `2`")
        .fix(Fix::replace(count, "2", "write 2"));
    let secret = Diagnostic::error("secret-in-text", key, "a password stands in the text");
    Report::new(vec![
        Diagnostic::warning("stale-review", title, "old, older & \"oldest\""),
        Diagnostic { secret: true, ..secret },
        wrong,
        Diagnostic::warning("stale-review", at(sources, 0, "people"), "nobody"),
    ])
}

fn rules() -> Vec<RuleInfo> {
    let rule =
        |name, summary, severity| RuleInfo { name, summary, page: format!("# {name}\n\nWhy.\n"), severity };
    vec![
        rule("wrong-count", "a wrong number", Severity::Error),
        rule("stale-review", "nobody read it", Severity::Warning),
    ]
}

fn written(name: &str, limit: usize) -> String {
    let sources = sources();
    let report = report(&sources);
    let rules = rules();
    let kind = Format::ALL.into_iter().find(|format| format.name() == name).expect("a format");
    format(
        kind,
        &report,
        &Setting { sources: &sources, rules: &rules, colour: false, limit, folder: "", stop: None },
    )
}

fn compare(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, now).expect("the file is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, now, "run `UPDATE=1 cargo test formats` and read the difference");
}

#[test]
fn every_format_says_the_same() {
    let endings = ["txt", "txt", "json", "jsonl", "sarif", "txt", "json", "xml"];
    for (format, ending) in Format::ALL.into_iter().zip(endings) {
        let name = format.name();
        let now = written(name, 100);
        assert!(!now.contains("s3cr3t"), "{name} shows a secret");
        compare(&format!("{name}.{ending}"), &now);
    }
}

#[test]
fn the_rest_is_counted() {
    compare("cut-off.txt", &written("concise", 2));
    assert!(written("json", 2).contains("\"shown\": 2"));
}

#[test]
fn a_hundred_thousand_findings_are_counted_and_cut_off() {
    let sources = sources();
    let one = |n: u32| Diagnostic::warning("stale-review", at(&sources, 0, "people"), format!("finding {n}"));
    let report = Report::new((0..100_000).map(one).collect());
    let rules = rules();
    let setting =
        Setting { sources: &sources, rules: &rules, colour: false, limit: 50, folder: "", stop: None };
    let text = format(Format::Full, &report, &setting);
    assert!(text.ends_with("\n… and 99950 findings more\n"));
    assert_eq!(statistics(&report), " 100000 warnings stale-review\n");
}

#[test]
fn the_summary_and_the_statistics() {
    let sources = sources();
    let report = report(&sources);
    let setting =
        Setting { sources: &sources, rules: &[], colour: false, limit: 100, folder: "", stop: None };
    compare("github-summary.md", &github_summary(&report, &setting));
    compare("statistics.txt", &statistics(&report));
}

#[test]
fn json_and_xml_can_be_read_back() {
    for name in ["json", "sarif", "gitlab"] {
        let text = written(name, 100);
        serde_json::from_str::<serde_json::Value>(&text).expect(name);
    }
    for line in written("json-lines", 100).lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("a line of JSON");
    }
}

#[test]
fn a_baseline_hides_what_was_there_even_when_lines_move() {
    let before = sources();
    let baseline = Baseline::read(&Baseline::write(&report(&before), &before)).expect("a baseline");
    let moved = Sources::new(vec![
        Source::new("content/roster.yaml", Kind::Roster, format!("# new line\n{ROSTER}")),
        Source::new("content/runbooks/a b,c:d.yaml", Kind::Runbook, format!("# new line\n{RUNBOOK}")),
    ]);
    let (rest, known) = baseline.filter(report(&moved), &moved);
    assert_eq!((rest.len(), known), (0, 4));
    let another = Diagnostic::error("wrong-count", at(&moved, 1, "5"), "says 5, has 3");
    let (rest, known) = baseline.filter(Report::new(vec![another]), &moved);
    assert_eq!((rest.len(), known), (1, 0));
}

#[test]
fn a_baseline_that_is_none_says_so() {
    let wrong = |text| Baseline::read(text).expect_err("no baseline");
    let report = "{\"version\":1,\"findings\":[{\"rule\":\"wrong-count\",\"file\":\"a\"}]}";
    for text in ["{}", "{\"version\":1}", report] {
        assert_eq!(wrong(text), "is not a baseline of version 1");
    }
    assert!(wrong("nonsense").starts_with("is not JSON: "));
}

#[test]
fn fixes_change_their_bytes_only() {
    let sources = sources();
    let report = report(&sources);
    let runbook = sources.of(Kind::Runbook).next().expect("a runbook").0;
    let (text, made) = apply(runbook, RUNBOOK, report.iter().filter_map(|found| found.fix.as_ref()));
    assert_eq!((text, made), (RUNBOOK.replace("count: 5", "count: 2"), 1));
    let edit = Edit { span: Span::new(FileId(0), 0, 6), text: "teams".to_owned() };
    let other = Fix { title: "y".to_owned(), edits: vec![edit] };
    assert_eq!(apply(runbook, RUNBOOK, [&other]), (RUNBOOK.to_owned(), 0));
}

#[test]
fn a_very_long_line_is_named_and_not_shown() {
    let sources = Sources::new(vec![Source::new("content/pages/a.md", Kind::Page, "é".repeat(50_000))]);
    let found =
        Diagnostic::warning("mojibake", Span::new(FileId(0), 20_000, 20_002), "spoiled").help("mend it");
    let text = runsheet::diagnostic::Painter::new(false).paint(&found, &sources);
    let lines = ["warning[mojibake]: spoiled", "--> content/pages/a.md:1:10001", " = help: mend it"];
    assert_eq!(text, lines.join("\n"));
}

#[test]
fn code_hosts_know_files_by_their_path_in_the_repository() {
    let sources = sources();
    let report = report(&sources);
    let told = |kind, folder| {
        let setting =
            Setting { sources: &sources, rules: &[], colour: false, limit: 100, folder, stop: None };
        format(kind, &report, &setting)
    };
    let places = [
        (Format::Github, "file=", "ops/a b%2C/"),
        (Format::Gitlab, "\"path\": \"", "ops/a b,/"),
        (Format::Sarif, "\"uri\": \"", "ops/a%20b%2C/"),
    ];
    for (kind, before, folder) in places {
        let moved = told(kind, "").replace(before, &format!("{before}{folder}"));
        assert_eq!(told(kind, "ops/a b,/"), moved, "{}", kind.name());
    }
    for kind in [Format::Full, Format::Concise, Format::Json, Format::JsonLines, Format::Junit] {
        assert_eq!(told(kind, "ops/"), told(kind, ""), "{}", kind.name());
    }
}

#[test]
fn a_program_is_told_all() {
    for kind in Format::ALL {
        let people = matches!(kind, Format::Full | Format::Concise | Format::Github);
        assert_eq!(kind.limit() == usize::MAX, !people, "{}", kind.name());
    }
}
