//! Links and fields: annotations of a page, and the form they make up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::tag::Tags;
use super::{face, flip, metadata, outline, round};
use crate::sheet::document::{Area, Document, Entry, Field, Link, Target};
use crate::sheet::font::Face;
use crate::sheet::typeface;

/// Makes annotations and numbers them.
pub(super) struct Annotator<'a> {
    pub(super) file: &'a mut lopdf::Document,
    pub(super) document: &'a Document,
    pub(super) pages: &'a [ObjectId],
    pub(super) tags: &'a mut Tags,
    names: BTreeSet<String>,
    fields: Vec<Object>,
    /// Appearances by kind and size, which many fields share.
    looks: BTreeMap<(bool, i32, i32), ObjectId>,
}

impl<'a> Annotator<'a> {
    /// An annotator of a file that has no annotations.
    pub(super) fn new(
        file: &'a mut lopdf::Document,
        document: &'a Document,
        pages: &'a [ObjectId],
        tags: &'a mut Tags,
    ) -> Annotator<'a> {
        let (names, fields, looks) = (BTreeSet::new(), Vec::new(), BTreeMap::new());
        Annotator { file, document, pages, tags, names, fields, looks }
    }

    /// Annotates one page; gives its annotations.
    pub(super) fn page(&mut self, number: usize, forms: bool) -> Vec<Object> {
        let page = &self.document.pages[number];
        let links = page.links.iter().filter_map(|link| self.link(link, number));
        let mut annotations: Vec<Object> = links.collect();
        if forms {
            annotations.extend(page.fields.iter().map(|field| self.field(field, number)));
        }
        annotations
    }

    fn rectangle(&self, area: Area) -> Object {
        let (low, high) = (flip(self.document, area.y + area.h), flip(self.document, area.y));
        let numbers = [round(area.x), low, round(area.x + area.w), high];
        Object::Array(numbers.into_iter().map(Object::Real).collect())
    }

    fn link(&mut self, link: &Link, page: usize) -> Option<Object> {
        let (key, way) = match &link.target {
            Target::Web(address) => {
                let address = Object::string_literal(address.as_bytes());
                ("A", dictionary! { "S" => "URI", "URI" => address }.into())
            }
            Target::Anchor(name) => {
                let place = *self.document.anchors.get(name)?;
                ("Dest", outline::destination(self.document, place, self.pages))
            }
        };
        let id = self.file.new_object_id();
        let number = self.tags.annotation(link.node, page, id);
        self.file.set_object(
            id,
            dictionary! {
                "Type" => "Annot", "Subtype" => "Link", "Rect" => self.rectangle(link.area),
                "Border" => vec![0.into(), 0.into(), 0.into()], "F" => 4,
                "Contents" => metadata::text(&link.text), "StructParent" => number, key => way,
            },
        );
        Some(Object::Reference(id))
    }

    fn field(&mut self, field: &Field, page: usize) -> Object {
        let id = self.file.new_object_id();
        let number = self.tags.annotation(field.node, page, id);
        let mut widget = dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "Rect" => self.rectangle(field.area),
            "F" => 4, "P" => self.pages[page], "StructParent" => number,
            "T" => metadata::text(&self.unique(&field.name)), "TU" => metadata::text(&field.tip),
        };
        let (w, h) = (field.area.w, field.area.h);
        match field.entry {
            Entry::Tick => {
                let looks = dictionary! { "Off" => self.look(false, w, h), "Yes" => self.look(true, w, h) };
                widget.extend(&dictionary! {
                    "FT" => "Btn", "V" => "Off", "AS" => "Off", "AP" => dictionary! { "N" => looks },
                });
            }
            Entry::Text => {
                let look = self.look(false, w, h);
                let size = (h * 0.6).clamp(10.0, 12.0).round();
                let lines = if h > 40.0 { 1 << 12 } else { 0 };
                widget.extend(&dictionary! {
                    "FT" => "Tx", "Ff" => lines, "AP" => dictionary! { "N" => look },
                    "DA" => Object::string_literal(format!("/F {size} Tf 0 g")),
                });
            }
            Entry::Signature => {
                let look = self.look(false, w, h);
                widget.extend(&dictionary! { "FT" => "Sig", "AP" => dictionary! { "N" => look } });
            }
        }
        self.file.set_object(id, widget);
        self.fields.push(Object::Reference(id));
        Object::Reference(id)
    }

    /// A name that no other field has; a full stop would make a tree of names.
    fn unique(&mut self, name: &str) -> String {
        let plain = name.replace('.', "-");
        let mut name = plain.clone();
        let mut count = 1;
        while !self.names.insert(name.clone()) {
            count += 1;
            name = format!("{plain}-{count}");
        }
        name
    }

    fn look(&mut self, ticked: bool, w: f32, h: f32) -> ObjectId {
        let key = (ticked, (w * 10.0) as i32, (h * 10.0) as i32);
        if let Some(id) = self.looks.get(&key) {
            return *id;
        }
        let at = |x: f32, y: f32| format!("{} {}", round(x * w), round(y * h));
        let tick = format!("q 1.8 w {} m {} l {} l S Q", at(0.18, 0.48), at(0.42, 0.2), at(0.86, 0.84));
        let dictionary = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "Resources" => Dictionary::new(),
            "BBox" => vec![0.into(), 0.into(), round(w).into(), round(h).into()],
        };
        let content = if ticked { tick.into_bytes() } else { Vec::new() };
        let id = self.file.add_object(Stream::new(dictionary, content));
        self.looks.insert(key, id);
        id
    }

    /// The form of all fields; `None` where there are none.
    pub(super) fn form(self) -> Option<Dictionary> {
        if self.fields.is_empty() {
            return None;
        }
        let font = typing_font(self.file);
        Some(dictionary! {
            "Fields" => self.fields, "DA" => Object::string_literal("/F 9 Tf 0 g"),
            "DR" => dictionary! { "Font" => dictionary! { "F" => font } },
        })
    }
}

