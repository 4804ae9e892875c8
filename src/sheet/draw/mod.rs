//! The laid-out document to the bytes of a PDF.
//!
//! The only place that knows printpdf and lopdf. printpdf writes pages and fonts;
//! a pass with lopdf adds what it cannot: tags, outline, links, fields, metadata,
//! the output intent, and an `/ID` made from the content. The same document gives
//! the same bytes: no clock, no counter, no hash order.

mod content;
mod face;
mod field;
mod finish;
mod metadata;
mod outline;
mod tag;

use printpdf::{FontId, Op, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt};

use super::document::{Document, Page};
use super::font::Fonts;

/// Draws a document. With `forms` its fields can be filled on a screen.
pub(crate) fn draw(document: &Document, fonts: &Fonts, forms: bool) -> Vec<u8> {
    let mut pdf = PdfDocument::new(&document.about.title);
    for (id, face) in face::subsets(document, fonts) {
        pdf.resources.fonts.map.insert(FontId(content::font_name(id)), PdfFont::new(face));
    }
    let mut tags = tag::Tags::new(document);
    for (number, page) in document.pages.iter().enumerate() {
        let ops = content::ops(page, number, (document, fonts), &mut tags);
        pdf.pages.push(pdf_page(document, ops));
    }
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    face::correct(&mut file, document, fonts);
    finish::finish(file, document, tags, forms)
}

fn pdf_page(document: &Document, ops: Vec<Op>) -> PdfPage {
    let [width, height] = document.size;
    PdfPage::new(Pt(width).into(), Pt(height).into(), ops)
}

/// Two decimals are a fortieth of the finest dot of a printer.
fn round(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

/// A page seen from below: PDF counts upwards.
fn flip(document: &Document, y: f32) -> f32 {
    round(document.size[1] - y)
}

/// Every text of a page that needs glyphs, with its face.
fn texts(page: &Page) -> impl Iterator<Item = (super::font::FaceId, std::borrow::Cow<'_, str>)> {
    use super::document::Shape;
    page.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Text { face, text, .. } => Some((*face, text.as_str().into())),
        Shape::Missing { ch, .. } => Some((content::CODE_FACE, content::code(*ch).concat().into())),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
