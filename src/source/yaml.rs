//! YAML text → a tree in which every key and value knows its place.
//!
//! Takes a text, gives a `Node` and the `Fault`s found on the way; goes on after a duplicate key or
//! an unknown anchor, stops at a syntax error, because nothing after it can be trusted (`mend` reads around
//! it). The only file that knows the YAML parser. Hostile input is bounded: nesting by `NESTING`, and what aliases copy
//! by `EXPANSION` bytes, counted and not guessed from the number of nodes.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt as _};
use granit_parser::{Event, Parser, ScalarStyle, StrInput, Tag, options};

use super::node::{Entry, Node, Value};
use super::syntax::{Explained, explain};
use super::{Fault, FaultKind, FileId, Span, stray};

mod mend;

pub use mend::read_around;

/// How deep lists and mappings may nest.
const NESTING: usize = 64;
/// How many bytes all aliases of one file may copy together.
const EXPANSION: usize = 4 << 20;
/// From this many keys on, duplicates are found by a hash index.
const INDEX_FROM: usize = 16;

/// Reads the one document of a file; `None` where it is empty or the syntax is broken.
pub fn parse<'a>(file: FileId, text: &'a str, faults: &mut Vec<Fault>) -> Option<Node<'a>> {
    Reader::new(file, 0, text).read(faults).whole()
}

/// Reads one line of a longer file, which starts at byte `base`, as a document of its own.
pub fn parse_line<'a>(file: FileId, base: usize, line: &'a str, faults: &mut Vec<Fault>) -> Option<Node<'a>> {
    Reader::new(file, base, line).read(faults).whole()
}

/// What was read.
enum Document<'a> {
    Whole(Option<Node<'a>>),
    /// There is a syntax error at a byte.
    Broken(usize),
}

impl<'a> Document<'a> {
    fn whole(self) -> Option<Node<'a>> {
        match self {
            Self::Whole(node) => node,
            Self::Broken(_) => None,
        }
    }
}

enum Frame<'a> {
    List {
        span: Span,
        items: Vec<Node<'a>>,
        anchor: usize,
    },
    Map {
        span: Span,
        entries: Vec<Entry<'a>>,
        key: Option<Node<'a>>,
        index: Index<'a>,
        anchor: usize,
        /// One of its keys is no text: most likely none of it is a mapping, as in `{{ version }}`.
        broken: bool,
    },
}

struct Reader<'a> {
    file: FileId,
    base: usize,
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    stack: Vec<Frame<'a>>,
    anchors: HashMap<usize, (Node<'a>, usize)>,
    copied: usize,
    documents: usize,
}

/// The keys of a long mapping, each with its position.
type Index<'a> = HashMap<Cow<'a, str>, usize>;

