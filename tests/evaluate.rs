//! Bars as the pages evaluate them, held against the program: a large corpus of bars and values goes
//! through both, and each pair must give the same rating in the same words. So do many journals: both
//! must find the same states and count the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use runsheet::config::Labels;
use runsheet::model::section::Bar;
use runsheet::model::threshold::Threshold;
use runsheet::release::{Typed, answer};
use runsheet::source::{Kind, Source, Sources};
use runsheet::view::{Block, CompiledBar, DocumentRef, QuantityTable};
use runsheet::{config, model, release, view};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::project::Project;

const DAY: &str = "2026-11-26";

/// Bars that the real texts lack: every operator, dimension and pitfall.
const BARS: &[&str] = &[
    "p95 < 500 ms",
    "p95 <= 0.5 s for 5m",
    "uptime >= 1 week",
    "load > 20 MB/s",
    "throughput >= 50 req/s",
    "mails <= 1000 emails/h",
    "link >= 1000 Mbit/s",
    "free disk > 20 GB",
    "cache between 1 GiB and 2 GiB",
    "cache in 60..3600 s",
    "error rate = 0 %",
    "error rate != 0 %",
    "growth <= 5 pp",
    "tests >= 19/20",
    "tests >= 19/20 tests",
    "score >= 4.0/5.0",
    "coverage >= 98 %",
    "HTTP status in 200, 301",
    "HTTP status = 200",
    "nodes = 3 nodes",
    "users >= 100 concurrent users",
    "backup size > 0",
    "restarts = 0",
    "zero failed jobs",
    "Python version >= 3.13",
    "Node >= 20.11",
    "image version = v1.4.0",
    "image version > 2.0.0-rc1",
    "schema version in 3.9, 3.13",
    "TLS >= 1.2",
    "certificate validity > 30 d",
    "certificate expiry >= 2027-03-01",
    "age of backup <= 24 h",
    "last restore <= 90 d",
    "room temperature < 27 °C",
    "state = healthy",
    "grade in A, A+, 10",
    "answer != error",
    "reply in ok, 200",
    "window between 60 s and 3600 s",
    "delay < 1.5 h",
    "budget < 1,000,000 requests per minute",
    "latency at most 250ms at 100 users",
];

/// Levels, as a map of YAML.
const LEVELS: &[&str] = &[
    "{ metric: error rate, pass: < 0.5 %, warn: < 1 %, abort: \"> 10 % for 5m\", between: investigate }",
    "{ metric: p95, pass: < 500 ms, abort: \"> 2 s\" }",
    "{ metric: p99, warn: < 1 s }",
    "{ metric: restarts, abort: \"> 3\" }",
    "{ metric: kernel version, pass: \">= 6.1\", warn: \">= 5.15\" }",
    "{ metric: replicas, pass: \">= 3/3\", warn: \">= 2/3\" }",
    "{ state: all nodes healthy, shown-by: load balancer dashboard }",
];

/// What people type, and what only a fuzzer types.
fn actuals() -> BTreeSet<String> {
    serde_json::from_str(include_str!("fixtures/actuals.json")).unwrap()
}

/// Bars of the runbooks in `files`, with what a page says of each.
fn bars(files: Vec<Source>) -> Vec<(Bar, CompiledBar)> {
    let sources = Sources::new(files);
    let (settings, _) = config::load(&sources);
    let (library, _) = model::load(&sources, &settings.zone);
    let site = view::shape(&library, &sources, &settings, None);
    let mut all = Vec::new();
    for (at, written) in library.runbooks.iter().enumerate() {
        let shown = site.document(DocumentRef::Runbook(at));
        let items = written.all_items().into_iter().flat_map(|(_, item)| item.bars.iter().cloned());
        let mut compiled = Vec::new();
        shown.sections.iter().for_each(|section| of_section(section, &mut compiled));
        let items: Vec<Bar> = items.collect();
        assert_eq!(items.len(), compiled.len(), "{}", written.id);
        all.extend(items.into_iter().zip(compiled));
    }
    all
}

fn of_section(section: &view::Section, out: &mut Vec<CompiledBar>) {
    for block in &section.blocks {
        match block {
            Block::Sections(inner) => inner.iter().for_each(|section| of_section(section, out)),
            Block::Checks(items) | Block::Steps(items) => items.iter().for_each(|item| of_item(item, out)),
            _ => {}
        }
    }
}

