//! The pager: which row stands on which page.

use super::split::split;
use super::{Keep, Row};
use crate::sheet::document::{About, Bookmark, Document, Mark, Page, Place, Shape};
use crate::sheet::layout::ink;
use crate::sheet::paper::Format;
use crate::sheet::structure::Structure;

/// Rows in reading order, and what repeats.
#[derive(Default)]
pub(crate) struct Flow {
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// What stands at the top of a page that goes on with a table.
    pub(crate) heads: Vec<Vec<Row>>,
    /// What the rows mean.
    pub(crate) structure: Structure,
}

/// A row at a fixed height of every page: its top edge, and the row.
pub(crate) type Placed = (f32, Row);

/// What stands on a page besides rows of the flow.
#[derive(Default)]
pub(crate) struct Furnished {
    /// Rows at fixed heights.
    pub(crate) rows: Vec<Placed>,
    /// Shapes under everything else.
    pub(crate) under: Vec<Shape>,
}

/// Lays rows out on pages. `top` and `bottom` bound what rows may fill; `furniture`
/// gives what stands on each page besides, from its number and their count.
pub(crate) fn paginate(
    flow: Flow,
    (paper, about): (Format, About),
    (top, bottom): (f32, f32),
    furniture: &mut dyn FnMut(usize, usize) -> Furnished,
) -> Document {
    let Flow { rows, heads, mut structure } = flow;
    let mut pager = Pager::new(&heads, paper.left(), (top, bottom));
    pager.all(&rows);
    if let Some(fewer) = pager.with_fewer(&rows, &mut structure) {
        pager = fewer;
    }
    let mut document = pager.document;
    (document.about, document.size) = (about, [paper.width, paper.height]);
    document.structure = structure;
    let count = document.pages.len();
    for (index, page) in document.pages.iter_mut().enumerate() {
        let Furnished { rows, under } = furniture(index + 1, count);
        for (y, row) in rows {
            ink::draw(page, &row, [paper.left(), y]);
        }
        let under = under.into_iter().map(|shape| Mark { node: None, shape });
        page.marks.splice(0..0, under);
    }
    document
}

/// What is lower than this does not stand alone: a line and what calls two sections complete.
const SMALL: f32 = 80.0;

struct Pager<'h> {
    document: Document,
    heads: &'h [Vec<Row>],
    left: f32,
    top: f32,
    bottom: f32,
    y: f32,
    /// Something stands on this page already.
    used: bool,
}

impl<'h> Pager<'h> {
    fn new(heads: &'h [Vec<Row>], left: f32, (top, bottom): (f32, f32)) -> Self {
        let document = Document { pages: vec![Page::default()], ..Document::default() };
        Self { document, heads, left, top, bottom, y: top, used: false }
    }

    fn all(&mut self, rows: &[Row]) {
        rows.chunk_by(|row, _| row.keep >= Keep::Weak).for_each(|chain| self.chain(chain));
    }

    /// The same with fewer spare rows, where what stands on the last page then fits on the one before.
    fn with_fewer(&self, rows: &[Row], structure: &mut Structure) -> Option<Self> {
        let over = self.y - self.top;
        let spare: f32 = rows.iter().filter(|row| row.spare.is_some()).map(Row::height).sum();
        if self.document.pages.len() < 2 || over > spare {
            return None;
        }
        let (mut fewer, mut out, mut won) = (rows.to_vec(), Vec::new(), 0.0);
        for (at, row) in rows.iter().enumerate().rev() {
            if let Some(node) = row.spare.filter(|_| won < over) {
                won += row.height();
                out.push(node);
                // What is last now holds on as what was last.
                fewer[at - 1].keep = fewer.remove(at).keep;
            }
        }
        let mut pager = Self::new(self.heads, self.left, (self.top, self.bottom));
        pager.all(&fewer);
        if pager.document.pages.len() == self.document.pages.len() {
            return None;
        }
        out.into_iter().for_each(|node| structure.leave_out(node));
        Some(pager)
    }

    /// Rows of a weak chain: together where that leaves little paper empty.
    fn chain(&mut self, rows: &[Row]) {
        if rows[0].fresh && self.used {
            self.turn(None);
        }
        let height = self.measure(rows);
        let fits = self.y + height <= self.bottom + 0.01;
        let wasted = self.bottom - self.y < 0.3 * (self.bottom - self.top);
        if !fits && wasted && self.fits_fresh(rows) {
            self.turn(rows[0].head);
        }
        if self.y + self.measure(rows) <= self.bottom + 0.01 {
            rows.iter().for_each(|row| self.place(row));
            return;
        }
        self.units(rows).into_iter().for_each(|unit| self.unit(unit));
    }

