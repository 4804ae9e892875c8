//! The fields of a sheet, read back from its file.
//!
//! Takes a sheet that somebody may have filled in with any program, gives what is in its fields.

use lopdf::{Document, Object};

use super::read::{Printed, get, resolve};
use super::string::text;

/// How far fields may lie within each other.
const DEEPEST: usize = 16;
/// More fields than any sheet has.
const MOST: usize = 100_000;
/// Bytes of a longer text than anybody types.
const LONGEST: usize = 1 << 20;
/// The state of a box without a tick; some programs write it as a text.
const OFF: &str = "Off";

impl Printed {
    /// The fields that hold something, with their full names, in the order of the file; `None` where
    /// it has no form.
    pub fn fields(&self) -> Option<Vec<(String, String)>> {
        let file = &self.file;
        let form = get(file, file.catalog().ok()?, b"AcroForm")?.as_dict().ok()?;
        let fields = get(file, form, b"Fields")?.as_array().ok().filter(|fields| !fields.is_empty())?;
        let mut reader = Reader { file, found: Vec::new() };
        for field in fields {
            reader.field(field, (String::new(), None), 0);
        }
        Some(reader.found)
    }
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
        let ticks =
            get(self.file, field, b"FT").is_some_and(|kind| kind.as_name().is_ok_and(|it| it == b"Btn"));
        if kids.is_empty()
            && let Some(value) = value.and_then(said).filter(|value| !(ticks && value == OFF))
        {
            self.found.push((name, value));
        } else {
            kids.into_iter().for_each(|kid| self.field(kid, (name.clone(), value), depth + 1));
        }
    }
}

/// What a value says; an empty text says nothing.
fn said(value: &Object) -> Option<String> {
    let said = match value {
        Object::Name(state) => String::from_utf8_lossy(state).into_owned(),
        Object::String(bytes, _) => text(bytes),
        Object::Stream(long) => text(&long.get_plain_content_with_limit(LONGEST).ok()?),
        // What a signature holds is for programs that verify it.
        Object::Dictionary(_) => "signed".to_owned(),
        _ => String::new(),
    };
    (!said.trim().is_empty()).then_some(said)
}
