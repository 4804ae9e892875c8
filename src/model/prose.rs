//! Markdown of text fields as a small tree, parsed once for all outputs.
//!
//! Takes the text of a field and the values of parameters, gives `Text` (one line) or `Prose`
//! (blocks). Raw HTML is text. Links stay as they were written; `view` decides where they lead. The
//! only file that knows the Markdown parser.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::parameter::{Piece, Values, pieces};
use crate::source::Span;

/// Blocks and marks within each other that are kept; what lies deeper goes into the innermost that is.
/// A reader sees no difference, and everything that walks the tree may call itself.
const NESTING: usize = 64;

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
    /// The address.
    pub target: String,
    /// Bytes of the whole link within the text of the field.
    pub range: Range<usize>,
}

/// One line of inline Markdown.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// As it was written.
    pub source: String,
    /// Where.
    pub span: Span,
    /// What it says.
    pub content: Vec<Inline<Written>>,
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
            return Self { source: source.to_owned(), span, content: text_with_parameters(source, values) };
        }
        let mut blocks = blocks(source, values);
        let content = match (blocks.pop(), blocks.is_empty()) {
            (Some(Flow::Paragraph(content)), true) => content,
            // `1. Stop` as a title is not a list, it is a title.
            _ => text_with_parameters(source, values),
        };
        Self { source: source.to_owned(), span, content }
    }

    /// One line that is not Markdown.
    pub fn literal(source: &str, span: Span) -> Self {
        Self { source: source.to_owned(), span, content: vec![Inline::Text(source.to_owned())] }
    }

    /// The text without marks, values filled in, blanks as their names in angle brackets.
    pub fn plain(&self) -> String {
        plain(&self.content)
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
    let starts_block = source.starts_with(|c: char| !c.is_alphabetic());
    !starts_block && !source.ends_with(' ') && !source.bytes().any(is_mark)
}

