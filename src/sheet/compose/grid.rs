//! Tables: columns as wide as what is in them, a head that is repeated.

use super::inline::capital;
use super::{Composer, style};
use crate::diagnostic::Diagnostic;
use crate::sheet::document::{Entry as Kind, Tone};
use crate::sheet::font::Family;
use crate::sheet::layout::{Cell, Extent, HeadId, Keep, Row, Stand, columns};
use crate::sheet::paper::MM;
use crate::sheet::structure::Role;
use crate::sheet::text::{Piece, Sign, Slot, Style};
use crate::view::{Inline, Line as Words};

/// A table of no more rows is kept on one page where that wastes little paper.
const SMALL: usize = 13;

/// What a cell holds.
#[derive(Clone)]
pub(super) enum Entry {
    /// Words.
    Words(Words),
    /// Nothing yet: a field of this least width, its name, and what it asks for.
    Write(f32, String, String),
    /// The same, for a signature.
    Sign(f32, String, String),
    /// Boxes with their words.
    Choice(Vec<Choice>),
}

/// A box with its word.
#[derive(Clone)]
pub(super) struct Choice {
    /// `GO`; nothing where the head of the column says it.
    pub(super) word: String,
    /// What stands in it.
    pub(super) sign: Sign,
    /// The name of its field.
    pub(super) name: String,
    /// What it asks for, for those who do not see what is beside it.
    pub(super) tip: String,
}

/// A table.
pub(super) struct Grid {
    /// Heads of the columns.
    pub(super) columns: Vec<Words>,
    /// Rows, each with as many cells as there are columns.
    pub(super) rows: Vec<Vec<Entry>>,
    /// Distance from the left edge.
    pub(super) x: f32,
    /// What it is called when it goes on outside of any section.
    pub(super) title: String,
    /// Least height of a row.
    pub(super) least: f32,
}

impl Grid {
    /// The same with these columns only; what is written into the first one has another name where it
    /// stands there `again`.
    fn part(&self, columns: &[usize], again: bool) -> Grid {
        let cell = |row: &Vec<Entry>, at: usize| match &row[at] {
            Entry::Write(width, name, tip) if at == 0 && again => {
                Entry::Write(*width, format!("{name}-again"), tip.clone())
            }
            entry => entry.clone(),
        };
        let row = |row: &Vec<Entry>| columns.iter().map(|at| cell(row, *at)).collect();
        let rows = self.rows.iter().map(row).collect();
        let columns = columns.iter().map(|at| self.columns[*at].clone()).collect();
        Grid { columns, rows, title: self.title.clone(), ..*self }
    }
}

/// A cell whose parts of the document are made, not yet set in its width.
struct Made {
    pieces: Vec<Piece>,
    slot: Option<Slot>,
    extent: Extent,
}

/// A table whose parts are made.
struct Table {
    head: Vec<Made>,
    rows: Vec<Vec<Made>>,
    extents: Vec<Extent>,
}

