//! The register of thresholds: every bar with what was measured against it, release by release.
//!
//! Takes registers and runbooks of the view, gives a page for each runbook and one that leads to
//! them.

use serde::Serialize;

use super::bar::{Bar, bars};
use super::between::Between;
use super::engine::Html;
use super::frame::{About, Frame, Step};
use super::markup::{Pen, Reference};
use super::plot::{self, Plot};
use super::word::{self, Word};
use super::{Desk, THRESHOLDS, link, outline};
use crate::error::Result;
use crate::view::{self, Block, History, plain};

/// What `register.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Register<'a> {
    /// The runbook.
    runbook: Step,
    /// Bars by topmost section.
    sections: Vec<Section<'a>>,
    /// How many bars there are.
    bars: usize,
    /// For how many of them something was measured.
    measured: usize,
}

/// The bars of one topmost section.
#[derive(Debug, Serialize)]
struct Section<'a> {
    /// Its id, also the anchor here.
    id: &'a str,
    /// `3`
    number: &'a str,
    /// Title without marks.
    title: String,
    /// Where it is in the runbook.
    href: String,
    /// The bars, printed one by one by the component `register_row`.
    rows: Html,
}

/// What the component `register_row` takes.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    /// A bar.
    row: &'a Row<'a>,
}

/// One bar.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// `3.1.4`
    number: &'a str,
    /// Title of the section or item, without marks.
    title: String,
    /// Where it is in the runbook.
    href: String,
    /// Who answers.
    owners: Vec<Reference<'a>>,
    /// The bar.
    bar: Bar<'a>,
    /// What was measured, the newest first: what is drawn, and no more.
    readings: Vec<Reading<'a>>,
    /// How often more was measured.
    more: usize,
    /// The same as a drawing.
    plot: Option<Plot<'a>>,
}

/// A value that was measured in a release.
#[derive(Debug, Serialize)]
struct Reading<'a> {
    release: Reference<'a>,
    day: &'a str,
    value: &'a str,
    rating: Word<'a>,
    words: &'a str,
}

/// The page of one runbook's bars.
pub(super) fn page(
    desk: &Desk<'_>,
    between: &Between<'_, view::Register>,
    runbook: &view::Document,
) -> Result<String> {
    let register = between.this;
    let pen = desk.pen(&register.path);
    let content = Register::new(desk, register, runbook)?;
    let entry = |section: &Section<'_>| outline::numbered(section.number, &section.title, section.id);
    let entries = content.sections.iter().map(entry).collect();
    let title = pen.labels.fill("thresholds-of", &[("what", &plain(&runbook.title))]);
    let about =
        About { kind: "register", path: &register.path, title: &title, source: Some(&runbook.source) };
    let frame = Frame::new(desk, about, content)
        .within(pen, pen.labels.word("thresholds"), THRESHOLDS)
        .between(pen, between)
        .contents(entries);
    desk.theme.engine.render("register.html", &frame)
}

impl<'a> Register<'a> {
    fn new(desk: &'a Desk<'_>, register: &'a view::Register, runbook: &'a view::Document) -> Result<Self> {
        let pen = desk.pen(&register.path);
        let mut clerk = Clerk { pen, register, page: &runbook.path, rows: Vec::new() };
        let (mut sections, mut bars) = (Vec::new(), 0);
        for section in &runbook.sections {
            clerk.section(section);
            let rows = std::mem::take(&mut clerk.rows);
            if !rows.is_empty() {
                bars += rows.len();
                sections.push(Section {
                    id: &section.id,
                    number: &section.number,
                    title: plain(&section.title),
                    href: link::page(pen.page, &runbook.path, &section.id),
                    rows: desk
                        .theme
                        .engine
                        .print_all("register_row", rows.iter().map(|row| Shown { row }))?,
                });
            }
        }
        let runbook = Step { text: plain(&runbook.title), href: link::page(pen.page, &runbook.path, "") };
        Ok(Self { runbook, sections, bars, measured: register.histories.len() })
    }
}

/// Collects the bars of a section with what was measured.
struct Clerk<'a> {
    pen: Pen<'a>,
    register: &'a view::Register,
    /// Path of the runbook.
    page: &'a str,
    rows: Vec<Row<'a>>,
}

/// What bars belong to.
struct Place<'a> {
    id: &'a str,
    number: &'a str,
    title: &'a view::Line,
    owners: &'a [view::Mention],
}

impl<'a> Clerk<'a> {
    fn section(&mut self, section: &'a view::Section) {
        let place = Place {
            id: &section.id,
            number: &section.number,
            title: &section.title,
            owners: &section.owners,
        };
        let mut at = 0;
        for block in &section.blocks {
            match block {
                Block::Thresholds(bars) => {
                    self.bars(&place, bars, at);
                    at += bars.len();
                }
                Block::Sections(inner) => inner.iter().for_each(|inner| self.section(inner)),
                Block::Checks(items) | Block::Steps(items) => items.iter().for_each(|item| self.item(item)),
                _ => {}
            }
        }
    }

    fn item(&mut self, item: &'a view::Item) {
        let place = Place { id: &item.id, number: &item.number, title: &item.title, owners: &item.owners };
        self.bars(&place, &item.bars, 0);
        item.checks.iter().for_each(|check| self.item(check));
    }

    /// Bars of one place, the first of which is its bar number `from`.
    fn bars(&mut self, place: &Place<'a>, written: &'a [view::Bar], from: usize) {
        for (at, bar) in bars(self.pen, written).into_iter().enumerate() {
            let history = self.register.histories.get(&(place.id.to_owned(), from + at));
            self.rows.push(Row {
                number: place.number,
                title: plain(place.title),
                href: link::page(self.pen.page, self.page, place.id),
                owners: self.pen.mentions(place.owners),
                bar,
                more: history.map_or(0, |history| history.readings.len().saturating_sub(plot::MOST)),
                readings: history.map(|history| readings(self.pen, history)).unwrap_or_default(),
                plot: history.and_then(|history| Plot::new(self.pen.labels, history.plot.as_ref()?)),
            });
        }
    }
}

fn readings<'a>(pen: Pen<'a>, history: &'a History) -> Vec<Reading<'a>> {
    let reading = |reading: &'a view::Measured| Reading {
        release: pen.mention(&reading.release),
        day: &reading.day,
        value: &reading.value,
        rating: word::rating(pen.labels, reading.rating),
        words: &reading.words,
    };
    history.readings.iter().rev().take(plot::MOST).map(reading).collect()
}
