//! A decision tree as a static SVG: boxes in rows and columns, joined by arrows.
//!
//! Takes a decision of the view, gives coordinates. A way for yes goes to the right, a way for no
//! down, so that a chain of questions stays narrow. Text is broken by an estimate of its width; the
//! same tree stands beside the drawing as a list.

use serde::Serialize;

use super::link;
use super::markup::Pen;
use crate::view::{Decision, Inline, Line, plain};

/// Width of a box, in pixels.
const WIDTH: u32 = 236;
/// From one column to the next.
const COLUMN: u32 = WIDTH + 54;
/// Between rows.
const GAP: u32 = 30;
/// Height of a line of text.
const LINE: u32 = 18;
/// Above and below the text of a box, together.
const AIR: u32 = 18;
/// Letters that fit into a line of a box.
const LETTERS: usize = 30;
/// Room around the whole, for borders.
const EDGE: u32 = 2;

/// A decision tree.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tree {
    width: u32,
    height: u32,
    boxes: Vec<Node>,
    ways: Vec<Way>,
}

/// A question, or what to do.
#[derive(Debug, Clone, Serialize)]
struct Node {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
    /// Whether it asks.
    asks: bool,
    /// Where its text leads, where it has a link.
    href: Option<String>,
    /// Its lines, with their base lines.
    lines: Vec<(u32, String)>,
}

/// An arrow from a question to what follows.
#[derive(Debug, Clone, Serialize)]
struct Way {
    /// Whether it is the way for yes, which goes to the right.
    yes: bool,
    x: u32,
    y: u32,
    /// Where it ends, in its direction.
    end: u32,
}

/// A box in its row and column.
struct Cell {
    row: usize,
    column: usize,
    asks: bool,
    href: Option<String>,
    lines: Vec<String>,
    /// Rows of the answers.
    yes: Option<usize>,
    no: Option<usize>,
}

/// The drawing of a decision tree.
pub(super) fn tree(pen: Pen<'_>, decision: &Decision) -> Tree {
    let mut cells = Vec::new();
    place(pen, decision, (0, 0), &mut cells);
    let rows = cells.iter().map(|cell| cell.row + 1).max().unwrap_or_default();
    let heights: Vec<u32> = (0..rows).map(|row| height(&cells, row)).collect();
    let tops: Vec<u32> = (0..=rows)
        .map(|row| EDGE + heights.iter().take(row).map(|height| height + GAP).sum::<u32>())
        .collect();
    let columns = cells.iter().map(|cell| cell.column as u32 + 1).max().unwrap_or_default();
    Tree {
        width: columns * COLUMN - (COLUMN - WIDTH) + 2 * EDGE,
        height: tops.last().map_or(0, |bottom| bottom + EDGE - GAP),
        ways: cells.iter().flat_map(|cell| ways(cell, &tops, &heights)).collect(),
        boxes: cells.into_iter().map(|cell| node(cell, &tops, &heights)).collect(),
    }
}

/// Puts a decision at a row and column; gives the first row below everything it holds.
fn place(pen: Pen<'_>, decision: &Decision, (row, column): (usize, usize), out: &mut Vec<Cell>) -> usize {
    let (line, asks, yes, no) = match decision {
        Decision::Then(line) => (line, false, None, None),
        Decision::Ask { question, yes, no } => (question, true, yes.as_deref(), no.as_deref()),
    };
    let at = out.len();
    let (href, lines) = (destination(pen, line), broken(&plain(line)));
    out.push(Cell { row, column, asks, href, lines, yes: yes.map(|_| row), no: None });
    let below = yes.map_or(row + 1, |yes| place(pen, yes, (row, column + 1), out));
    if let Some(cell) = out.get_mut(at) {
        cell.no = no.map(|_| below);
    }
    no.map_or(below, |no| place(pen, no, (below, column), out))
}

fn height(cells: &[Cell], row: usize) -> u32 {
    let lines = cells.iter().filter(|cell| cell.row == row).map(|cell| cell.lines.len()).max();
    lines.unwrap_or(1) as u32 * LINE + AIR
}

