#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]
//! How long a check takes: a runbook of 2,000 lines, and 100,000 findings.
//!
//! `cargo bench` prints a table: the best and the middle of all rounds, in milliseconds. The goal is
//! five milliseconds for the check of one runbook, what an editor can afford at every keystroke, and
//! a second for a report that nobody wants.

use std::time::{Duration, Instant};

use runsheet::check::{self, Subject};
use runsheet::config::{self, Config};
use runsheet::diagnostic::{Diagnostic, Format, LIMIT, Report, Setting, format};
use runsheet::model::{self, Library};
use runsheet::source::{Kind, Source, Sources, Span};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROSTER: &str = include_str!("../../content/roster.yaml");
const RUNBOOK: &str = include_str!("../../content/runbooks/aiwg.yaml");
const LINES: usize = 2000;
const FINDINGS: usize = 100_000;
const GOAL: [(&str, f64); 2] = [("check", 5.0), ("cut off", 1000.0)];

fn main() {
    let text = runbook(LINES);
    let site = site(&text);
    let (config, _) = config::load(&site);
    let (library, found) = model::load(&site, &config.zone);
    let lines = text.lines().count();
    println!("a runbook of {lines} lines, {} findings in a check of it", check(&site).len());
    println!("{:<40} {:>9} {:>9}", "milliseconds", "best", "middle");
    let read = |_: &()| Source::new("content/runbooks/a.yaml", Kind::Runbook, text.clone());
    measure("read lines", || (), read);
    measure("load: decode and resolve", || (), |()| model::load(&site, &config.zone));
    measure("run all rules", || found.clone(), |found| rules(&site, &config, &library, found.clone()));
    let whole = measure("check: both", || (), |()| check(&site));
    let findings = findings(&site);
    let cut = measure("cut off: sort and write out 100,000", || (), |()| cut_off(&site, &findings));
    for ((name, goal), took) in GOAL.into_iter().zip([whole, cut]) {
        println!("{name}: {took:.2} ms, the goal is {goal} ms{}", if took > goal { ": MISSED" } else { "" });
    }
}

/// The real runbook, its sections repeated with other ids, or cut after its last whole section.
fn runbook(lines: usize) -> String {
    let (head, sections) = RUNBOOK.split_once("\nsections:\n").unwrap_or((RUNBOOK, ""));
    let sections = sections.split("\nescalation:").next().unwrap_or_default();
    let mut text = format!("{head}\nsections:\n");
    let mut copy = 0;
    let mut rest = lines.saturating_sub(text.lines().count());
    while rest > 0 {
        for line in sections.lines().take(rest) {
            text.push_str(&renamed(line, copy));
            text.push('\n');
        }
        rest = rest.saturating_sub(sections.lines().count());
        copy += 1;
    }
    text
}

/// A line with another id, where it has one and this is not the first copy.
fn renamed(line: &str, copy: usize) -> String {
    match line.split_once("id: ") {
        Some((before, after)) if copy > 0 && before.ends_with([' ', ',']) => {
            format!("{before}id: copy-{copy}-{after}")
        }
        _ => line.to_owned(),
    }
}

fn site(runbook: &str) -> Sources {
    Sources::new(vec![
        Source::new("content/roster.yaml", Kind::Roster, ROSTER.to_owned()),
        Source::new("content/runbooks/a.yaml", Kind::Runbook, runbook.to_owned()),
    ])
}

fn check(site: &Sources) -> Report {
    let (config, mut found) = config::load(site);
    let (library, diagnostics) = model::load(site, &config.zone);
    found.extend(diagnostics);
    Report::new(rules(site, &config, &library, found))
}

fn rules(sources: &Sources, config: &Config, library: &Library, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let as_of = jiff::Timestamp::constant(1_795_262_400, 0);
    check::run(&Subject { library, sources, config, as_of }, found)
}

fn findings(site: &Sources) -> Vec<Diagnostic> {
    let Some((file, runbook)) = site.of(Kind::Runbook).next() else { return Vec::new() };
    let end = runbook.text.len();
    (0..FINDINGS)
        .map(|n| {
            let at = n * 7919 % end;
            Diagnostic::warning("vague-criterion", Span::new(file, at, at), format!("finding {n}"))
        })
        .collect()
}

fn cut_off(sources: &Sources, findings: &[Diagnostic]) -> usize {
    let report = Report::new(findings.to_vec());
    let setting = Setting { sources, rules: &[], colour: false, limit: LIMIT, folder: "", stop: None };
    format(Format::Full, &report, &setting).len() + report.len()
}

/// Runs `work` for half a second, prints best and middle, gives the middle in milliseconds.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn measure<I, T>(name: &str, input: impl Fn() -> I, work: impl Fn(&I) -> T) -> f64 {
    let mut took = Vec::new();
    let begun = Instant::now();
    while took.len() < 5 || begun.elapsed() < Duration::from_millis(500) {
        let input = input();
        let start = Instant::now();
        std::hint::black_box(work(&input));
        took.push(start.elapsed());
    }
    took.sort();
    let milliseconds = |at: usize| took.get(at).map_or(0.0, |took| took.as_secs_f64() * 1000.0);
    println!("{name:<40} {:>9.2} {:>9.2}", milliseconds(0), milliseconds(took.len() / 2));
    milliseconds(took.len() / 2)
}
