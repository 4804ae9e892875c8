//! The pages in `tests/verdict`: what is recorded, and the verdict with everything that is said of it.
//!
//! A case begins with a heading of level 2 that names the verdict. Its blocks `yaml runbook`,
//! `yaml plan` and `yaml journal` are the files; a runbook before the first case belongs to all.
//! `SEAL` in a journal stands for the release's seal. A line that begins with ``As of `…` `` sets the
//! instant of judgement. The `text` block is the whole answer: a reason has `-`, a deviation `~`.
//! `UPDATE=1 cargo test` writes the answers anew, and never a verdict.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use runsheet::model;
use runsheet::model::release::Release;
use runsheet::release::{self, Assessment, Subject};
use runsheet::source::{Kind, Source, Sources};

const ROSTER: &str = "\
people:
  ana: { name: Ana Ruiz, email: ana@example.org }
  bo: { name: Bo Lind, email: bo@example.org }
  cy: { name: Cy Osei, email: cy@example.org }
  dee: { name: Dee Park, email: dee@example.org }
teams:
  platform: { title: Platform team, members: [ana, bo], chat: \"#platform\" }
roles:
  cto: { title: Chief technology officer, holder: ana }
  dba: { title: Database administrator, holder: bo, backup: cy }
  qa-lead: { title: QA lead, holder: dee }
  ops: { title: Operations, holder: platform }
  release-manager: { title: Release manager }
";
const PLAN: &str = "\
runbook: orders-api
version: v1.4.0
window: { start: 2026-12-01T09:00, end: 2026-12-01T12:00, zone: Europe/Madrid }
";
const AS_OF: &str = "2026-12-01T12:00:00Z";

/// One case of a page.
#[derive(Default, Clone)]
struct Case {
    title: String,
    runbook: String,
    plan: Option<String>,
    journal: String,
    as_of: Option<Timestamp>,
    answer: String,
}

/// A page, cut so that it can be put together again with other answers.
struct Page {
    path: PathBuf,
    cases: Vec<Case>,
    /// The text before each case and behind the last, without answers.
    text: Vec<String>,
}

fn pages() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verdict");
    let entries = std::fs::read_dir(folder).expect("the folder of pages");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(read).collect()
}

fn read(path: PathBuf) -> Page {
    let whole = std::fs::read_to_string(&path).expect("a page");
    let mut page = Page { path, cases: Vec::new(), text: vec![String::new()] };
    let mut shared = String::new();
    let mut lines = whole.split_inclusive('\n');
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            let case =
                Case { title: title.trim_end().to_owned(), runbook: shared.clone(), ..Case::default() };
            page.cases.push(case);
            page.text.push(String::new());
        }
        let mut block = String::new();
        if let Some(info) = line.strip_prefix("```") {
            block = lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
            match (info.trim(), page.cases.last_mut()) {
                ("text", Some(case)) => {
                    case.answer = block;
                    continue;
                }
                ("yaml runbook", None) => shared = block.clone(),
                ("yaml runbook", Some(case)) => case.runbook = block.clone(),
                ("yaml plan", Some(case)) => case.plan = Some(block.clone()),
                ("yaml journal", Some(case)) => case.journal = block.clone(),
                (info, _) => panic!("{}: what is `{info}`?", page.path.display()),
            }
            block.push_str("```\n");
        } else if let (Some(at), Some(case)) = (line.strip_prefix("As of `"), page.cases.last_mut()) {
            let at = at.split('`').next().and_then(|at| at.parse().ok());
            case.as_of = Some(at.expect("an instant"));
        }
        let text = page.text.last_mut().expect("a part");
        text.push_str(line);
        text.push_str(&block);
    }
    page
}

fn load(case: &Case, journal: &str) -> model::Library {
    let file = |path: &str, kind, text: &str| Source::new(path, kind, text.to_owned());
    let sources = Sources::new(vec![
        file("content/site.yaml", Kind::Site, "title: Example\n"),
        file("content/roster.yaml", Kind::Roster, ROSTER),
        file("content/runbooks/orders-api.yaml", Kind::Runbook, &case.runbook),
        file("content/releases/v1.yaml", Kind::Release, case.plan.as_deref().unwrap_or(PLAN)),
        file("content/releases/v1.journal.yaml", Kind::Journal, journal),
    ]);
    let (library, found) = model::load(&sources, "UTC");
    let messages: Vec<String> = found.iter().map(|found| found.message.clone()).collect();
    assert!(messages.is_empty() || case.title.contains("is not there"), "{}: {messages:?}", case.title);
    library
}

