//! Markdown of text fields as a small tree, parsed once for all outputs.
//!
//! Takes the text of a field and the values of parameters, gives `Text` (one line) or `Prose`
//! (blocks). Raw HTML is text. Links stay as they were written; `view` decides where they lead.

mod parse;
mod walk;

use std::borrow::Cow;
use std::ops::Range;

use super::parameter::{Piece, Values};
use crate::source::Span;
pub use walk::{convert_all, headings, lines, links};

use parse::{blocks, text_with_parameters};

/// A run of text within a line; `L` is what a link leads to.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Inline<L> {
    /// Plain characters.
    Text(String),
    /// A parameter, with its value where it has one.
    Parameter { name: String, value: Option<String> },
    /// `code`
    Code(Vec<Piece>),
    /// *emphasis*
    Emphasis(Vec<Inline<L>>),
    /// **strong**
    Strong(Vec<Inline<L>>),
    /// ~~struck~~
    Strike(Vec<Inline<L>>),
    /// A link with its text.
    Link { to: L, content: Vec<Inline<L>> },
    /// A picture, of which text outputs show the description.
    Image { to: L, description: String },
    /// A forced line break.
    Break,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Flow<L> {
    /// A paragraph.
    Paragraph(Vec<Inline<L>>),
    /// A heading of level 1 to 6 within the text.
    Heading { level: u8, content: Vec<Inline<L>> },
    /// A list; `first` is the first number of an ordered one.
    List { first: Option<u64>, items: Vec<ListItem<L>> },
    /// A quotation.
    Quote(Vec<Flow<L>>),
    /// A block of code.
    Code { language: String, code: Vec<Piece> },
    /// A table: head and rows of cells.
    Table { head: Vec<Vec<Inline<L>>>, rows: Vec<Vec<Vec<Inline<L>>>> },
    /// A line across.
    Rule,
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct ListItem<L> {
    /// Whether a task is ticked; `None` for an ordinary entry.
    pub ticked: Option<bool>,
    /// What it says.
    pub content: Vec<Flow<L>>,
}

/// A link as it was written: the address and its bytes within the field's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The address, with the values of its parameters.
    pub target: String,
    /// Bytes of the whole link within the text of the field.
    pub range: Range<usize>,
}

/// One line of inline Markdown.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// As it was written.
    pub source: Box<str>,
    /// Where.
    pub span: Span,
    /// What it says, where that is more than its characters: most lines are plain, and there are many.
    marked: Option<Box<Marked>>,
}

/// A line that is more than its characters.
#[derive(Debug, Clone)]
struct Marked(Vec<Inline<Written>>);

impl Marked {
    fn new(line: Vec<Inline<Written>>) -> Option<Box<Self>> {
        Some(Box::new(Self(line)))
    }
}

/// Blocks of Markdown.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// As it was written.
    pub source: String,
    /// Where.
    pub span: Span,
    /// What it says.
    pub content: Vec<Flow<Written>>,
}

impl Text {
    /// Parses one line.
    pub fn parse(source: &str, span: Span, values: &Values) -> Self {
        if is_plain(source) {
            let line = || Marked::new(text_with_parameters(source, values));
            let marked = if source.contains("{{") { line() } else { None };
            return Self { source: source.into(), span, marked };
        }
        let mut blocks = blocks(source, values);
        let marked = match (blocks.pop(), blocks.is_empty()) {
            (Some(Flow::Paragraph(content)), true) => content,
            // `1. Stop` as a title is not a list, it is a title.
            _ => text_with_parameters(source, values),
        };
        Self { source: source.into(), span, marked: Marked::new(marked) }
    }

    /// One line that is not Markdown.
    pub fn literal(source: &str, span: Span) -> Self {
        Self { source: source.into(), span, marked: None }
    }

    /// Leads its links elsewhere.
    pub(super) fn lead(&mut self, mut way: impl FnMut(&Written) -> Written) {
        if let Some(marked) = &mut self.marked {
            marked.0 = convert_all(&marked.0, &mut way);
        }
    }

    /// What it says.
    pub fn content(&self) -> Cow<'_, [Inline<Written>]> {
        match &self.marked {
            Some(marked) => Cow::Borrowed(&marked.0),
            None if self.source.is_empty() => Cow::Borrowed(&[]),
            None => Cow::Owned(vec![Inline::Text(self.source.to_string())]),
        }
    }

    /// What of it is more than characters; in a plain line there are no links to find.
    pub(super) fn marks(&self) -> &[Inline<Written>] {
        self.marked.as_ref().map_or(&[], |marked| marked.0.as_slice())
    }

    /// The text without marks, values filled in, blanks as their names in angle brackets.
    pub fn plain(&self) -> String {
        self.marked.as_ref().map_or_else(|| self.source.to_string(), |marked| plain(&marked.0))
    }
}

/// Whether Markdown has nothing to find in a line: most titles, and a parser costs more than a look.
fn is_plain(source: &str) -> bool {
    let is_mark = |byte| {
        matches!(
            byte,
            b'*' | b'_'
                | b'`'
                | b'['
                | b']'
                | b'<'
                | b'>'
                | b'!'
                | b'&'
                | b'\\'
                | b'~'
                | b'|'
                | b'\n'
                | b'\r'
                | b'\t'
        )
    };
    let starts_plain = |c: char| c.is_alphabetic() || matches!(c, '{' | '(' | '"' | '\'' | '/' | '$' | '.');
    let begins = match source.trim_start_matches(|c: char| c.is_ascii_digit()) {
        // `1.` begins a list, `85 %` does not.
        rest if rest.len() < source.len() => !rest.starts_with(['.', ')']),
        rest => rest.is_empty() || rest.starts_with(starts_plain),
    };
    begins && !source.ends_with(' ') && !source.bytes().any(is_mark)
}

impl Prose {
    /// Parses blocks.
    pub fn parse(source: &str, span: Span, values: &Values) -> Self {
        let line = source.trim_end_matches('\n');
        let content = if is_plain(line) && !line.is_empty() {
            vec![Flow::Paragraph(text_with_parameters(line, values))]
        } else {
            blocks(source, values)
        };
        Self { source: source.to_owned(), span, content }
    }

    /// Leads its links elsewhere.
    pub(super) fn lead(&mut self, mut way: impl FnMut(&Written) -> Written) {
        self.content = self.content.iter().map(|flow| flow.convert(&mut way)).collect();
    }
}

/// The characters of inline content, without marks.
pub fn plain<L>(content: &[Inline<L>]) -> String {
    let mut out = String::new();
    for part in content {
        match part {
            Inline::Text(text) => out.push_str(text),
            Inline::Parameter { name, value } => match value {
                Some(value) => out.push_str(value),
                None => out.extend(["‹", name.as_str(), "›"]),
            },
            Inline::Code(code) => out.push_str(&Piece::plain(code)),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                out.push_str(&plain(inner));
            }
            Inline::Link { content, .. } => out.push_str(&plain(content)),
            Inline::Image { description, .. } => out.push_str(description),
            Inline::Break => out.push(' '),
        }
    }
    out
}

#[cfg(test)]
mod tests;
