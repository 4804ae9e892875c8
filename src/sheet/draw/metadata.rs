//! What the file says about itself: XMP, the same in Info, and the colour profile.

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

use crate::sheet::document::About;
use crate::sheet::typeface;

/// A text as PDF keeps it: ASCII as it is, anything else as UTF-16.
pub(super) fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The Info dictionary.
pub(super) fn info(about: &About) -> Dictionary {
    let mut info = dictionary! { "Title" => text(&about.title), "Producer" => text(PRODUCER) };
    for (key, value) in [("Author", &about.author), ("Subject", &about.subject)] {
        if !value.is_empty() {
            info.set(key, text(value));
        }
    }
    if let Some(date) = &about.date {
        let digits: String = date.chars().filter(char::is_ascii_digit).take(14).collect();
        info.set("CreationDate", text(&format!("D:{digits}Z")));
    }
    info
}

const PRODUCER: &str = concat!("runsheet ", env!("CARGO_PKG_VERSION"));

/// The output intent: what black and grey are.
pub(super) fn intent(file: &mut lopdf::Document) -> Dictionary {
    let profile = Stream::new(dictionary! { "N" => 3 }, typeface::SRGB.to_vec());
    let profile = file.add_object(profile);
    dictionary! {
        "Type" => "OutputIntent", "S" => "GTS_PDFA1", "DestOutputProfile" => profile,
        "OutputConditionIdentifier" => text("sRGB"), "Info" => text("sRGB"),
    }
}

/// The XMP packet, uncompressed as PDF/A wants it.
pub(super) fn xmp(about: &About, archived: bool) -> Stream {
    // Only part 3 allows files of any kind inside.
    let part = if archived { 3 } else { 2 };
    let mut parts = format!("<pdfaid:part>{part}</pdfaid:part>");
    parts += &alternative("dc:title", &about.title);
    if !about.author.is_empty() {
        let author = escape(&about.author);
        parts += &format!("<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>");
    }
    if !about.subject.is_empty() {
        parts += &alternative("dc:description", &about.subject);
    }
    let language = escape(&about.language);
    parts += &format!("<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>");
    if let Some(date) = &about.date {
        parts += &format!("<xmp:CreateDate>{}</xmp:CreateDate>", escape(date));
    }
    let packet = format!("{HEAD}{parts}<pdf:Producer>{PRODUCER}</pdf:Producer>{TAIL}");
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, packet.into_bytes()).with_compression(false)
}

fn alternative(name: &str, value: &str) -> String {
    let value = escape(value);
    format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{name}>")
}

fn escape(text: &str) -> String {
    let clean: String = text.chars().filter(|ch| !ch.is_control()).collect();
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const HEAD: &str = concat!(
    "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>",
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">",
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" ",
    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" ",
    "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" ",
    "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" ",
    "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" ",
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" ",
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">",
    "<pdfaid:conformance>A</pdfaid:conformance>",
    "<pdfuaid:part>1</pdfuaid:part>",
);

/// PDF/A knows nothing of PDF/UA: the one property has to be declared.
const TAIL: &str = concat!(
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:name>part</pdfaProperty:name>",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>",
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>",
);