impl Composer<'_> {
    /// Adds a table. One that people wrote and whose words do not fit beside each other is set in
    /// parts, one below the other, each with the first column again.
    pub(super) fn grid(&mut self, grid: Grid) {
        let known = self.flow.structure.len();
        let table = self.made_table(&grid);
        let parts = parts(&table.extents, self.measure - grid.x);
        if !self.written_table || parts.len() == 1 {
            return self.grid_rows(&grid, table);
        }
        self.flow.structure.cut(known);
        for (at, columns) in parts.into_iter().enumerate() {
            let part = grid.part(&columns, at > 0);
            if at > 0 {
                let look = style::SMALL.family(Family::Italic);
                let words = self.fill("continued", &[("what", grid.title.clone())]);
                let pieces = self.say(&words, look, Role::Paragraph);
                let lines = self.setter.set(&pieces, self.measure - grid.x);
                self.lines(lines, (grid.x, 8.0, Keep::Strong));
            }
            let table = self.made_table(&part);
            self.grid_rows(&part, table);
        }
    }

    /// Makes the parts of the document that a table is, and measures what is in them.
    fn made_table(&mut self, grid: &Grid) -> Table {
        self.flow.structure.open(Role::Table);
        self.flow.structure.open(Role::TableRow);
        let head: Vec<Made> = grid.columns.iter().map(|words| self.made_head(words)).collect();
        self.flow.structure.close();
        let row = |row: &Vec<Entry>| {
            self.flow.structure.open(Role::TableRow);
            let row = row.iter().map(|entry| self.made(entry)).collect();
            self.flow.structure.close();
            row
        };
        let rows: Vec<Vec<Made>> = grid.rows.iter().map(row).collect();
        self.flow.structure.close();
        let extents = extents(&head, &rows);
        Table { head, rows, extents }
    }

    fn grid_rows(&mut self, grid: &Grid, Table { head, rows, extents }: Table) {
        let width = self.measure - grid.x;
        self.overfull(&extents, width);
        let widths = columns(&extents, width);
        let start = self.flow.rows.len();
        let again = self.again(grid, &widths);
        let first = self.grid_row(head, &widths, grid.x, 0.0);
        let shade = |cell: Cell| cell.on(Tone::FAINT);
        let cells = first.cells.into_iter().map(shade).collect();
        self.row(Row { cells, before: 7.0, keep: Keep::Strong, ..Row::default() });
        for row in rows {
            let row = self.grid_row(row, &widths, grid.x, grid.least);
            self.row(Row { head: Some(again), ..row });
        }
        if self.flow.rows.len() - start <= SMALL {
            self.bind(start, Keep::Weak);
        }
    }

    /// Says so where of a table that people wrote not even the longest words of all columns fit beside each other.
    fn overfull(&mut self, extents: &[Extent], width: f32) {
        let needed: f32 = extents.iter().map(|extent| extent.least).sum();
        if !self.written_table || needed <= width + 0.5 {
            return;
        }
        let (needed, there) = ((needed / MM).ceil(), (width / MM).floor());
        let span = self.spans[self.source as usize];
        let message = format!("the columns need {needed} mm, the paper has {there} mm");
        let found = Diagnostic::warning("overfull-table", span, message)
            .label("words are broken inside")
            .help("use fewer columns, shorter words, or two tables");
        self.found.push(found);
    }

    /// The head once more, for the top of a page, as decoration.
    fn again(&mut self, grid: &Grid, widths: &[f32]) -> HeadId {
        let head = self.head.unwrap_or_else(|| self.continued(&grid.title));
        let mut rows = self.flow.heads[head].clone();
        let mut x = grid.x;
        let mut cells = Vec::new();
        for (words, width) in grid.columns.iter().zip(widths) {
            let text = crate::view::plain(words);
            let piece = self.run(&text, style::LABEL, None);
            let lines = self.setter.set(&[piece], width - 2.0 * style::SIDE);
            let cell = Cell::new(x, *width).with(lines).inset(style::SIDE, 2.5);
            cells.push(cell.framed(style::THIN).on(Tone::FAINT));
            x += width;
        }
        rows.push(Row::new(cells));
        self.repeat(rows)
    }

    fn made_head(&mut self, words: &Words) -> Made {
        let pieces = self.words(words, style::LABEL, Role::TableHead);
        self.extent(pieces, None, 0.0)
    }

    fn extent(&mut self, pieces: Vec<Piece>, slot: Option<Slot>, room: f32) -> Made {
        let (least, most) = self.setter.extent(&pieces);
        let around = 2.0 * style::SIDE + 0.5;
        let extent = Extent { least: (least + around).max(room), most: (most + around).max(room) };
        Made { pieces, slot, extent }
    }

    fn made(&mut self, entry: &Entry) -> Made {
        match entry {
            Entry::Words(words) => {
                let pieces = self.words(words, style::SMALL, Role::TableCell);
                self.extent(pieces, None, 0.0)
            }
            Entry::Write(room, name, tip) => {
                self.flow.structure.open(Role::TableCell);
                let slot = self.slot(name, tip, Kind::Text);
                self.flow.structure.close();
                self.extent(Vec::new(), Some(slot), *room)
            }
            Entry::Sign(room, name, tip) => {
                self.flow.structure.open(Role::TableCell);
                let slot = self.slot(name, tip, Kind::Signature);
                self.flow.structure.close();
                self.extent(Vec::new(), Some(slot), *room)
            }
            Entry::Choice(choices) => {
                self.flow.structure.open(Role::TableCell);
                let pieces = self.choices(choices, style::SMALL);
                self.flow.structure.close();
                let made = self.extent(pieces, None, 0.0);
                let least = made.extent.most.min(150.0).max(made.extent.least);
                Made { extent: Extent { least, ..made.extent }, ..made }
            }
        }
    }

    /// Heads of columns, each the word of its key.
    pub(super) fn heads(&self, keys: &[&'static str]) -> Vec<Words> {
        keys.iter().map(|key| vec![Inline::Text(capital(self.word(key)))]).collect()
    }

    /// Boxes side by side, each before its word.
    pub(super) fn choices(&mut self, choices: &[Choice], style: Style) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for Choice { word, sign, name, tip } in choices {
            pieces.push(self.tick(style::SMALL_BOX, *sign, name, tip));
            let word = format!("\u{a0}\u{a0}{}", word.replace(' ', "\u{a0}"));
            pieces.extend(self.say(&word, style, Role::Span));
            pieces.push(self.run("   ", style, None));
        }
        pieces.pop();
        pieces
    }

    fn grid_row(&mut self, row: Vec<Made>, widths: &[f32], left: f32, min: f32) -> Row {
        let mut x = left;
        let mut cells = Vec::new();
        for (made, width) in row.into_iter().zip(widths) {
            let lines = self.setter.set(&made.pieces, width - 2.0 * style::SIDE);
            let boxed = made.pieces.iter().any(|piece| matches!(piece, Piece::Box(..)));
            let above = if boxed { 0.0 } else { 3.0 };
            let cell = Cell::new(x, *width).with(lines).inset(style::SIDE, above);
            let stand = if min > 0.0 { Stand::Middle } else { Stand::Top };
            cells.push(cell.framed(style::THIN).standing(stand).slotted(made.slot));
            x += width;
        }
        Row { min, ..Row::new(cells) }
    }
}

