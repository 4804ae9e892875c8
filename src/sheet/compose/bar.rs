//! Bars: what is measured, what is required, and room for the actual value.

use super::inline::{joined, strong, text, worded};
use super::item::{ACTUAL, ENTRY, TEXT};
use super::{Composer, style};
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::{Line, below};
use crate::view::{Bar, Inline, Line as Words, Rating, Section};

impl Composer<'_> {
    /// Whether there is room for an actual value; a card is not what it is recorded on.
    pub(super) fn asks(&self, bar: &Bar) -> bool {
        !self.dense && (bar.measured || bar.actual.is_some())
    }

    /// The bars of a section, each with room for the actual value.
    pub(super) fn section_bars(&mut self, bars: &[Bar], section: &Section) {
        self.flow.structure.open(Role::List);
        let first = self.flow.rows.len();
        for (at, bar) in bars.iter().enumerate() {
            self.flow.structure.open(Role::Item);
            let label = self.say(self.word("passes-if"), style::LABEL, Role::Label);
            let lines = self.setter.set(&label, TEXT);
            let label = Cell::new(0.0, TEXT).with(lines).inset(0.0, 6.0);
            self.flow.structure.open(Role::Body);
            let name = format!("{}-bar-{}", section.id, at + 1);
            self.bar_row(bar, (TEXT, &name), vec![label]);
            self.flow.structure.close();
            self.flow.structure.close();
        }
        self.flow.structure.close();
        if let Some(state) = &section.state {
            self.recorded(state, TEXT);
            let by = state.by.iter().map(|by| by.text.clone());
            let words: Vec<String> = by.chain(state.at.clone()).collect();
            if !words.is_empty() {
                self.note(&[self.strong("recorded"), text(words.join(", "))], TEXT);
            }
        }
        self.bind(first, Keep::Weak);
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.before = 4.0;
        }
    }

    /// One bar as a row: the lead-in is left of `x`, the room for the value at the right.
    pub(super) fn bar_row(&mut self, bar: &Bar, (x, name): (f32, &str), mut cells: Vec<Cell>) {
        let end = self.measure - if self.asks(bar) { ENTRY } else { 0.0 };
        let lines = self.bar_lines(bar, end - x - 2.0 * style::SIDE);
        cells.push(Cell::new(x, end - x).with(lines).inset(style::SIDE, 5.0));
        if self.asks(bar) {
            let cell = Cell::new(end, ACTUAL);
            cells.push(self.actual(bar, cell, name));
            cells.push(Cell::new(end + ACTUAL, ENTRY - ACTUAL).barred(style::THIN));
        }
        self.row(Row { min: style::ROW, rule: style::THIN, keep: Keep::Free, ..Row::new(cells) });
    }

    /// A bar as lines: metric, dots, required value, and below them what else is known.
    pub(super) fn bar_lines(&mut self, bar: &Bar, width: f32) -> Vec<Line> {
        let (metric, required) = sides(bar);
        let left = self.words(&[text(metric)], self.looks()[0], Role::Paragraph);
        let right = self.required(&required);
        let mut lines = self.setter.lead(&left, &right, width);
        lines.extend(self.bar_notes(bar, width));
        lines
    }

    /// A bar in a few words.
    pub(super) fn short_bar(&self, bar: &Bar) -> Words {
        let (metric, required) = sides(bar);
        let label = self.word("passes-if").to_lowercase();
        vec![text(format!("{label} {metric} ")), strong(required)]
    }

    /// The required value, to stand at the right.
    pub(super) fn required(&mut self, required: &str) -> Vec<crate::sheet::text::Piece> {
        if required.is_empty() {
            return Vec::new();
        }
        self.say(required, self.looks()[1], Role::Paragraph)
    }

    /// What is known of a bar besides its required value.
    pub(super) fn bar_notes(&mut self, bar: &Bar, width: f32) -> Vec<Line> {
        let notes = self.notes(bar);
        if notes.is_empty() {
            return Vec::new();
        }
        below(self.paragraph(&notes, width, style::SMALL), 1.0)
    }

    fn notes(&self, bar: &Bar) -> Words {
        let labelled = |key: &'static str, words: &Words| -> Words {
            if words.is_empty() {
                return Vec::new();
            }
            std::iter::once(strong(format!("{} ", self.word(key)))).chain(words.iter().cloned()).collect()
        };
        let plain = |words: &Option<String>| words.iter().map(text).collect::<Words>();
        let told = bar.actual.as_ref().filter(|actual| actual.rating != Rating::Pass);
        joined(vec![
            told.map(|actual| vec![Inline::Strong(worded(&actual.words))]).unwrap_or_default(),
            labelled("with-a-note", &plain(&bar.warn)),
            labelled("abort", &plain(&bar.abort)),
            labelled("between", &bar.between),
            labelled("seen-on", &bar.shown_by),
            labelled("read-at", &bar.source),
        ])
    }

    /// The cell of the actual value: recorded, or to be written.
    pub(super) fn actual(&mut self, bar: &Bar, cell: Cell, name: &str) -> Cell {
        let (metric, required) = sides(bar);
        let tip = self.fill("actual-of", &[("what", format!("{metric} {required}"))]);
        match &bar.actual {
            Some(actual) => {
                let pieces = self.say(&actual.value, style::BOLD, Role::Paragraph);
                let lines = self.setter.set(&pieces, cell.width - 6.0);
                cell.with(lines).inset(4.0, style::beside(style::BOX, style::BOLD)).barred(style::THIN)
            }
            None => self.write_cell(cell, &format!("{name}-actual"), &tip, false),
        }
    }
}

/// What is measured and what is required; the written words where they were not understood.
fn sides(bar: &Bar) -> (String, String) {
    match (bar.metric.is_empty(), bar.required.is_empty()) {
        (_, true) if bar.metric.is_empty() => (bar.written.clone(), String::new()),
        _ => (bar.metric.clone(), bar.required.clone()),
    }
}
