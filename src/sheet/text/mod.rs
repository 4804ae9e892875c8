//! Words to lines: styled pieces in, lines of placed ink out.
//!
//! Breaks where Unicode allows it (UAX #14), else between any two characters, so
//! that nothing is ever cut off. Each character is taken from the first face that
//! has it; one that no face has becomes a frame with its code point, and is
//! reported. No shaping: right for Latin, Greek, Cyrillic, CJK and signs.

mod code;
mod lead;
mod line;

pub(crate) use lead::led;

use std::collections::BTreeMap;

use super::document::{Entry, Target, Tone};
use super::font::{FaceId, Family, Fonts};
use super::structure::NodeId;

/// Where in the content a text comes from: whatever number the caller gave it.
pub(crate) type Source = u32;

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// The manner of writing.
    pub(crate) family: Family,
    /// Points to the em.
    pub(crate) size: f32,
    /// How dark.
    pub(crate) tone: Tone,
    /// Struck through.
    pub(crate) struck: bool,
}

impl Style {
    /// Black text.
    pub(crate) const fn new(family: Family, size: f32) -> Style {
        Style { family, size, tone: Tone::BLACK, struck: false }
    }

    /// The same in another manner.
    pub(crate) const fn family(self, family: Family) -> Style {
        Style { family, ..self }
    }

    /// The same in another tone.
    pub(crate) const fn tone(self, tone: Tone) -> Style {
        Style { tone, ..self }
    }
}

/// Words in one style.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    /// The words; a line feed breaks the line.
    pub(crate) text: String,
    /// How they look.
    pub(crate) style: Style,
    /// The part of the document they are.
    pub(crate) node: Option<NodeId>,
    /// Where they lead.
    pub(crate) link: Option<Target>,
    /// Where they come from.
    pub(crate) source: Source,
}

/// What can be filled in on a screen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slot {
    /// The name of the field.
    pub(crate) name: String,
    /// What it asks for.
    pub(crate) tip: String,
    /// What is written into it.
    pub(crate) entry: Entry,
    /// Its part of the document.
    pub(crate) node: NodeId,
}

/// What stands in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Nothing yet.
    Empty,
    /// Done.
    Tick,
    /// Failed.
    Cross,
    /// Does not apply, or was waived.
    Dash,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Words.
    Text(Span),
    /// A short label, white on black, never broken.
    Tag(Span),
    /// A line to write on, of this width.
    Blank(f32, Option<Slot>),
    /// A box to tick, of this size.
    Box(f32, Sign, Option<Slot>),
    /// Empty space of this width.
    Gap(f32),
}

/// What an [`Item`] shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ink {
    /// Characters of one face.
    Text { face: FaceId, style: Style, text: String },
    /// Characters of one face, white on black.
    Tag { face: FaceId, style: Style, text: String },
    /// A character that no face has.
    Missing { ch: char, size: f32 },
    /// A line to write on.
    Blank(Option<Slot>),
    /// A box to tick.
    Box(Sign, Option<Slot>),
    /// Dots that lead the eye.
    Dots,
}

/// Something in a line, placed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// Distance from the left end of the line.
    pub(crate) x: f32,
    /// Its width.
    pub(crate) width: f32,
    /// The part of the document it is.
    pub(crate) node: Option<NodeId>,
    /// Where it leads.
    pub(crate) link: Option<Target>,
    /// What it shows.
    pub(crate) ink: Ink,
}

/// A line, ready to be placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    /// Space above it, unless it is first.
    pub(crate) gap: f32,
    /// Height with its leading.
    pub(crate) height: f32,
    /// Distance of the baseline from the top.
    pub(crate) base: f32,
    /// Width that is inked.
    pub(crate) width: f32,
    /// What is in it, from left to right.
    pub(crate) items: Vec<Item>,
}

/// A place where a word may be broken; it prints nothing.
pub(crate) const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Height of a line to the size of its text.
pub(crate) const LEADING: f32 = 1.3;
/// Height of a line of code: box drawing must join.
pub(crate) const CODE_LEADING: f32 = 1.16;
/// Height of a line that is written on by hand: 6.5 mm.
pub(crate) const WRITING: f32 = 18.4;
/// Half the height of capitals, in ems: what centres a line.
const HALF_CAP: f32 = 0.357;

/// Sets text, and remembers the characters for which there was no glyph.
pub(crate) struct Setter<'f> {
    /// The faces it sets with.
    pub(crate) fonts: &'f Fonts,
    /// Characters without a glyph, and where the first of each comes from.
    pub(crate) missing: BTreeMap<char, Source>,
    /// Scripts that cannot be set letter by letter: a character of each, and where it comes from.
    pub(crate) unshaped: BTreeMap<&'static str, (char, Source)>,
}

impl<'f> Setter<'f> {
    /// A setter that has set nothing.
    pub(crate) fn new(fonts: &'f Fonts) -> Setter<'f> {
        Setter { fonts, missing: BTreeMap::new(), unshaped: BTreeMap::new() }
    }

    /// Width of a text on one line.
    pub(crate) fn width(&self, style: Style, text: &str) -> f32 {
        self.fonts.width(style.family, style.size, text)
    }
}

/// Moves lines to the right.
pub(crate) fn indent(mut lines: Vec<Line>, by: f32) -> Vec<Line> {
    for line in &mut lines {
        line.width += by;
        for item in &mut line.items {
            item.x += by;
        }
    }
    lines
}

/// Adds space above the first line.
pub(crate) fn below(mut lines: Vec<Line>, gap: f32) -> Vec<Line> {
    if let Some(first) = lines.first_mut() {
        first.gap += gap;
    }
    lines
}

/// Height of lines one below the other.
pub(crate) fn height(lines: &[Line]) -> f32 {
    let gaps: f32 = lines.iter().skip(1).map(|line| line.gap).sum();
    gaps + lines.iter().map(|line| line.height).sum::<f32>()
}
