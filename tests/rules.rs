//! The pages in `tests/rules`: one a rule, prose with cases that people can read.
//!
//! A case begins with a heading of level 2. Its `yaml` and `md` blocks are files; a block that names
//! no path is `content/runbooks/orders-api.yaml`. Blocks before the first case belong to every case.
//! The `text` block is the whole report of the page's rule and of all faults of reading; a case
//! without one finds nothing. A line ``As of `2026-12-01T12:00:00Z`.`` sets the instant of judgement.
//! `UPDATE=1 cargo test` writes the reports anew.

use std::fmt::Write as _;
use std::path::Path;

use runsheet::check::{self, RULES, Subject, Weight};
use runsheet::config;
use runsheet::diagnostic::{Diagnostic, Fix, Format, Report, Setting, apply, format};
use runsheet::model;
use runsheet::source::{Kind, Source, Sources};

const RUNBOOK: &str = "content/runbooks/orders-api.yaml";
const SITE: &str = "title: Example\n";
const ROSTER: &str = "\
people:
  ana: { name: Ana Ruiz, email: ana@example.org }
  bo: { name: Bo Lind, email: bo@example.org }
teams:
  platform: { title: Platform team, members: [ana, bo], chat: \"#platform\" }
roles:
  deployment-lead: { title: Deployment lead, holder: ana, backup: bo }
  dba: { title: Database administrator, holder: bo, backup: ana }
  cto: { title: Chief technology officer, holder: ana, backup: bo }
contacts:
  cloud-support: { title: Cloud provider support, phone: \"+49 30 1234567\" }
";
const AS_OF: &str = "2026-12-01T12:00:00Z";

/// A piece of a page: prose, or a block of code with its info string.
enum Part {
    Prose(String),
    Code { info: String, text: String },
}

/// One case of a page.
#[derive(Default)]
struct Case {
    title: String,
    files: Vec<(String, String)>,
    as_of: Option<String>,
    report: Option<String>,
}

fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut prose = String::new();
    let mut lines = page.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            prose.push_str(line);
            continue;
        };
        parts.push(Part::Prose(std::mem::take(&mut prose)));
        let text = lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
        parts.push(Part::Code { info: info.trim().to_owned(), text });
    }
    parts.push(Part::Prose(prose));
    parts
}

fn cases(parts: &[Part]) -> (Vec<(String, String)>, Vec<Case>) {
    let mut shared = Vec::new();
    let mut cases: Vec<Case> = Vec::new();
    for part in parts {
        match part {
            Part::Prose(prose) => {
                for line in prose.lines() {
                    if let Some(title) = line.strip_prefix("## ") {
                        cases.push(Case { title: title.to_owned(), ..Case::default() });
                    } else if let (Some(at), Some(case)) = (line.strip_prefix("As of `"), cases.last_mut()) {
                        case.as_of = at.split('`').next().map(str::to_owned);
                    }
                }
            }
            Part::Code { info, text } if info == "text" => {
                let case = cases.last_mut().expect("a report belongs to a case");
                case.report = Some(text.clone());
            }
            Part::Code { info, text } => {
                let path = info.split_once(' ').map_or(RUNBOOK, |(_, path)| path);
                let files = cases.last_mut().map_or(&mut shared, |case| &mut case.files);
                files.push((path.to_owned(), text.clone()));
            }
        }
    }
    (shared, cases)
}

fn kind(path: &str) -> Kind {
    match path {
        "content/site.yaml" => Kind::Site,
        "content/roster.yaml" => Kind::Roster,
        _ if path.starts_with("content/runbooks/") => Kind::Runbook,
        _ if path.ends_with(".journal.yaml") => Kind::Journal,
        _ if path.starts_with("content/releases/") => Kind::Release,
        _ if path.starts_with("content/pages/") => Kind::Page,
        _ => Kind::Other,
    }
}

