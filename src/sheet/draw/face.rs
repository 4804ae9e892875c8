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

/// The faces that the document uses, ready to embed.
pub(super) fn subsets(document: &Document, fonts: &Fonts) -> Vec<(FaceId, ParsedFont)> {
    let embed = |(id, chars)| Some((id, embed(fonts.face(id), &chars)?));
    used(document).into_iter().filter_map(embed).collect()
}

fn embed(face: &Face, chars: &BTreeSet<char>) -> Option<ParsedFont> {
    let glyph = |ch: &char| face.glyph(*ch).map(|id| (*ch, id));
    let glyphs: BTreeMap<char, u16> = chars.iter().filter_map(glyph).collect();
    let ids: BTreeSet<u16> = glyphs.values().copied().collect();
    let (bytes, new) = face.subset(&ids)?;
    let renumbered: BTreeMap<u16, u16> = ids.into_iter().zip(new).collect();
    let widths = renumbered.iter().map(|(old, new)| (*new, face.advance(*old))).collect();
    let codes = glyphs.iter().map(|(ch, id)| (*ch as u32, renumbered[id])).collect();
    let name = format!("{}+{}", tag(&bytes), face.name);
    let metrics = FontMetrics { ascent: face.ascent, descent: face.descent };
    let parsed = ParsedFont::with_glyph_data(bytes, 0, Some(name), codes, widths, face.units, metrics);
    Some(parsed)
}

/// Six capitals that differ when the subset differs.
pub(super) fn tag(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes);
    hash.as_bytes()[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// Puts the true measures of each face where printpdf wrote those of no face.
pub(super) fn correct(file: &mut lopdf::Document, document: &Document, fonts: &Fonts) {
    let names: BTreeMap<&str, &Face> =
        used(document).into_keys().map(|id| fonts.face(id)).map(|face| (face.name.as_str(), face)).collect();
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
