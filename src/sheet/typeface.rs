//! The font files inside the program, and the colour profile of the paper.
//!
//! Takes nothing, gives bytes. The files and their licences lie in
//! `themes/default/fonts/`; no other file names them.

/// One font file with the name it has inside a PDF.
pub(crate) struct Typeface {
    /// PostScript name, without a subset tag.
    pub(crate) name: &'static str,
    /// The whole TrueType file.
    pub(crate) bytes: &'static [u8],
}

/// Text, upright: Latin, Greek, Cyrillic, Vietnamese.
pub(crate) const REGULAR: Typeface = Typeface {
    name: "NotoSans-Regular",
    bytes: include_bytes!("../../themes/default/fonts/NotoSans-Regular.ttf"),
};
/// Text, bold: the same characters as [`REGULAR`].
pub(crate) const BOLD: Typeface =
    Typeface { name: "NotoSans-Bold", bytes: include_bytes!("../../themes/default/fonts/NotoSans-Bold.ttf") };
/// Text, italic: the same characters as [`REGULAR`].
pub(crate) const ITALIC: Typeface = Typeface {
    name: "NotoSans-Italic",
    bytes: include_bytes!("../../themes/default/fonts/NotoSans-Italic.ttf"),
};
/// Commands and their output, box drawing.
pub(crate) const MONO: Typeface = Typeface {
    name: "DejaVuSansMono",
    bytes: include_bytes!("../../themes/default/fonts/DejaVuSansMono.ttf"),
};
/// Arrows, mathematics, signs.
pub(crate) const SYMBOLS: Typeface = Typeface {
    name: "DejaVuSans",
    bytes: include_bytes!("../../themes/default/fonts/DejaVuSans-Symbols.ttf"),
};
/// Emoji in one colour.
pub(crate) const EMOJI: Typeface =
    Typeface { name: "NotoEmoji", bytes: include_bytes!("../../themes/default/fonts/NotoEmoji-Regular.ttf") };
/// What is typed into a field on a screen: code page 1252, with its own character map.
pub(crate) const FORM: Typeface =
    Typeface { name: "NotoSansForm", bytes: include_bytes!("../../themes/default/fonts/NotoSans-Form.ttf") };
/// The bytes of [`FORM`] as they are kept in a sheet, compressed once for all.
pub(crate) const FORM_DEFLATED: &[u8] = include_bytes!("../../themes/default/fonts/NotoSans-Form.ttf.zlib");
/// The 736 bytes that say what black is (CC0, saucecontrol's Compact ICC Profiles).
pub(crate) const SRGB: &[u8] = include_bytes!("../../themes/default/fonts/sRGB.icc");

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    #[test]
    fn the_compressed_face_is_the_face() {
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(super::FORM_DEFLATED).read_to_end(&mut bytes).unwrap();
        assert!(bytes == super::FORM.bytes);
    }
}