/// Everything found in the files of a case.
fn check(shared: &[(String, String)], case: &Case) -> (Sources, Vec<Diagnostic>) {
    let default = [("content/site.yaml", SITE), ("content/roster.yaml", ROSTER)];
    let default = default.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let mut files: Vec<(String, String)> = Vec::new();
    for (path, text) in default.iter().chain(shared).chain(&case.files) {
        files.retain(|(known, _)| known != path);
        files.push((path.clone(), text.clone()));
    }
    let files = files.into_iter().map(|(path, text)| Source::new(path.clone(), kind(&path), text));
    let sources = Sources::new(files.collect());
    let (config, mut found) = config::load(&sources);
    let (library, diagnostics) = model::load(&sources, &config.zone);
    found.extend(diagnostics);
    let as_of = case.as_of.as_deref().unwrap_or(AS_OF).parse().expect("an instant");
    let subject = Subject { library: &library, sources: &sources, config: &config, as_of };
    let found = check::run(&subject, found);
    (sources, found)
}

/// The report of a case: what the page's rule says, and whatever could not be read.
fn report(name: &str, shared: &[(String, String)], case: &Case) -> String {
    let (sources, found) = check(shared, case);
    let weight = |found: &Diagnostic| check::rule(found.rule).map(|rule| rule.weight);
    let concerns = |found: &&Diagnostic| found.rule == name || weight(found) == Some(Weight::Fault);
    let found = Report::new(found.iter().filter(concerns).cloned().collect());
    let setting =
        Setting { sources: &sources, rules: &[], colour: false, limit: usize::MAX, folder: "", stop: None };
    let text = format(Format::Full, &found, &setting);
    text.strip_suffix('\n').unwrap_or(&text).to_owned()
}

/// The page with the reports as they are now.
fn updated(name: &str, page: &str) -> String {
    let parts = parts(page);
    let (shared, cases) = cases(&parts);
    let mut reports = cases.iter().map(|case| report(name, &shared, case));
    let mut out = String::new();
    let mut pending: Option<String> = None;
    let settle = |pending: &mut Option<String>, out: &mut String| {
        if let Some(report) = pending.take().filter(|report| !report.is_empty()) {
            let _ = write!(out, "\n```text\n{report}```\n");
        }
    };
    for part in &parts {
        match part {
            Part::Prose(prose) => {
                for line in prose.split_inclusive('\n') {
                    if line.starts_with("## ") {
                        let kept = out.trim_end_matches('\n').len();
                        out.truncate(kept);
                        out.push('\n');
                        settle(&mut pending, &mut out);
                        out.push('\n');
                        pending = reports.next();
                    }
                    out.push_str(line);
                }
            }
            Part::Code { info, .. } if info == "text" => {
                let kept = out.trim_end_matches('\n').len();
                out.truncate(kept);
                out.push('\n');
                settle(&mut pending, &mut out);
            }
            Part::Code { info, text } => {
                let _ = write!(out, "```{info}\n{text}```\n");
            }
        }
    }
    let kept = out.trim_end_matches('\n').len();
    out.truncate(kept);
    out.push('\n');
    settle(&mut pending, &mut out);
    out
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn page(name: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{name}.md"))).unwrap_or_default()
}

#[test]
fn every_page_says_what_its_rule_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let written = page(rule.name);
        let now = updated(rule.name, &written);
        if written == now || written.is_empty() {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(folder().join(format!("{}.md", rule.name)), now).expect("the page is written");
        } else {
            wrong.push(format!("--- {}\n{now}", rule.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "run `UPDATE=1 cargo test rules` and read the difference\n{}",
        wrong.join("\n")
    );
}

/// Rules whose findings do not come from `check` alone.
const ELSEWHERE: [&str; 6] =
    ["dead-link", "missing-glyph", "missing-theme", "needs-shaping", "overfull-table", "unusable-font"];

#[test]
fn every_rule_has_a_page_with_enough_cases() {
    let mut poor = Vec::new();
    // Found by asking the network, by making sheets or in `themes/`: tests/external.rs, tests/sheet.rs and
    // tests/theme.rs have the cases.
    let on_pages =
        |rule: &&runsheet::check::Rule| rule.weight != Weight::Fault && !ELSEWHERE.contains(&rule.name);
    for rule in RULES.iter().filter(on_pages) {
        let page = page(rule.name);
        let (_, cases) = cases(&parts(&page));
        let failing = cases.iter().filter(|case| case.report.is_some()).count();
        let passing = cases.len() - failing;
        if passing < 3 || failing < 3 {
            poor.push(format!("{}: {passing} passing, {failing} failing", rule.name));
        }
    }
    assert!(poor.is_empty(), "three of each at least:\n{}", poor.join("\n"));
}

#[test]
fn every_page_has_a_rule() {
    for entry in std::fs::read_dir(folder()).expect("the folder of pages") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let rule = name.strip_suffix(".md").and_then(check::rule);
        assert!(rule.is_some(), "tests/rules/{name} is the page of no rule");
    }
}

#[test]
fn every_failing_case_fails_by_title() {
    for rule in RULES {
        let page = page(rule.name);
        for case in cases(&parts(&page)).1 {
            let expected = if case.report.is_some() { "Fails: " } else { "Passes: " };
            assert!(
                case.title.starts_with(expected),
                "{}: `{}` should begin with `{expected}`",
                rule.name,
                case.title
            );
        }
    }
}

#[test]
fn rules_are_named_for_their_files_and_explain_themselves() {
    for rule in RULES {
        let page = rule.page();
        assert!(page.starts_with(&format!("# {}\n\n", rule.name)), "{} begins with its name", rule.name);
        assert!(page.len() > 120, "{} explains itself", rule.name);
        assert!(!rule.summary.ends_with('.'), "{}: a summary has no full stop", rule.name);
        let file = format!("src/check/rules/{}.rs", rule.name.replace('-', "_"));
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).is_file(), "{file}");
    }
}

