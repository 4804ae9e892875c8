#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock, and writes files of its own")]
//! How long each stage of a build takes, how that grows, and how much memory it takes.
//!
//! `cargo bench --bench build` measures 10, 100 and 1,000 runbooks; `-- 10000` any other number;
//! `-- --write DIR 1000` only writes the project, for other programs to work on,
//! `-- --check 1000` ends with the stages up to the report, for a profile of them, and
//! `-- --sheets DIR OUT` makes the full sheet of each of its runbooks and nothing else. Every size is measured
//! in a process of its own, so that peaks of memory are its own. `CPU` is that of all threads together
//! and holds on a busy machine, too. `again` is a load and check after one file changed. Sheets are made of
//! the first 100 documents and told per document.

mod generator;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use runsheet::output::{Cache, Output, Stage};
use runsheet::pipeline::{self, Memory, Project};
use runsheet::sheet::{self, Fonts};
use runsheet::site::{self, Theme};
use runsheet::view::{Document, DocumentRef, Site};
use runsheet::{config, model, record, source};
use rustix::time::{ClockId, clock_gettime};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SIZES: [usize; 3] = [10, 100, 1000];
const STAGES: [&str; 9] = ["load", "decode", "check", "view", "site", "record", "write", "sheet", "again"];
/// Stages that are no part of a first build.
const EXTRA: [&str; 2] = ["sheet", "again"];
/// How many documents sheets are made of.
const SHEETS: usize = 100;
/// A stage is repeated for so long, or runs once if it takes longer.
const LONG: Duration = Duration::from_millis(300);

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--write", dir, runbooks] => Ok(generator::write(Path::new(dir), runbooks.parse()?)?),
        ["--sheets", root, out] => full_sheets(Path::new(root), Path::new(out)),
        ["--measure", runbooks] => measure(runbooks.parse()?, true),
        ["--check", runbooks] => measure(runbooks.parse()?, false),
        [] => table(&SIZES),
        sizes => table(&sizes.iter().map(|size| size.parse()).collect::<std::result::Result<Vec<_>, _>>()?),
    }
}

/// Stage → wall and CPU seconds; `memory` → kilobytes before and at the peak, without sheets.
type Measured = BTreeMap<String, (f64, f64)>;

fn table(sizes: &[usize]) -> Result<()> {
    let mut all: Vec<(usize, Measured)> = Vec::new();
    for size in sizes {
        let child = Command::new(std::env::current_exe()?).args(["--measure", &size.to_string()]).output()?;
        if !child.status.success() {
            return Err(String::from_utf8_lossy(&child.stderr).into());
        }
        all.push((*size, read(&String::from_utf8(child.stdout)?)?));
    }
    print("CPU ms", &all, |size, (_, cpu), per| cpu * 1e3 / if per { size as f64 } else { 1.0 });
    print("wall ms", &all, |size, (wall, _), per| wall * 1e3 / if per { size as f64 } else { 1.0 });
    println!("\n{:>9} {:>12} {:>16}", "runbooks", "peak MB", "kB per runbook");
    for (size, measured) in &all {
        let (before, peak) = measured.get("memory").copied().unwrap_or_default();
        println!("{size:>9} {:>12.1} {:>16.1}", peak / 1024.0, (peak - before) / *size as f64);
    }
    Ok(())
}

fn print(what: &str, all: &[(usize, Measured)], value: impl Fn(usize, (f64, f64), bool) -> f64) {
    for per in [false, true] {
        println!("\n{what}{}; sheets: per document", if per { " per runbook" } else { "" });
        print!("{:>9}", "runbooks");
        STAGES.iter().for_each(|stage| print!(" {stage:>9}"));
        println!(" {:>12}", "all but PDF");
        for (size, measured) in all {
            print!("{size:>9}");
            let mut sum = 0.0;
            for stage in STAGES {
                let took = measured.get(stage).copied().unwrap_or_default();
                let took = value(*size, took, per && stage != "sheet");
                print!(" {took:>9.3}");
                sum += if EXTRA.contains(&stage) { 0.0 } else { took };
            }
            println!(" {sum:>12.3}");
        }
    }
}

fn read(text: &str) -> Result<Measured> {
    let mut measured = Measured::new();
    for line in text.lines() {
        let mut fields = line.split('\t');
        if let (Some(name), Some(a), Some(b)) = (fields.next(), fields.next(), fields.next()) {
            measured.insert(name.to_owned(), (a.parse()?, b.parse()?));
        }
    }
    Ok(measured)
}

