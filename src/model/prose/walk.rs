//! Going through the tree: what it links to, its lines and headings, and the same tree with other
//! links.

use super::{Flow, Inline, ListItem};

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
