//! The marks of a page as drawing operators, each inside its part of the document.
//!
//! Operators are written as text at once: a sheet has tens of thousands, and as values they cost
//! more than everything else about it.

use std::io::Write as _;

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::face::Embedded;
use super::flip;
use super::tag::Tags;
use crate::sheet::document::{Area, Document, Mark, Page, Shape, Tone};
use crate::sheet::font::{FaceId, Fonts, Stroke};
use crate::sheet::structure::NodeId;

/// The face in which code points of missing glyphs are written.
pub(super) const CODE_FACE: FaceId = FaceId(0);

/// The name of a face inside a file.
pub(super) fn font_name(id: FaceId) -> String {
    format!("N{}", id.0)
}

/// The code point of a character in two rows of digits.
pub(super) fn code(ch: char) -> [String; 2] {
    let digits = format!("{:04X}", ch as u32);
    let (top, bottom) = digits.split_at(digits.len() / 2);
    [top.to_owned(), bottom.to_owned()]
}

/// What pages are drawn with.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// The document.
    pub(super) document: &'a Document,
    /// The whole faces.
    pub(super) fonts: &'a Fonts,
    /// The faces in the file.
    pub(super) embedded: &'a Embedded,
    /// What pages draw by [`PICTURE`], as it is kept once in the file.
    pub(super) shared: Option<&'a Shape>,
}

/// The name of the picture that all pages share.
pub(super) const PICTURE: &str = "Code";

/// The code that stands on every page, if there is one.
pub(super) fn shared(document: &Document) -> Option<&Shape> {
    let marks = document.pages.iter().flat_map(|page| &page.marks);
    marks.map(|mark| &mark.shape).find(|shape| matches!(shape, Shape::Squares { .. }))
}

/// A shape as a picture of its own.
pub(super) fn picture(shape: &Shape, ground: Ground<'_>) -> Stream {
    let mut brush = Brush::new(Ground { shared: None, ..ground });
    // A picture begins with the colour of what was drawn before it.
    brush.op("g", &[0.0]);
    brush.draw(shape);
    let [width, height] = ground.document.size;
    let dictionary = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "Resources" => Dictionary::new(),
        "BBox" => vec![Object::Integer(0), Object::Integer(0), Object::Real(width), Object::Real(height)],
    };
    Stream::new(dictionary, brush.out)
}

/// The operators of a page. Gives each run of marks of one node a number in `tags`.
pub(super) fn operators(page: &Page, number: usize, ground: Ground<'_>, tags: &mut Tags) -> Vec<u8> {
    let mut brush = Brush::new(ground);
    for run in page.marks.chunk_by(|a, b| a.node == b.node) {
        brush.begin(run[0].node, number, tags);
        for marks in run.chunk_by(|a, b| beside(&a.shape, &b.shape)) {
            brush.marks(marks);
        }
        brush.out.extend_from_slice(b"EMC\n");
    }
    brush.out
}

/// Whether two missing characters stand next to each other: they are one text.
fn beside(left: &Shape, right: &Shape) -> bool {
    match (left, right) {
        (Shape::Missing { area: a, .. }, Shape::Missing { area: b, .. }) => {
            a.y == b.y && (a.x + a.w + 1.0 - b.x).abs() < 0.1
        }
        _ => false,
    }
}

/// Writes operators.
struct Brush<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    embedded: &'a Embedded,
    shared: Option<&'a Shape>,
    out: Vec<u8>,
    fill: Tone,
    stroke: Tone,
}

