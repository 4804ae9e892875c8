//! The way into the register of thresholds: runbooks with their bars, and bars that were missed.
//!
//! Takes registers and runbooks of the view, gives the page. A bar counts as missed by the newest
//! value that was measured against it.

use serde::Serialize;

use super::frame::{About, Frame, Step};
use super::markup::{Pen, Reference};
use super::word::{self, Word};
use super::{Desk, THRESHOLDS, link, outline};
use crate::error::Result;
use crate::view::{self, Rating, plain};

/// As many missed bars as somebody looks through; the rest is in the registers.
const MOST: usize = 50;

/// What `thresholds.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Thresholds<'a> {
    /// Bars that the newest value misses or meets with a note only, the worst first.
    missed: Vec<Missed<'a>>,
    /// How many more of them there are.
    more: usize,
    /// Runbooks with bars, by product.
    products: Vec<Product<'a>>,
}

/// A bar that was missed.
#[derive(Debug, Serialize)]
struct Missed<'a> {
    runbook: Step,
    place: &'a str,
    release: Reference<'a>,
    day: &'a str,
    rating: Word<'a>,
    words: &'a str,
}

/// The runbooks of one product.
#[derive(Debug, Serialize)]
struct Product<'a> {
    name: &'a str,
    runbooks: Vec<Row<'a>>,
}

/// A runbook with its bars.
#[derive(Debug, Serialize)]
struct Row<'a> {
    title: String,
    environment: &'a str,
    href: String,
    /// How many bars there are.
    bars: usize,
    /// For how many of them something was measured.
    measured: usize,
    /// How many of those are missed by their newest value.
    missed: usize,
}

/// The page that leads to all registers.
pub(super) fn page(desk: &Desk<'_>, site: &view::Site) -> Result<String> {
    let path = THRESHOLDS;
    let pen = desk.pen(path);
    let content = Thresholds::new(site, pen);
    let about = About { kind: "thresholds", path, title: pen.labels.word("thresholds"), source: None };
    let parts = [
        (!content.missed.is_empty(), "missed-or-close", "_missed"),
        (!content.products.is_empty(), "by-runbook", "_runbooks"),
    ];
    let present = parts.into_iter().filter(|(present, ..)| *present);
    let entries = present.map(|(_, label, anchor)| outline::entry(pen.labels.word(label), anchor)).collect();
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.engine.render("thresholds.html", &frame)
}

/// Each register with its runbook.
fn registers(site: &view::Site) -> impl Iterator<Item = (&view::Register, &view::Head)> {
    let runbooks = site.runbooks().iter().enumerate();
    runbooks.filter_map(|(at, runbook)| Some((site.register(at)?, &**runbook)))
}

impl<'a> Thresholds<'a> {
    fn new(site: &'a view::Site, pen: Pen<'a>) -> Self {
        let mut missed: Vec<(u8, Missed<'a>)> = Vec::new();
        let mut rows: Vec<(&'a str, Row<'a>)> = Vec::new();
        for (register, runbook) in registers(site) {
            let row = Row::new(pen, register, runbook);
            for history in register.histories.values() {
                missed.extend(Missed::new(pen, runbook, history));
            }
            rows.push((&runbook.product, row));
        }
        missed.sort_by_key(|(gravity, _)| std::cmp::Reverse(*gravity));
        let more = missed.len().saturating_sub(MOST);
        missed.truncate(MOST);
        Self {
            missed: missed.into_iter().map(|(_, missed)| missed).collect(),
            more,
            products: products(rows),
        }
    }
}

/// The newest value of each bar.
fn newest(register: &view::Register) -> impl Iterator<Item = &view::Measured> {
    register.histories.values().filter_map(|history| history.readings.last())
}

/// How bad it is.
const fn gravity(rating: Rating) -> u8 {
    match rating {
        Rating::Pass | Rating::Unknown => 0,
        Rating::Warn => 1,
        Rating::Miss => 2,
        Rating::Abort => 3,
    }
}

/// Products in the order of their names.
fn products<'a>(mut rows: Vec<(&'a str, Row<'a>)>) -> Vec<Product<'a>> {
    rows.sort_by(|a, b| (a.0, a.1.environment).cmp(&(b.0, b.1.environment)));
    let mut out: Vec<Product<'a>> = Vec::new();
    for (name, row) in rows {
        match out.last_mut().filter(|product| product.name == name) {
            Some(product) => product.runbooks.push(row),
            None => out.push(Product { name, runbooks: vec![row] }),
        }
    }
    out
}

impl<'a> Missed<'a> {
    /// With how bad it is; `None` for a bar that is met.
    fn new(pen: Pen<'a>, runbook: &view::Head, history: &'a view::History) -> Option<(u8, Self)> {
        let reading = history.readings.last().filter(|reading| gravity(reading.rating) > 0)?;
        let missed = Self {
            place: &history.place.text,
            runbook: Step { text: plain(&runbook.title), href: link::page(pen.page, &runbook.path, "") },
            release: pen.mention(&reading.release),
            day: &reading.day,
            rating: word::rating(pen.labels, reading.rating),
            words: &reading.words,
        };
        Some((gravity(reading.rating), missed))
    }
}

impl<'a> Row<'a> {
    fn new(pen: Pen<'a>, register: &'a view::Register, runbook: &'a view::Head) -> Self {
        let misses = |reading: &&view::Measured| gravity(reading.rating) > 1;
        Self {
            title: plain(&runbook.title),
            environment: &runbook.environment,
            href: link::page(pen.page, &register.path, ""),
            bars: runbook.counts.thresholds,
            measured: register.histories.len(),
            missed: newest(register).filter(misses).count(),
        }
    }
}
