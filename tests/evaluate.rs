//! Bars as the pages evaluate them, held against the program: a large corpus of bars and values goes
//! through both, and each pair must give the same rating in the same words.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use runsheet::model::section::Bar;
use runsheet::model::threshold::Threshold;
use runsheet::release::{Typed, answer};
use runsheet::source::{Kind, Source, Sources};
use runsheet::view::{Block, CompiledBar, QuantityTable};
use runsheet::{config, model, view};
use serde_json::{Value, json};

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
const ACTUALS: &[&str] = &[
    "",
    " ",
    "0",
    "-0",
    "00",
    "1",
    "-1",
    "+1",
    "2",
    "3",
    "19",
    "20",
    "21",
    "99",
    "100",
    "200",
    "301",
    "500",
    "1000",
    "1e3",
    "0.5",
    ".5",
    "5.",
    "0.05",
    "0,5",
    "1,000",
    "1,00",
    "10,000,000",
    "1234,567",
    "1,000.5",
    "999999999999999999",
    "1000000000000000000",
    "0.0000000000000000001",
    "0.000000000000000001",
    "5k",
    "5K",
    "1.5M",
    "5kk",
    "5 k",
    "ten",
    "Zero",
    "three nodes",
    "two",
    "480ms",
    "480 ms",
    "480 MS",
    "480 Msec",
    "500 ms",
    "0.5 s",
    "0.50 s",
    "0.5 seconds",
    "501 ms",
    "499.999 ms",
    "500 µs",
    "500 μs",
    "500 us",
    "7 d",
    "1 week",
    "2 weeks",
    "6 d 24 h",
    "1h30m",
    "1 h 30 min",
    "1h 30",
    "1h30",
    "90 minutes",
    "90m",
    "1 month",
    "12 months",
    "1 year",
    "365 d",
    "30 d",
    "31 days",
    "29.99 d",
    "1 mss",
    "5 mins ago",
    "5 msc",
    "20 GB",
    "20 GiB",
    "20.000001 GB",
    "21474836480 B",
    "20000000001 bytes",
    "1.5 GiB",
    "1536 MiB",
    "2 Gi",
    "5 MB",
    "5 MBs",
    "20 MB/s",
    "21 MBps",
    "160 Mbit/s",
    "1 Gbps",
    "1000 Mb/s",
    "999 mbps",
    "50 rps",
    "50 req/s",
    "3000 rpm",
    "3000 requests per minute",
    "50 /s",
    "50 queries/s",
    "50 qps",
    "900 emails/h",
    "15 emails / min",
    "20 emails per minute",
    "5/x",
    "5 / x",
    "5 per cent",
    "0 %",
    "0%",
    "0.00 %",
    "0.4 %",
    "0.5 %",
    "0.7 %",
    "1 %",
    "5 percent",
    "10 %",
    "12 %",
    "98 %",
    "97.99 %",
    "100 %",
    "101 %",
    "99.5 pct",
    "5 pp",
    "5 percentage points",
    "5 percent points",
    "19/20",
    "19 / 20",
    "19 of 20",
    "20/20",
    "38/40",
    "18/20 tests",
    "19/20 test",
    "19/20 cases",
    "95 %",
    "4.0/5.0",
    "4.1/5",
    "4.1",
    "3/3",
    "2/3",
    "2",
    "0/0",
    "5/0",
    "3-4/8",
    "200/301",
    "2000",
    "3 nodes",
    "3 node",
    "4 nodes",
    "3 servers",
    "100 users",
    "120 concurrent users",
    "120 users concurrent",
    "100 boxes",
    "5 GBs",
    "3 VMs",
    "3 sets",
    "5 ops",
    "3 free",
    "3 of",
    "3 of them",
    "3 the",
    "v1.4.0",
    "V1.4.0",
    "1.4.0",
    "1.4",
    "1.4.0-rc1",
    "1.4.0-rc2",
    "1.4.0-rc10",
    "v1.4.1",
    "1.4.0+build.5",
    "2.0.0",
    "2.0.0-rc1",
    "2.0.0-rc1.1",
    "2.0.0-beta",
    "3.13",
    "3.13.1",
    "3.9",
    "3.9.19",
    "3.14",
    "3.x",
    "3.11.x",
    "3.*",
    "1..2",
    "1.2.3.4.5",
    "18446744073709551616.1.1",
    "1.1.18446744073709551615",
    "20.11",
    "20.11.0",
    "20",
    "1.2",
    "1.3",
    "2027-03-01",
    "2027-02-28",
    "2027-02-29",
    "2028-02-29",
    "2026-11-26",
    "2026-11-27",
    "2026-11-01",
    "2026-10-27",
    "2020-01-01",
    "0000-01-01",
    "0099-01-01",
    "9999-12-31",
    "2026-13-01",
    "2026-11-261",
    "2026-11-26 10:00",
    "18/10/2025",
    "25 °C",
    "25 ℃",
    "27 celsius",
    "26.9",
    "-3 °C",
    "healthy",
    "Healthy",
    " healthy ",
    "HEALTHY",
    "un healthy",
    "A+",
    "a",
    "A",
    "10",
    "B",
    "error",
    "Error",
    "ok",
    "OK 200",
    "fine",
    "n/a",
    "unknown",
    "all nodes healthy",
    "50+",
    "50 +",
    "50 +3",
    "1.2+",
    "1.2+ enforced",
    "5 packages+",
    "５００ ms",
    "480\u{a0}ms",
    "480\u{3000}ms",
    "−5 %",
    "480 ms!",
    "480 ms now",
    "480 ms at peak",
    "480  ms",
    "\t480 ms\n",
    "480`ms",
    "a`b",
    "\u{7}480",
    "480 \u{212A}B",
    "\u{130}",
    "naïve",
    "5 naïve",
    "5 données",
    "5 テスト",
    "5 é",
    "5 x",
    "5 xy",
    "5 don't",
    "5 well-known hosts",
    "5 -",
    "5 host-",
    "5 host_name",
    "5 ms-old",
    "5 req_count",
    "+-5",
    "--5",
    "5 5",
    "5 5 ms",
    "1,2",
    "1,,2",
    "<b>5</b>",
    "\"5\"",
    "5 per file",
    "5 per minute",
    "5 MB per file",
    "5 rpS",
    "5 RPM",
    "1 w",
    "1 y",
    "1 mo",
    "1 M",
    "5 total",
    "5 complete",
    "0 GB",
    "0 ms",
    "0 packages",
    "0/5",
    "a very long text that goes on and on beyond what any message would ever repeat of it",
    "5 abcdefghijklmnopqrstuvwxyz",
    "5 milliseconnds",
    "5 millisecodns",
    "5 megabites",
    "5 minuets",
    "5 hits",
    "5 wins",
    "5 boss",
    "5 queries",
    "5 classes",
    "5 boxes",
    "5 query",
    "5 class",
    "5 box",
    "∞",
    "½",
    "5½",
    "²",
    "5²",
    "٥",
];