    /// What of a weak chain is never parted. A last unit that is small does not stand alone on a page.
    fn units<'r>(&self, rows: &'r [Row]) -> Vec<&'r [Row]> {
        let mut ends: Vec<usize> = Vec::new();
        for unit in rows.chunk_by(|row, _| row.keep == Keep::Strong) {
            ends.push(ends.last().unwrap_or(&0) + unit.len());
        }
        let small = |rows: &[Row]| rows.iter().map(Row::height).sum::<f32>() < SMALL;
        if let [.., begin, end] = ends[..]
            && small(&rows[begin..end])
        {
            ends.remove(ends.len() - 2);
        }
        let begins = std::iter::once(0).chain(ends.iter().copied());
        begins.zip(&ends).map(|(begin, end)| &rows[begin..*end]).collect()
    }

    /// Rows that are never parted, unless they are higher than a page.
    fn unit(&mut self, rows: &[Row]) {
        if self.y + self.measure(rows) <= self.bottom + 0.01 {
            return rows.iter().for_each(|row| self.place(row));
        }
        let (fixed, last) = rows.split_at(rows.len() - 1);
        if last[0].splits {
            let room = self.bottom - self.y - self.measure(fixed) - last[0].before;
            if split(&last[0], room, false).is_some() {
                return rows.iter().for_each(|row| self.squeeze(row));
            }
        }
        if self.used {
            self.turn(rows[0].head);
        }
        rows.iter().for_each(|row| self.squeeze(row));
    }

    /// Places a row that may have to be split or moved.
    fn squeeze(&mut self, row: &Row) {
        let mut row = row.clone();
        let mut turned = !self.used;
        loop {
            let before = if self.used { row.before } else { 0.0 };
            let room = self.bottom - self.y - before;
            if row.height() <= room + 0.01 {
                return self.place(&row);
            }
            let fits_fresh = self.fits_fresh(std::slice::from_ref(&row));
            let splits = row.splits || !fits_fresh;
            match splits.then(|| split(&row, room, turned)).flatten() {
                Some((first, rest)) => {
                    self.place(&first);
                    self.turn(rest.head);
                    (row, turned) = (rest, true);
                }
                None if turned => return self.place(&row),
                None => {
                    self.turn(row.head);
                    turned = true;
                }
            }
        }
    }

    /// Height of rows placed here.
    fn measure(&self, rows: &[Row]) -> f32 {
        let spaces: f32 = rows.iter().map(|row| row.before).sum();
        let first = rows.first().map_or(0.0, |row| row.before);
        let dropped = if self.used { 0.0 } else { first };
        rows.iter().map(Row::height).sum::<f32>() + spaces - dropped
    }

    fn fits_fresh(&self, rows: &[Row]) -> bool {
        let head = rows
            .first()
            .and_then(|row| row.head)
            .map_or(0.0, |head| self.heads[head].iter().map(|row| row.height() + row.before).sum());
        let spaces: f32 = rows.iter().skip(1).map(|row| row.before).sum();
        let height = rows.iter().map(Row::height).sum::<f32>() + spaces + head;
        self.top + height <= self.bottom + 0.01
    }

    /// Begins a page, with the head of the table that goes on.
    fn turn(&mut self, head: Option<usize>) {
        self.document.pages.push(Page::default());
        (self.y, self.used) = (self.top, false);
        let head = head.map(|head| self.heads[head].clone());
        for row in head.unwrap_or_default() {
            self.place(&row);
        }
    }

    fn place(&mut self, row: &Row) {
        if self.used {
            self.y += row.before;
        }
        let page = self.document.pages.len() - 1;
        let place = Place { page, y: self.y };
        if let Some((level, title)) = row.bookmark.clone() {
            self.document.outline.push(Bookmark { level, title, place });
        }
        for anchor in &row.anchors {
            self.document.anchors.entry(anchor.clone()).or_insert(place);
        }
        ink::draw(&mut self.document.pages[page], row, [self.left, self.y]);
        self.y += row.height();
        self.used = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::font::{FaceId, Family};
    use crate::sheet::layout::Cell;
    use crate::sheet::structure::NodeId;
    use crate::sheet::text::{Ink, Item, Line, Style};

    fn line(text: &str) -> Line {
        let style = Style::new(Family::Regular, 10.0);
        let ink = Ink::Text { face: FaceId(0), style, text: text.into() };
        let item = Item { x: 0.0, width: 20.0, node: None, link: None, ink };
        Line { height: 10.0, base: 8.0, width: 20.0, gap: 0.0, items: vec![item] }
    }

    fn row(name: &str, lines: usize, keep: Keep) -> Row {
        let lines = (1..=lines).map(|at| line(&format!("{name}{at}"))).collect();
        Row { keep, ..Row::new(vec![Cell::new(0.0, 100.0).with(lines)]) }
    }

    /// Lays rows out on pages ten lines high; a page is its words.
    fn pages(rows: Vec<Row>, heads: Vec<Vec<Row>>) -> Vec<String> {
        let flow = Flow { rows, heads, structure: Structure::default() };
        let about = (Format { width: 100.0, height: 100.0 }, About::default());
        let document = paginate(flow, about, (0.0, 100.0), &mut |_, _| Furnished::default());
        let words = |page: &Page| {
            let word = |mark: &Mark| match &mark.shape {
                Shape::Text { text, .. } => Some(text.clone()),
                _ => None,
            };
            page.marks.iter().filter_map(word).collect::<Vec<_>>().join(" ")
        };
        document.pages.iter().map(words).collect()
    }

    #[test]
    fn a_heading_goes_with_its_first_row() {
        let rows = vec![row("a", 8, Keep::Free), row("h", 1, Keep::Strong), row("b", 3, Keep::Free)];
        assert_eq!(pages(rows, vec![]), ["a1 a2 a3 a4 a5 a6 a7 a8", "h1 b1 b2 b3"]);
    }

    #[test]
    fn a_row_that_splits_fills_the_page() {
        let long = Row { splits: true, ..row("c", 6, Keep::Free) };
        let rows = vec![row("a", 5, Keep::Free), row("h", 1, Keep::Strong), long];
        assert_eq!(pages(rows, vec![]), ["a1 a2 a3 a4 a5 h1 c1 c2 c3 c4", "c5 c6"]);
    }

    #[test]
    fn a_small_row_does_not_end_a_chain_alone() {
        let rows = vec![row("a", 7, Keep::Free), row("b", 3, Keep::Weak), row("c", 1, Keep::Free)];
        assert_eq!(pages(rows, vec![]), ["a1 a2 a3 a4 a5 a6 a7", "b1 b2 b3 c1"]);
    }

    #[test]
    fn spare_rows_give_way_where_that_saves_a_page() {
        let spare = |name, keep| Row { spare: Some(NodeId(0)), ..row(name, 1, keep) };
        let with = |last: usize| {
            let table = [row("s", 1, Keep::Weak), spare("t", Keep::Weak), spare("u", Keep::Free)];
            let (above, below) = (row("a", 6, Keep::Free), row("h", last, Keep::Free));
            std::iter::once(above).chain(table).chain([below]).collect()
        };
        assert_eq!(pages(with(1), vec![]), ["a1 a2 a3 a4 a5 a6 s1 t1 u1 h1"]);
        assert_eq!(pages(with(2), vec![]), ["a1 a2 a3 a4 a5 a6 s1 h1 h2"]);
        assert_eq!(pages(with(3), vec![]), ["a1 a2 a3 a4 a5 a6 s1 t1 u1", "h1 h2 h3"], "nothing is won");
    }

    #[test]
    fn what_is_higher_than_a_page_is_split_and_nothing_is_lost() {
        assert_eq!(pages(vec![row("a", 23, Keep::Free)], vec![]).len(), 3);
    }

    #[test]
    fn the_head_of_a_table_is_repeated() {
        let body = |name| Row { head: Some(0), ..row(name, 4, Keep::Free) };
        let rows = vec![row("h", 1, Keep::Strong), body("a"), body("b"), body("c")];
        let pages = pages(rows, vec![vec![row("again", 1, Keep::Strong)]]);
        assert_eq!(pages, ["h1 a1 a2 a3 a4 b1 b2 b3 b4", "again1 c1 c2 c3 c4"]);
    }
}
