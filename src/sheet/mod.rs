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
mod structure;
mod text;
mod typeface;

use crate::config::Paper;
use crate::diagnostic::Diagnostic;
use crate::view::Document;

pub use font::Fonts;

/// What a sheet is made for.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What it is printed on.
    pub paper: Paper,
    /// Whether its fields can be filled on a screen.
    pub forms: bool,
    /// Language of the document, as in `en`.
    pub language: &'a str,
    /// Address of the published site, without a slash at its end.
    pub base_url: Option<&'a str>,
    /// When it is issued, as in `2026-11-21T09:00:00Z`, if that is to be said.
    pub date: Option<&'a str>,
    /// The faces to set with: [`Fonts::embedded`], or those and a site's own.
    pub fonts: &'a Fonts,
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

/// Makes the sheet of a runbook or a release. The same view and options give the same bytes.
pub fn render(document: &Document, options: &Options<'_>) -> Rendered {
    let (laid, diagnostics) = compose::compose(document, options);
    let bytes = draw::draw(&laid, options.fonts, options.forms);
    Rendered { bytes, pages: laid.pages.len(), diagnostics }
}

/// The laid-out sheet as text, a mark a line: what golden tests compare.
pub fn dump(document: &Document, options: &Options<'_>) -> String {
    compose::compose(document, options).0.dump()
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options<'static> {
        Options {
            paper: Paper::A4,
            forms: true,
            language: "en",
            base_url: Some("https://runbooks.example.org"),
            date: None,
            fonts: Fonts::embedded(),
        }
    }

    #[test]
    fn look() {
        for (name, document) in [("runbook", sample::runbook()), ("release", sample::release())] {
            let made = render(&document, &options());
            std::fs::write(format!("/tmp/look-{name}.pdf"), &made.bytes).unwrap();
            println!("{} pages, {:?}", made.pages, made.diagnostics);
        }
    }
}