fn of_item(item: &view::Item, out: &mut Vec<CompiledBar>) {
    out.extend(item.bars.iter().map(|bar| bar.compiled.clone()));
    item.checks.iter().for_each(|check| of_item(check, out));
}

/// A runbook with an item for each threshold, given as text or as a map.
fn runbook() -> Source {
    let expressions = include_str!("fixtures/thresholds.tsv").lines().skip(1);
    let expressions = expressions.filter_map(|line| line.split('\t').next()).filter(|text| !text.is_empty());
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let maps = LEVELS.iter().map(|map| (*map).to_owned());
    let all = BARS.iter().copied().chain(expressions).map(quoted).chain(maps);
    let mut text = "title: Bars\nsections:\n  - title: All\n    checks:\n".to_owned();
    for (n, bar) in all.enumerate() {
        text += &format!("      - {{ title: Bar {n}, id: bar-{n}, thresholds: [{bar}] }}\n");
    }
    Source::new("content/runbooks/bars.yaml", Kind::Runbook, text)
}

fn content() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut files = vec![runbook()];
    for entry in std::fs::read_dir(folder.join("runbooks")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("content/runbooks/{}", path.file_name().unwrap().to_str().unwrap());
        files.push(Source::new(name, Kind::Runbook, std::fs::read_to_string(&path).unwrap()));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What the program says of a value: whether it is good, and the words.
fn expected(bar: &Bar, actual: &str) -> (&'static str, String) {
    let typed = Typed { actual, metric: None, day: DAY.parse().unwrap() };
    match answer(std::slice::from_ref(bar), typed) {
        Ok(answer) => (
            if answer.misses { "misses" } else { "passes" },
            answer.words.iter().map(ToString::to_string).collect(),
        ),
        Err(flaw) => ("unknown", flaw.to_string()),
    }
}

#[test]
fn pages_evaluate_as_the_program_does() {
    let bars = bars(content());
    assert!(bars.len() > 400, "{} bars", bars.len());
    let mut actuals = actuals();
    // What the bars themselves say, which is exactly on the bar.
    for (bar, _) in &bars {
        let Ok(threshold) = Threshold::parse(&bar.written) else { continue };
        actuals.extend(threshold.values.iter().map(ToString::to_string));
    }
    let actuals: Vec<String> = actuals.into_iter().collect();
    let common = bars.len() - BARS.len() - LEVELS.len();
    let pairs: Vec<(usize, usize)> = (0..bars.len())
        .flat_map(|bar| (0..actuals.len()).map(move |actual| (bar, actual)))
        // Real bars resemble each other: a part of their pairs is enough.
        .filter(|(bar, actual)| {
            bars[*bar].0.written.len() < 200 && (*bar % 7 == *actual % 7 || *bar >= common)
        })
        .collect();
    let compiled: Vec<Value> = bars.iter().map(|(_, bar)| serde_json::to_value(bar).unwrap()).collect();
    let corpus = json!({
        "table": QuantityTable::new(Labels::english()), "labels": labels(), "bars": compiled, "actuals": actuals, "day": DAY, "pairs": pairs,
    });
    let answers: Vec<(String, String)> = through_the_scripts(&corpus, &["quantity", "threshold"]);
    assert_eq!(answers.len(), pairs.len());
    let mut wrong = Vec::new();
    for ((bar, actual), (rating, words)) in pairs.iter().zip(&answers) {
        let (bar, actual) = (&bars[*bar].0, &actuals[*actual]);
        let (kind, expected) = expected(bar, actual);
        let same = match rating.as_str() {
            "pass" | "warn" => kind == "passes",
            "miss" | "abort" => kind == "misses",
            // Words for people to compare count as no failure.
            _ => kind == "unknown" || words.contains("to be held against"),
        };
        let seen = words.ends_with(" as required");
        if !same || (words != &expected && !seen) {
            wrong.push(format!(
                "{:?} {actual:?}\n  program {kind}: {expected}\n  page {rating}: {words}",
                bar.written
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        pairs.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}

/// The words of the program in English, as a page has them.
fn labels() -> Value {
    let labels = Labels::english();
    labels.keys().map(|key| (key.to_owned(), serde_json::to_value(labels.get(key)).unwrap())).collect()
}

fn through_the_scripts<T: DeserializeOwned>(corpus: &Value, scripts: &[&str]) -> T {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("corpus.json");
    std::fs::write(&path, corpus.to_string()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = |name: &&str| root.join(format!("themes/default/script/{name}.js"));
    let ran = Command::new("node")
        .arg(root.join("tests/evaluate.js"))
        .arg(path)
        .args(["label"].iter().chain(scripts).map(script))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

/// Every way in which something is counted.
const COUNTED: &str = r#"
title: Counts
status: issued
owner: lead
reviewed: 2026-11-01
sections:
  - title: Ready
    id: ready
    owner: lead
    thresholds: [checks = 100 %, failed = 0, duration <= 20m, approvals = 100 %]
    approvals:
      - { role: lead, statement: Ready }
      - { any-of: [lead, qa, cto], choices: [approve, abstain, block], when: it matters }
      - { n: 2, of: [lead, qa, cto] }
    checks:
      - { title: A, id: a }
      - { title: B, id: b, thresholds: [p95 < 500 ms], confirm: cto }
      - title: C
        id: c
        thresholds: [checks = 100 %]
        checks:
          - { title: C1, id: c1 }
          - { title: C2, id: c2, level: optional }
          - { title: C3, id: c3, confirm: lead, checks: [{ title: C31, id: c31 }] }
      - { title: D, id: d, applies: sometimes, record: { title: File } }
      - { title: E, id: e, level: optional }
      - { title: F, id: f, confirm: [dba, ops] }
    sections:
      - title: Inner
        id: inner
        thresholds: [passed >= 2, failed <= 1]
        steps:
          - { title: G, id: g, thresholds: [duration <= 10m] }
          - { title: H, id: h, thresholds: [{ state: all well, shown-by: the dashboard }] }
          - { title: I, id: i, thresholds: [rate < 1 %, size > 1 GB] }
      - title: Later
        id: later
        phase: during
        thresholds: [{ metric: checks, pass: = 100 %, warn: ">= 50 %" }, approvals >= 1]
        approvals: [{ role: lead }]
        steps: [{ title: J, id: j }, { title: K, id: k }]
  - { title: Decision, owner: lead, gate: { title: First, id: first, decides: lead } }
  - title: Live
    phase: during
    owner: lead
    sections:
      - { title: Way in, phase: after, steps: [{ title: L, id: l }] }
    steps: [{ title: M, id: m }, { title: N, id: n, level: optional, checks: [{ title: N1, id: n1 }] }]
    gate: { title: Second, id: second, decides: lead }
  - { title: Behind, phase: during, owner: lead, steps: [{ title: O, id: o, checks: [{ title: O1, id: o1 }] }] }
  - { title: Notes, phase: reference, owner: lead, checks: [{ title: P, id: p }], gate: { title: Third, id: third, decides: lead } }
  - title: Back
    phase: rollback
    owner: lead
    gate: { title: Fourth, id: fourth, decides: lead }
    steps: [{ title: Q, id: q }]
    sections:
      - { title: Further, phase: rollback, steps: [{ title: R, id: r, checks: [{ title: R1, id: r1 }] }] }
      - { title: Between, phase: after, steps: [{ title: S, id: s }] }
  - { title: Other way, phase: rollback, owner: lead, steps: [{ title: T, id: t }] }
  - { title: After, phase: after, owner: lead, steps: [{ title: U, id: u }] }
  - { title: Still before, owner: lead, checks: [{ title: V, id: v }] }
"#;

/// A journal that anybody could have written, another for each `seed`.
fn journal(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let items =
        ["a", "b", "c", "c1", "c2", "c3", "c31", "d", "e", "f", "g", "h", "i", "j", "k", "ready", "inner"];
    let later = ["l", "m", "n", "n1", "o", "o1", "p", "q", "r", "r1", "s", "t", "u", "v"];
    let mut at: jiff::Timestamp = "2026-12-01T07:45:00Z".parse().unwrap();
    let mut lines = String::new();
    for _ in 0..next(80) {
        at += jiff::SignedDuration::from_secs(i64::try_from(next(4) * next(120)).unwrap());
        let item = if next(6) == 0 { later[next(later.len())] } else { items[next(items.len())] };
        // Persons with and without a role, and roles.
        let by = ["ana", "bo", "ana", "bo", "cy", "lead", "dba", "cto"][next(8)];
        if next(8) == 0 {
            let gate = ["first", "second", "third", "fourth"][next(4)];
            let choice = ["go", "Go", "' GO '", "no-go", "later"][next(5)];
            lines += &format!("- {{ at: {at}, by: {by}, gate: {gate}, choice: {choice} }}\n");
            continue;
        }
        let said = match next(20) {
            0..=5 => "is: done".to_owned(),
            6 => "is: failed, why: broken".to_owned(),
            7 => "is: blocked".to_owned(),
            8 => format!("is: n/a{}", [", why: not here", ""][next(2)]),
            9 => {
                let until =
                    [", until: 2026-12-01", ", until: 2026-11-30", ", until: 2026-12-01T08:20:00Z", ""];
                format!("is: waived{}{}", [", why: later", ", why: never", ""][next(3)], until[next(4)])
            }
            10 => "is: pending".to_owned(),
            11 if item == "i" => format!(
                "metric: {}",
                ["rate, actual: 0.5 %", "rate, actual: 2 %", "size, actual: 2 GB"][next(3)]
            ),
            11 | 12 if item == "b" => format!("actual: {}", ["480 ms", "0.9 s", "12 GB", "700"][next(4)]),
            13 if item == "d" => "field: File, value: x.sql".to_owned(),
            15..=17 => {
                let choice = ["approve", "Block", "abstain", "no-go"][next(4)];
                let role = ["lead", "qa", "cto"][next(3)];
                let seal = ["", ", seal: SEAL", ", seal: 0000-0000-0000-0000"][next(3)];
                lines += &format!("- {{ at: {at}, by: {by}, sign: {role}, choice: {choice}{seal} }}\n");
                continue;
            }
            14 | 18 | 19 => {
                let (item, role) = [("c3", "lead"), ("f", "dba"), ("f", "ops"), ("b", "cto")][next(4)];
                let is = ["", ", is: done"][next(2)];
                lines += &format!("- {{ at: {at}, by: {by}, item: {item}, confirm: {role}{is} }}\n");
                continue;
            }
            _ => "note: seen".to_owned(),
        };
        lines += &format!("- {{ at: {at}, by: {by}, item: {item}, {said} }}\n");
    }
    lines
}

/// What a page and the program find: id, state, the values of its computed bars, and the roles that
/// have yet to confirm.
type Found = (String, Option<String>, Vec<Option<(String, String, String)>>, Vec<String>);

/// That, the items that are to be done next, and the gate that is to be called.
type Answer = (Vec<Found>, Vec<String>, Option<String>);

/// The roles that have yet to confirm an item, as the program finds.
fn waits(plan: &model::release::Release, found: &release::Recorded, id: &str) -> Vec<String> {
    let items = plan.runbook.as_ref().unwrap().all_items();
    let (_, item) = items.iter().find(|(_, item)| item.id == id).unwrap();
    let done = found.own == release::ItemStatus::Done;
    let open = |role: &&str| {
        !found.confirmed.iter().any(|word| word.role == **role && word.refused.is_none()) && done
    };
    item.confirm.iter().map(|role| role.name.as_str()).filter(open).map(str::to_owned).collect()
}

fn rating(rating: release::Rating) -> String {
    format!("{rating:?}").to_lowercase()
}

fn library(project: &Project) -> model::Library {
    let (sources, _) = runsheet::source::load(project.path(), &project.path().join("output")).unwrap();
    let (settings, _) = config::load(&sources);
    model::load(&sources, &settings.zone).0
}

/// How many journals are held against the program.
const JOURNALS: u64 = 150;

/// A site with a release for each journal.
fn counted() -> Project {
    let roster = "people: { ana: { name: Ana }, bo: { name: Bo }, cy: { name: Cy } }\nteams: { ops: { title: Operations, members: [bo, cy] } }\nroles: { lead: { title: Lead, holder: ana }, qa: { title: QA, holder: bo, backup: ana }, cto: { title: CTO }, dba: { title: DBA, holder: ana, backup: ops } }\n";
    let rules = [
        "waiver-without-reason",
        "expired-waiver",
        "unknown-item",
        "wrong-dimension",
        "invalid-event",
        "unauthorised-sign-off",
        "missing-threshold",
        "uncovered-section",
    ];
    let levels: String = rules.iter().map(|rule| format!("  {rule}: off\n")).collect();
    let mut project = Project::empty()
        .file("content/site.yaml", &format!("title: Counts\nzone: Europe/Madrid\nrules:\n{levels}"))
        .file("content/roster.yaml", roster)
        .file("content/runbooks/counts.yaml", COUNTED);
    for seed in 0..JOURNALS {
        let window = "{ start: 2026-12-01T09:00, zone: Europe/Madrid }";
        let roles = ["", "roles: { cto: cy, lead: bo }\n"][usize::from(seed % 2 == 1)];
        let plan = format!("runbook: counts\nversion: v{seed}\nwindow: {window}\n{roles}");
        project = project.file(&format!("content/releases/v{seed:03}.yaml"), &plan);
    }
    for (plan, seed) in library(&project).releases.iter().zip(0..) {
        let journal = journal(seed).replace("SEAL", &plan.seal.0);
        project.put(&format!("content/releases/{}.journal.yaml", plan.name), journal.as_bytes());
    }
    project
}

/// What the pages of the releases of a site work on.
fn worked_on(project: &Project) -> Vec<Value> {
    let ran = project.run(&["build", "--no-pdf"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let page = |seed: u64| -> Value {
        let page =
            std::fs::read_to_string(project.path().join(format!("output/releases/v{seed:03}.html"))).unwrap();
        let (_, data) = page.split_once("id=\"_work\">").unwrap();
        serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap()
    };
    (0..JOURNALS).map(page).collect()
}

#[test]
fn pages_count_as_the_program_does() {
    let project = counted();
    let pages = worked_on(&project);
    let table = QuantityTable::new(Labels::english());
    let corpus = json!({ "table": table, "labels": labels(), "pages": pages });
    let scripts = ["quantity", "threshold", "journal", "judge", "tally", "work"];
    let answers: Vec<Answer> = through_the_scripts(&corpus, &scripts);

    let library = library(&project);
    let mut wrong = Vec::new();
    let (mut compared, mut confirmed, mut refused) = (0, 0, 0);
    let mut gates = BTreeMap::new();
    for (plan, (answers, items, gate)) in library.releases.iter().zip(&answers) {
        let assessed = release::assess(plan, &library.roster, release::as_of(plan, None));
        let next = release::next(plan.runbook.as_ref().unwrap(), &assessed);
        let ids: Vec<&str> = next.items.iter().map(|item| item.id.as_str()).collect();
        let stop = next.gate.map(|gate| gate.id.as_str());
        *gates.entry(stop.map(str::to_owned)).or_insert(0) += 1;
        if ids != *items || stop != gate.as_deref() {
            wrong.push(format!(
                "{}: next is {ids:?} {stop:?} for the program, {items:?} {gate:?} for the page",
                plan.name
            ));
        }
        for (id, state, values, asked) in answers {
            let found = assessed.items.get(id);
            let status = found.map(|item| item.status.word().to_owned());
            let waiting = found.map(|found| waits(plan, found, id)).unwrap_or_default();
            for word in found.iter().flat_map(|found| &found.confirmed) {
                *if word.refused.is_some() { &mut refused } else { &mut confirmed } += 1;
            }
            if waiting != *asked {
                wrong.push(format!("{} {id}: program waits for {waiting:?}, page for {asked:?}", plan.name));
            }
            if status != *state {
                wrong.push(format!("{} {id}: program {status:?}, page {state:?}", plan.name));
            }
            for (at, value) in values.iter().enumerate().filter_map(|(at, value)| Some((at, value.as_ref()?)))
            {
                compared += 1;
                let actual = assessed.actual(id, at);
                let found = actual.map(|one| (one.value.clone(), rating(one.rating), one.words.to_string()));
                if found.as_ref() != Some(value) {
                    wrong.push(format!("{} {id} {at}: program {found:?}, page {value:?}", plan.name));
                }
            }
        }
    }
    assert!(gates.len() == 4 && gates.values().all(|times| *times > 3), "{gates:?}");
    assert!(compared > 1000, "{compared} values");
    assert!(confirmed > 50 && refused > 50, "{confirmed} confirmed, {refused} refused");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
