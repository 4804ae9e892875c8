//! The laid-out document: plain data that any engine can draw and any test can read.
//!
//! Lengths are points; `x` grows to the right and `y` downwards from the top left
//! corner of the page. Whatever is drawn is black, or a tone of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::font::FaceId;
use super::structure::{NodeId, Structure};

/// A rectangle: left, top, width, height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Area {
    /// Left edge.
    pub(crate) x: f32,
    /// Top edge.
    pub(crate) y: f32,
    /// Width.
    pub(crate) w: f32,
    /// Height.
    pub(crate) h: f32,
}

/// How dark a thing is: 0 white, 100 black.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tone(pub(crate) u8);

impl Tone {
    /// Text and boxes.
    pub(crate) const BLACK: Tone = Tone(100);
    /// Text on black.
    pub(crate) const WHITE: Tone = Tone(0);
    /// Secondary text, still dark enough to copy.
    pub(crate) const GREY: Tone = Tone(65);
    /// Leader dots, thin rules.
    pub(crate) const PALE: Tone = Tone(40);
    /// Grounds of table heads.
    pub(crate) const FAINT: Tone = Tone(9);
}

/// Something visible.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Glyphs of one face on a baseline.
    Text {
        /// Left end of the baseline.
        x: f32,
        /// The baseline.
        y: f32,
        /// The face, in which every character has a glyph.
        face: FaceId,
        /// Size of an em.
        size: f32,
        /// How dark.
        tone: Tone,
        /// The characters.
        text: String,
    },
    /// A character without a glyph: a frame with its code point.
    Missing {
        /// The frame.
        area: Area,
        /// The character.
        ch: char,
    },
    /// A straight line.
    Rule {
        /// Begin and end: `[x, y, x, y]`.
        line: [f32; 4],
        /// Thickness.
        width: f32,
        /// Dotted, with this distance between dots; 0 is solid.
        dots: f32,
        /// How dark.
        tone: Tone,
    },
    /// The border of a rectangle.
    Frame {
        /// The rectangle.
        area: Area,
        /// Thickness.
        width: f32,
    },
    /// A filled rectangle.
    Fill {
        /// The rectangle.
        area: Area,
        /// How dark.
        tone: Tone,
    },
    /// Large words across the page, under everything else.
    Stamp {
        /// Where the middle of the words is.
        centre: [f32; 2],
        /// The face, in which every character has a glyph.
        face: FaceId,
        /// Size of an em.
        size: f32,
        /// Width of the words.
        width: f32,
        /// The words.
        text: String,
    },
    /// Lines through these points, in order: ticks and crosses.
    Stroke {
        /// The points.
        points: Vec<[f32; 2]>,
        /// Thickness.
        width: f32,
    },
    /// Black squares: a QR code, row by row.
    Squares {
        /// Where the code is, without its quiet zone.
        area: Area,
        /// Squares of a row.
        count: u16,
        /// Black ones.
        black: Vec<bool>,
    },
}

/// Something visible and what it belongs to; decoration belongs to nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    /// The part of the document that it shows.
    pub(crate) node: Option<NodeId>,
    /// What it looks like.
    pub(crate) shape: Shape,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An address outside.
    Web(String),
    /// A name in [`Document::anchors`].
    Anchor(String),
}

/// An area that leads elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    /// The area.
    pub(crate) area: Area,
    /// Where it leads.
    pub(crate) target: Target,
    /// Its part of the document.
    pub(crate) node: NodeId,
    /// Its words.
    pub(crate) text: String,
}

/// What kind of thing is written into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A tick.
    Tick,
    /// One line of text.
    Text,
    /// A signature.
    Signature,
}

/// A field that can be filled on a screen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// Where it is.
    pub(crate) area: Area,
    /// What is written into it.
    pub(crate) entry: Entry,
    /// Its name; unique in the document.
    pub(crate) name: String,
    /// What it asks for, in words.
    pub(crate) tip: String,
    /// What is in it already; for a tick, anything is a tick.
    pub(crate) value: Option<String>,
    /// Its part of the document.
    pub(crate) node: NodeId,
}

