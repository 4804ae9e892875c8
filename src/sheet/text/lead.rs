//! A challenge and its required value, joined by dots.

use super::{Ink, Item, LEADING, Line, Piece, Setter};

/// Space between words and dots.
const AIR: f32 = 4.0;
/// Fewest dots worth drawing.
const DOTS: f32 = 14.0;

impl Setter<'_> {
    /// Sets `left`, then `right` flush right on the last line, dots between them. A
    /// right side that does not fit there takes lines of its own.
    pub(crate) fn lead(&mut self, left: &[Piece], right: &[Piece], width: f32) -> Vec<Line> {
        let mut lines = self.set(left, width);
        if right.is_empty() {
            return lines;
        }
        let (_, wide) = self.extent(right);
        let limit = if wide <= width * 0.62 { width } else { width - 16.0 };
        let mut values = self.set(right, limit);
        if values.len() > 1 || wide > limit {
            lines.extend(values.into_iter().map(|line| flush(line, width)));
            return lines;
        }
        let Some(value) = values.pop() else { return lines };
        let fits = lines.last().is_some_and(|last| last.width + 2.0 * AIR + value.width <= width);
        if !fits {
            let (height, base) = (value.height, value.base);
            lines.push(Line { height, base, ..Line::default() });
        }
        if let Some(last) = lines.last_mut() {
            join(last, flush(value, width));
        }
        lines
    }

    /// Puts `right` at the right edge of the first line from `start` on that has room for it, else on lines
    /// of its own.
    pub(crate) fn aside(&mut self, lines: &mut Vec<Line>, right: &[Piece], (start, width): (usize, f32)) {
        let mut values: Vec<Line> =
            self.set(right, width).into_iter().map(|line| flush(line, width)).collect();
        let begin = values.first().and_then(|line| line.items.first()).map_or(0.0, |item| item.x);
        let room = |line: &&mut Line| line.width + 3.0 * AIR <= begin;
        let start = start.min(lines.len().saturating_sub(1));
        match lines.iter_mut().skip(start).find(room) {
            Some(line) if values.len() == 1 => {
                line.items.extend(values.remove(0).items);
                line.width = width;
            }
            _ => lines.append(&mut values),
        }
    }
}

/// The last line of what [`Setter::lead`] set at the left.
pub(crate) fn led(lines: &[Line]) -> usize {
    let apart = lines.last().and_then(|line| line.items.first()).is_some_and(|it| it.ink == Ink::Dots);
    lines.len().saturating_sub(if apart { 2 } else { 1 })
}

/// Moves a line to the right edge.
fn flush(mut line: Line, width: f32) -> Line {
    let by = (width - line.width).max(0.0);
    for item in &mut line.items {
        item.x += by;
    }
    line.width = line.width.max(width);
    line
}

fn join(last: &mut Line, value: Line) {
    let begin = if last.width > 0.0 { last.width + AIR } else { 0.0 };
    let end = value.items.first().map_or(value.width, |item| item.x) - AIR;
    if end - begin >= DOTS {
        let width = end - begin;
        last.items.push(Item { x: begin, width, node: None, link: None, ink: Ink::Dots });
    }
    last.base = last.base.max(value.base);
    last.height = last.height.max(value.height).max(last.base + 0.3 * LEADING * 10.0);
    last.width = value.width;
    last.items.extend(value.items);
}