/// The columns of each part of a table of this width: all of them, or the first one again and as many
/// more as there is room for, parts about equally wide.
fn parts(extents: &[Extent], width: f32) -> Vec<Vec<usize>> {
    // A word that is wider than this is better broken than given a part for itself.
    let least = |at: usize| extents[at].least.min(0.4 * width);
    let all = || (0..extents.len()).collect();
    if extents.len() < 3 || (0..extents.len()).map(least).sum::<f32>() <= width + 0.5 {
        return vec![all()];
    }
    let share = |most: usize| {
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut left = 0.0;
        for at in 1..extents.len() {
            match parts.last_mut() {
                Some(part) if least(at) <= left && part.len() <= most => part.push(at),
                _ => {
                    parts.push(vec![0, at]);
                    left = width - least(0);
                }
            }
            left -= least(at);
        }
        parts
    };
    let parts = share(extents.len());
    let even = share((extents.len() - 1).div_ceil(parts.len()));
    if even.len() == parts.len() { even } else { parts }
}

fn extents(head: &[Made], rows: &[Vec<Made>]) -> Vec<Extent> {
    let mut extents: Vec<Extent> = head.iter().map(|made| made.extent).collect();
    for row in rows {
        for (extent, made) in extents.iter_mut().zip(row) {
            extent.least = extent.least.max(made.extent.least);
            extent.most = extent.most.max(made.extent.most);
        }
    }
    extents
}

/// Words of a cell from one text.
pub(super) fn cell(text: impl Into<String>) -> Entry {
    Entry::Words(vec![Inline::Text(text.into())])
}

#[cfg(test)]
mod tests {
    use super::{Extent, parts};

    fn shared(least: &[f32]) -> Vec<Vec<usize>> {
        let extent = |least: &f32| Extent { least: *least, most: *least };
        parts(&least.iter().map(extent).collect::<Vec<_>>(), 100.0)
    }

    #[test]
    fn a_table_is_parted_evenly_and_its_first_column_is_in_each_part() {
        assert_eq!(shared(&[20.0; 5]), [[0, 1, 2, 3, 4]]);
        assert_eq!(shared(&[20.0; 7]), [[0, 1, 2, 3], [0, 4, 5, 6]]);
        assert_eq!(shared(&[20.0, 300.0, 30.0]), [[0, 1, 2]]);
        assert_eq!(shared(&[20.0, 300.0, 30.0, 30.0]), [vec![0, 1, 2], vec![0, 3]]);
        assert_eq!(shared(&[300.0, 300.0]), [[0, 1]]);
    }
}
