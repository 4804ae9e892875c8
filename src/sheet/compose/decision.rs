//! Decision trees, drawn as trees: a question, a way for yes, a way for no, each further in.

use super::inline::{capital, strong};
use super::{Composer, style};
use crate::sheet::layout::{Branch, Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::view::Decision;

/// How far each answer stands to the right of its question.
const STEP: f32 = 26.0;
/// How far a line that leads to answers stands to the right of its question's edge.
const STEM: f32 = 11.0;

/// Where a branch stands: for each question above it, whether more of its answers follow.
type Above = Vec<bool>;

impl Composer<'_> {
    /// A decision tree.
    pub(super) fn decision(&mut self, decision: &Decision) {
        let first = self.flow.rows.len();
        self.branch(decision, "", &mut Vec::new());
        self.bind(first, Keep::Weak);
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.before = 8.0;
        }
    }

    fn branch(&mut self, decision: &Decision, answer: &str, above: &mut Above) {
        let step = STEP.min(self.measure / 2.0 / above.len().max(1) as f32);
        let x = step * above.len() as f32;
        let ask = matches!(decision, Decision::Ask { .. });
        let mut words = Vec::new();
        if !answer.is_empty() {
            words.push(strong(format!("{answer}:  ")));
        }
        match decision {
            Decision::Ask { question, .. } => {
                words.push(crate::view::Inline::Strong(question.clone()));
            }
            Decision::Then(what) => words.extend(what.iter().cloned()),
        }
        let pieces = self.words(&words, self.looks()[0], Role::Paragraph);
        let width = self.measure - x;
        let lines = self.setter.set(&pieces, width - 16.0);
        let frame = if ask { style::BORDER } else { style::THIN };
        let mut cells = vec![
            Cell::new(x, width).with(lines).inset(8.0, if self.dense { 1.5 } else { 3.5 }).framed(frame),
        ];
        for (at, more) in above.iter().enumerate() {
            let last = at + 1 == above.len();
            let left = step * at as f32 + STEM.min(step / 2.0);
            let branch = match (last, more) {
                (true, true) => Branch::Fork,
                (true, false) => Branch::Turn,
                (false, true) => Branch::Through,
                (false, false) => continue,
            };
            let width = if last { x - left } else { 0.0 };
            cells.push(Cell::new(left, width).joined(branch));
        }
        let (min, after) = if self.dense { (16.0, 2.0) } else { (20.0, 5.0) };
        self.row(Row { min, after, ..Row::new(cells) });
        if let Decision::Ask { yes, no, .. } = decision {
            let ways: Vec<_> = [("yes", yes), ("no", no)]
                .into_iter()
                .filter_map(|(answer, way)| Some((capital(self.word(answer)), way.as_deref()?)))
                .collect();
            for (at, (answer, way)) in ways.iter().enumerate() {
                above.push(at + 1 < ways.len());
                self.branch(way, answer, above);
                above.pop();
            }
        }
    }
}
