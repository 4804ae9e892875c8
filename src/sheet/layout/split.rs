//! Splitting a row that does not fit between two of its lines.

use super::{Cell, Keep, Row};

/// Fewest lines that may stand alone at the foot or the top of a page.
const ORPHANS: usize = 2;

/// The part of a row that fits into `room`, and the rest; `None` where no line of it
/// fits or nothing would be left. `forced` splits even where few lines stand alone.
pub(super) fn split(row: &Row, room: f32, forced: bool) -> Option<(Row, Row)> {
    let least = if forced { 1 } else { ORPHANS };
    let cuts: Vec<usize> = row.cells.iter().map(|cell| fitting(cell, room)).collect();
    let tall = |(cell, cut): (&Cell, &usize)| *cut < cell.lines.len();
    if !row.cells.iter().zip(&cuts).any(tall) {
        return None;
    }
    let stuck = |(cell, cut): (&Cell, &usize)| {
        let left = cell.lines.len() - cut;
        left > 0 && (*cut < least || left < least.min(cell.lines.len()))
    };
    if row.cells.iter().zip(&cuts).any(stuck) {
        return None;
    }
    let (mut first, mut rest) = (row.clone(), row.clone());
    for (at, cut) in cuts.into_iter().enumerate() {
        rest.cells[at].lines = first.cells[at].lines.split_off(cut);
        rest.cells[at].slot = None;
    }
    (first.keep, first.min, first.rule, first.after) = (Keep::Free, 0.0, 0.0, 0.0);
    (rest.before, rest.min, rest.bookmark, rest.fresh) = (0.0, 0.0, None, false);
    rest.anchors.clear();
    Some((first, rest))
}

/// How many lines of a cell fit.
fn fitting(cell: &Cell, room: f32) -> usize {
    let mut used = 2.0 * cell.above;
    let fits = |(at, line): (usize, &crate::sheet::text::Line)| {
        used += line.height + if at == 0 { 0.0 } else { line.gap };
        used <= room + 0.01
    };
    cell.lines.iter().enumerate().map(fits).take_while(|fits| *fits).count()
}