fn judge(case: &Case) -> (Arc<Release>, Assessment) {
    let seal = load(case, "").releases[0].seal.0.clone();
    let mut library = load(case, &case.journal.replace("SEAL", &seal));
    let release = library.releases.remove(0);
    let as_of = case.as_of.unwrap_or_else(|| AS_OF.parse().expect("an instant"));
    let assessed = release::assess(&release, &library.roster, as_of);
    (release, assessed)
}

fn answer(case: &Case) -> (String, String) {
    let (_, assessed) = judge(case);
    let mut text = format!("{}\n", assessed.verdict.word());
    for reason in &assessed.reasons {
        let _ = writeln!(text, "- {}{}: {}", subject(&reason.about), event(reason.event), reason.text);
    }
    for one in &assessed.deviations {
        let _ = writeln!(text, "~ {}{}: {}", subject(&one.about), event(one.event), one.text);
    }
    (assessed.verdict.word().to_owned(), text)
}

fn subject(about: &Subject) -> String {
    match about {
        Subject::Release => "release".to_owned(),
        Subject::Section(id) => format!("section {id}"),
        Subject::Item(id) => format!("item {id}"),
        Subject::Approval(section, at) => format!("approval {} of {section}", at + 1),
        Subject::Gate(id) => format!("gate {id}"),
        Subject::Trigger(id) => format!("trigger {id}"),
        Subject::Event(at) => format!("line {}", at + 1),
    }
}

fn event(event: Option<usize>) -> String {
    event.map(|at| format!(" (event {})", at + 1)).unwrap_or_default()
}

#[test]
fn the_verdict_is_right() {
    let mut wrong = String::new();
    for page in pages() {
        let mut updated = page.text[0].clone();
        for (case, text) in page.cases.iter().zip(&page.text[1..]) {
            let (verdict, now) = answer(case);
            let expected = case.title.split(':').next().unwrap_or_default();
            if expected != verdict {
                let _ = writeln!(wrong, "{}: expected {expected}\n{now}", case.title);
            } else if now != case.answer && std::env::var_os("UPDATE").is_none() {
                let _ = writeln!(wrong, "{}: expected\n{}found\n{now}", case.title, case.answer);
            }
            let _ = write!(updated, "{}\n\n```text\n{now}```\n\n", text.trim_end());
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&page.path, format!("{}\n", updated.trim_end())).expect("the page is written");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn there_are_cases_enough() {
    let cases: Vec<Case> = pages().into_iter().flat_map(|page| page.cases).collect();
    let of = |verdict: &str| cases.iter().filter(|case| case.title.starts_with(verdict)).count();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    assert!(of("GO:") >= 20 && of("NO-GO:") >= 20 && of("UNDECIDED:") >= 20);
}

#[test]
fn a_long_journal_is_judged_in_time() {
    let case = pages().into_iter().flat_map(|page| page.cases).next().expect("a case");
    let mut journal = String::new();
    for n in 0..2_000 {
        let line =
            "- { at: 2026-12-01T08:00:00Z, by: PERSON, item: staging-is-stable, is: done, note: again }\n";
        journal.push_str(&line.replace("PERSON", &format!("person-{n}")));
    }
    let mut library = load(&case, &journal);
    let release = Arc::make_mut(&mut library.releases[0]);
    let events = release.journal.events.clone();
    release.journal.events = events.iter().cycle().take(100_000).cloned().collect();
    let start = std::time::Instant::now();
    let assessed = release::assess(&library.releases[0], &library.roster, AS_OF.parse().expect("an instant"));
    // Generous, since tests are compiled without optimisation and run side by side.
    assert!(start.elapsed().as_millis() < 2_000, "{:?}", start.elapsed());
    assert_eq!(assessed.order.len(), 100_000);
}
