//! Lines to pages: rows of cells, kept together where they belong together.
//!
//! A [`Row`] is a table row, a heading, a paragraph or a command: cells side by
//! side, each a column of lines. The pager puts rows below one another, moves what
//! must not be split to a fresh page, splits what is taller than a page between
//! two lines, and repeats the head of a table. Gives a [`Document`]; measures
//! nothing itself but heights.

mod column;
mod ink;
mod page;
mod split;

pub(crate) use column::{Extent, columns};
pub(crate) use page::{Flow, Furnished, paginate};

use super::document::Tone;
use super::structure::NodeId;
use super::text::{Line, Slot, height};

/// How firmly a row holds on to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Keep {
    /// Not at all.
    #[default]
    Free,
    /// Where that does not leave a page half empty.
    Weak,
    /// Always.
    Strong,
}

/// Where the lines of a cell stand when the row is higher than they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stand {
    /// At the top.
    #[default]
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

/// A line that joins a cell to those above and below it: trees and time lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Branch {
    /// Passes by.
    Through,
    /// Passes by and leads to the right.
    Fork,
    /// Ends here and leads to the right.
    Turn,
    /// A point on a line that begins or goes on here.
    Point {
        /// The line comes from above.
        from_above: bool,
        /// The line goes on below.
        goes_on: bool,
    },
}

/// A column of lines in a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    /// Distance from the left edge of what is printed.
    pub(crate) x: f32,
    /// Its width.
    pub(crate) width: f32,
    /// Space at left and right of the lines.
    pub(crate) side: f32,
    /// Space above and below the lines.
    pub(crate) above: f32,
    /// What it says.
    pub(crate) lines: Vec<Line>,
    /// Where the lines stand.
    pub(crate) stand: Stand,
    /// Thickness of its border; 0 for none.
    pub(crate) frame: f32,
    /// Thickness of a thin rule at its left; 0 for none.
    pub(crate) bar: f32,
    /// Its ground; white for none.
    pub(crate) ground: Tone,
    /// What is written into it as a whole.
    pub(crate) slot: Option<Slot>,
    /// What joins it to the rows around it.
    pub(crate) branch: Option<Branch>,
}

impl Cell {
    /// An empty cell.
    pub(crate) fn new(x: f32, width: f32) -> Cell {
        Cell {
            x,
            width,
            side: 0.0,
            above: 0.0,
            lines: Vec::new(),
            stand: Stand::Top,
            frame: 0.0,
            bar: 0.0,
            ground: Tone::WHITE,
            slot: None,
            branch: None,
        }
    }

    /// The same with these lines.
    pub(crate) fn with(self, lines: Vec<Line>) -> Cell {
        Cell { lines, ..self }
    }

    /// The same with space around its lines.
    pub(crate) fn inset(self, side: f32, above: f32) -> Cell {
        Cell { side, above, ..self }
    }

    /// The same on another ground.
    pub(crate) fn on(self, ground: Tone) -> Cell {
        Cell { ground, ..self }
    }

    /// The same, bordered.
    pub(crate) fn framed(self, frame: f32) -> Cell {
        Cell { frame, ..self }
    }

    /// The same, standing elsewhere.
    pub(crate) fn standing(self, stand: Stand) -> Cell {
        Cell { stand, ..self }
    }

    /// The same, ruled at its left.
    pub(crate) fn barred(self, bar: f32) -> Cell {
        Cell { bar, ..self }
    }

    /// The same, to be filled in.
    pub(crate) fn slotted(self, slot: Option<Slot>) -> Cell {
        Cell { slot, ..self }
    }

    /// The same, joined to the rows around it.
    pub(crate) fn joined(self, branch: Branch) -> Cell {
        Cell { branch: Some(branch), ..self }
    }

    /// Height of its lines and the space around them.
    pub(crate) fn height(&self) -> f32 {
        height(&self.lines) + 2.0 * self.above
    }
}

/// The number of a table head in its [`Flow`].
pub(crate) type HeadId = usize;

/// Cells side by side, and how they stand to what is around them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    /// The cells.
    pub(crate) cells: Vec<Cell>,
    /// Space above, unless it is first on its page.
    pub(crate) before: f32,
    /// Least height.
    pub(crate) min: f32,
    /// Space below what it says, above its rule.
    pub(crate) after: f32,
    /// How it holds on to the next row.
    pub(crate) keep: Keep,
    /// It may be split between lines wherever a page ends.
    pub(crate) splits: bool,
    /// The head that is repeated when a page begins with this row.
    pub(crate) head: Option<HeadId>,
    /// Thickness of a rule below it; 0 for none.
    pub(crate) rule: f32,
    /// Its level and title in the outline.
    pub(crate) bookmark: Option<(u8, String)>,
    /// Names that lead to it.
    pub(crate) anchors: Vec<String>,
    /// It begins a page.
    pub(crate) fresh: bool,
    /// The part of the document that it is, where it may be left out for the sake of a page.
    pub(crate) spare: Option<NodeId>,
}

impl Row {
    /// A row of these cells.
    pub(crate) fn new(cells: Vec<Cell>) -> Row {
        Row { cells, ..Row::default() }
    }

    /// Height without the space above.
    pub(crate) fn height(&self) -> f32 {
        self.cells.iter().map(Cell::height).fold(self.min, f32::max) + self.after
    }
}