/// What `--fix` makes of a runbook: the fixes of its findings, and ids written out.
fn fixed(text: &str) -> String {
    let case = Case { files: vec![(RUNBOOK.to_owned(), text.to_owned())], ..Case::default() };
    let (sources, found) = check(&[], &case);
    let file = sources.find(RUNBOOK).expect("the runbook");
    let (library, _) = model::load(&sources, "UTC");
    let ids: Vec<Fix> = library.runbooks.iter().flat_map(|book| check::written_ids(book, &sources)).collect();
    apply(file, text, found.iter().filter_map(|found| found.fix.as_ref()).chain(&ids)).0
}

#[test]
fn fixes_write_what_is_certain_and_nothing_else() {
    let before = "title: CafÃ©   # keep\r
sections:\r
  - title: 'Data base'   # the old one\r
    count:  9\r
    checks:\r
      - { owner: dba, title: Backup restored, level: critical }\r
      - Bare text\r
      - id: own\r
        title: Own\r
    steps:\r
      - about: first\r
        title: Migrate\r
";
    let after = "title: Café   # keep\r
sections:\r
  - title: 'Data base'   # the old one\r
    id: data-base\r
    count:  4\r
    checks:\r
      - { owner: dba, title: Backup restored, id: backup-restored, level: critical }\r
      - Bare text\r
      - id: own\r
        title: Own\r
    steps:\r
      - about: first\r
        title: Migrate\r
        id: migrate\r
";
    assert_eq!(fixed(before), after);
    assert_eq!(fixed(after), after, "a second run finds nothing more");
}

#[test]
fn the_rules_of_a_topic_stand_together() {
    let topics: Vec<_> = RULES.iter().map(|rule| rule.topic).collect();
    assert!(topics.is_sorted(), "{topics:?}");
}
