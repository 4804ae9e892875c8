//! What PDF/A-2a and PDF/UA-1 ask of a sheet, as far as a program can see it.
//!
//! Takes the bytes of a sheet, gives what is wrong with it; an empty list is what every sheet has. The
//! rules are those that veraPDF holds, for the parts of PDF that sheets use.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Structure types of ISO 32000-1 that sheets use.
const ROLES: [&str; 21] = [
    "Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Span", "Code", "L", "LI", "Lbl", "LBody",
    "Table", "TR", "TH", "TD", "Form", "Link",
];

/// What is wrong with a sheet.
pub(crate) fn faults(bytes: &[u8]) -> Vec<String> {
    let file = Document::load_mem(bytes).unwrap();
    let mut look = Look { tree: Tree::of(&file), file: &file, found: Vec::new() };
    look.catalog();
    look.metadata();
    look.fonts();
    for (at, page) in file.page_iter().enumerate() {
        look.page(at, page);
    }
    look.structure();
    look.annotations();
    look.found
}

/// The structure tree, read once.
struct Tree {
    elements: BTreeMap<ObjectId, Dictionary>,
    /// What each number of the parent tree leads to.
    parents: BTreeMap<i64, Object>,
}

impl Tree {
    fn of(file: &Document) -> Self {
        let structural = |object: &Object| object.as_dict().is_ok_and(|it| it.has(b"S") && it.has(b"P"));
        let elements = file.objects.iter().filter(|(_, object)| structural(object));
        let elements = elements.map(|(id, object)| (*id, object.as_dict().unwrap().clone())).collect();
        let root = dictionary(file, file.catalog().unwrap(), b"StructTreeRoot");
        let numbers =
            dictionary(file, &root, b"ParentTree").get(b"Nums").unwrap().as_array().unwrap().clone();
        let pair = |pair: &[Object]| (pair[0].as_i64().unwrap(), resolved(file, &pair[1]));
        Self { elements, parents: numbers.chunks(2).map(pair).collect() }
    }

    fn role(&self, id: ObjectId) -> &str {
        self.elements.get(&id).map_or("", |it| name(it, b"S"))
    }

    fn children(&self, id: ObjectId) -> Vec<ObjectId> {
        kids(&self.elements[&id]).iter().filter_map(|kid| kid.as_reference().ok()).collect()
    }
}

fn kids(element: &Dictionary) -> Vec<Object> {
    match element.get(b"K") {
        Ok(Object::Array(all)) => all.clone(),
        Ok(one) => vec![one.clone()],
        Err(_) => Vec::new(),
    }
}

fn name<'a>(dictionary: &'a Dictionary, key: &[u8]) -> &'a str {
    dictionary.get(key).and_then(Object::as_name).map_or("", |it| std::str::from_utf8(it).unwrap())
}

fn resolved(file: &Document, object: &Object) -> Object {
    match object {
        Object::Reference(id) => file.get_object(*id).map_or(Object::Reference(*id), Clone::clone),
        other => other.clone(),
    }
}

fn dictionary(file: &Document, of: &Dictionary, key: &[u8]) -> Dictionary {
    match of.get(key).map(|it| resolved(file, it)) {
        Ok(Object::Dictionary(it)) => it,
        Ok(Object::Stream(it)) => it.dict,
        _ => Dictionary::new(),
    }
}

struct Look<'a> {
    file: &'a Document,
    tree: Tree,
    found: Vec<String>,
}

