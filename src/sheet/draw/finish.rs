//! The last pass over a file: what printpdf cannot say, and the bytes.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::field::Annotator;
use super::tag::Tags;
use super::{metadata, outline};
use crate::sheet::document::Document;

/// Completes a file and writes it.
pub(super) fn finish(mut file: lopdf::Document, document: &Document, mut tags: Tags, forms: bool) -> Vec<u8> {
    file.version = "1.7".to_owned();
    let pages: Vec<ObjectId> = file.page_iter().collect();
    let mut annotator = Annotator::new(&mut file, document, &pages, &mut tags);
    let annotations: Vec<Vec<Object>> =
        (0..pages.len()).map(|number| annotator.page(number, forms)).collect();
    let form = annotator.form();
    for (number, (id, annotations)) in pages.iter().zip(annotations).enumerate() {
        if let Ok(page) = file.get_dictionary_mut(*id) {
            page_entries(page, number, annotations);
        }
    }
    let structure = tags.write(&mut file, document, &pages);
    let outline = outline::write(&mut file, document, &pages);
    let mut catalog = catalog(&mut file, document);
    catalog.set("StructTreeRoot", structure);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    if let Some(form) = form {
        catalog.set("AcroForm", form);
    }
    replace_catalog(&mut file, catalog);
    write(file, document)
}

fn page_entries(page: &mut Dictionary, number: usize, annotations: Vec<Object>) {
    page.set("StructParents", number as i64);
    page.set("Tabs", "S");
    page.remove(b"TrimBox");
    page.remove(b"CropBox");
    if annotations.is_empty() {
        page.remove(b"Annots");
    } else {
        page.set("Annots", annotations);
    }
}

fn catalog(file: &mut lopdf::Document, document: &Document) -> Dictionary {
    let about = &document.about;
    let xmp = file.add_object(metadata::xmp(about));
    let intent = metadata::intent(file);
    dictionary! {
        "Type" => "Catalog", "Lang" => metadata::text(&about.language), "Metadata" => xmp,
        "MarkInfo" => dictionary! { "Marked" => true },
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "OutputIntents" => vec![Object::Dictionary(intent)],
    }
}

/// Keeps of printpdf's catalogue only where the pages are.
fn replace_catalog(file: &mut lopdf::Document, mut catalog: Dictionary) {
    let Ok(old) = file.catalog_mut() else { return };
    if let Ok(pages) = old.get(b"Pages") {
        catalog.set("Pages", pages.clone());
    }
    *old = catalog;
}

/// The bytes, with an `/ID` made from them.
fn write(mut file: lopdf::Document, document: &Document) -> Vec<u8> {
    if let Ok(Object::Reference(id)) = file.trailer.get(b"Info").cloned() {
        file.set_object(id, metadata::info(&document.about));
    }
    file.compress();
    let mut bytes = Vec::new();
    let blank = Object::String(vec![0; 16], lopdf::StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![blank.clone(), blank]);
    // Writing to a vector cannot fail.
    let _ = file.save_to(&mut bytes);
    identify(&mut bytes);
    bytes
}

/// Replaces the zeros of the `/ID` by the first half of the hash of all bytes.
fn identify(bytes: &mut [u8]) {
    let hash = blake3::hash(bytes);
    let half: String = hash.as_bytes()[..16].iter().map(|byte| format!("{byte:02X}")).collect();
    let zeros = [b'0'; 32];
    let tail = bytes.len().saturating_sub(400);
    let mut from = tail;
    while let Some(at) = bytes[from..].windows(32).position(|window| window == zeros) {
        bytes[from + at..from + at + 32].copy_from_slice(half.as_bytes());
        from += at + 32;
    }
}
