//! Faces: which glyph a character has and how wide it is.
//!
//! Takes font files, gives [`Fonts`]: parsed once, then only looked up. Knows
//! nothing of pages. A character that no face has is `None`, for the caller to
//! report; glyph 0 is never given out.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use subsetter::GlyphRemapper;

use super::typeface::{self, Typeface};

/// A manner of writing; each has its own order of faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// Running text.
    Regular,
    /// Titles, values, labels that must be seen.
    Bold,
    /// Notes.
    Italic,
    /// Commands, output, ids.
    Mono,
}

/// Which face of [`Fonts`] a glyph comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FaceId(pub(crate) u8);

/// A glyph, where it is from, and how far it moves the pen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// The face that has it.
    pub(crate) face: FaceId,
    /// Its number in the whole face; never 0.
    pub(crate) id: u16,
    /// Advance in ems.
    pub(crate) advance: f32,
}

/// One parsed font file.
#[derive(Default)]
pub(crate) struct Face {
    /// PostScript name, without a subset tag.
    pub(crate) name: String,
    /// The file.
    pub(crate) bytes: Cow<'static, [u8]>,
    /// Units of an em.
    pub(crate) units: u16,
    /// Top of the tallest letters, in units above the baseline.
    pub(crate) ascent: i16,
    /// Bottom of the lowest letters, in units; negative.
    pub(crate) descent: i16,
    /// Height of capitals, in units.
    pub(crate) cap_height: i16,
    /// `[x-min, y-min, x-max, y-max]` of all glyphs, in units.
    pub(crate) bounds: [i16; 4],
    /// Slant in degrees; negative leans right.
    pub(crate) slant: f32,
    /// All glyphs are equally wide.
    pub(crate) fixed: bool,
    glyphs: Vec<Option<Box<[u16; 256]>>>,
    advances: Vec<u16>,
}

impl Face {
    /// Parses a file; `None` where it is no TrueType font with a character map.
    pub(crate) fn parse(name: &str, bytes: Cow<'static, [u8]>) -> Option<Face> {
        let font = ttf_parser::Face::parse(&bytes, 0).ok()?;
        let bounds = font.global_bounding_box();
        let mut face = Face {
            name: name.to_owned(),
            units: font.units_per_em(),
            ascent: font.ascender(),
            descent: font.descender(),
            cap_height: font.capital_height().unwrap_or(font.ascender()),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            slant: font.italic_angle(),
            fixed: font.is_monospaced(),
            glyphs: Vec::new(),
            advances: (0..font.number_of_glyphs())
                .map(|id| font.glyph_hor_advance(ttf_parser::GlyphId(id)).unwrap_or(0))
                .collect(),
            bytes: Cow::Borrowed(&[]),
        };
        let table = unicode_map(&font)?;
        table.codepoints(|code| {
            if let Some(id) = table.glyph_index(code) {
                face.map(code, id.0);
            }
        });
        face.bytes = bytes;
        Some(face)
    }

    fn map(&mut self, code: u32, id: u16) {
        let page = (code >> 8) as usize;
        if self.glyphs.len() <= page {
            self.glyphs.resize(page + 1, None);
        }
        let page = self.glyphs[page].get_or_insert_with(|| Box::new([0; 256]));
        page[(code & 255) as usize] = id;
    }

    /// The glyph of a character, if the face has it.
    pub(crate) fn glyph(&self, ch: char) -> Option<u16> {
        let code = ch as u32;
        let page = self.glyphs.get((code >> 8) as usize)?.as_ref()?;
        Some(page[(code & 255) as usize]).filter(|id| *id != 0)
    }

    /// The outline of a glyph, in units.
    pub(crate) fn outline(&self, id: u16) -> Vec<Stroke> {
        let mut pen = Pen::default();
        if let Ok(font) = ttf_parser::Face::parse(&self.bytes, 0) {
            font.outline_glyph(ttf_parser::GlyphId(id), &mut pen);
        }
        pen.strokes
    }

    /// Width of a glyph, in units.
    pub(crate) fn advance(&self, id: u16) -> u16 {
        self.advances.get(usize::from(id)).copied().unwrap_or(0)
    }

    /// The face with these glyphs only, and their new numbers in the order of the set.
    pub(crate) fn subset(&self, glyphs: &BTreeSet<u16>) -> Option<(Vec<u8>, Vec<u16>)> {
        let mut remapper = GlyphRemapper::new();
        let ids = glyphs.iter().map(|id| remapper.remap(*id)).collect();
        let bytes = subsetter::subset(&self.bytes, 0, &remapper).ok()?;
        Some((bytes, ids))
    }
}

/// The map of all its characters: one that goes beyond four digits, where there is one.
fn unicode_map<'f>(font: &ttf_parser::Face<'f>) -> Option<ttf_parser::cmap::Subtable<'f>> {
    let maps = font.tables().cmap?.subtables.into_iter().filter(ttf_parser::cmap::Subtable::is_unicode);
    maps.max_by_key(|map| matches!(map.format, ttf_parser::cmap::Format::SegmentedCoverage(_)))
}

/// A part of the outline of a glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stroke {
    /// Begins at this point.
    Move([f32; 2]),
    /// A line to this point.
    Line([f32; 2]),
    /// A curve past two points to a third.
    Curve([f32; 6]),
}

/// Follows an outline.
#[derive(Default)]
struct Pen {
    at: [f32; 2],
    strokes: Vec<Stroke>,
}

impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = [x, y];
        self.strokes.push(Stroke::Move([x, y]));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = [x, y];
        self.strokes.push(Stroke::Line([x, y]));
    }

    /// PDF knows only curves past two points.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let [x0, y0] = self.at;
        let third = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
        self.curve_to(third(x0, x1), third(y0, y1), third(x, x1), third(y, y1), x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.at = [x, y];
        self.strokes.push(Stroke::Curve([x1, y1, x2, y2, x, y]));
    }

    fn close(&mut self) {}
}

/// The faces inside the program, each parsed when it is first asked.
static SHIPPED: [LazyLock<Face>; 6] = [
    LazyLock::new(|| shipped(&typeface::REGULAR)),
    LazyLock::new(|| shipped(&typeface::BOLD)),
    LazyLock::new(|| shipped(&typeface::ITALIC)),
    LazyLock::new(|| shipped(&typeface::MONO)),
    LazyLock::new(|| shipped(&typeface::SYMBOLS)),
    LazyLock::new(|| shipped(&typeface::EMOJI)),
];

/// A face of the program; a test parses every one.
fn shipped(Typeface { name, bytes }: &Typeface) -> Face {
    Face::parse(name, Cow::Borrowed(bytes)).unwrap_or_default()
}

/// Every face, and for each family the order in which they are asked.
pub struct Fonts {
    /// Faces of the site, numbered after those of the program.
    own: Vec<Face>,
}

impl Fonts {
    /// The faces inside the program.
    pub fn embedded() -> &'static Fonts {
        static FONTS: Fonts = Fonts { own: Vec::new() };
        &FONTS
    }

    /// The faces inside the program and a site's own, which come last in every order.
    /// A file that is no font is left out.
    pub fn with(own: Vec<(String, Vec<u8>)>) -> Fonts {
        let own = own.into_iter().filter_map(|(name, bytes)| Face::parse(&name, bytes.into()));
        Fonts { own: own.take(MOST).collect() }
    }

    /// Whether a file is a font that sheets can be set with.
    pub fn can_use(bytes: &[u8]) -> bool {
        let outlines = ttf_parser::Face::parse(bytes, 0).is_ok_and(|font| font.tables().glyf.is_some());
        outlines && Face::parse("", bytes.to_vec().into()).is_some()
    }

    /// The face with this number.
    pub(crate) fn face(&self, id: FaceId) -> &Face {
        let number = usize::from(id.0);
        match SHIPPED.get(number) {
            Some(face) => face,
            None => &self.own[number - SHIPPED.len()],
        }
    }

    /// The face that a family asks first: its height decides the lines.
    pub(crate) fn main(&self, family: Family) -> FaceId {
        FaceId(Fonts::order(family)[0])
    }

    fn order(family: Family) -> [u8; 5] {
        match family {
            Family::Regular => [0, 4, 5, 3, 1],
            Family::Bold => [1, 4, 5, 3, 0],
            Family::Italic => [2, 0, 4, 5, 3],
            Family::Mono => [3, 0, 4, 5, 1],
        }
    }

    /// The first face of the family's order that has the character.
    pub(crate) fn glyph(&self, family: Family, ch: char) -> Option<Glyph> {
        let own = SHIPPED.len()..SHIPPED.len() + self.own.len();
        let order = Fonts::order(family).into_iter().chain(own.map(|number| number as u8));
        order.map(FaceId).find_map(|number| {
            let face = self.face(number);
            let id = face.glyph(ch)?;
            let advance = f32::from(face.advance(id)) / f32::from(face.units);
            Some(Glyph { face: number, id, advance })
        })
    }

    /// Width of a text in points; characters without a glyph count as their frame.
    pub(crate) fn width(&self, family: Family, size: f32, text: &str) -> f32 {
        let em: f32 =
            text.chars().map(|ch| self.glyph(family, ch).map_or(MISSING, |glyph| glyph.advance)).sum();
        em * size
    }
}

/// More fonts of its own than this no site can have.
const MOST: usize = 200;

/// The name of a font inside of a sheet, from its path: `NotoSansJP-Regular`.
pub fn font_name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// Width of the frame that stands for a character without a glyph, in ems.
pub(crate) const MISSING: f32 = 1.3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_parses() {
        assert!(SHIPPED.iter().all(|face| face.units > 0));
    }

    #[test]
    fn characters_of_checklists_have_glyphs() {
        let fonts = Fonts::embedded();
        for ch in "Aéß≥≤≠→←✓✗☐☑⚠✅❌🚀🟢│├└─┌█░Ωжữ€…–—“”•·×±µ°²⏱🔴📊".chars()
        {
            for family in [Family::Regular, Family::Bold, Family::Italic, Family::Mono] {
                assert!(fonts.glyph(family, ch).is_some(), "{family:?} lacks {ch}");
            }
        }
        assert_eq!(fonts.glyph(Family::Regular, '田'), None);
    }

    #[test]
    fn a_subset_keeps_the_asked_glyphs_in_order() {
        let face = Fonts::embedded().face(FaceId(0));
        let glyphs: BTreeSet<u16> = "Runsheet".chars().filter_map(|ch| face.glyph(ch)).collect();
        let (bytes, ids) = face.subset(&glyphs).unwrap_or_default();
        assert_eq!(ids, (1..=glyphs.len() as u16).collect::<Vec<_>>());
        assert!(bytes.len() < 6000);
    }
}