impl Look<'_> {
    fn must(&mut self, holds: bool, what: impl Into<String>) {
        if !holds {
            self.found.push(what.into());
        }
    }

    fn catalog(&mut self) {
        let catalog = self.file.catalog().unwrap().clone();
        let file = self.file;
        self.must(file.version == "1.7", "version 1.7");
        self.must(catalog.get(b"Lang").is_ok_and(|it| it.as_str().is_ok_and(|it| !it.is_empty())), "Lang");
        let marked = dictionary(file, &catalog, b"MarkInfo");
        self.must(marked.get(b"Marked").is_ok_and(|it| it.as_bool().unwrap()), "Marked");
        let shown = dictionary(file, &catalog, b"ViewerPreferences");
        self.must(shown.get(b"DisplayDocTitle").is_ok_and(|it| it.as_bool().unwrap()), "DisplayDocTitle");
        self.must(name(&catalog, b"PageMode") == "UseOutlines", "PageMode");
        for key in ["OpenAction", "AA", "OCProperties", "Perms"] {
            self.must(!catalog.has(key.as_bytes()), format!("no {key}"));
        }
        let form = dictionary(file, &catalog, b"AcroForm");
        self.must(!form.has(b"NeedAppearances") && !form.has(b"XFA"), "appearances are in the file");
        let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap().clone();
        let intent = resolved(file, &intents[0]).as_dict().unwrap().clone();
        self.must(name(&intent, b"S") == "GTS_PDFA1" && intent.has(b"DestOutputProfile"), "output intent");
        let ids = file.trailer.get(b"ID").unwrap().as_array().unwrap();
        self.must(ids[0] == ids[1] && ids[0].as_str().unwrap() != [0; 16], "ID");
        self.must(!file.trailer.has(b"Encrypt"), "not encrypted");
        let scripts = file.objects.values().filter_map(|object| object.as_dict().ok());
        let forbidden = ["JavaScript", "Launch", "ImportData", "SubmitForm", "ResetForm"];
        let scripts = scripts.filter(|it| forbidden.contains(&name(it, b"S"))).count();
        self.must(scripts == 0, "no actions but links");
    }

    fn metadata(&mut self) {
        let catalog = self.file.catalog().unwrap();
        let id = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
        let stream = self.file.get_object(id).unwrap().as_stream().unwrap();
        self.must(!stream.dict.has(b"Filter"), "metadata in the clear");
        let xmp = String::from_utf8(stream.content.clone()).unwrap();
        let part = if catalog.has(b"AF") { "3" } else { "2" };
        let wanted = [
            format!("<pdfaid:part>{part}</pdfaid:part>"),
            "<pdfaid:conformance>A</pdfaid:conformance>".to_owned(),
            "<pdfuaid:part>1</pdfuaid:part>".to_owned(),
            "pdfaExtension:schemas".to_owned(),
            "<dc:title>".to_owned(),
            "<dc:language>".to_owned(),
        ];
        for wanted in wanted {
            self.must(xmp.contains(&wanted), wanted);
        }
    }

    fn fonts(&mut self) {
        let dictionaries: Vec<Dictionary> =
            self.file.objects.values().filter_map(|it| it.as_dict().ok()).cloned().collect();
        for it in dictionaries {
            if it.has_type(b"FontDescriptor") {
                self.must(it.has(b"FontFile2"), format!("{} is embedded", name(&it, b"FontName")));
            }
            if name(&it, b"Subtype") == "Type0" {
                self.must(it.has(b"ToUnicode"), format!("{} has its characters", name(&it, b"BaseFont")));
            }
        }
    }

    /// Everything drawn is in exactly one run: a part of the document, or decoration; no glyph is missing.
    fn page(&mut self, at: usize, id: ObjectId) {
        let page = self.file.get_dictionary(id).unwrap().clone();
        self.must(name(&page, b"Tabs") == "S", format!("page {} has the order of its parts", at + 1));
        let number = page.get(b"StructParents").unwrap().as_i64().unwrap();
        let runs = self.tree.parents.get(&number).and_then(|it| it.as_array().ok()).map_or(0, Vec::len);
        let content = Content::decode(&self.file.get_page_content(id)).unwrap();
        let (mut depth, mut loose, mut numbers, mut missing) = (0_i32, 0, Vec::new(), 0);
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BMC" => depth += 1,
                "BDC" => {
                    depth += 1;
                    let run = operation.operands[1].as_dict().ok().and_then(|it| it.get(b"MCID").ok());
                    numbers.extend(run.map(|run| run.as_i64().unwrap()));
                }
                "EMC" => depth -= 1,
                "Tj" => {
                    let glyphs = operation.operands[0].as_str().unwrap();
                    missing += glyphs.chunks(2).filter(|glyph| **glyph == [0, 0]).count();
                    loose += usize::from(depth == 0);
                }
                "S" | "f" | "B" | "Do" | "sh" => loose += usize::from(depth == 0),
                _ => {}
            }
        }
        let place = format!("page {}", at + 1);
        self.must(depth == 0, format!("{place}: runs end"));
        self.must(loose == 0, format!("{place}: {loose} marks in no run"));
        self.must(missing == 0, format!("{place}: {missing} missing glyphs"));
        self.must(numbers == (0..runs as i64).collect::<Vec<_>>(), format!("{place}: each run has its part"));
    }

    fn structure(&mut self) {
        let ids: Vec<ObjectId> = self.tree.elements.keys().copied().collect();
        let mut level = 0;
        for id in ids {
            let role = self.tree.role(id).to_owned();
            self.must(ROLES.contains(&role.as_str()), format!("{role} is a structure type"));
            let children: Vec<String> =
                self.tree.children(id).into_iter().map(|child| self.tree.role(child).to_owned()).collect();
            self.nested(&role, &children);
            match role.as_str() {
                "TH" => {
                    let attributes = dictionary(self.file, &self.tree.elements[&id], b"A");
                    self.must(attributes.has(b"Scope"), "a head of a column has its scope");
                }
                "Table" => self.regular(id),
                "Link" | "Form" => {
                    let kids = kids(&self.tree.elements[&id]);
                    let held = kids.iter().any(|it| it.as_dict().is_ok_and(|it| name(it, b"Type") == "OBJR"));
                    self.must(held, format!("a {role} holds its annotation"));
                }
                _ => {}
            }
            if let Some(next) = role.strip_prefix('H').and_then(|level| level.parse::<u8>().ok()) {
                self.must(next <= level + 1, format!("H{level} is followed by H{next}"));
                level = next;
            }
        }
        self.must(level > 0, "there are headings");
    }

    fn nested(&mut self, role: &str, children: &[String]) {
        let allowed: &[&str] = match role {
            "L" => &["LI", "L"],
            "LI" => &["Lbl", "LBody"],
            "Table" => &["TR"],
            "TR" => &["TH", "TD"],
            _ => return,
        };
        let strange: Vec<&String> = children.iter().filter(|it| !allowed.contains(&it.as_str())).collect();
        self.must(strange.is_empty(), format!("{role} holds {strange:?}"));
    }

    fn regular(&mut self, table: ObjectId) {
        let rows = self.tree.children(table);
        let widths: BTreeSet<usize> = rows.iter().map(|row| self.tree.children(*row).len()).collect();
        self.must(widths.len() == 1, format!("rows of a table have {widths:?} cells"));
    }

    fn annotations(&mut self) {
        let all = self.file.objects.values().filter_map(|it| it.as_dict().ok());
        let all: Vec<Dictionary> = all.filter(|it| it.has_type(b"Annot")).cloned().collect();
        let mut names = BTreeSet::new();
        for it in all {
            let told = |key: &[u8]| it.get(key).is_ok_and(|it| it.as_str().is_ok_and(|it| !it.is_empty()));
            let field = String::from_utf8_lossy(it.get(b"T").and_then(Object::as_str).unwrap_or_default());
            let place = format!("{} {field}", name(&it, b"Subtype"));
            self.must(it.get(b"F").is_ok_and(|it| it.as_i64().unwrap() == 4), format!("{place} is printed"));
            let parent = it.get(b"StructParent").and_then(Object::as_i64).unwrap_or(-1);
            self.must(self.tree.parents.contains_key(&parent), format!("{place} has its part"));
            if name(&it, b"Subtype") == "Widget" {
                self.must(told(b"TU"), format!("{place} says what it asks for"));
                self.must(dictionary(self.file, &it, b"AP").has(b"N"), format!("{place} has an appearance"));
                self.must(names.insert(field.into_owned()), format!("{place} is named once"));
            } else {
                self.must(told(b"Contents"), format!("{place} says where it leads"));
            }
        }
    }
}
