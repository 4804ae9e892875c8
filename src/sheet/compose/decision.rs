//! Decision trees: a question, a way for yes, a way for no, each further in.

use super::inline::strong;
use super::{Composer, style};
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::view::Decision;

/// How far each answer stands to the right of its question.
const STEP: f32 = 26.0;

impl Composer<'_> {
    /// A decision tree.
    pub(super) fn decision(&mut self, decision: &Decision) {
        let first = self.flow.rows.len();
        self.branch(decision, "", 0.0);
        self.bind(first, Keep::Weak);
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.before = 8.0;
        }
    }

    fn branch(&mut self, decision: &Decision, answer: &str, x: f32) {
        let x = x.min(self.measure / 2.0);
        let ask = matches!(decision, Decision::Ask { .. });
        let mut words = Vec::new();
        if !answer.is_empty() {
            words.push(strong(format!("{answer} → ")));
        }
        match decision {
            Decision::Ask { question, .. } => {
                words.push(crate::view::Inline::Strong(question.clone()));
            }
            Decision::Then(what) => words.extend(what.iter().cloned()),
        }
        let pieces = self.words(&words, style::TEXT, Role::Paragraph);
        let width = self.measure - x;
        let lines = self.setter.set(&pieces, width - 16.0);
        let frame = if ask { style::BORDER } else { style::THIN };
        let cell = Cell::new(x, width).with(lines).inset(8.0, 3.5).framed(frame);
        let mut cells = vec![cell];
        let mut left = STEP / 2.0;
        while left < x {
            cells.push(Cell::new(left, 0.0).barred(style::THIN));
            left += STEP;
        }
        self.row(Row { before: 0.0, min: 20.0, ..Row::new(cells) });
        if let Decision::Ask { yes, no, .. } = decision {
            for (answer, way) in [("Yes", yes), ("No", no)] {
                if let Some(way) = way {
                    self.branch(way, answer, x + STEP);
                }
            }
        }
    }
}
