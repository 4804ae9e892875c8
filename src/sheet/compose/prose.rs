//! Blocks of text to rows.

use super::grid::{Entry, Grid};
use super::{Composer, style};
use crate::sheet::document::Tone;
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::{Line, Piece, Sign, Span as Run, Style, below, indent};
use crate::view::{Flow as Prose, Inline, ListItem, Piece as Part};

/// Space between paragraphs.
const GAP: f32 = 4.0;

impl Composer<'_> {
    /// Adds blocks of text, `x` from the left; `label` goes before the first words.
    pub(super) fn prose(&mut self, blocks: &[Prose], x: f32, label: &str) {
        let mut label = label;
        for block in blocks {
            if let (false, false) = (label.is_empty(), matches!(block, Prose::Paragraph(_))) {
                let pieces = self.say(label, self.looks()[1], Role::Paragraph);
                let lines = self.setter.set(&pieces, self.measure - x);
                self.lines(lines, (x, GAP * self.air, Keep::Strong));
                label = "";
            }
            match block {
                Prose::Code { code, .. } => self.code(&Part::plain(code), x),
                Prose::Table { head, rows } => self.prose_table(head, rows, x),
                Prose::Rule => self.row(Row {
                    before: GAP,
                    rule: style::THIN,
                    ..Row::new(vec![Cell::new(x, self.measure - x)])
                }),
                _ => {
                    let lines = self.block(block, self.measure - x, label);
                    let heading = matches!(block, Prose::Heading { .. });
                    let keep = if heading { Keep::Strong } else { Keep::Free };
                    self.lines(lines, (x, GAP * self.air, keep));
                }
            }
            label = "";
        }
    }

    /// One block as lines.
    fn block(&mut self, block: &Prose, width: f32, label: &str) -> Vec<Line> {
        match block {
            Prose::Paragraph(words) => {
                let mut labelled = Vec::new();
                if !label.is_empty() {
                    labelled.push(super::inline::strong(format!("{label} ")));
                }
                labelled.extend(words.iter().cloned());
                self.paragraph(&labelled, width, self.looks()[0])
            }
            Prose::Heading { content, .. } => self.paragraph(content, width, self.looks()[1]),
            Prose::List { first, items } => self.list(*first, items, width),
            Prose::Quote(blocks) => indent(self.blocks(blocks, width - 12.0), 12.0),
            Prose::Code { code, .. } => {
                let node = Some(self.leaf(Role::Code));
                let text = Part::plain(code);
                let run = Run { text, style: style::CODE, node, link: None, source: self.source };
                self.setter.code(&run, width)
            }
            Prose::Table { head, rows } => {
                let all = std::iter::once(head).chain(rows).flat_map(|row| {
                    let row: Vec<Inline> = row.join(&super::inline::text("  |  "));
                    self.paragraph(&row, width, self.looks()[0])
                });
                all.collect()
            }
            Prose::Rule => Vec::new(),
        }
    }

    /// Blocks one below the other, as lines.
    pub(super) fn blocks(&mut self, blocks: &[Prose], width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        for block in blocks {
            lines.extend(below(self.block(block, width, ""), GAP));
        }
        lines
    }

    /// A paragraph as lines.
    pub(super) fn paragraph(&mut self, words: &[Inline], width: f32, style: Style) -> Vec<Line> {
        let pieces = self.words(words, style, Role::Paragraph);
        self.setter.set(&pieces, width)
    }

    fn list(&mut self, first: Option<u64>, items: &[ListItem], width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        self.flow.structure.open(Role::List);
        for (at, item) in items.iter().enumerate() {
            self.flow.structure.open(Role::Item);
            let label = self.label(first.map(|first| first + at as u64), item.ticked);
            let hang = if first.is_some() { 20.0 } else { 14.0 };
            self.flow.structure.open(Role::Body);
            let mut body = indent(self.blocks(&item.content, width - hang), hang);
            self.flow.structure.close();
            self.flow.structure.close();
            match (body.first_mut(), label) {
                (Some(line), mut label) => {
                    label.items.iter_mut().for_each(|item| item.x = 0.0);
                    line.items.splice(0..0, label.items);
                    line.gap = if at == 0 { 0.0 } else { 2.0 };
                }
                (None, label) => body.push(label),
            }
            lines.append(&mut body);
        }
        self.flow.structure.close();
        lines
    }

    fn label(&mut self, number: Option<u64>, ticked: Option<bool>) -> Line {
        let pieces = match (ticked, number) {
            (Some(ticked), _) => {
                let sign = if ticked { Sign::Tick } else { Sign::Empty };
                vec![Piece::Box(9.0, sign, None)]
            }
            (None, Some(number)) => self.say(&format!("{number}."), self.looks()[0], Role::Label),
            (None, None) => self.say("•", self.looks()[0], Role::Label),
        };
        self.setter.set(&pieces, f32::INFINITY).pop().unwrap_or_default()
    }

    /// A command or its output in a box.
    pub(super) fn code(&mut self, text: &str, x: f32) {
        let node = Some(self.leaf(Role::Code));
        let text = text.to_owned();
        let run = Run { text, style: style::CODE, node, link: None, source: self.source };
        let width = self.measure - x;
        let lines = self.setter.code(&run, width - 2.0 * style::SIDE - 2.0);
        let cell = Cell::new(x, width).with(lines).inset(style::SIDE + 1.0, 4.0 * self.air);
        let cell = cell.framed(style::THIN).on(Tone(4));
        self.row(Row { before: 3.0 * self.air, splits: true, ..Row::new(vec![cell]) });
    }

    fn prose_table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], x: f32) {
        let entry = |words: &Vec<Inline>| Entry::Words(words.clone());
        let rows = rows.iter().map(|row| row.iter().map(entry).collect()).collect();
        let outer = std::mem::replace(&mut self.written_table, true);
        self.grid(Grid { columns: head.to_vec(), rows, x, title: String::new(), least: 0.0 });
        self.written_table = outer;
    }
}