fn left(column: usize) -> u32 {
    EDGE + column as u32 * COLUMN
}

fn node(cell: Cell, tops: &[u32], heights: &[u32]) -> Node {
    let (y, height) = (tops[cell.row], heights[cell.row]);
    // The text stands in the middle of its box.
    let first = y + (height - cell.lines.len() as u32 * LINE) / 2 + 13;
    let lines = (first..).step_by(LINE as usize).zip(cell.lines).collect();
    Node { x: left(cell.column), y, width: WIDTH, height, asks: cell.asks, href: cell.href, lines }
}

fn ways(cell: &Cell, tops: &[u32], heights: &[u32]) -> Vec<Way> {
    let (x, y, height) = (left(cell.column), tops[cell.row], heights[cell.row]);
    let yes = cell.yes.map(|_| Way { yes: true, x: x + WIDTH, y: y + height / 2, end: x + COLUMN });
    let no = cell.no.map(|row| Way { yes: false, x: x + 28, y: y + height, end: tops[row] });
    yes.into_iter().chain(no).collect()
}

/// Where the first link of a line leads.
fn destination(pen: Pen<'_>, line: &Line) -> Option<String> {
    line.iter().find_map(|part| match part {
        Inline::Link { to, .. } => link::href(pen.page, to),
        Inline::Strong(inner) | Inline::Emphasis(inner) => destination(pen, inner),
        _ => None,
    })
}

/// Lines of a text, broken between words, and within a word that is longer than a line.
fn broken(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        for (at, part) in chunks(word).into_iter().enumerate() {
            let fits = lines.last().is_some_and(|line| letters(line) + 1 + letters(&part) <= LETTERS);
            match lines.last_mut() {
                Some(line) if line.is_empty() => line.push_str(&part),
                Some(line) if fits && at == 0 => line.extend([" ", part.as_str()]),
                _ => lines.push(part),
            }
        }
    }
    lines
}

fn letters(text: &str) -> usize {
    // Letters of East Asia are twice as wide.
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

fn chunks(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in word.chars() {
        match parts.last_mut() {
            Some(part) if letters(part) < LETTERS => part.push(c),
            _ => parts.push(c.to_string()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Labels;

    fn then(text: &str) -> Box<Decision> {
        Box::new(Decision::Then(vec![Inline::Text(text.to_owned())]))
    }

    fn ask(text: &str, yes: Box<Decision>, no: Box<Decision>) -> Box<Decision> {
        let question = vec![Inline::Text(text.to_owned())];
        Box::new(Decision::Ask { question, yes: Some(yes), no: Some(no) })
    }

    #[test]
    fn yes_goes_right_and_no_goes_down() {
        let decision =
            ask("down?", then("back"), ask("slow?", ask("much?", then("back"), then("fix")), then("wait")));
        let tree = tree(Pen { page: "a.html", labels: Labels::english() }, &decision);
        let row = |y: u32| (y - EDGE) / (LINE + AIR + GAP);
        let cells: Vec<(u32, u32, &str)> =
            tree.boxes.iter().map(|it| (row(it.y), it.x / COLUMN, it.lines[0].1.as_str())).collect();
        let expected = [
            (0, 0, "down?"),
            (0, 1, "back"),
            (1, 0, "slow?"),
            (1, 1, "much?"),
            (1, 2, "back"),
            (2, 1, "fix"),
            (3, 0, "wait"),
        ];
        assert_eq!(cells, expected);
        assert_eq!((tree.width, tree.height), (3 * COLUMN - 54 + 4, 4 * (LINE + AIR) + 3 * GAP + 4));
        let no: Vec<(u32, u32)> =
            tree.ways.iter().filter(|way| !way.yes).map(|way| (row(way.y), row(way.end))).collect();
        assert_eq!(no, [(0, 1), (1, 3), (1, 2)]);
    }

    #[test]
    fn text_is_broken_between_words() {
        let lines = broken("Is the error rate over ten percent for five minutes?");
        assert_eq!(lines, ["Is the error rate over ten", "percent for five minutes?"]);
        let lines = broken(&"x".repeat(65));
        assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [30, 30, 5]);
    }
}
