//! What stands on every page: which document this is, which sheet of how many, its
//! hash and the code that leads back to its source. Each page stands alone.

use fast_qr::{ECL, QRBuilder};

use super::{Options, Part, plain, seal, style};
use crate::config::Labels;
use crate::sheet::document::{Area, Shape};
use crate::sheet::font::Family;
use crate::sheet::layout::{Cell, Furnished, Row, Stand};
use crate::sheet::paper::{Format, MM};
use crate::sheet::text::{LEADING, Piece, Setter, Span as Run, Style, WRITING};
use crate::view::{Document, Status};

/// Height of the head of a page with the space below it.
const HEAD: f32 = 40.0;
/// Height of the foot without the code: three lines, and one to write on.
const FOOT: f32 = 3.0 * LEADING * style::LEAST + WRITING;

/// Everything that repeats.
pub(in crate::sheet) struct Furniture<'a> {
    setter: Setter<'a>,
    format: Format,
    title: String,
    /// What of the document this is, which is never shortened.
    part: String,
    facts: String,
    notes: [String; 3],
    stamp: Option<String>,
    labels: &'a Labels,
    code: Option<(u16, Vec<bool>)>,
}

impl<'a> Furniture<'a> {
    /// The furniture of a document.
    pub(super) fn new(
        document: &Document,
        part: &Part,
        options: &Options<'a>,
        format: Format,
    ) -> Furniture<'a> {
        let setter = Setter::new(options.fonts);
        let (seal, labels) = (seal(document), options.labels);
        let revision =
            if document.revision.is_empty() { labels.word("not-numbered") } else { &document.revision };
        let issued = options.date.map_or("____________", |date| date.get(..10).unwrap_or(date));
        Furniture {
            title: plain(&document.title),
            part: if *part == Part::Full { String::new() } else { format!(": {}", part.title(labels)) },
            facts: facts(document, labels),
            notes: [
                format!("{} {revision}  ·  {} {issued}", labels.word("revision"), labels.word("issued-on")),
                format!("{} {seal}", labels.word("content")),
                format!("{} {}", labels.word("source"), document.source),
            ],
            stamp: stamp(document).map(|key| labels.word(key).to_uppercase()),
            labels,
            code: code(document, options, seal),
            setter,
            format,
        }
    }

    /// Between which heights rows may stand.
    pub(super) fn frame(&self) -> (f32, f32) {
        (self.format.top() + HEAD, self.foot_top())
    }

    /// What stands on this page.
    pub(super) fn page(&mut self, at: usize, of: usize) -> Furnished {
        let top = self.format.top();
        let mut rows = vec![(top, self.head(at, of)), (top + 14.0, self.second())];
        let mut y = self.foot_top() + 10.0;
        for row in self.foot() {
            let height = row.height();
            rows.push((y, row));
            y += height;
        }
        let under = self.stamped().into_iter().chain(self.squares()).collect();
        Furnished { rows, under }
    }

    fn cell(&mut self, (x, width): (f32, f32), text: &str, look: Style) -> Cell {
        let piece = Run { text: text.to_owned(), style: look, node: None, link: None, source: 0 };
        let lines = self.setter.set(&[Piece::Text(piece)], width);
        Cell::new(x, width).with(lines)
    }

    fn head(&mut self, at: usize, of: usize) -> Row {
        let measure = self.format.measure();
        let counts = [at, of].map(|count| count.to_string());
        let sheet = self.labels.fill("sheet-of", &[("n", &counts[0]), ("all", &counts[1])]);
        let wide = self.setter.width(style::BOLD, &sheet) + 1.0;
        let room = measure - wide - 16.0 - self.setter.width(style::BOLD, &self.part);
        let title = shortened(&self.setter, style::BOLD, &self.title, room) + &self.part;
        let left = self.cell((0.0, measure - wide - 8.0), &title, style::BOLD);
        let right = self.cell((measure - wide, wide), &sheet, style::BOLD);
        Row::new(vec![left, right])
    }

    fn second(&mut self) -> Row {
        let measure = self.format.measure();
        let look = style::SMALL;
        let facts = shortened(&self.setter, look, &self.facts, measure);
        let cell = self.cell((0.0, measure), &facts, look);
        Row { min: 15.0, rule: style::HEAVY, ..Row::new(vec![cell]) }
    }

    fn foot(&mut self) -> Vec<Row> {
        let width = self.format.measure() - self.side() - self.quiet();
        let look = style::SMALL;
        let mut rows = vec![Row { rule: style::THIN, ..Row::new(vec![Cell::new(0.0, width)]) }];
        for (at, note) in self.notes.clone().iter().enumerate() {
            let look = if at == 1 { look.family(Family::Bold) } else { look };
            let note = shortened(&self.setter, look, note, width);
            let cell = self.cell((0.0, width), &note, look);
            rows.push(Row { min: 12.0, ..Row::new(vec![cell.standing(Stand::Bottom)]) });
        }
        let mut pieces = Vec::new();
        for (key, wide) in [("copy-number", 50.0), ("checked-by", 90.0), ("at-clock", 56.0)] {
            let text = format!("{}\u{a0}", self.labels.word(key));
            pieces.push(Piece::Text(Run { text, style: look, node: None, link: None, source: 0 }));
            pieces.extend([Piece::Blank(wide, None), Piece::Gap(10.0)]);
        }
        let lines = self.setter.set(&pieces, width);
        rows.push(Row::new(vec![Cell::new(0.0, width).with(lines)]));
        rows
    }

    fn stamped(&self) -> Option<Shape> {
        let text = self.stamp.clone()?;
        let look = Style::new(Family::Bold, 150.0);
        let centre = [self.format.width / 2.0, self.format.height / 2.0];
        let (face, width) = (self.setter.fonts.main(look.family), self.setter.width(look, &text));
        Some(Shape::Stamp { centre, face, size: look.size, width, text })
    }

    /// Side of the code: 20 mm, or what its modules of 0.4 mm need.
    fn side(&self) -> f32 {
        let count = self.code.as_ref().map_or(0, |(count, _)| *count);
        (f32::from(count) * 0.4 * MM).max(20.0 * MM)
    }

    /// Four modules around the code stay white.
    fn quiet(&self) -> f32 {
        let count = self.code.as_ref().map_or(41, |(count, _)| *count);
        4.0 * self.side() / f32::from(count) + 1.0
    }

    /// Where the foot of a page begins.
    fn foot_top(&self) -> f32 {
        self.format.bottom() - self.side().max(FOOT) - self.quiet().max(10.0)
    }

    fn squares(&self) -> Option<Shape> {
        let (count, black) = self.code.clone()?;
        let side = self.side();
        let x = self.format.left() + self.format.measure() - side;
        let area = Area { x, y: self.format.bottom() - side, w: side, h: side };
        Some(Shape::Squares { area, count, black })
    }
}

