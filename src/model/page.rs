//! Free pages.
//!
//! Takes a Markdown file, gives its text with anchors for its headings.

use super::identity::slug;
use super::parameter::Values;
use super::prose::{self, Inline, Prose, Written, plain};
use super::section::Reference;
use crate::source::{FileId, Source, Span};

/// A free page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path below `pages/` without its ending.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// Its first heading, else its id.
    pub title: String,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Its text.
    pub prose: Prose,
    /// Every link, with its place.
    pub links: Vec<Reference>,
}

/// A heading of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique on the page: the slug of the text, with a number from the second on.
    pub anchor: String,
    /// The text without marks.
    pub text: String,
}

/// Reads a page. `{{ name }}` in a page is text: pages have no parameters.
pub(super) fn read(file: FileId, source: &Source) -> Page {
    let path = source.path.strip_prefix("content/pages/").unwrap_or(&source.path);
    let id = super::decode::stem(path).to_owned();
    let span = Span::new(file, 0, source.text.len());
    let prose = Prose::parse(&source.text, span, &Values::default());
    let mut headings: Vec<Heading> = Vec::new();
    let mut links = Vec::new();
    for flow in &prose.content {
        prose::headings(flow, &mut |level, content| {
            let text = plain(content);
            headings.push(Heading { level, anchor: unique(&slug(&text), &headings), text });
        });
        prose::lines(flow, &mut |line| collect(file, line, &mut links));
    }
    let title = headings.first().map_or_else(|| id.clone(), |heading| heading.text.clone());
    Page { id, file, title, headings, prose, links }
}

fn unique(base: &str, headings: &[Heading]) -> String {
    let base = if base.is_empty() { "section" } else { base };
    let taken = |anchor: &str| headings.iter().any(|heading| heading.anchor == anchor);
    let numbered = (1..).map(|n| if n == 1 { base.to_owned() } else { format!("{base}-{n}") });
    numbered.into_iter().find(|anchor| !taken(anchor)).unwrap_or_default()
}

fn collect(file: FileId, line: &[Inline<Written>], links: &mut Vec<Reference>) {
    prose::links(line, &mut |to| {
        let span = Span::new(file, to.range.start, to.range.end);
        links.push(Reference { name: to.target.clone(), span });
    });
}
