//! Text of authors → HTML, every character of theirs escaped.
//!
//! Takes inline and block text of the view and the page it stands on, gives `Html`. Together with
//! the templates the only place where tags are written.

use std::convert::Infallible;
use std::io::{self, Write};
use std::slice::Iter;

use serde::Serialize;

use super::engine::Html;
use super::{code, link};
use crate::config::Labels;
use crate::view::{Destination, Flow, Heading, Inline, ListItem, Mention, Piece};

/// Writes text for one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen<'a> {
    /// Path of the page below the output folder.
    pub(super) page: &'a str,
    /// The words of the program.
    pub(super) labels: &'a Labels,
}

/// A word that links: a role, a section, a step.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reference<'a> {
    /// What is shown.
    pub(super) text: &'a str,
    /// Its id.
    pub(super) id: &'a str,
    /// Where it leads, if anywhere.
    pub(super) href: Option<String>,
    /// Who holds the role in this release.
    pub(super) holder: Option<&'a str>,
}

impl<'a> Pen<'a> {
    /// One line of text.
    pub(super) fn line(self, line: &[Inline]) -> Html {
        let mut writer = self.writer(2, &[]);
        writer.line(line);
        Html(writer.out)
    }

    /// One line of text, or `None` where it says nothing.
    pub(super) fn some_line(self, line: &[Inline]) -> Option<Html> {
        (!line.is_empty()).then(|| self.line(line))
    }

    /// Blocks of text below a heading of `level`; `None` where there are none.
    pub(super) fn flows(self, flows: &[Flow], level: usize) -> Option<Html> {
        (!flows.is_empty()).then(|| {
            let mut writer = self.writer(level, &[]);
            writer.flows(flows);
            Html(writer.out)
        })
    }

    /// The text of a free page, with the anchors of its headings.
    pub(super) fn page_text(self, flows: &[Flow], headings: &[Heading]) -> Html {
        let mut writer = self.writer(0, headings);
        writer.flows(flows);
        Html(writer.out)
    }

    /// Code with colours and marked parameters, without a tag around it.
    pub(super) fn code(self, language: &str, pieces: &[Piece]) -> Html {
        let mut out = String::new();
        code::write(self.labels, language, pieces, &mut out);
        Html(out)
    }

    /// A word that links.
    pub(super) fn mention<'m>(self, mention: &'m Mention) -> Reference<'m> {
        Reference {
            text: &mention.text,
            id: &mention.id,
            href: link::href(self.page, &mention.to),
            holder: mention.holder.as_deref(),
        }
    }

    /// Words that link.
    pub(super) fn mentions<'m>(self, mentions: &'m [Mention]) -> Vec<Reference<'m>> {
        mentions.iter().map(|mention| self.mention(mention)).collect()
    }

    fn writer<'h>(self, level: usize, headings: &'h [Heading]) -> Writer<'a, 'h> {
        Writer { pen: self, level, headings: headings.iter(), out: String::new() }
    }
}

/// A sentence of the program, in which words of authors stand in backticks.
pub(super) fn sentence(text: &str) -> Html {
    let mut out = String::new();
    let mut parts = text.split('`').peekable();
    let mut quoted = false;
    while let Some(part) = parts.next() {
        // A backtick without a partner is a character like any other.
        let closed = quoted && parts.peek().is_some();
        match (quoted, closed) {
            (true, true) => out.push_str("<code>"),
            (true, false) => out.push('`'),
            _ => {}
        }
        escape(part, &mut out);
        if closed {
            out.push_str("</code>");
        }
        quoted = !quoted;
    }
    Html(out)
}

/// Sentences of the program.
pub(super) fn sentences(texts: &[String]) -> Vec<Html> {
    texts.iter().map(|text| sentence(text)).collect()
}

/// Replaces what has a meaning in HTML, in text and in quoted attributes.
pub(super) fn escape(text: &str, out: &mut String) {
    let Ok(()) = escaped(text, |piece| {
        out.push_str(piece);
        Ok::<(), Infallible>(())
    });
}

/// The same for templates.
pub(super) fn escape_to(text: &str, out: &mut dyn Write) -> io::Result<()> {
    escaped(text, |piece| out.write_all(piece.as_bytes()))
}

/// Puts a text piece by piece: the pieces are long, for few characters have to be replaced.
fn escaped<E>(text: &str, mut put: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| MAY_BE_REPLACED[usize::from(byte)]) {
        let (plain, from) = rest.split_at(at);
        let Some(c) = from.chars().next() else { break };
        let (own, after) = from.split_at(c.len_utf8());
        put(plain)?;
        put(replaced(c).unwrap_or(own))?;
        rest = after;
    }
    put(rest)
}

/// Whether a character that begins with a byte may have to be replaced: asked of every byte of every page.
static MAY_BE_REPLACED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = matches!(byte as u8, ..0x20 | b'&' | b'<' | b'>' | b'"' | b'\'' | 0x7f | 0xc2);
        byte += 1;
    }
    table
};

/// What stands for a character that cannot stand for itself.
fn replaced(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\n' | '\t' => None,
        c => c.is_control().then_some("\u{fffd}"),
    }
}

struct Writer<'a, 'h> {
    pen: Pen<'a>,
    /// Level of the heading above the text.
    level: usize,
    headings: Iter<'h, Heading>,
    out: String,
}

impl Writer<'_, '_> {
    fn flows(&mut self, flows: &[Flow]) {
        for flow in flows {
            self.flow(flow);
        }
    }