/// Whether reading can go on.
enum Flow<'a> {
    On(Option<(Node<'a>, usize)>),
    /// What stands at this byte cannot be read.
    Break(usize),
    Stop,
}

impl<'a> Reader<'a> {
    fn new(file: FileId, base: usize, text: &'a str) -> Self {
        let limits = options! {
            block_nesting_limit: NESTING,
            flow_nesting_limit: NESTING,
            emit_unresolved_aliases: true,
        };
        Self {
            file,
            base,
            text,
            parser: Parser::new_from_str_with_options(text, limits),
            stack: Vec::new(),
            anchors: HashMap::new(),
            copied: 0,
            documents: 0,
        }
    }

    fn read(mut self, faults: &mut Vec<Fault>) -> Document<'a> {
        let mut root = None;
        while let Some(event) = self.parser.next_event() {
            let (event, place) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(0);
                    let explained = explain(self.text, at, &error.info(), self.open());
                    let at = explained.range.start;
                    let fault = syntax(self.file, self.base, explained);
                    // What an earlier fault explains is not said twice.
                    let cause = faults.iter().find(|earlier| self.explains(earlier, &fault));
                    let at = cause.map_or(at, |cause| cause.span.range().start - self.base);
                    if cause.is_none() {
                        faults.push(fault);
                    }
                    return Document::Broken(at);
                }
            };
            let place = place.byte_range().unwrap_or(0..0);
            let span = self.span(place.start, place.end);
            match self.take(event, span, faults) {
                Flow::On(Some((node, anchor))) => self.place(node, anchor, &mut root, faults),
                Flow::On(None) => {}
                Flow::Break(at) => return Document::Broken(at),
                Flow::Stop => return Document::Whole(root),
            }
        }
        Document::Whole(root)
    }

    /// Whether a syntax error only follows from an earlier fault of its line or the one above.
    fn explains(&self, earlier: &Fault, fault: &Fault) -> bool {
        let first = |span: Span| {
            let at = (span.range().start.saturating_sub(self.base)).min(self.text.len());
            self.text.get(..at).map_or(0, |before| before.matches('\n').count())
        };
        let follows = matches!(earlier.kind, FaultKind::UnknownAnchor { .. } | FaultKind::KeyNotText { .. });
        follows && earlier.span.file == fault.span.file && first(fault.span) - first(earlier.span) <= 1
    }

    /// The bracket that opens the list or mapping in which the parser is, the outermost one.
    fn open(&self) -> Option<usize> {
        let mut starts = self.stack.iter().map(|frame| match frame {
            Frame::List { span, .. } | Frame::Map { span, .. } => {
                span.range().start.saturating_sub(self.base)
            }
        });
        starts.find(|at| self.text.get(*at..).is_some_and(|text| text.starts_with(['[', '{'])))
    }

    fn slice(&self, span: Span) -> &'a str {
        slice(self.text, self.base, span)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let limit = |offset: usize| self.base + offset.min(self.text.len());
        Span::new(self.file, limit(start), limit(end))
    }

    fn take(&mut self, event: Event<'a>, span: Span, faults: &mut Vec<Fault>) -> Flow<'a> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.tagged(tag.as_deref(), span, faults);
                let plain = style == ScalarStyle::Plain;
                if plain && let Some(at) = self.stray(span, faults) {
                    return Flow::Break(at);
                }
                let value = Value::Scalar { text, plain };
                Flow::On(Some((Node { span, value }, anchor)))
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.tagged(tag.as_deref(), span, faults);
                self.stack.push(Frame::List { span, items: Vec::new(), anchor });
                Flow::On(None)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.tagged(tag.as_deref(), span, faults);
                let (entries, index) = (Vec::new(), HashMap::new());
                self.stack.push(Frame::Map { span, entries, key: None, index, anchor, broken: false });
                Flow::On(None)
            }
            Event::SequenceEnd | Event::MappingEnd => Flow::On(self.close(span)),
            Event::Alias(id) => self.alias(id, span, faults),
            Event::UnresolvedAlias(name) => {
                faults.push(Fault::new(span, FaultKind::UnknownAnchor { name: name.to_string() }));
                Flow::On(Some((Node::empty(span), 0)))
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    faults.push(Fault::new(span, FaultKind::SecondDocument));
                    return Flow::Stop;
                }
                Flow::On(None)
            }
            _ => Flow::On(None),
        }
    }

    /// Tells of a type that only the author knows.
    fn tagged(&self, tag: Option<&Tag>, span: Span, faults: &mut Vec<Fault>) {
        let own = tag.filter(|tag| !tag.is_yaml_core_schema() && !tag.suffix().is_empty());
        let found = own.and_then(|_| stray::tag(self.text, span.range().start.checked_sub(self.base)?));
        faults.extend(found.map(|found| syntax(self.file, self.base, found)));
    }

    /// Tells of a comment that cuts an unquoted text. Whether what stands before the text is no indentation,
    /// so that nothing which follows can be trusted.
    fn stray(&self, span: Span, faults: &mut Vec<Fault>) -> Option<usize> {
        let range = span.range();
        let range = range.start.saturating_sub(self.base)..range.end.saturating_sub(self.base);
        let cut = stray::comment(self.text, range.clone());
        faults.extend(cut.map(|(range, kind)| Fault::new(self.span(range.start, range.end), kind)));
        let written = self.text.get(range.clone()).unwrap_or_default();
        if !written.starts_with(stray::is_blank) || written.is_ascii() {
            return None;
        }
        let start = self.text[..range.start].rfind('\n').map_or(0, |line| line + 1);
        let found = stray::odd_space(self.text, start..range.end)?;
        let at = found.range.start;
        faults.push(syntax(self.file, self.base, found));
        Some(at)
    }

    fn close(&mut self, end: Span) -> Option<(Node<'a>, usize)> {
        let (span, last, value, anchor) = match self.stack.pop()? {
            Frame::List { span, items, anchor } => {
                (span, items.last().map(|node| node.span), Value::List(items), anchor)
            }
            Frame::Map { span, anchor, broken: true, .. } if end.end > end.start => {
                let text = self.slice(span.to(end)).into();
                (span, None, Value::Scalar { text, plain: false }, anchor)
            }
            Frame::Map { span, entries, anchor, .. } => {
                (span, entries.last().map(|(_, node)| node.span), Value::Map(entries), anchor)
            }
        };
        let flow = end.end > end.start;
        let span = if flow { span.to(end) } else { span.to(last.unwrap_or(span)) };
        Some((Node { span, value }, anchor))
    }

    fn alias(&mut self, id: usize, span: Span, faults: &mut Vec<Fault>) -> Flow<'a> {
        let Some((node, cost)) = self.anchors.get(&id) else {
            faults.push(Fault::new(span, FaultKind::CyclicAlias));
            return Flow::On(Some((Node::empty(span), 0)));
        };
        self.copied += cost;
        if self.copied > EXPANSION {
            faults.push(Fault::new(span, FaultKind::Expansion { limit: EXPANSION }));
            return Flow::Stop;
        }
        Flow::On(Some((Node { span, ..node.clone() }, 0)))
    }

    fn place(&mut self, node: Node<'a>, anchor: usize, root: &mut Option<Node<'a>>, faults: &mut Vec<Fault>) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), node.cost()));
        }
        match self.stack.last_mut() {
            None => *root = Some(node),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map { entries, key, index, broken, .. }) => match key.take() {
                None if node.as_str().is_none() => {
                    let text = slice(self.text, self.base, node.span).to_owned();
                    faults.push(Fault::new(node.span, FaultKind::KeyNotText { text }));
                    (*key, *broken) = (Some(node), true);
                }
                None => *key = Some(node),
                Some(name) => match continued(self.text, self.base, entries.last_mut(), &name) {
                    true => {}
                    false => {
                        let node = beside(self.text, self.base, &name, node);
                        add(entries, index, (name, node), faults);
                    }
                },
            },
        }
    }
}

