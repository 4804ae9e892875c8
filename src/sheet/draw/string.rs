//! A text as PDF keeps it, read back whoever wrote it.

/// PDFDocEncoding where it is not Latin-1 (ISO 32000-2, D.3): from 0x18, and from 0x80.
const LOW: &str = "˘ˇˆ˙˝˛˚˜";
const HIGH: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}€";

/// UTF-16 or UTF-8 behind a mark, else a byte a character. Zeros are padding.
pub(super) fn text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| single(*byte)).collect(),
    };
    text.trim_end_matches('\0').to_owned()
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The character of a byte. The table of lopdf has no line breaks, which fields of several lines hold.
fn single(byte: u8) -> char {
    let listed = match byte {
        0x18..=0x1f => LOW.chars().nth(usize::from(byte - 0x18)),
        0x80..=0xa0 => HIGH.chars().nth(usize::from(byte - 0x80)),
        _ => None,
    };
    listed.unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_text_in_every_encoding() {
        for (bytes, read) in [
            (&b"Zo\xeb \x85 \xa0"[..], "Zoë – €"),
            (b"\x1a\x92 \x9e\x9f\r\n\t", "ˆ™ ž\u{fffd}\r\n\t"),
            (b"\xfe\xff\x00Z\x01\x53\xd8\x3d\xdc\x4d", "Zœ👍"),
            (b"\xfe\xff\x00Z\xd8\x3d", "Z\u{fffd}"),
            (b"\xff\xfeZ\x00\x53\x01", "Zœ"),
            (b"\xef\xbb\xbfZo\xc3\xab", "Zoë"),
            (b"bo\0\0", "bo"),
            (b"", ""),
        ] {
            assert_eq!(text(bytes), read);
        }
    }
}
