//! Free pages.
//!
//! Takes a Markdown file, gives its text with anchors for its headings.

use std::collections::HashMap;

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
pub fn read(file: FileId, source: &Source) -> Page {
    let path = source.path.strip_prefix("content/pages/").unwrap_or(&source.path);
    let id = super::decode::stem(path).to_owned();
    let span = Span::new(file, 0, source.text.len());
    let prose = Prose::parse(&source.text, span, &Values::default());
    let mut headings: Vec<Heading> = Vec::new();
    let mut anchors = Anchors::default();
    let mut links = Vec::new();
    for flow in &prose.content {
        prose::headings(flow, &mut |level, content| {
            let text = plain(content);
            headings.push(Heading { level, anchor: anchors.unique(&slug(&text)), text });
        });
        prose::lines(flow, &mut |line| collect(file, line, &mut links));
    }
    let title = headings.first().map_or_else(|| id.clone(), |heading| heading.text.clone());
    Page { id, file, title, headings, prose, links }
}

/// The anchors that are given, each with the number that its next namesake gets.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn unique(&mut self, base: &str) -> String {
        let base = if base.is_empty() { "section" } else { base };
        let mut number = self.0.get(base).copied().unwrap_or(1);
        let mut anchor = base.to_owned();
        while self.0.contains_key(&anchor) {
            number += 1;
            anchor = format!("{base}-{number}");
        }
        self.0.insert(base.to_owned(), number);
        self.0.entry(anchor.clone()).or_insert(1);
        anchor
    }
}

fn collect(file: FileId, line: &[Inline<Written>], links: &mut Vec<Reference>) {
    prose::links(line, &mut |to| {
        let span = Span::new(file, to.range.start, to.range.end);
        links.push(Reference { name: to.target.clone(), span });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Kind;

    #[test]
    fn namesakes_are_numbered_without_a_search_from_the_start() {
        let text = "# A\n# A 2\n# A\n# A\n# !\n# !\n".to_owned() + &"# B\n".repeat(20_000);
        let page = read(FileId(0), &Source::new("content/pages/p.md", Kind::Page, text));
        let anchors: Vec<&str> = page.headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors[..6], ["a", "a-2", "a-3", "a-4", "section", "section-2"]);
        assert_eq!(anchors.last(), Some(&"b-20000"));
    }
}
