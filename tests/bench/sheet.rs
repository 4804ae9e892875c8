#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark prints a table or fails")]
//! How many sheets a second: this repository's own, with everything on, on every core.
//!
//! `cargo bench --bench sheet` makes all sheets of four and of ten pages over and over, with fields and
//! tags, and prints how many are made a second, and where the time of one goes. The goal is 250 sheets
//! of four pages a second on two cores. `-- --once PROJECT FILE` makes the full sheet of the only
//! runbook of a project once, in a cold process: what `tests/bench/compare` measures.

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use runsheet::config::{Labels, Paper};
use runsheet::pipeline;
use runsheet::sheet::{self, Fonts, Options, Part, Rendered, Subject};
use runsheet::view::{self, Document, DocumentRef, Site};

const GOAL: f64 = 250.0;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--once") {
        Some(at) if arguments.len() > at + 2 => once(&arguments[at + 1], &arguments[at + 2]),
        Some(_) => println!("--once takes a project and a file"),
        None => rates(),
    }
}

fn options() -> Options<'static> {
    let (base_url, fonts) = (Some("https://runbooks.example.org"), Fonts::embedded());
    let labels = Labels::english();
    Options { paper: Paper::A4, forms: true, language: "en", labels, base_url, date: None, fonts }
}

fn load(root: &str) -> Site {
    let root = Path::new(root);
    let project = pipeline::load(root, &root.join("output")).expect("the project loads");
    pipeline::view(&project, None)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark writes what it was told to")]
fn once(root: &str, file: &str) {
    let root = Path::new(root);
    let project = pipeline::load(root, &root.join("output")).expect("the project loads");
    let site = view::shape(&project.library, &project.sources, &project.config, None);
    let document = site.document(DocumentRef::Runbook(0));
    let made = sheet::render(Subject::full(&document), &options());
    std::fs::write(file, &made.bytes).expect("the file can be written");
    println!("{} pages", made.pages);
}

fn rates() {
    let site = load(env!("CARGO_MANIFEST_DIR"));
    let documents: Vec<Document> = site.documents().map(|which| site.document(which)).collect();
    let parts: Vec<(&Document, Part)> = documents
        .iter()
        .flat_map(|document| Part::of(document).into_iter().map(move |part| (document, part)))
        .collect();
    let make = |(document, part): &(&Document, Part)| -> Rendered {
        sheet::render(Subject { document, part, contacts: site.contacts(), attached: &[] }, &options())
    };
    let pages: Vec<usize> = parts.par_iter().map(|it| make(it).pages).collect();
    println!("{} sheets of {} pages in all", pages.len(), pages.iter().sum::<usize>());
    println!("{:<28} {:>12} {:>14} {:>12}", "on every core", "a second", "ms for one", "bytes");
    for wanted in [4, 10] {
        let these = parts.iter().zip(&pages).filter(|(_, pages)| **pages == wanted);
        let these: Vec<&(&Document, Part)> = these.map(|(it, _)| it).collect();
        let bytes: usize = these.iter().map(|it| make(it).bytes.len()).sum::<usize>() / these.len().max(1);
        let every = rate(these.len(), || these.par_iter().map(|it| make(it).pages).sum::<usize>());
        let alone = rate(these.len(), || these.iter().map(|it| make(it).pages).sum::<usize>());
        let name = format!("{} of {wanted} pages", these.len());
        println!("{name:<28} {every:>12.0} {:>14.2} {bytes:>12}", 1000.0 / alone);
        if wanted == 4 {
            println!("the goal is {GOAL} a second{}", if every < GOAL { ": MISSED" } else { "" });
        }
    }
}

/// How many a second, in the best of the rounds of three seconds; a round makes `count`.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn rate<T>(count: usize, work: impl Fn() -> T) -> f64 {
    let (begun, mut best) = (Instant::now(), 0.0_f64);
    while begun.elapsed() < Duration::from_secs(3) {
        let start = Instant::now();
        std::hint::black_box(work());
        best = best.max(count as f64 / start.elapsed().as_secs_f64());
    }
    best
}
