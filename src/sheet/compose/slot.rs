//! What is filled in by hand or on a screen: blanks, boxes, cells.

use super::{Composer, style};
use crate::sheet::document::Entry;
use crate::sheet::layout::Cell;
use crate::sheet::structure::Role;
use crate::sheet::text::{Piece, Sign, Slot};

impl Composer<'_> {
    /// A field; `tip` says what it asks for.
    pub(super) fn slot(&mut self, name: &str, tip: &str, entry: Entry) -> Slot {
        let node = self.flow.structure.described(Role::Form, tip);
        Slot { name: name.to_owned(), tip: tip.to_owned(), entry, node }
    }

    /// A line to write on.
    pub(super) fn blank(&mut self, width: f32, name: &str, tip: &str) -> Piece {
        let slot = self.slot(name, tip, Entry::Text);
        Piece::Blank(width, Some(slot))
    }

    /// A box; an empty one can be ticked on a screen.
    pub(super) fn tick(&mut self, size: f32, sign: Sign, name: &str, tip: &str) -> Piece {
        let slot = (sign == Sign::Empty).then(|| self.slot(name, tip, Entry::Tick));
        Piece::Box(size, sign, slot)
    }

    /// A label and a line to write on; a line never ends between them.
    pub(super) fn write_in(&mut self, label: &str, width: f32, name: &str) -> Vec<Piece> {
        let label = format!("{}\u{a0}", label.replace(' ', "\u{a0}"));
        let mut pieces = self.say(&label, style::SMALL, Role::Span);
        let blank = self.blank(width, name, label.trim_end());
        pieces.push(blank);
        pieces
    }

    /// Several of these, which never part.
    pub(super) fn write_ins(&mut self, blanks: &[(&str, f32, String)]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (at, (label, width, name)) in blanks.iter().enumerate() {
            if at > 0 {
                pieces.push(self.run("\u{a0}\u{a0}\u{a0}", style::SMALL, None));
            }
            pieces.extend(self.write_in(label, *width, name));
        }
        pieces
    }

    /// A cell to write into, ruled at its left, with the colon of a time if it is one.
    pub(super) fn write_cell(&mut self, cell: Cell, name: &str, tip: &str, time: bool) -> Cell {
        let slot = self.slot(name, tip, Entry::Text);
        let width = cell.width;
        let cell = cell.barred(style::THIN).slotted(Some(slot));
        if !time {
            return cell;
        }
        let colon = self.run(":", style::TEXT, None);
        let lines = self.setter.set(&[Piece::Gap(width / 2.0 - 2.0), colon], width);
        cell.with(lines).inset(0.0, style::beside(style::BOX, style::TEXT))
    }
}
