//! Markdown → the tree.
//!
//! Takes a text and the values of parameters, gives its blocks. The only file that knows the Markdown
//! parser.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::{Flow, Inline, ListItem, Written, plain};
use crate::model::address;
use crate::model::parameter::{Piece, Values, find, pieces};

/// Blocks and marks within each other that are kept; what lies deeper goes into the innermost that is.
/// A reader sees no difference, and everything that walks the tree may call itself.
const NESTING: usize = 64;

/// Text with its parameters picked out.
pub(super) fn text_with_parameters(text: &str, values: &Values) -> Vec<Inline<Written>> {
    let part = |piece| match piece {
        Piece::Text(text) => Inline::Text(text),
        Piece::Parameter { name, value } => Inline::Parameter { name, value },
    };
    pieces(text, values).into_iter().map(part).collect()
}

pub(super) fn blocks(source: &str, values: &Values) -> Vec<Flow<Written>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let closed = closed(source);
    let is_closed = matches!(closed, Cow::Owned(_));
    let events = TextMergeWithOffset::new(Parser::new_ext(&closed, options).into_offset_iter());
    let mut builder = Builder { values, is_closed, open: vec![Open::default()], skipped: 0 };
    for (event, range) in events {
        builder.take(event, range);
    }
    let mut flows = builder.open.into_iter().next().map(|open| open.flows).unwrap_or_default();
    flows.shrink_to_fit();
    flows
}

/// The same text where `{{ name }}` has no spaces, which end an address: `{{^name^}}`. Every byte keeps its
/// place. Texts without links, and those that have such braces of their own, stay as they are.
fn closed(source: &str) -> Cow<'_, str> {
    let may_link = ["](", "]:", "<"].iter().any(|mark| source.contains(mark));
    if !may_link || source.contains("{{^") || source.contains("^}}") {
        return Cow::Borrowed(source);
    }
    let mut closed = Cow::Borrowed(source);
    for (name, range) in find(source) {
        if source[range.clone()] == format!("{{{{ {name} }}}}") {
            closed.to_mut().replace_range(range, &format!("{{{{^{name}^}}}}"));
        }
    }
    closed
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
    /// Whether the text was changed by `closed`.
    is_closed: bool,
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
                let code = pieces(&self.opened(&code), self.values);
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
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Some(Written { target: format!("mailto:{dest_url}"), range })
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                Some(Written { target: self.opened(dest_url).into_owned(), range })
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
        done.line.shrink_to_fit();
        done.flows.shrink_to_fit();
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
                    self.link(to, done.line, |to, content| Inline::Link { to, content });
                }
            }
            TagEnd::Image => {
                if let Some(to) = done.link {
                    let image = |to, line: Vec<_>| Inline::Image { to, description: plain(&line) };
                    self.link(to, done.line, image);
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

    /// A link or picture with the values in its address; where one is missing, its words with the address.
    fn link(
        &mut self,
        to: Written,
        content: Vec<Inline<Written>>,
        make: impl FnOnce(Written, Vec<Inline<Written>>) -> Inline<Written>,
    ) {
        if let Some(target) = address::fill(&to.target, self.values) {
            return self.line(make(Written { target, ..to }, content));
        }
        let address = text_with_parameters(&to.target, self.values);
        let is_shown = plain(&content) == plain(&address);
        self.parent(|open| {
            open.line.extend(content);
            if !is_shown {
                open.line.push(Inline::Text(" (".to_owned()));
                open.line.extend(address);
                open.line.push(Inline::Text(")".to_owned()));
            }
        });
    }

    /// The text as it was written, before `closed`.
    fn opened<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.is_closed && text.contains('^') {
            true => Cow::Owned(text.replace("{{^", "{{ ").replace("^}}", " }}")),
            false => Cow::Borrowed(text),
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
        let text = self.opened(text);
        self.parent(|open| match &mut open.code {
            Some((_, code)) => code.push_str(&text),
            None => open.line.extend(text_with_parameters(&text, values)),
        });
    }
}

impl Open {
    /// Tight lists hold text without a paragraph around it; here it gets one.
    fn close_paragraph(&mut self, wanted: bool) {
        if wanted && !self.line.is_empty() {
            self.line.shrink_to_fit();
            self.flows.push(Flow::Paragraph(std::mem::take(&mut self.line)));
        }
    }
}
