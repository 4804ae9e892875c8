//! The fields of a sheet, read back from its file.
//!
//! Takes the bytes of a PDF that somebody may have filled in with any program, gives what is in its
//! fields.

use lopdf::{Dictionary, Document, Object};

/// How far fields may lie within each other.
const DEEPEST: usize = 16;
/// More fields than any sheet has.
const MOST: usize = 100_000;

/// The fields that hold something, with their full names, in the order of the file; `None` where it
/// is no PDF that can be read, or has no form.
pub fn fields(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let file = Document::load_mem(bytes).ok()?;
    let form = get(&file, file.catalog().ok()?, b"AcroForm")?.as_dict().ok()?;
    let mut reader = Reader { file: &file, found: Vec::new() };
    for field in get(&file, form, b"Fields")?.as_array().ok()? {
        reader.field(field, (String::new(), None), 0);
    }
    Some(reader.found)
}

struct Reader<'a> {
    file: &'a Document,
    found: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    /// Reads a field; name and value are handed down to those within it.
    fn field(&mut self, field: &'a Object, (above, value): (String, Option<&'a Object>), depth: usize) {
        let Some(field) = resolve(self.file, field).and_then(|field| field.as_dict().ok()) else { return };
        if depth > DEEPEST || self.found.len() >= MOST {
            return;
        }
        let own = get(self.file, field, b"T").and_then(|name| name.as_str().ok()).map(text);
        let name = match own {
            Some(own) if above.is_empty() => own,
            Some(own) => format!("{above}.{own}"),
            None => above,
        };
        let value = get(self.file, field, b"V").or(value);
        let within = get(self.file, field, b"Kids").and_then(|kids| kids.as_array().ok());
        let named = |kid: &&Object| {
            let kid = resolve(self.file, kid).and_then(|kid| kid.as_dict().ok());
            kid.is_some_and(|kid| kid.has(b"T"))
        };
        let kids: Vec<&Object> = within.into_iter().flatten().filter(named).collect();
        if kids.is_empty()
            && let Some(value) = value.and_then(said)
        {
            self.found.push((name, value));
        } else {
            kids.into_iter().for_each(|kid| self.field(kid, (name.clone(), value), depth + 1));
        }
    }
}

/// What a value says; an empty text and a box that is off say nothing.
fn said(value: &Object) -> Option<String> {
    let said = match value {
        Object::Name(state) if state == b"Off" => String::new(),
        Object::Name(state) => String::from_utf8_lossy(state).into_owned(),
        Object::String(bytes, _) => text(bytes),
        // What a signature holds is for programs that verify it.
        Object::Dictionary(_) => "signed".to_owned(),
        _ => String::new(),
    };
    (!said.trim().is_empty()).then_some(said)
}

fn get<'a>(file: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    resolve(file, dictionary.get(key).ok()?)
}

fn resolve<'a>(file: &'a Document, object: &'a Object) -> Option<&'a Object> {
    file.dereference(object).ok().map(|(_, object)| object)
}

/// A text as PDF keeps it: UTF-16 or UTF-8 behind a mark, else a byte a character.
fn text(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect();
    }
    match bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        Some(rest) => String::from_utf8_lossy(rest).into_owned(),
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
