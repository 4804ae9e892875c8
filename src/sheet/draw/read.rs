//! The code of a sheet, read back from its file.

use lopdf::{Document, Object};

/// Which document a sheet was printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Id of the runbook or name of the release.
    pub name: String,
    /// Its content hash, in groups of four digits.
    pub seal: String,
}

/// The stamp of a file; `None` where it is no PDF or none of ours.
pub fn read_stamp(bytes: &[u8]) -> Option<Stamp> {
    let file = Document::load_mem(bytes).ok()?;
    let info = match file.trailer.get(b"Info").ok()? {
        Object::Reference(id) => file.get_dictionary(*id).ok()?,
        Object::Dictionary(info) => info,
        _ => return None,
    };
    let subject = text(info.get(b"Subject").ok()?.as_str().ok()?);
    let (name, seal) = subject.rsplit_once(" · ")?;
    let digits = seal.chars().filter(|c| *c != '-');
    let whole = digits.clone().count() == 16 && digits.clone().all(|c| c.is_ascii_hexdigit());
    whole.then(|| Stamp { name: name.to_owned(), seal: seal.to_owned() })
}

/// A text as PDF keeps it: UTF-16 behind its mark, else as it is.
fn text(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(rest) => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}
