//! Markdown → what a checklist is made of.
//!
//! Takes a text, gives its blocks in order, each with its own Markdown: nothing is interpreted yet and nothing is
//! lost but lines across. What lies deeper than a few levels stays Markdown within its neighbour.

use std::iter::Peekable;
use std::ops::Range;

use super::block::{Block, Entry, List, Table};
use super::draft::literal;
use super::html;
use super::label::{self, unboxed};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

/// Lists within each other that are taken apart.
const NESTING: usize = 8;

/// What a checklist is written in; an anchor behind a heading is not part of it.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// The blocks of a text, and its comments.
pub(super) fn read(markdown: &str) -> (Vec<Block>, Vec<String>) {
    let events = Parser::new_ext(markdown, OPTIONS).into_offset_iter().peekable();
    let mut reader = Reader { markdown, events, depth: 0, boxed: false, remarks: Vec::new() };
    (reader.blocks(), reader.remarks)
}

/// A link or a picture, and where it stands.
pub(super) struct Link {
    /// All of it.
    pub range: Range<usize>,
    /// Whether what it leads to stands elsewhere: `[notes][1]`.
    pub by_reference: bool,
    /// Where it leads, and the title of that.
    pub target: (String, String),
}

/// Every link but addresses that stand for themselves, and where the definitions of those by reference stand.
pub(super) fn links(markdown: &str) -> (Vec<Link>, Vec<Range<usize>>) {
    let parser = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    let definitions = parser.reference_definitions().iter().map(|(_, link)| link.span.clone()).collect();
    let link = |(event, mut range): (Event<'_>, Range<usize>)| {
        let (Event::Start(Tag::Link { link_type, dest_url, title, .. })
        | Event::Start(Tag::Image { link_type, dest_url, title, .. })) = event
        else {
            return None;
        };
        let by_reference = match link_type {
            LinkType::Inline => false,
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => true,
            _ => return None,
        };
        // `[]` may stand behind what the parser takes for the link.
        if link_type == LinkType::Collapsed && markdown[range.end..].starts_with("[]") {
            range.end += 2;
        }
        Some(Link { range, by_reference, target: (dest_url.into_string(), title.into_string()) })
    };
    (parser.filter_map(link).collect(), definitions)
}

/// The words of every heading but a first one that is the title.
pub(super) fn headings(markdown: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut level = None;
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Start(Tag::Heading { level: found, .. }) => {
                level = Some(found);
                headings.push((found as u8, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => level = None,
            Event::Text(text) | Event::Code(text) if level.is_some() => {
                headings.iter_mut().next_back().into_iter().for_each(|(_, words)| words.push_str(&text));
            }
            _ => {}
        }
    }
    let title = usize::from(headings.first().is_some_and(|(level, _)| *level == 1));
    headings.into_iter().skip(title).map(|(_, words)| words).collect()
}

/// Where text stands, outside code.
pub(super) fn texts(markdown: &str) -> Vec<Range<usize>> {
    let mut in_code = false;
    let is_text = |(event, range): (Event<'_>, Range<usize>)| {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        (matches!(event, Event::Text(_)) && !in_code).then_some(range)
    };
    Parser::new_ext(markdown, OPTIONS).into_offset_iter().filter_map(is_text).collect()
}

struct Reader<'a> {
    markdown: &'a str,
    events: Peekable<OffsetIter<'a>>,
    depth: usize,
    /// Whether the entry that is being read begins with a box.
    boxed: bool,
    /// Comments that stand by themselves.
    remarks: Vec<String>,
}