    fn flow(&mut self, flow: &Flow) {
        match flow {
            Flow::Paragraph(line) => self.wrap("p", |writer| writer.line(line)),
            Flow::Heading { level, content } => self.heading(usize::from(*level), content),
            Flow::List { first: None, items } => self.wrap("ul", |writer| writer.items(items)),
            Flow::List { first: Some(first), items } => {
                self.out.push_str(&format!("<ol start=\"{first}\">"));
                self.items(items);
                self.out.push_str("</ol>");
            }
            Flow::Quote(inner) => self.wrap("blockquote", |writer| writer.flows(inner)),
            Flow::Code { language, code } => {
                self.out.push_str("<figure class=\"code\" data-copy><pre tabindex=\"0\"><code>");
                code::write(self.pen.labels, language, code, &mut self.out);
                self.out.push_str("</code></pre></figure>");
            }
            Flow::Table { head, rows } => self.table(head, rows),
            Flow::Rule => self.out.push_str("<hr>"),
        }
    }

    fn heading(&mut self, level: usize, content: &[Inline]) {
        let tag = format!("h{}", (self.level + level).clamp(1, 6));
        let Some(heading) = self.headings.next() else {
            return self.wrap(&tag, |writer| writer.line(content));
        };
        self.out.push_str(&format!("<{tag} id=\""));
        escape(&heading.anchor, &mut self.out);
        self.out.push_str("\">");
        self.line(content);
        self.out.push_str(" <a class=\"permalink\" href=\"");
        escape(&link::page(self.pen.page, self.pen.page, &heading.anchor), &mut self.out);
        self.out.push_str("\" aria-label=\"");
        escape(&self.pen.labels.fill("link-to", &[("what", &heading.text)]), &mut self.out);
        self.out.push_str(&format!("\">#</a></{tag}>"));
    }

    fn items(&mut self, items: &[ListItem]) {
        for item in items {
            match item.ticked {
                None => self.out.push_str("<li>"),
                Some(true) => self.task("box is-done", "task-done"),
                Some(false) => self.task("box", "task-open"),
            }
            match item.content.as_slice() {
                [Flow::Paragraph(line)] => self.line(line),
                [Flow::Paragraph(line), Flow::List { .. }] => {
                    self.line(line);
                    self.flows(item.content.get(1..).unwrap_or_default());
                }
                flows => self.flows(flows),
            }
            self.out.push_str("</li>");
        }
    }

    /// Begins an entry with a box.
    fn task(&mut self, class: &str, label: &str) {
        self.out.push_str(&format!("<li class=\"task\"><span class=\"{class}\" role=\"img\" aria-label=\""));
        escape(self.pen.labels.word(label), &mut self.out);
        self.out.push_str("\"></span>");
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.out.push_str("<div class=\"table\" tabindex=\"0\"><table><thead><tr>");
        for cell in head {
            self.out.push_str("<th scope=\"col\">");
            self.line(cell);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead><tbody>");
        for row in rows {
            self.out.push_str("<tr>");
            for cell in row {
                self.wrap("td", |writer| writer.line(cell));
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table></div>");
    }

    fn line(&mut self, line: &[Inline]) {
        for part in line {
            match part {
                Inline::Text(text) => escape(text, &mut self.out),
                Inline::Parameter { name, value } => {
                    code::open_parameter(self.pen.labels, name, value.is_some(), &mut self.out);
                    match value {
                        Some(value) => escape(value, &mut self.out),
                        None => escape(&format!("‹{name}›"), &mut self.out),
                    }
                    self.out.push_str("</var>");
                }
                Inline::Code(pieces) => self.wrap("code", |writer| {
                    code::write(writer.pen.labels, "", pieces, &mut writer.out);
                }),
                Inline::Emphasis(inner) => self.wrap("em", |writer| writer.line(inner)),
                Inline::Strong(inner) => self.wrap("strong", |writer| writer.line(inner)),
                Inline::Strike(inner) => self.wrap("del", |writer| writer.line(inner)),
                Inline::Link { to, content } => self.link(to, |writer| writer.line(content)),
                // A picture from elsewhere would be a request; its words lead to it instead.
                Inline::Image { to, description } => {
                    self.link(to, |writer| escape(description, &mut writer.out));
                }
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }

    fn link(&mut self, to: &Destination, words: impl FnOnce(&mut Self)) {
        let Some(address) = link::href(self.pen.page, to) else { return words(self) };
        self.out.push_str("<a href=\"");
        escape(&address, &mut self.out);
        self.out.push_str(if matches!(to, Destination::Url(_)) { "\" rel=\"noopener\">" } else { "\">" });
        words(self);
        self.out.push_str("</a>");
    }

    fn wrap(&mut self, tag: &str, inner: impl FnOnce(&mut Self)) {
        self.out.extend(["<", tag, ">"]);
        inner(self);
        self.out.extend(["</", tag, ">"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_replaced() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"),
            ("a\tb\nc\u{0}d\u{7f}e\u{85}f", "a\tb\nc\u{fffd}d\u{fffd}e\u{fffd}f"),
            ("\u{a0}5\u{a0}°C — ü & 漢", "\u{a0}5\u{a0}°C — ü &amp; 漢"),
        ] {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, expected);
            let mut bytes = Vec::new();
            assert!(escape_to(text, &mut bytes).is_ok());
            assert_eq!(bytes, expected.as_bytes());
        }
    }
}
