//! Full-width and typographic characters, folded to the plain ones the grammar is written in.
//!
//! Takes any text, gives a text to parse and the way back to the byte ranges of the original. It
//! may not change the meaning: only spaces, signs and full-width ASCII are touched.

use std::borrow::Cow;
use std::ops::Range;

use super::flaw::Flaw;

/// A folded text, with the original place of each of its bytes.
pub(crate) struct Folded<'a> {
    text: Cow<'a, str>,
    /// The original offset of each folded byte and of the end; empty when nothing was folded.
    places: Vec<usize>,
}

impl<'a> Folded<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self { text: Cow::Borrowed(text), places: Vec::new() };
        }
        let mut folded = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            folded.push(plain(c));
            places.resize(folded.len(), at);
        }
        places.push(text.len());
        Self { text: Cow::Owned(folded), places }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The range of the original that a range of the folded text came from.
    pub(crate) fn origin(&self, range: Range<usize>) -> Range<usize> {
        match (self.places.get(range.start), self.places.get(range.end)) {
            (Some(start), Some(end)) => *start..*end,
            _ => range,
        }
    }

    /// A flaw found in the folded text, moved to the original.
    pub(crate) fn restore(&self, flaw: Flaw) -> Flaw {
        Flaw { range: self.origin(flaw.range.clone()), ..flaw }
    }
}

fn plain(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{200A}' | '\u{202F}' => ' ',
        '\u{2212}' | '\u{2010}' | '\u{2011}' => '-',
        '≦' | '⩽' => '≤',
        '≧' | '⩾' => '≥',
        'μ' => 'µ',
        c => c,
    }
}