impl Reader<'_> {
    /// The blocks up to the end of what holds them. Text of a tight list has no paragraph around it.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose: Option<Range<usize>> = None;
        while let Some((event, range)) = self.events.next() {
            let block = match event {
                Event::Start(tag) if !is_inline(&tag) => self.block(&tag, range),
                Event::Start(tag) => {
                    self.skip(&tag.to_end());
                    extend(&mut loose, range);
                    continue;
                }
                Event::End(_) => break,
                Event::Rule => continue,
                Event::TaskListMarker(_) => {
                    self.boxed = true;
                    continue;
                }
                _ => {
                    extend(&mut loose, range);
                    continue;
                }
            };
            blocks.extend(loose.take().map(|range| Block::Text(self.text(range))));
            blocks.extend(block);
        }
        blocks.extend(loose.map(|range| Block::Text(self.text(range))));
        blocks.retain(|block| !matches!(block, Block::Text(text) if text.is_empty()));
        blocks
    }

    fn block(&mut self, tag: &Tag<'_>, range: Range<usize>) -> Option<Block> {
        match tag {
            Tag::Heading { level, .. } => {
                let text = self.inline(&tag.to_end());
                Some(Block::Heading { level: *level as u8, text: one_line(&html::unanchored(&text)) })
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().unwrap_or_default().to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                Some(Block::Code { language, code: self.code() })
            }
            Tag::List(first) if self.depth < NESTING => Some(Block::List(self.list(first.is_some(), range))),
            Tag::Table(_) => Some(Block::Table(self.table())),
            Tag::HtmlBlock => {
                self.skip(&tag.to_end());
                let text = self.text(range);
                match html::remark(&text) {
                    Some(remark) => self.remarks.push(remark.to_owned()),
                    None => return Some(Block::Text(html::unfolded(&text))),
                }
                None
            }
            _ => {
                // In a list with space between its entries the box stands in the paragraph.
                let is_box =
                    |(event, _): &(Event<'_>, Range<usize>)| matches!(event, Event::TaskListMarker(_));
                let marker = self.events.next_if(is_box).map(|(_, marker)| marker.end);
                self.boxed |= marker.is_some();
                self.skip(&tag.to_end());
                Some(Block::Text(self.text(marker.unwrap_or(range.start)..range.end)))
            }
        }
    }

    fn list(&mut self, ordered: bool, range: Range<usize>) -> List {
        let mut entries = Vec::new();
        self.depth += 1;
        while let Some((Event::Start(Tag::Item), _)) = self.events.next() {
            entries.push(self.entry());
        }
        self.depth -= 1;
        List { ordered, entries, source: self.dedented(range) }
    }

    fn entry(&mut self) -> Entry {
        let outer = std::mem::take(&mut self.boxed);
        let mut content = self.blocks();
        let mut task = std::mem::replace(&mut self.boxed, outer);
        let mut head = String::new();
        if let Some(Block::Text(text)) = content.first() {
            let (first, facts) = label::behind(text);
            head = one_line(&first.replace("\\\n", "\n"));
            let facts = Some(Block::Text(facts.to_owned())).filter(|_| !facts.is_empty());
            content.splice(..1, facts);
        }
        if let Some(rest) = unboxed(&head) {
            (task, head) = (true, rest.to_owned());
        }
        Entry { task, head, content }
    }

    fn table(&mut self) -> Table {
        let mut table = Table::default();
        let mut row = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => row.push(self.inline(&TagEnd::TableCell).replace("\\|", "|")),
                Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        table
    }

    /// The characters of a block of code.
    fn code(&mut self) -> String {
        let mut code = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let lines: Vec<&str> = code.lines().collect();
        let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
        literal(&lines[..end].join("\n"))
    }

    /// What stands up to an end, as it was written.
    fn inline(&mut self, end: &TagEnd) -> String {
        let mut inside = None;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(found) if found == *end => break,
                Event::Start(tag) => {
                    self.skip(&tag.to_end());
                    extend(&mut inside, range);
                }
                _ => extend(&mut inside, range),
            }
        }
        inside.map(|range| self.text(range)).unwrap_or_default()
    }

    /// Passes over everything up to the end of what was begun.
    fn skip(&mut self, end: &TagEnd) {
        let mut open = 1;
        while open > 0 {
            match self.events.next() {
                Some((Event::Start(tag), _)) if tag.to_end() == *end => open += 1,
                Some((Event::End(found), _)) if found == *end => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
    }

    /// Lines without the indentation of what holds them.
    fn text(&self, range: Range<usize>) -> String {
        // The backslash before the first sign is not in the range of its text.
        let before = self.markdown.get(..range.start).unwrap_or_default();
        let start = range.start - usize::from(before.ends_with('\\'));
        let text = self.markdown.get(start..range.end).unwrap_or_default().trim();
        // Two spaces at an end are a forced break, which nobody sees and YAML writes badly.
        let line = |line: &str| match line.trim().strip_suffix("<br>") {
            Some(rest) => format!("{rest}\\"),
            None => format!("{}{}", line.trim(), if line.ends_with("  ") { "\\" } else { "" }),
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Lines without the indentation of the first.
    fn dedented(&self, range: Range<usize>) -> String {
        let before = self.markdown.get(..range.start).unwrap_or_default();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let cut = |line: &str| {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            line.get(spaces.min(column)..).unwrap_or_default().trim_end().to_owned()
        };
        let lines = self.markdown.get(range).unwrap_or_default().lines();
        literal(lines.map(cut).collect::<Vec<_>>().join("\n").trim_end())
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn extend(whole: &mut Option<Range<usize>>, part: Range<usize>) {
    *whole = Some(match whole.take() {
        Some(whole) => whole.start.min(part.start)..whole.end.max(part.end),
        None => part,
    });
}

/// Lines as one.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