/// The face for what is typed: all of code page 1252, as a simple font.
fn typing_font(file: &mut lopdf::Document) -> ObjectId {
    static PARTS: OnceLock<Option<(Stream, Dictionary, Dictionary)>> = OnceLock::new();
    let Some((program, descriptor, font)) = PARTS.get_or_init(typing_parts) else {
        return file.add_object(Dictionary::new());
    };
    let mut descriptor = descriptor.clone();
    descriptor.set("FontFile2", file.add_object(program.clone()));
    let mut font = font.clone();
    font.set("FontDescriptor", file.add_object(descriptor));
    file.add_object(font)
}

fn typing_parts() -> Option<(Stream, Dictionary, Dictionary)> {
    let bytes = typeface::FORM.bytes;
    let face = Face::parse(typeface::FORM.name, bytes.into())?;
    let entries = dictionary! { "Length1" => bytes.len() as i64, "Filter" => "FlateDecode" };
    let program = Stream::new(entries, typeface::FORM_DEFLATED.to_vec());
    let name = format!("{}+{}", face::tag(bytes), face.name).into_bytes();
    let mut descriptor = dictionary! { "Type" => "FontDescriptor", "FontName" => Object::Name(name.clone()) };
    face::measures(&mut descriptor, &face);
    let width = |code: u8| {
        let id = windows(code).and_then(|ch| face.glyph(ch));
        let units = id.map_or(0, |id| i64::from(face.advance(id)));
        Object::Integer(units * 1000 / i64::from(face.units))
    };
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => Object::Name(name),
        "Encoding" => "WinAnsiEncoding", "FirstChar" => 32, "LastChar" => 255,
        "Widths" => (32..=255).map(width).collect::<Vec<_>>(),
    };
    Some((program, descriptor, font))
}

/// The character of a byte in code page 1252.
fn windows(code: u8) -> Option<char> {
    const HIGH: &str = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
    match code {
        0x80..=0x9f => HIGH.chars().nth(usize::from(code - 0x80)).filter(|ch| *ch != '\0'),
        _ => Some(char::from(code)),
    }
}
