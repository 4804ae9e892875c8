//! The last pass over a file: what printpdf cannot say, and the bytes.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::field::Annotator;
use super::tag::Tags;
use super::{Extras, metadata, outline};
use crate::sheet::document::Document;

/// Completes a file and writes it.
pub(super) fn finish(
    mut file: lopdf::Document,
    document: &Document,
    mut tags: Tags,
    extras: Extras<'_>,
) -> Vec<u8> {
    file.version = "1.7".to_owned();
    let pages: Vec<ObjectId> = file.page_iter().collect();
    let mut annotator = Annotator::new(&mut file, document, &pages, &mut tags);
    let annotations: Vec<Vec<Object>> =
        (0..pages.len()).map(|number| annotator.page(number, extras.forms)).collect();
    let form = annotator.form();
    let xmp = file.add_object(metadata::xmp(&document.about, !extras.attached.is_empty()));
    for (number, (id, annotations)) in pages.iter().zip(annotations).enumerate() {
        if let Ok(page) = file.get_dictionary_mut(*id) {
            page_entries(page, number, annotations);
            // Programs that fill a form keep its pages, and not always what the file says of itself.
            page.set("Metadata", xmp);
        }
    }
    let structure = tags.write(&mut file, document, &pages);
    let outline = outline::write(&mut file, document, &pages);
    let mut catalog = catalog(&mut file, document, xmp);
    attach(&mut file, &mut catalog, extras.attached);
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

/// Keeps files inside: what the sheet was made from.
fn attach(file: &mut lopdf::Document, catalog: &mut Dictionary, attached: &[(&str, &str)]) {
    if attached.is_empty() {
        return;
    }
    let (mut names, mut all) = (Vec::new(), Vec::new());
    // A name tree is in the order of its names.
    let mut attached = attached.to_vec();
    attached.sort_unstable();
    for (path, text) in attached {
        let name = path.rsplit('/').next().unwrap_or(path);
        let content = dictionary! {
            "Type" => "EmbeddedFile", "Subtype" => Object::Name(b"application/yaml".to_vec()),
            "Params" => dictionary! { "Size" => text.len() as i64 },
        };
        let content = file.add_object(Stream::new(content, text.as_bytes().to_vec()));
        let described = format!("What this sheet was made from: {path}");
        let specification = file.add_object(dictionary! {
            "Type" => "Filespec", "F" => metadata::text(name), "UF" => metadata::text(name),
            "EF" => dictionary! { "F" => content, "UF" => content },
            "AFRelationship" => "Source", "Desc" => metadata::text(&described),
        });
        names.extend([metadata::text(path), Object::Reference(specification)]);
        all.push(Object::Reference(specification));
    }
    let files = file.add_object(dictionary! { "Names" => names });
    catalog.set("Names", dictionary! { "EmbeddedFiles" => files });
    catalog.set("AF", all);
}

fn catalog(file: &mut lopdf::Document, document: &Document, xmp: ObjectId) -> Dictionary {
    let intent = metadata::intent(file);
    dictionary! {
        "Type" => "Catalog", "Lang" => metadata::text(&document.about.language), "Metadata" => xmp,
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

/// Puts what is drawn on a page in place of what printpdf put there.
pub(super) fn draw_page(file: &mut lopdf::Document, page: ObjectId, operators: Vec<u8>) {
    let known = file.get_dictionary(page).ok().and_then(|page| page.get(b"Contents").ok()).cloned();
    let known = match known {
        Some(Object::Reference(id)) => Some(id),
        Some(Object::Array(ids)) => ids.first().and_then(|id| id.as_reference().ok()),
        _ => None,
    };
    let id = known.unwrap_or_else(|| file.new_object_id());
    file.set_object(id, Stream::new(Dictionary::new(), operators));
    if let Ok(page) = file.get_dictionary_mut(page) {
        page.set("Contents", id);
    }
}

/// Keeps a picture that is the same on all pages once, under the name by which they draw it.
pub(super) fn share(file: &mut lopdf::Document, pages: &[ObjectId], name: &str, picture: Stream) {
    let picture = file.add_object(picture);
    for page in pages {
        let resources = file.get_dictionary(*page).ok().and_then(|page| page.get(b"Resources").ok()).cloned();
        if let Some(Object::Reference(id)) = resources
            && let Ok(resources) = file.get_dictionary_mut(id)
        {
            resources.set("XObject", dictionary! { name => picture });
        }
    }
}

thread_local! {
    /// Its tables are large, so one serves all streams of all files of a thread. Level 2 makes a file two
    /// hundredths larger than level 9 does, in a third of its time.
    static COMPRESS: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(2), true));
}

/// Compresses a stream.
fn deflate(stream: &mut Stream, compress: &mut Compress) {
    if !stream.allows_compression || stream.dict.has(b"Filter") || stream.content.len() < 64 {
        return;
    }
    compress.reset();
    // What deflate cannot make smaller it stores with a few bytes for each block.
    let mut compressed = Vec::with_capacity(stream.content.len() + stream.content.len() / 1000 + 64);
    let done = compress.compress_vec(&stream.content, &mut compressed, FlushCompress::Finish);
    if matches!(done, Ok(Status::StreamEnd)) {
        compressed.shrink_to_fit();
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(compressed);
    }
}

/// The bytes, with an `/ID` made from them.
fn write(mut file: lopdf::Document, document: &Document) -> Vec<u8> {
    if let Ok(Object::Reference(id)) = file.trailer.get(b"Info").cloned() {
        file.set_object(id, metadata::info(&document.about));
    }
    COMPRESS.with_borrow_mut(|compress| {
        for object in file.objects.values_mut() {
            if let Object::Stream(stream) = object {
                deflate(stream, compress);
            }
        }
    });
    let blank = Object::String(vec![0; 16], lopdf::StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![blank.clone(), blank]);
    let mut bytes = super::write::write(&file);
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
