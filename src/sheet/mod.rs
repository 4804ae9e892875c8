//! A runbook or a release as a sheet of paper: view in, PDF out.
//!
//! Takes a `view::Document`, gives the bytes of a PDF and what is doubtful about it
//! (characters that no font has). `compose` arranges rows, `layout` puts them on
//! pages, `draw` writes the file; between the last two stands `document`, plain data
//! that tests read. It may not know the model, the disk or the clock.

mod compose;
mod document;
mod draw;
mod font;
mod layout;
mod paper;
mod part;
mod structure;
mod text;
mod typeface;

use crate::config::{Labels, Paper};
use crate::diagnostic::Diagnostic;
use crate::view::{Contact, Document};

pub use compose::seal;
pub use draw::{Printed, Stamp};
pub use font::{Fonts, font_name};
pub use part::{Part, Role};

/// What a sheet is made for.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What it is printed on.
    pub paper: Paper,
    /// Whether its fields can be filled on a screen.
    pub forms: bool,
    /// Language of the document, as in `en`.
    pub language: &'a str,
    /// The words of the program in that language.
    pub labels: &'a Labels,
    /// Address of the published site, without a slash at its end.
    pub base_url: Option<&'a str>,
    /// When it is issued, as in `2026-11-21T09:00:00Z`, if that is to be said.
    pub date: Option<&'a str>,
    /// The faces to set with: [`Fonts::embedded`], or those and a site's own.
    pub fonts: &'a Fonts,
}

/// What is put on paper.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The runbook or release.
    pub document: &'a Document,
    /// What of it.
    pub part: &'a Part,
    /// Everybody's ways to be reached, for the contact card.
    pub contacts: &'a [Contact],
    /// Path and text of what it is made from, to be kept inside of the file.
    pub attached: &'a [(&'a str, &'a str)],
}

impl<'a> Subject<'a> {
    /// The full sheet of a document.
    pub fn full(document: &'a Document) -> Subject<'a> {
        Subject { document, part: &Part::Full, contacts: &[], attached: &[] }
    }
}

/// A sheet.
pub struct Rendered {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What is doubtful: characters that no font has, at their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes a sheet. The same view and options give the same bytes.
pub fn render(subject: Subject<'_>, options: &Options<'_>) -> Rendered {
    let (laid, diagnostics) = compose::compose(subject, options);
    let extras = draw::Extras { forms: options.forms, attached: subject.attached };
    let bytes = draw::draw(&laid, options.fonts, extras);
    Rendered { bytes, pages: laid.pages.len(), diagnostics }
}

/// The laid-out sheet as text, a mark a line: what golden tests compare.
pub fn dump(subject: Subject<'_>, options: &Options<'_>) -> String {
    compose::compose(subject, options).0.dump()
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::document::{Area, Shape};
    use super::*;

    fn options(paper: Paper) -> Options<'static> {
        let (base_url, fonts) = (Some("https://runbooks.example.org"), Fonts::embedded());
        Options { paper, forms: true, language: "en", labels: Labels::english(), base_url, date: None, fonts }
    }

    #[test]
    fn nothing_stands_outside_of_the_margins() {
        for paper in [Paper::A4, Paper::Letter] {
            let format = paper::Format::from(paper);
            let (laid, _) = compose::compose(Subject::full(&sample::runbook()), &options(paper));
            for mark in laid.pages.iter().flat_map(|page| &page.marks) {
                let area = match &mark.shape {
                    Shape::Frame { area, .. } | Shape::Fill { area, .. } => *area,
                    Shape::Missing { area, .. } => *area,
                    Shape::Text { x, y, face, size, text, .. } => {
                        let face = Fonts::embedded().face(*face);
                        let advance = |ch| face.glyph(ch).map_or(0, |id| face.advance(id));
                        let units: f32 = text.chars().map(|ch| f32::from(advance(ch))).sum();
                        Area { x: *x, y: *y, w: units * size / f32::from(face.units), h: 0.0 }
                    }
                    _ => continue,
                };
                let right = format.left() + format.measure() + 0.5;
                let inside = area.x >= format.left() - 0.5 && area.x + area.w <= right;
                let high = area.y >= format.top() && area.y + area.h <= format.bottom();
                assert!(inside && high, "{paper:?} {:?}", mark.shape);
            }
        }
    }

    /// The characters of a laid-out document in their order, without spaces.
    fn ink(laid: &document::Document) -> String {
        let mut out = String::new();
        for mark in laid.pages.iter().flat_map(|page| &page.marks) {
            match &mark.shape {
                Shape::Text { text, .. } => out.extend(text.chars().filter(|ch| !ch.is_whitespace())),
                Shape::Missing { ch, .. } => out.push(*ch),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn every_text_is_on_the_paper() {
        for document in [sample::runbook(), sample::release()] {
            let ink = ink(&compose::compose(Subject::full(&document), &options(Paper::A4)).0);
            let seen = format!("{document:?}");
            let texts = seen.split("Text(\"").skip(1).filter_map(|part| part.split('"').next());
            for line in texts.flat_map(|text| text.split("\\n")) {
                let wanted: String = line.chars().filter(|ch| !ch.is_whitespace()).collect();
                assert!(ink.replace('↳', "").contains(&wanted), "{line}");
            }
        }
    }

    #[test]
    fn a_character_without_a_glyph_is_reported_once() {
        let made = render(Subject::full(&sample::runbook()), &options(Paper::A4));
        let messages: Vec<&str> = made.diagnostics.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "no font has the character `さ` (U+3055)",
                "no font has the character `ん` (U+3093)",
                "no font has the character `中` (U+4E2D)",
                "no font has the character `博` (U+535A)",
                "no font has the character `李` (U+674E)",
                "no font has the character `田` (U+7530)",
            ]
        );
    }
}