impl Prose {
    /// Parses blocks.
    pub fn parse(source: &str, span: Span, values: &Values) -> Self {
        Self { source: source.to_owned(), span, content: blocks(source, values) }
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

/// Calls `see` with what every link and picture of a line leads to.
pub fn links<L>(line: &[Inline<L>], see: &mut impl FnMut(&L)) {
    for part in line {
        match part {
            Inline::Link { to, content } => {
                see(to);
                links(content, see);
            }
            Inline::Image { to, .. } => see(to),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => links(inner, see),
            _ => {}
        }
    }
}

/// Calls `see` with every line of text in a block.
pub fn lines<L>(flow: &Flow<L>, see: &mut impl FnMut(&[Inline<L>])) {
    match flow {
        Flow::Paragraph(line) | Flow::Heading { content: line, .. } => see(line),
        Flow::Table { head, rows } => head.iter().chain(rows.iter().flatten()).for_each(|cell| see(cell)),
        Flow::Quote(inner) => inner.iter().for_each(|flow| lines(flow, see)),
        Flow::List { items, .. } => {
            items.iter().flat_map(|item| &item.content).for_each(|flow| lines(flow, see));
        }
        Flow::Code { .. } | Flow::Rule => {}
    }
}

/// Calls `see` with every heading of a block, in order.
pub fn headings<L>(flow: &Flow<L>, see: &mut impl FnMut(u8, &[Inline<L>])) {
    match flow {
        Flow::Heading { level, content } => see(*level, content),
        Flow::Quote(inner) => inner.iter().for_each(|flow| headings(flow, see)),
        Flow::List { items, .. } => {
            items.iter().flat_map(|item| &item.content).for_each(|flow| headings(flow, see));
        }
        _ => {}
    }
}

impl<L> Inline<L> {
    /// The same content with every link turned into another kind of link.
    pub fn convert<M>(&self, link: &mut impl FnMut(&L) -> M) -> Inline<M> {
        match self {
            Self::Text(text) => Inline::Text(text.clone()),
            Self::Parameter { name, value } => Inline::Parameter { name: name.clone(), value: value.clone() },
            Self::Code(code) => Inline::Code(code.clone()),
            Self::Emphasis(inner) => Inline::Emphasis(convert_all(inner, link)),
            Self::Strong(inner) => Inline::Strong(convert_all(inner, link)),
            Self::Strike(inner) => Inline::Strike(convert_all(inner, link)),
            Self::Link { to, content } => Inline::Link { to: link(to), content: convert_all(content, link) },
            Self::Image { to, description } => {
                Inline::Image { to: link(to), description: description.clone() }
            }
            Self::Break => Inline::Break,
        }
    }
}

/// `convert` over a line.
pub fn convert_all<L, M>(content: &[Inline<L>], link: &mut impl FnMut(&L) -> M) -> Vec<Inline<M>> {
    content.iter().map(|part| part.convert(link)).collect()
}

impl<L> Flow<L> {
    /// The same block with every link turned into another kind of link.
    pub fn convert<M>(&self, link: &mut impl FnMut(&L) -> M) -> Flow<M> {
        match self {
            Self::Paragraph(content) => Flow::Paragraph(convert_all(content, link)),
            Self::Heading { level, content } => {
                Flow::Heading { level: *level, content: convert_all(content, link) }
            }
            Self::List { first, items } => {
                let mut entry = |item: &ListItem<L>| ListItem {
                    ticked: item.ticked,
                    content: item.content.iter().map(|flow| flow.convert(link)).collect(),
                };
                Flow::List { first: *first, items: items.iter().map(&mut entry).collect() }
            }
            Self::Quote(inner) => Flow::Quote(inner.iter().map(|flow| flow.convert(link)).collect()),
            Self::Code { language, code } => Flow::Code { language: language.clone(), code: code.clone() },
            Self::Table { head, rows } => {
                let mut cells = |cells: &[Vec<Inline<L>>]| -> Vec<Vec<Inline<M>>> {
                    cells.iter().map(|cell| convert_all(cell, link)).collect()
                };
                let head = cells(head);
                Flow::Table { head, rows: rows.iter().map(|row| cells(row)).collect() }
            }
            Self::Rule => Flow::Rule,
        }
    }
}

/// Text with its parameters picked out.
fn text_with_parameters(text: &str, values: &Values) -> Vec<Inline<Written>> {
    let part = |piece| match piece {
        Piece::Text(text) => Inline::Text(text),
        Piece::Parameter { name, value } => Inline::Parameter { name, value },
    };
    pieces(text, values).into_iter().map(part).collect()
}

fn blocks(source: &str, values: &Values) -> Vec<Flow<Written>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let events = TextMergeWithOffset::new(Parser::new_ext(source, options).into_offset_iter());
    let mut builder = Builder { values, open: vec![Open::default()], skipped: 0 };
    for (event, range) in events {
        builder.take(event, range);
    }
    builder.open.into_iter().next().map(|open| open.flows).unwrap_or_default()
}

/// A container that is being filled.
#[derive(Default)]
struct Open {
    flows: Vec<Flow<Written>>,
    line: Vec<Inline<Written>>,
    items: Vec<ListItem<Written>>,
    cells: Vec<Vec<Inline<Written>>>,
    rows: Vec<Vec<Vec<Inline<Written>>>>,
    ticked: Option<bool>,
    link: Option<Written>,
    first: Option<u64>,
    code: Option<(String, String)>,
}

struct Builder<'a> {
    values: &'a Values,
    open: Vec<Open>,
    /// Containers that lie too deep, begun and not ended.
    skipped: usize,
}

/// Whether a container stands on lines of its own within another of its kind.
fn splits(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Item | TagEnd::BlockQuote(_))
}

