//! The rules that every file keeps, looked at with lopdf on the sample of all content.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::config::{Labels, Paper};
use crate::sheet::{Fonts, Options, Subject, render, sample};

fn options(forms: bool) -> Options<'static> {
    let base_url = Some("https://runbooks.example.org");
    let fonts = Fonts::embedded();
    Options {
        paper: Paper::A4,
        forms,
        language: "en",
        labels: Labels::english(),
        base_url,
        date: None,
        fonts,
    }
}

fn file(forms: bool) -> Document {
    Document::load_mem(&render(Subject::full(&sample::runbook()), &options(forms)).bytes).unwrap()
}

fn dictionaries<'a>(file: &'a Document, kind: &'a [u8]) -> impl Iterator<Item = (ObjectId, &'a Dictionary)> {
    let of_kind = move |(id, object): (&ObjectId, &'a Object)| {
        let dictionary = object.as_dict().ok()?;
        dictionary.has_type(kind).then_some((*id, dictionary))
    };
    file.objects.iter().filter_map(of_kind)
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = render(Subject::full(&sample::runbook()), &options(true)).bytes;
    let other = std::thread::spawn(|| {
        render(Subject::full(&sample::release()), &options(true));
        render(Subject::full(&sample::runbook()), &options(true)).bytes
    });
    assert!(first == other.join().unwrap());
}

#[test]
fn every_run_of_marks_has_its_part() {
    let file = file(true);
    let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let tree = file.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
    let numbers = file.get_dictionary(tree).unwrap().get(b"Nums").unwrap().as_array().unwrap();
    for (at, page) in file.page_iter().enumerate() {
        let content = String::from_utf8_lossy(&file.get_page_content(page)).into_owned();
        let runs = content.matches("/MCID").count();
        let parents = file.get_object(numbers[2 * at + 1].as_reference().unwrap()).unwrap();
        let parents = parents.as_array().unwrap();
        assert_eq!(parents.len(), runs, "page {}", at + 1);
        assert!(parents.iter().all(|parent| parent.as_reference().is_ok()), "page {}", at + 1);
    }
}

#[test]
fn every_annotation_is_named_and_belongs_somewhere() {
    let file = file(true);
    let mut names = BTreeSet::new();
    for (_, annotation) in dictionaries(&file, b"Annot") {
        assert_eq!(annotation.get(b"F").unwrap().as_i64().unwrap(), 4);
        assert!(annotation.has(b"StructParent"));
        if annotation.get(b"Subtype").unwrap().as_name().unwrap() == b"Widget" {
            assert!(annotation.has(b"AP") && annotation.has(b"TU"));
            assert!(names.insert(annotation.get(b"T").unwrap().as_str().unwrap().to_vec()));
        } else {
            assert!(annotation.has(b"Contents"));
        }
    }
    assert!(names.len() > 200, "{}", names.len());
}

#[test]
fn without_forms_there_are_no_fields() {
    let file = file(false);
    assert!(!file.catalog().unwrap().has(b"AcroForm"));
    let widgets = dictionaries(&file, b"Annot")
        .filter(|(_, it)| it.get(b"Subtype").unwrap().as_name().unwrap() == b"Widget");
    assert_eq!(widgets.count(), 0);
}

#[test]
fn every_font_is_embedded_and_no_glyph_is_missing() {
    let file = file(true);
    assert!(dictionaries(&file, b"FontDescriptor").all(|(_, it)| it.has(b"FontFile2")));
    for page in file.page_iter() {
        let content = String::from_utf8_lossy(&file.get_page_content(page)).into_owned();
        for text in content.split(" Tj").filter_map(|part| part.rsplit_once('<')) {
            let glyphs = text.1.trim_end_matches('>').as_bytes().chunks(4);
            assert!(glyphs.into_iter().all(|glyph| glyph != b"0000"), "{}", text.1);
        }
    }
}

#[test]
fn the_catalogue_says_what_the_file_is() {
    let file = file(true);
    assert_eq!(file.version, "1.7");
    let catalog = file.catalog().unwrap();
    for key in ["Lang", "MarkInfo", "Metadata", "Outlines", "OutputIntents", "ViewerPreferences"] {
        assert!(catalog.has(key.as_bytes()), "{key}");
    }
    let ids = file.trailer.get(b"ID").unwrap().as_array().unwrap();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0].as_str().unwrap(), [0; 16]);
}