/// Measures every stage, or those up to the report, and prints a line for each, for `read`.
fn measure(runbooks: usize, whole: bool) -> Result<()> {
    let dir = tempfile::tempdir()?;
    generator::write(dir.path(), runbooks)?;
    let (root, out) = (dir.path(), dir.path().join("output"));
    let before = memory("VmRSS")?;
    let theme = Theme::load(root, None, "en")?;
    let (sources, faults) = timed("load", || Ok(source::load(root, &out)?))?;
    let (config, _) = config::load(&sources);
    let (library, found) = timed("decode", || Ok(model::load(&sources, &config.zone)))?;
    if !faults.is_empty() || !found.is_empty() {
        return Err(format!("the generated project is wrong: {faults:?} {found:?}").into());
    }
    let project = Project { sources, config, library, found };
    let as_of = jiff::Timestamp::from_second(generator::AS_OF)?;
    let report = timed("check", || Ok(pipeline::check(&project, as_of)))?;
    if let Some(found) = report.iter().next() {
        return Err(format!("{} findings, the first: {found:?}", report.len()).into());
    }
    if !whole {
        println!("memory\t{before}\t{}", memory("VmHWM")?);
        return again(root, &out, as_of);
    }
    let site = timed("view", || Ok(pipeline::view(&project, Some(as_of))))?;
    let options = site::Options { sheets: true, records: true, ..site::Options::default() };
    let mut output = timed("site", || Ok(site::render(&site, &theme, &options)?))?;
    output.extend(timed("record", || Ok(records(&site)))?);
    write(&output, &out)?;
    println!("memory\t{before}\t{}", memory("VmHWM")?);
    sheets(&site)?;
    again(root, &out, as_of)
}

/// Edits one runbook, loads and checks with what the time before left.
fn again(root: &Path, out: &Path, as_of: jiff::Timestamp) -> Result<()> {
    let path = root.join("content/runbooks").join(format!("{}.yaml", generator::id(0)));
    let text = std::fs::read_to_string(&path)?;
    let mut memory = Memory::default();
    let (mut edits, known) = (0, pipeline::load_again(root, out, &mut memory)?);
    pipeline::check_again(&known, as_of, &mut memory);
    timed("again", || {
        edits += 1;
        std::fs::write(&path, format!("{text}# edit {edits}\n"))?;
        let project = pipeline::load_again(root, out, &mut memory)?;
        Ok(pipeline::check_again(&project, as_of, &mut memory))
    })?;
    Ok(std::fs::write(&path, text)?)
}

fn records(site: &Site) -> Output {
    let mut output = Output::default();
    for which in site.documents().filter(|which| matches!(which, DocumentRef::Release(_))) {
        let release = site.document(which);
        output.add(release.record(), record::render(&release, &record::Options::default()));
    }
    output
}

/// Every file is new, each time.
fn write(output: &Output, out: &PathBuf) -> Result<()> {
    timed("write", || {
        if out.exists() {
            std::fs::remove_dir_all(out)?;
        }
        let stage = Stage::open(out, Cache::default())?;
        output.iter().try_for_each(|(path, bytes)| stage.put(path, None, bytes))?;
        Ok(stage.finish(Vec::new(), None)?)
    })?;
    Ok(())
}

/// The sheets of runbooks alone, from YAML to files.
fn full_sheets(root: &Path, out: &Path) -> Result<()> {
    let project = pipeline::load(root, out)?;
    let site = pipeline::view(&project, None);
    std::fs::create_dir_all(out)?;
    let documents: Vec<DocumentRef> = site.documents().collect();
    documents.par_iter().filter(|which| matches!(which, DocumentRef::Runbook(_))).try_for_each(|which| {
        let document = site.document(*which);
        let made = sheet::render(sheet::Subject::full(&document), &options());
        std::fs::write(out.join(&document.name).with_extension("pdf"), made.bytes)
    })?;
    Ok(())
}

fn options() -> sheet::Options<'static> {
    sheet::Options {
        paper: config::Paper::A4,
        forms: true,
        language: "en",
        labels: config::Labels::english(),
        base_url: None,
        date: None,
        fonts: Fonts::embedded(),
    }
}

fn sheets(site: &Site) -> Result<()> {
    let documents: Vec<Document> = site.documents().take(SHEETS).map(|which| site.document(which)).collect();
    let options = options();
    let (wall, cpu) = (Instant::now(), cpu());
    let pages: usize = documents
        .par_iter()
        .map(|document| sheet::render(sheet::Subject::full(document), &options).pages)
        .sum();
    let each = documents.len() as f64;
    println!("sheet\t{}\t{}", wall.elapsed().as_secs_f64() / each, (self::cpu() - cpu) / each);
    println!("pages\t{}\t0", pages as f64 / each);
    Ok(())
}

/// Runs a stage until `LONG` is over; prints the fastest by each clock.
fn timed<T>(name: &str, mut stage: impl FnMut() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    let (mut best, mut least) = (f64::MAX, f64::MAX);
    loop {
        let (wall, before) = (Instant::now(), cpu());
        let made = stage()?;
        best = best.min(wall.elapsed().as_secs_f64());
        least = least.min(cpu() - before);
        if begun.elapsed() >= LONG {
            println!("{name}\t{best}\t{least}");
            return Ok(made);
        }
    }
}

/// CPU seconds of this process, all threads together.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// A line of `/proc/self/status`, in kilobytes.
fn memory(line: &str) -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    let kilobytes = line.and_then(|text| text.split_whitespace().next());
    Ok(kilobytes.ok_or("no such line in /proc/self/status")?.parse()?)
}
