//! Tables of contents.
//!
//! Takes a document or a free page, gives the entries of its contents in reading order. The anchors
//! of parts that authors do not name begin with `_`, which no id of theirs can.

use super::frame::Entry;
use super::link;
use super::state::Progress;
use super::word;
use crate::config::Labels;
use crate::view::{Block, Document, Flow, Page, Phase, Section, plain};

/// The contents of a runbook or release, with all its sections.
pub(super) fn of_document<'a>(labels: &'a Labels, document: &Document) -> Vec<Entry<'a>> {
    let mut out = Vec::new();
    let mut part = |present: bool, label: &str, anchor: &str| {
        if present {
            out.push(entry(labels.word(label), anchor));
        }
    };
    if let Some(release) = &document.release {
        part(true, "verdict", "_verdict");
        part(!document.sections.is_empty(), "progress", "_progress");
        part(!release.deviations.is_empty(), "deviations", "_deviations");
        part(!release.roles.is_empty(), "roles", "_roles");
    }
    part(document.timeline.is_some(), "timeline", "_timeline");
    part(!document.parameters.is_empty(), "parameters", "_parameters");
    part(!document.severities.is_empty(), "severities", "_severities");
    let mut phase = None;
    for section in &document.sections {
        sections(labels, section, &mut phase, &mut out);
    }
    let first = out.len();
    let mut part = |present: bool, label: &str, anchor: &str| {
        if present {
            out.push(entry(labels.word(label), anchor));
        }
    };
    part(!document.escalation.is_empty(), "escalation", "_escalation");
    part(document.release.is_some(), "event-log", "_events");
    part(!document.history.is_empty(), "history", "_history");
    if let Some(entry) = out.get_mut(first) {
        entry.phase = Some(word::word(labels, "document", "document"));
    }
    out
}

/// The contents of a free page, without its title.
pub(super) fn of_page(page: &Page) -> Vec<Entry<'static>> {
    let below = page.headings.iter().filter(|heading| heading.level > 1);
    let top = below.clone().map(|heading| heading.level).min().unwrap_or(2);
    below
        .map(|heading| Entry {
            depth: usize::from(heading.level - top) + 1,
            ..entry(&heading.text, &heading.anchor)
        })
        .collect()
}

/// The words of the first paragraph.
pub(super) fn first_sentences(flows: &[Flow]) -> String {
    flows
        .iter()
        .find_map(|flow| match flow {
            Flow::Paragraph(line) => Some(plain(line)),
            _ => None,
        })
        .unwrap_or_default()
}

/// An entry of the top level.
pub(super) fn entry(text: &str, anchor: &str) -> Entry<'static> {
    let href = link::page("", "", anchor);
    Entry { depth: 1, number: String::new(), text: text.to_owned(), href, phase: None, status: None }
}

/// An entry of the top level with its number.
pub(super) fn numbered(number: &str, text: &str, anchor: &str) -> Entry<'static> {
    Entry { number: number.to_owned(), ..entry(text, anchor) }
}

fn sections<'a>(labels: &'a Labels, section: &Section, phase: &mut Option<Phase>, out: &mut Vec<Entry<'a>>) {
    let begins = section.depth == 1 && *phase != Some(section.phase);
    if begins {
        *phase = Some(section.phase);
    }
    out.push(Entry {
        depth: section.depth,
        number: section.number.clone(),
        phase: begins.then(|| word::phase(labels, section.phase)),
        status: section
            .progress
            .as_ref()
            .filter(|progress| progress.total > 0)
            .map(|progress| Progress::new(labels, progress).status),
        ..entry(&plain(&section.title), &section.id)
    });
    for block in &section.blocks {
        if let Block::Sections(inner) = block {
            inner.iter().for_each(|inner| sections(labels, inner, phase, out));
        }
    }
}