/// One side of paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// What is visible, in reading order.
    pub(crate) marks: Vec<Mark>,
    /// Where it leads.
    pub(crate) links: Vec<Link>,
    /// What can be filled in.
    pub(crate) fields: Vec<Field>,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bookmark {
    /// 1 for the document, 2 for its sections, and so on.
    pub(crate) level: u8,
    /// What it says.
    pub(crate) title: String,
    /// Where it leads.
    pub(crate) place: Place,
}

/// A height on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// Counted from 0.
    pub(crate) page: usize,
    /// Points from the top.
    pub(crate) y: f32,
}

/// What is said about the document as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct About {
    /// Its title.
    pub(crate) title: String,
    /// Who answers for it.
    pub(crate) author: String,
    /// What it is.
    pub(crate) subject: String,
    /// Its language, as in `en`.
    pub(crate) language: String,
    /// When it was made, as in `2026-11-21T09:00:00Z`, if that is to be said.
    pub(crate) date: Option<String>,
}

/// A document, ready to draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Document {
    /// What is said about it.
    pub(crate) about: About,
    /// Width and height of every page.
    pub(crate) size: [f32; 2],
    /// The pages.
    pub(crate) pages: Vec<Page>,
    /// The outline, in order.
    pub(crate) outline: Vec<Bookmark>,
    /// Where names are.
    pub(crate) anchors: BTreeMap<String, Place>,
    /// What the marks mean.
    pub(crate) structure: Structure,
}

impl Document {
    /// The whole document as text, a mark a line: what the golden tests compare.
    pub(crate) fn dump(&self) -> String {
        let mut out = format!("document {:?} {:?}\n", self.about.title, self.size);
        for (number, page) in self.pages.iter().enumerate() {
            let _ = writeln!(out, "page {}", number + 1);
            for Mark { node, shape } in &page.marks {
                let node = node.map_or_else(|| "-".to_owned(), |id| self.name(id));
                let _ = writeln!(out, "  {node} {}", describe(shape));
            }
            for link in &page.links {
                let _ = writeln!(out, "  link {:?} -> {:?}", link.text, link.target);
            }
            for field in &page.fields {
                let Field { entry, name, value, .. } = field;
                let _ = writeln!(out, "  field {entry:?} {name} {value:?}");
            }
        }
        for Bookmark { level, title, place } in &self.outline {
            let _ = writeln!(out, "outline {level} {title:?} page {}", place.page + 1);
        }
        out
    }

    fn name(&self, id: NodeId) -> String {
        format!("{:?}#{}", self.structure.role(id), id.0)
    }
}

fn describe(shape: &Shape) -> String {
    let area = |a: &Area| format!("{:.1} {:.1} {:.1}x{:.1}", a.x, a.y, a.w, a.h);
    match shape {
        Shape::Text { x, y, face, size, text, .. } => {
            format!("text {x:.1} {y:.1} face {} {size} {text:?}", face.0)
        }
        Shape::Missing { area: a, ch } => format!("missing {} U+{:04X}", area(a), *ch as u32),
        Shape::Rule { line: [a, b, c, d], width, dots, .. } => {
            format!("rule {a:.1} {b:.1} {c:.1} {d:.1} {width} {dots}")
        }
        Shape::Frame { area: a, width } => format!("frame {} {width}", area(a)),
        Shape::Fill { area: a, tone } => format!("fill {} {}", area(a), tone.0),
        Shape::Stamp { text, .. } => format!("stamp {text:?}"),
        Shape::Stroke { points, .. } => format!("stroke {points:.1?}"),
        Shape::Squares { area: a, count, .. } => format!("squares {} {count}", area(a)),
    }
}