/// The parts of a list or table share its fate.
fn level(tag: TagEnd) -> usize {
    match tag {
        TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => 1,
        TagEnd::TableCell => 2,
        _ => 0,
    }
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => {
                let code = pieces(&code, self.values);
                self.line(Inline::Code(code));
            }
            Event::SoftBreak => self.line(Inline::Text(" ".to_owned())),
            Event::HardBreak => self.line(Inline::Break),
            Event::Rule => self.flow(Flow::Rule),
            Event::TaskListMarker(ticked) if self.skipped == 0 => {
                self.parent(|open| open.ticked = Some(ticked));
            }
            Event::TaskListMarker(_) => {}
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let end = tag.to_end();
        let deep = self.skipped > 0 || self.open.len() > NESTING + level(end);
        // A block of code holds nothing else.
        if deep && end != TagEnd::CodeBlock {
            self.skipped += 1;
            return self.parent(|open| open.close_paragraph(splits(end)));
        }
        let link = match tag {
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                Some(Written { target: dest_url.to_string(), range })
            }
            _ => None,
        };
        let first = if let Tag::List(first) = tag { *first } else { None };
        let code = match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                // The first word is the language, the rest is for other programs.
                let language = info.split_whitespace().next().unwrap_or_default();
                Some((language.to_owned(), String::new()))
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Some(Default::default()),
            _ => None,
        };
        self.open.push(Open { link, first, code, ..Open::default() });
    }

    fn end(&mut self, tag: TagEnd) {
        if self.skipped > 0 && tag != TagEnd::CodeBlock {
            self.skipped -= 1;
            return self.parent(|open| open.close_paragraph(splits(tag)));
        }
        let Some(mut done) = self.open.pop() else { return };
        done.close_paragraph(splits(tag));
        match tag {
            TagEnd::Paragraph => self.flow(Flow::Paragraph(done.line)),
            TagEnd::Heading(level) => self.flow(Flow::Heading { level: level as u8, content: done.line }),
            TagEnd::BlockQuote(_) => self.flow(Flow::Quote(done.flows)),
            TagEnd::Item => {
                let item = ListItem { ticked: done.ticked, content: done.flows };
                self.parent(|parent| parent.items.push(item));
            }
            TagEnd::TableCell => self.parent(|parent| parent.cells.push(done.line)),
            TagEnd::TableRow => self.parent(|parent| parent.rows.push(done.cells)),
            TagEnd::TableHead => self.parent(|parent| parent.cells = done.cells),
            TagEnd::Table => self.flow(Flow::Table { head: done.cells, rows: done.rows }),
            TagEnd::Emphasis => self.line(Inline::Emphasis(done.line)),
            TagEnd::Strong => self.line(Inline::Strong(done.line)),
            TagEnd::Strikethrough => self.line(Inline::Strike(done.line)),
            TagEnd::Link => {
                if let Some(to) = done.link {
                    self.line(Inline::Link { to, content: done.line });
                }
            }
            TagEnd::Image => {
                if let Some(to) = done.link {
                    self.line(Inline::Image { to, description: plain(&done.line) });
                }
            }
            TagEnd::List(_) => self.flow(Flow::List { first: done.first, items: done.items }),
            TagEnd::CodeBlock => {
                let (language, code) = done.code.unwrap_or_default();
                self.flow(Flow::Code { language, code: pieces(&code, self.values) });
            }
            TagEnd::HtmlBlock => self.flow(Flow::Paragraph(done.line)),
            _ => self.parent(|parent| parent.flows.extend(done.flows)),
        }
    }

    fn parent(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut() {
            change(open);
        }
    }

    fn flow(&mut self, flow: Flow<Written>) {
        self.parent(|open| {
            open.close_paragraph(true);
            open.flows.push(flow);
        });
    }

    fn line(&mut self, part: Inline<Written>) {
        self.parent(|open| open.line.push(part));
    }

    fn text(&mut self, text: &str) {
        let values = self.values;
        self.parent(|open| match &mut open.code {
            Some((_, code)) => code.push_str(text),
            None => open.line.extend(text_with_parameters(text, values)),
        });
    }
}

impl Open {
    /// Tight lists hold text without a paragraph around it; here it gets one.
    fn close_paragraph(&mut self, wanted: bool) {
        if wanted && !self.line.is_empty() {
            self.flows.push(Flow::Paragraph(std::mem::take(&mut self.line)));
        }
    }
}

#[cfg(test)]
mod tests;