/// Id, release, environment, status.
fn facts(document: &Document, labels: &Labels) -> String {
    let status = match document.status {
        Status::Issued => labels.word("status-issued").to_owned(),
        Status::Draft => labels.word("status-draft").to_uppercase(),
        Status::Retired => labels.word("status-retired").to_uppercase(),
    };
    let release = document.release.as_ref();
    let release = release.map(|release| format!("{} {}", labels.word("release"), release.version));
    let parts = [
        Some(document.name.clone()),
        Some(document.product.clone()),
        release,
        Some(document.environment.clone()),
        Some(status),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join("  ·  ")
}

fn stamp(document: &Document) -> Option<&'static str> {
    match document.status {
        Status::Draft => Some("status-draft"),
        Status::Retired => Some("status-retired"),
        Status::Issued => None,
    }
}

/// The link and the hash as squares; `None` where they are too long for a code.
fn code(document: &Document, options: &Options<'_>, seal: &str) -> Option<(u16, Vec<bool>)> {
    let text = match options.base_url {
        Some(base) => format!("{base}/{}?seal={seal}", document.path),
        None => format!("runsheet:{}?seal={seal}", document.name),
    };
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let black = (0..code.size).flat_map(|row| code[row].iter().map(|square| square.value())).collect();
    Some((code.size as u16, black))
}

/// A text that fits on one line, with a sign that it went on; its whole is on page 1.
pub(super) fn shortened(setter: &Setter<'_>, look: Style, text: &str, width: f32) -> String {
    if setter.width(look, text) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while !kept.is_empty() {
        kept.pop();
        let short: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if setter.width(look, &short) <= width {
            return short;
        }
    }
    String::new()
}
