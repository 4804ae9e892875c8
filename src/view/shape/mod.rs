//! Library → site: numbers, links, backlinks, times and recorded state, computed once.
//!
//! Takes everything that people wrote and the instant of judgement, gives what every output prints.
//! Documents are shaped side by side.

mod attention;
mod axis;
mod block;
mod calendar;
mod document;
mod event;
mod gate;
mod index;
mod item;
mod owner;
mod register;
mod schedule;
mod section;
mod state;
mod timeline;
mod waiting;

use jiff::Timestamp;
use rayon::prelude::*;

use super::document::{Backlink, Destination, Document, Flow, Inline, Line, Mention};
use super::site::{Heading, Page, Site};
use crate::config::{Config, Labels};
use crate::model::Library;
use crate::model::page::Page as WrittenPage;
use crate::model::prose::{Prose, Text, Written, convert_all};
use crate::model::runbook::Runbook;
use crate::model::section::Reference;
use crate::release::{self, Assessment};
use crate::source::{FileId, Kind, Source, Sources, Span};
use index::Index;

/// Shapes the whole site, judged as of `as_of`, or of each release's last event.
pub fn shape(library: &Library, sources: &Sources, config: &Config, as_of: Option<Timestamp>) -> Site {
    let index = Index::new(library, sources);
    let world = World { library, sources, index: &index, labels: &config.labels };
    let assessed: Vec<Option<Assessment>> = library
        .releases
        .par_iter()
        .map(|plan| Some(release::assess(plan, &library.roster, release::as_of(plan, as_of))))
        .collect();
    let runbooks: Vec<Document> =
        library.runbooks.par_iter().map(|runbook| document::runbook(world, runbook)).collect();
    let releases: Vec<Document> = library
        .releases
        .par_iter()
        .zip(&assessed)
        .filter_map(|(plan, assessed)| document::release(world, plan, assessed.as_ref()?))
        .collect();
    let escalations = owner::escalations(&runbooks);
    let calendar = calendar::bookings(&library.releases, &releases, world.labels);
    Site {
        title: config.title.clone(),
        language: config.language.value.clone(),
        base_url: config.base_url.clone(),
        runbooks,
        releases,
        calendar,
        registers: register::registers(world, &assessed),
        attention: attention::attention(world, &assessed, as_of),
        escalations,
        owners: owner::owners(world, &waiting::Waiting::of(world, &assessed)),
        contacts: owner::everybody(world),
        people: owner::people(world),
        pages: library.pages.par_iter().map(|written| page(world, written)).collect(),
    }
}

/// What shaping may look at.
#[derive(Clone, Copy)]
struct World<'a> {
    library: &'a Library,
    sources: &'a Sources,
    index: &'a Index,
    labels: &'a Labels,
}

/// Where a text stands: decides where its links lead.
#[derive(Clone, Copy)]
struct Here<'a> {
    world: World<'a>,
    runbook: Option<&'a Runbook>,
    /// The page that shows the text; anchors of its own runbook stay on it.
    path: &'a str,
}

impl Here<'_> {
    fn text(&self, text: &Text) -> Line {
        self.line(&text.content, text.span)
    }

    fn optional(&self, text: Option<&Text>) -> Line {
        text.map(|text| self.text(text)).unwrap_or_default()
    }

    fn line(&self, content: &[crate::model::prose::Inline<Written>], span: Span) -> Line {
        convert_all(content, &mut |to: &Written| self.destination(&to.target, span))
    }

    fn prose(&self, prose: Option<&Prose>) -> Vec<Flow> {
        let Some(prose) = prose else { return Vec::new() };
        let mut link = |to: &Written| self.destination(&to.target, prose.span);
        prose.content.iter().map(|flow| flow.convert(&mut link)).collect()
    }

    fn lines(&self, texts: &[Text]) -> Vec<Line> {
        texts.iter().map(|text| self.text(text)).collect()
    }
}

/// A free page.
fn page(world: World<'_>, written: &WrittenPage) -> Page {
    let path = index::page_path(&written.id);
    let here = Here { world, runbook: None, path: &path };
    Page {
        source: world.sources.get(written.file).path.clone(),
        title: written.title.clone(),
        headings: written.headings.iter().map(heading).collect(),
        content: here.prose(Some(&written.prose)),
        backlinks: world.index.backlinks(&path, ""),
        path,
    }
}

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