impl<'a> Brush<'a> {
    fn new(ground: Ground<'a>) -> Brush<'a> {
        let Ground { document, fonts, embedded, shared } = ground;
        let (out, fill, stroke) = (Vec::with_capacity(32_768), Tone::BLACK, Tone::BLACK);
        Brush { document, fonts, embedded, shared, out, fill, stroke }
    }

    // Writing to a vector cannot fail.
    fn begin(&mut self, node: Option<NodeId>, page: usize, tags: &mut Tags) {
        let Some(node) = node else {
            return self.out.extend_from_slice(b"/Artifact BMC\n");
        };
        let number = tags.content(node, page);
        let tag = super::tag::name(self.document.structure.role(node));
        let _ = writeln!(self.out, "/{tag} <</MCID {number}>> BDC");
    }

    fn op(&mut self, key: &str, numbers: &[f32]) {
        numbers.iter().for_each(|number| real(&mut self.out, *number));
        self.out.extend_from_slice(key.as_bytes());
        self.out.push(b'\n');
    }

    fn fill(&mut self, tone: Tone) {
        if self.fill != tone {
            self.fill = tone;
            self.op("g", &[1.0 - f32::from(tone.0) / 100.0]);
        }
    }

    fn stroke(&mut self, tone: Tone, width: f32) {
        if self.stroke != tone {
            self.stroke = tone;
            self.op("G", &[1.0 - f32::from(tone.0) / 100.0]);
        }
        self.op("w", &[width]);
    }

    fn rectangle(&mut self, area: Area) {
        let y = self.document.size[1] - area.y - area.h;
        self.op("re", &[area.x, y, area.w, area.h]);
    }

    fn path(&mut self, points: &[[f32; 2]]) {
        for (at, [x, y]) in points.iter().enumerate() {
            let y = flip(self.document, *y);
            self.op(if at == 0 { "m" } else { "l" }, &[*x, y]);
        }
        self.op("S", &[]);
    }

    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Text { x, y, face, size, tone, text } => {
                self.fill(*tone);
                let y = flip(self.document, *y);
                self.text([*x, y], *face, *size, text);
            }
            Shape::Missing { area, ch } => self.frame_of(*area, *ch),
            Shape::Rule { line: [a, b, c, d], width, dots, tone } => {
                self.stroke(*tone, *width);
                if *dots > 0.0 {
                    self.dashes(&[0.0, *dots], 1);
                }
                self.path(&[[*a, *b], [*c, *d]]);
                if *dots > 0.0 {
                    self.dashes(&[], 0);
                }
            }
            Shape::Frame { area, width } => {
                self.stroke(Tone::BLACK, *width);
                self.rectangle(*area);
                self.op("S", &[]);
            }
            Shape::Fill { area, tone } => {
                self.fill(*tone);
                self.rectangle(*area);
                self.op("f", &[]);
            }
            Shape::Stroke { points, width } => {
                self.stroke(Tone::BLACK, *width);
                self.path(points);
            }
            Shape::Squares { .. } if self.shared == Some(shape) => {
                let _ = writeln!(self.out, "/{PICTURE} Do");
            }
            Shape::Squares { area, count, black } => self.squares(*area, *count, black),
            Shape::Stamp { .. } => self.stamp(shape),
        }
    }

    /// Dots are dashes of no length with round ends.
    fn dashes(&mut self, pattern: &[f32], cap: u8) {
        let _ = write!(self.out, "{cap} J [");
        pattern.iter().for_each(|length| real(&mut self.out, *length));
        self.out.extend_from_slice(b"] 0 d\n");
    }

    fn text(&mut self, [x, y]: [f32; 2], face: FaceId, size: f32, text: &str) {
        let _ = write!(self.out, "BT /N{} ", face.0);
        real(&mut self.out, size);
        self.out.extend_from_slice(b"Tf ");
        real(&mut self.out, x);
        real(&mut self.out, y);
        self.out.extend_from_slice(b"Td <");
        for glyph in text.chars().filter_map(|ch| self.embedded.glyph(face, ch)) {
            hex(&mut self.out, &glyph.to_be_bytes());
        }
        self.out.extend_from_slice(b"> Tj ET\n");
    }

    fn marks(&mut self, marks: &[Mark]) {
        let missing = |mark: &Mark| match &mark.shape {
            Shape::Missing { ch, .. } => Some(*ch),
            _ => None,
        };
        let text: String = marks.iter().filter_map(missing).collect();
        if text.is_empty() {
            return marks.iter().for_each(|mark| self.draw(&mark.shape));
        }
        self.out.extend_from_slice(b"/Span <</ActualText <FEFF");
        for unit in text.encode_utf16() {
            hex(&mut self.out, &unit.to_be_bytes());
        }
        self.out.extend_from_slice(b">>> BDC\n");
        marks.iter().for_each(|mark| self.draw(&mark.shape));
        self.out.extend_from_slice(b"EMC\n");
    }

    /// A frame with the code point of a character that no face has.
    fn frame_of(&mut self, area: Area, ch: char) {
        self.stroke(Tone::BLACK, 0.4);
        self.rectangle(area);
        self.op("S", &[]);
        self.fill(Tone::BLACK);
        let size = area.h * 0.46;
        for (row, digits) in code(ch).iter().enumerate() {
            let face = self.fonts.face(CODE_FACE);
            let glyphs = digits.chars().filter_map(|ch| face.glyph(ch));
            let units: f32 = glyphs.map(|id| f32::from(face.advance(id))).sum();
            let wide = units * size / f32::from(face.units);
            let y = area.y + area.h * (0.44 + 0.46 * row as f32);
            let y = flip(self.document, y);
            self.text([area.x + (area.w - wide) / 2.0, y], CODE_FACE, size, digits);
        }
    }

    fn squares(&mut self, area: Area, count: u16, black: &[bool]) {
        self.fill(Tone::BLACK);
        let side = area.w / f32::from(count);
        for (row, squares) in black.chunks(usize::from(count)).enumerate() {
            let mut x = 0;
            for run in squares.chunk_by(|a, b| a == b) {
                if run[0] {
                    let (x, y) = (area.x + x as f32 * side, area.y + row as f32 * side);
                    self.rectangle(Area { x, y, w: run.len() as f32 * side, h: side });
                }
                x += run.len();
            }
        }
        self.op("f", &[]);
    }

    /// Large words as outlines: they are no text, so they do not come between the text.
    fn stamp(&mut self, shape: &Shape) {
        let Shape::Stamp { centre: [x, y], face, size, width, text } = shape else { return };
        let (sin, cos) = (0.819_f32, 0.574_f32);
        let face = self.fonts.face(*face);
        let scale = size / f32::from(face.units);
        self.op("q", &[]);
        let y = flip(self.document, *y);
        let _ = writeln!(self.out, "{cos} {sin} {} {cos} {x} {y} cm", -sin);
        self.op("g", &[0.93]);
        let mut left = -width / 2.0;
        for id in text.chars().filter_map(|ch| face.glyph(ch)) {
            let down = -size * 0.36;
            for stroke in face.outline(id) {
                self.outline(stroke, scale, [left, down]);
            }
            left += f32::from(face.advance(id)) * scale;
        }
        self.op("f", &[]);
        self.op("Q", &[]);
    }

    fn outline(&mut self, stroke: Stroke, scale: f32, [left, down]: [f32; 2]) {
        let (key, numbers) = match &stroke {
            Stroke::Move(to) => ("m", to.as_slice()),
            Stroke::Line(to) => ("l", to.as_slice()),
            Stroke::Curve(to) => ("c", to.as_slice()),
        };
        let shift = |(at, number): (usize, &f32)| number * scale + [left, down][at % 2];
        let numbers: Vec<f32> = numbers.iter().enumerate().map(shift).collect();
        self.op(key, &numbers);
    }
}

/// A number with at most two decimals, and a space: a fortieth of the finest dot of a printer.
pub(super) fn real(out: &mut Vec<u8>, number: f32) {
    let hundredths = (f64::from(number) * 100.0).round() as i64;
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if hundredths < 0 {
        out.push(b'-');
    }
    digits(out, whole, 1);
    match (rest, rest % 10) {
        (0, _) => {}
        (_, 0) => out.extend_from_slice(&[b'.', b'0' + (rest / 10) as u8]),
        _ => {
            out.push(b'.');
            digits(out, rest, 2);
        }
    }
    out.push(b' ');
}

/// A number in at least so many digits, up to 20.
pub(super) fn digits(out: &mut Vec<u8>, number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let (mut at, mut rest) = (digits.len(), number);
    while rest > 0 {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend_from_slice(&digits[at.min(digits.len() - least)..]);
}

/// Bytes as digits of sixteen.
pub(super) fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}
