//! The faces of a document, each with the glyphs it uses and no other.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::Object;
use printpdf::{FontMetrics, ParsedFont};

use crate::sheet::document::Document;
use crate::sheet::font::{Face, FaceId, Fonts};

/// Characters of each face that the document uses.
fn used(document: &Document) -> BTreeMap<FaceId, BTreeSet<char>> {
    let mut used: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
    for (face, text) in document.pages.iter().flat_map(super::texts) {
        used.entry(face).or_default().extend(text.chars());
    }
    used
}

/// The faces of a file, with the new number of each glyph.
pub(super) struct Embedded {
    faces: BTreeMap<FaceId, BTreeMap<char, u16>>,
}

impl Embedded {
    /// The glyph of a character in the file.
    pub(super) fn glyph(&self, face: FaceId, ch: char) -> Option<u16> {
        self.faces.get(&face)?.get(&ch).copied()
    }

    /// Every character of each face: what the file has to have a glyph for.
    pub(super) fn texts(&self) -> impl Iterator<Item = (FaceId, String)> + '_ {
        self.faces.iter().map(|(face, glyphs)| (*face, glyphs.keys().collect()))
    }
}

/// The faces that the document uses, ready to embed.
pub(super) fn subsets(document: &Document, fonts: &Fonts) -> (Embedded, Vec<(FaceId, ParsedFont)>) {
    let mut embedded = Embedded { faces: BTreeMap::new() };
    let mut parsed = Vec::new();
    for (id, chars) in used(document) {
        let Some((glyphs, font)) = embed(fonts.face(id), &chars) else { continue };
        embedded.faces.insert(id, glyphs);
        parsed.push((id, font));
    }
    (embedded, parsed)
}

fn embed(face: &Face, chars: &BTreeSet<char>) -> Option<(BTreeMap<char, u16>, ParsedFont)> {
    let glyph = |ch: &char| face.glyph(*ch).map(|id| (*ch, id));
    let glyphs: BTreeMap<char, u16> = chars.iter().filter_map(glyph).collect();
    let ids: BTreeSet<u16> = glyphs.values().copied().collect();
    let (bytes, new) = face.subset(&ids)?;
    let renumbered: BTreeMap<u16, u16> = ids.into_iter().zip(new).collect();
    let widths = renumbered.iter().map(|(old, new)| (*new, face.advance(*old))).collect();
    let glyphs: BTreeMap<char, u16> = glyphs.into_iter().map(|(ch, id)| (ch, renumbered[&id])).collect();
    let codes = glyphs.iter().map(|(ch, id)| (*ch as u32, *id)).collect();
    let name = format!("{}+{}", tag(&bytes), face.name);
    let metrics = FontMetrics { ascent: face.ascent, descent: face.descent };
    let parsed = ParsedFont::with_glyph_data(bytes, 0, Some(name), codes, widths, face.units, metrics);
    Some((glyphs, parsed))
}

/// Six capitals that differ when the subset differs.
pub(super) fn tag(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes);
    hash.as_bytes()[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// Puts the true measures of each face where printpdf wrote those of no face.
pub(super) fn correct(file: &mut lopdf::Document, embedded: &Embedded, fonts: &Fonts) {
    let faces = embedded.faces.keys().map(|id| fonts.face(*id));
    let names: BTreeMap<&str, &Face> = faces.map(|face| (face.name.as_str(), face)).collect();
    for object in file.objects.values_mut() {
        let Object::Dictionary(descriptor) = object else { continue };
        if !descriptor.has_type(b"FontDescriptor") {
            continue;
        }
        let name = descriptor.get(b"FontName").and_then(Object::as_name).unwrap_or_default();
        let name = String::from_utf8_lossy(name).into_owned();
        let plain = name.split_once('+').map_or(name.as_str(), |(_, plain)| plain);
        if let Some(face) = names.get(plain) {
            measures(descriptor, face);
        }
    }
}

/// The measures of a face in thousandths of an em.
pub(super) fn measures(descriptor: &mut lopdf::Dictionary, face: &Face) {
    let scale = |units: i16| i64::from(units) * 1000 / i64::from(face.units);
    let bold = face.name.contains("Bold");
    let fixed = i64::from(face.fixed);
    let italic = i64::from(face.slant != 0.0) << 6;
    descriptor.set("Ascent", scale(face.ascent));
    descriptor.set("Descent", scale(face.descent));
    descriptor.set("CapHeight", scale(face.cap_height));
    descriptor.set("ItalicAngle", face.slant.round() as i64);
    descriptor.set("StemV", if bold { 160 } else { 85 });
    descriptor.set("Flags", 32 | fixed | italic);
    let bounds = face.bounds.iter().map(|units| Object::Integer(scale(*units))).collect();
    descriptor.set("FontBBox", Object::Array(bounds));
}