/// The text of a span of a document that starts at byte `base`.
fn slice(text: &str, base: usize, span: Span) -> &str {
    let range = span.range();
    text.get(range.start.saturating_sub(base)..range.end.saturating_sub(base)).unwrap_or_default()
}

/// `{ means: Service down, data loss or breach, respond: 0m }`: YAML takes the words after the comma
/// for a key without a value. Nobody who writes several words there means a key, so they go on the
/// text before; one word alone stays a key, it may be one whose value was forgotten.
fn continued(text: &str, base: usize, last: Option<&mut Entry<'_>>, name: &Node<'_>) -> bool {
    let Value::Scalar { text: words, plain: true } = &name.value else { return false };
    let Some((_, Node { span, value: Value::Scalar { text: before, plain: true } })) = last else {
        return false;
    };
    let after = text.get(name.span.range().end.saturating_sub(base)..).unwrap_or_default();
    if !ends_entry(after) || !words.contains(' ') || span.end > name.span.start {
        return false;
    }
    *before = format!("{before}, {words}").into();
    *span = span.to(name.span);
    true
}

/// A key without a colon, as in `{ a: one, two }`, has its empty value straight behind it, wherever the
/// parser saw that it is none.
fn beside<'a>(text: &str, base: usize, name: &Node<'_>, value: Node<'a>) -> Node<'a> {
    let end = name.span.range().end;
    let after = || text.get(end.saturating_sub(base)..).unwrap_or_default();
    if value.is_null() && ends_entry(after()) {
        return Node::empty(Span::new(name.span.file, end, end));
    }
    value
}

/// Whether an entry of a flow mapping ends here.
fn ends_entry(after: &str) -> bool {
    after.trim_start().starts_with([',', '}'])
}

/// Adds an entry to a mapping, unless its key was there before.
fn add<'a>(entries: &mut Vec<Entry<'a>>, index: &mut Index<'a>, entry: Entry<'a>, faults: &mut Vec<Fault>) {
    // A key that is no text was reported where it was read.
    let Some(key) = entry.0.text() else { return };
    if entries.len() >= INDEX_FROM && index.is_empty() {
        let named = entries.iter().enumerate();
        *index = named.filter_map(|(at, (name, _))| Some((name.text()?.clone(), at))).collect();
    }
    let first = if index.is_empty() {
        entries.iter().position(|(name, _)| name.text() == Some(key))
    } else {
        index.get(key).copied()
    };
    if let Some(first) = first {
        let kind = FaultKind::DuplicateKey { key: key.to_string(), first: entries[first].0.span };
        faults.push(Fault::new(entry.0.span, kind));
        return;
    }
    if !index.is_empty() {
        index.insert(key.clone(), entries.len());
    }
    entries.push(entry);
}

/// A syntax error at the place that has to be changed.
fn syntax(file: FileId, base: usize, explained: Explained) -> Fault {
    let Explained { range, message, help } = explained;
    Fault::new(Span::new(file, base + range.start, base + range.end), FaultKind::Syntax { message, help })
}

#[cfg(test)]
mod tests;
