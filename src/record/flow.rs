//! Texts of authors as Markdown again.
//!
//! Takes lines and blocks of the view, gives Markdown in which their marks mean what they meant and
//! everything else is escaped. Headings become bold lines, so that the record keeps its own order.

use super::escape::{code, code_block, link, text};
use super::options::Links;
use crate::view::{Destination, Flow, Inline, Mention, Piece, plain};

/// Writes texts of one document.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) links: &'a Links,
    /// Path of the document's page.
    pub(super) path: &'a str,
}

impl Writer<'_> {
    /// One line.
    pub(super) fn line(&self, line: &[Inline]) -> String {
        let plainly = |part: &Inline| matches!(part, Inline::Text(_) | Inline::Parameter { .. });
        if line.iter().all(plainly) {
            return text(&plain(line));
        }
        line.iter().map(|part| self.inline(part)).collect::<String>().trim().to_owned()
    }

    fn inline(&self, part: &Inline) -> String {
        let inside = |content: &[Inline]| content.iter().map(|part| self.inline(part)).collect::<String>();
        let marked = |mark: &str, content: &[Inline]| {
            let inner = inside(content);
            let core = inner.trim();
            if core.is_empty() { inner } else { inner.replacen(core, &format!("{mark}{core}{mark}"), 1) }
        };
        match part {
            Inline::Text(words) => spaced(words),
            Inline::Parameter { name, value } => match value {
                Some(value) => spaced(value),
                None => format!("‹{}›", text(name)),
            },
            Inline::Code(pieces) => code(&Piece::plain(pieces)),
            Inline::Emphasis(content) => marked("*", content),
            Inline::Strong(content) => marked("**", content),
            Inline::Strike(content) => marked("~~", content),
            Inline::Link { to, content } => self.link(&inside(content), to),
            Inline::Image { description, .. } => text(description),
            Inline::Break => " ".to_owned(),
        }
    }

    /// Words with a link, where the record can link.
    pub(super) fn link(&self, words: &str, to: &Destination) -> String {
        match to {
            Destination::Url(url) => link(words, url),
            Destination::Page { path, anchor } => match self.links.to(self.path, path, anchor) {
                Some(address) => link(words, &address),
                None => words.to_owned(),
            },
            Destination::Nowhere(_) => words.to_owned(),
        }
    }

    /// Somebody or something that has a page.
    pub(super) fn mention(&self, mention: &Mention) -> String {
        self.link(&text(&mention.text), &mention.to)
    }

    /// Several, with commas.
    pub(super) fn mentions(&self, mentions: &[Mention]) -> String {
        mentions.iter().map(|mention| self.mention(mention)).collect::<Vec<_>>().join(", ")
    }

    /// Blocks, each line behind `indent`, each block followed by an empty line.
    pub(super) fn blocks(&self, flows: &[Flow], indent: &str) -> String {
        let mut out = String::new();
        for flow in flows {
            out.push_str(&self.block(flow, indent));
            out.push('\n');
        }
        out
    }

    fn block(&self, flow: &Flow, indent: &str) -> String {
        match flow {
            Flow::Paragraph(line) => format!("{indent}{}\n", self.line(line)),
            Flow::Heading { content, .. } => format!("{indent}**{}**\n", self.line(content)),
            Flow::List { first, items } => {
                let mut out = String::new();
                for (number, item) in (first.unwrap_or(1)..).zip(items) {
                    let bullet = if first.is_some() { format!("{number}. ") } else { "- ".to_owned() };
                    let inner = format!("{indent}{}", " ".repeat(bullet.len()));
                    let inside = self.blocks(&item.content, &inner);
                    let inside = inside.trim_end().strip_prefix(&inner).unwrap_or_default().to_owned();
                    out.push_str(&format!("{indent}{bullet}{inside}\n"));
                }
                out
            }
            Flow::Quote(inner) => {
                let quoted = self.blocks(inner, "");
                quoted.trim_end().lines().map(|line| format!("{indent}> {line}\n")).collect()
            }
            Flow::Code { language, code } => code_block(language, &Piece::plain(code), indent),
            Flow::Table { head, rows } => {
                let cells =
                    |cells: &[Vec<Inline>]| cells.iter().map(|cell| self.cell(cell)).collect::<Vec<_>>();
                table(&cells(head), &rows.iter().map(|row| cells(row)).collect::<Vec<_>>(), indent)
            }
            Flow::Rule => format!("{indent}---\n"),
        }
    }

    /// A line in a cell: a bar within code would end it.
    pub(super) fn cell(&self, line: &[Inline]) -> String {
        let written = self.line(line);
        let mut out = String::with_capacity(written.len());
        let mut before = ' ';
        for c in written.chars() {
            if c == '|' && before != '\\' {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
        out
    }
}

/// A part of a line keeps the spaces at its ends.
fn spaced(words: &str) -> String {
    let (start, end) = (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    let inner = text(words);
    if inner.is_empty() {
        return if start { " ".to_owned() } else { String::new() };
    }
    format!("{}{inner}{}", if start { " " } else { "" }, if end { " " } else { "" })
}

/// A table; cells are Markdown already.
pub(super) fn table(head: &[String], rows: &[Vec<String>], indent: &str) -> String {
    let row = |cells: &[String]| format!("{indent}| {} |\n", cells.join(" | "));
    let mut out = row(head);
    out.push_str(&format!("{indent}|{}\n", " --- |".repeat(head.len())));
    out.extend(rows.iter().map(|cells| row(cells)));
    out
}
