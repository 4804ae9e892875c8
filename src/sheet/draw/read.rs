//! A sheet that was made before, read back from its file.
//!
//! Takes the bytes of a PDF, which any program may have saved since, gives the code that it was
//! printed with and the way to its fields.

use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::string::text;

/// Bytes of a larger stream of objects, and of a larger XMP packet, than any sheet has.
const LARGEST: usize = 16 << 20;

/// A file that is a sheet of this program.
pub struct Printed {
    pub(super) file: Document,
    /// What it was printed from.
    pub stamp: Stamp,
}

/// Which document a sheet was printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Id of the runbook or name of the release.
    pub name: String,
    /// Its content hash, in groups of four digits.
    pub seal: String,
}

impl Printed {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is none of ours or cannot be read: what is to be said of it.
    pub fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let file = Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(LARGEST));
        let file = file.map_err(|_| "is not a PDF, or not the whole of one")?;
        if file.is_encrypted() {
            return Err("is locked with a password; save a copy without one");
        }
        // Some programs drop what the file says of itself, in one place or in both, and keep its pages.
        let subject = info(&file).or_else(|| packet(&file, file.catalog().ok()?)).or_else(|| first(&file));
        let stamp = subject.and_then(|subject| stamp(&subject));
        let stamp = stamp.ok_or("is not a sheet of this program: it has no code")?;
        Ok(Self { file, stamp })
    }
}

/// `orders-api · 7f3a-91c2-0b4d-e811`
fn stamp(subject: &str) -> Option<Stamp> {
    let (name, seal) = subject.rsplit_once(" · ")?;
    let digits = seal.chars().filter(|c| *c != '-');
    let whole = digits.clone().count() == 16 && digits.clone().all(|c| c.is_ascii_hexdigit());
    whole.then(|| Stamp { name: name.to_owned(), seal: seal.to_owned() })
}

/// The subject in the Info dictionary.
fn info(file: &Document) -> Option<String> {
    let info = resolve(file, file.trailer.get(b"Info").ok()?)?.as_dict().ok()?;
    get(file, info, b"Subject")?.as_str().ok().map(text)
}

/// The subject at the first page that has one.
fn first(file: &Document) -> Option<String> {
    let mut pages = file.page_iter().filter_map(|page| file.get_dictionary(page).ok());
    pages.find_map(|page| packet(file, page))
}

/// The description in the XMP packet of the file or of a page.
fn packet(file: &Document, of: &Dictionary) -> Option<String> {
    let packet = get(file, of, b"Metadata")?.as_stream().ok()?;
    let packet = String::from_utf8(packet.get_plain_content_with_limit(LARGEST).ok()?).ok()?;
    let (_, rest) = packet.split_once("<dc:description>")?;
    let (described, _) = rest.split_once("</dc:description>")?;
    let (_, rest) = described.split_once("<rdf:li")?;
    let (value, _) = rest.split_once('>')?.1.split_once('<')?;
    Some(value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

pub(super) fn get<'a>(file: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    resolve(file, dictionary.get(key).ok()?)
}

pub(super) fn resolve<'a>(file: &'a Document, object: &'a Object) -> Option<&'a Object> {
    file.dereference(object).ok().map(|(_, object)| object)
}
