//! The laid-out document to the bytes of a PDF.
//!
//! The only place that knows printpdf and lopdf. printpdf makes pages and fonts;
//! a pass over the objects of lopdf adds what it cannot: tags, outline, links, fields,
//! metadata, the output intent, and an `/ID` made from the content. The same document gives
//! the same bytes: no clock, no counter, no hash order.

mod content;
mod face;
mod field;
mod finish;
mod form;
mod metadata;
mod outline;
mod read;
mod string;
mod tag;
mod write;

use printpdf::{FontId, Op, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem};

use super::document::{Document, Page};
use super::font::Fonts;

pub use read::{Printed, Stamp};

/// What a file has besides its pages.
#[derive(Clone, Copy)]
pub(crate) struct Extras<'a> {
    /// Fields that can be filled on a screen.
    pub(crate) forms: bool,
    /// Path and text of each file that is kept inside.
    pub(crate) attached: &'a [(&'a str, &'a str)],
}

/// Draws a document.
pub(crate) fn draw(document: &Document, fonts: &Fonts, extras: Extras<'_>) -> Vec<u8> {
    let (embedded, faces) = face::subsets(document, fonts);
    let mut pdf = PdfDocument::new(&document.about.title);
    for (id, face) in faces {
        pdf.resources.fonts.map.insert(FontId(content::font_name(id)), PdfFont::new(face));
    }
    pdf.pages = (0..document.pages.len()).map(|at| pdf_page(document, &embedded, at)).collect();
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    face::correct(&mut file, &embedded, fonts);
    let mut tags = tag::Tags::new(document);
    let shared = content::shared(document);
    let ground = content::Ground { document, fonts, embedded: &embedded, shared };
    let pages: Vec<_> = file.page_iter().collect();
    if let Some(shape) = shared {
        finish::share(&mut file, &pages, content::PICTURE, content::picture(shape, ground));
    }
    for (number, (page, id)) in document.pages.iter().zip(pages).enumerate() {
        let operators = content::operators(page, number, ground, &mut tags);
        finish::draw_page(&mut file, id, operators);
    }
    finish::finish(file, document, tags, extras)
}

/// An empty page. The first one names every glyph, so that printpdf embeds each face; what is drawn
/// comes later.
fn pdf_page(document: &Document, embedded: &face::Embedded, at: usize) -> PdfPage {
    let [width, height] = document.size;
    let mut ops = Vec::new();
    for (id, text) in embedded.texts().filter(|_| at == 0) {
        let font = PdfFontHandle::External(FontId(content::font_name(id)));
        ops.extend([
            Op::StartTextSection,
            Op::SetFont { font, size: Pt(1.0) },
            Op::ShowText { items: vec![TextItem::Text(text)] },
            Op::EndTextSection,
        ]);
    }
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
