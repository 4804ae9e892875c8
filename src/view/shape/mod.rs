//! Library → site: numbers, links, backlinks, times and recorded state, computed once.
//!
//! Takes everything that people wrote and the instant of judgement, gives what every output prints.
//! A document is shaped when somebody asks for it; `site` says what is known before.

mod attention;
mod axis;
mod block;
mod calendar;
mod contents;
mod document;
mod event;
mod finding;
mod gate;
mod here;
mod index;
mod item;
mod memory;
mod mention;
mod owner;
mod path;
mod register;
mod schedule;
mod section;
mod site;
mod state;
mod timeline;
mod waiting;

use super::document::{Destination, Inline, Line};
use super::site::{Heading, Page};
use crate::model::prose::Written;
use crate::source::{FileId, Kind, Source};

pub use memory::Memory;
pub use site::{DocumentRef, Site, shape, shape_again};

/// A page that the program itself writes, from Markdown without links into the site.
pub fn generated(path: &str, markdown: &str) -> Page {
    let source = Source::new("content/pages/generated.md", Kind::Page, markdown.to_owned());
    let written = crate::model::page::read(FileId::default(), &source);
    let mut link = |to: &Written| Destination::Url(to.target.clone());
    Page {
        path: path.to_owned(),
        source: String::new(),
        title: written.title.clone(),
        headings: written.headings.iter().map(heading).collect(),
        content: written.prose.content.iter().map(|flow| flow.convert(&mut link)).collect(),
        backlinks: Vec::new(),
    }
}

fn heading(heading: &crate::model::page::Heading) -> Heading {
    Heading { level: heading.level, anchor: heading.anchor.clone(), text: heading.text.clone() }
}

/// A plain text as a line.
fn plain_line(text: &str) -> Line {
    vec![Inline::Text(text.to_owned())]
}