/// Bars of the runbooks in `files`, with what a page says of each.
fn bars(files: Vec<Source>) -> Vec<(Bar, CompiledBar)> {
    let sources = Sources::new(files);
    let (settings, _) = config::load(&sources);
    let (library, _) = model::load(&sources, &settings.zone);
    let site = view::shape(&library, &sources, &settings, None);
    let mut all = Vec::new();
    for (written, shown) in library.runbooks.iter().zip(&site.runbooks) {
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
        Ok(answer) => (if answer.misses { "misses" } else { "passes" }, answer.words.concat()),
        Err(flaw) => ("unknown", flaw.message),
    }
}

#[test]
fn pages_evaluate_as_the_program_does() {
    let bars = bars(content());
    assert!(bars.len() > 400, "{} bars", bars.len());
    let mut actuals: BTreeSet<String> = ACTUALS.iter().map(|text| (*text).to_owned()).collect();
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
        "table": QuantityTable::new(), "bars": compiled, "actuals": actuals, "day": DAY, "pairs": pairs,
    });
    let answers = through_the_scripts(&corpus);
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

fn through_the_scripts(corpus: &Value) -> Vec<(String, String)> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("corpus.json");
    std::fs::write(&path, corpus.to_string()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = |name: &str| root.join("themes/default/script").join(name);
    let ran = Command::new("node")
        .arg(root.join("tests/evaluate.js"))
        .args([path, script("quantity.js"), script("threshold.js")])
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}
