//! Tables of contents.
//!
//! Takes a document or a free page, gives the entries of its contents in reading order. The anchors
//! of parts that authors do not name begin with `_`, which no id of theirs can.

use super::frame::Entry;
use super::link;
use super::state::Progress;
use super::word;
use crate::view::{Block, Document, Flow, Page, Phase, Section, plain};

/// The contents of a runbook or release, with all its sections.
pub(super) fn of_document(document: &Document) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut part = |present: bool, text: &str, anchor: &str| {
        if present {
            out.push(entry(text, anchor));
        }
    };
    if let Some(release) = &document.release {
        part(true, "Verdict", "_verdict");
        part(!document.sections.is_empty(), "Progress", "_progress");
        part(!release.deviations.is_empty(), "Deviations", "_deviations");
        part(!release.roles.is_empty(), "Roles", "_roles");
    }
    part(!document.parameters.is_empty(), "Parameters", "_parameters");
    part(!document.severities.is_empty(), "Severities", "_severities");
    let mut phase = None;
    for section in &document.sections {
        sections(section, &mut phase, &mut out);
    }
    let first = out.len();
    let mut part = |present: bool, text: &str, anchor: &str| {
        if present {
            out.push(entry(text, anchor));
        }
    };
    part(!document.escalation.is_empty(), "Escalation", "_escalation");
    part(document.release.is_some(), "Event log", "_events");
    part(!document.history.is_empty(), "History", "_history");
    if let Some(entry) = out.get_mut(first) {
        entry.phase = Some(word::Word { key: "document", word: "Document" });
    }
    out
}

/// The contents of a free page, without its title.
pub(super) fn of_page(page: &Page) -> Vec<Entry> {
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
pub(super) fn entry(text: &str, anchor: &str) -> Entry {
    let href = link::page("", "", anchor);
    Entry { depth: 1, number: String::new(), text: text.to_owned(), href, phase: None, status: None }
}

fn sections(section: &Section, phase: &mut Option<Phase>, out: &mut Vec<Entry>) {
    let begins = section.depth == 1 && *phase != Some(section.phase);
    if begins {
        *phase = Some(section.phase);
    }
    out.push(Entry {
        depth: section.depth,
        number: section.number.clone(),
        phase: begins.then(|| word::phase(section.phase)),
        status: section
            .progress
            .as_ref()
            .filter(|progress| progress.total > 0)
            .map(|progress| Progress::new(progress).status),
        ..entry(&plain(&section.title), &section.id)
    });
    for block in &section.blocks {
        if let Block::Sections(inner) = block {
            inner.iter().for_each(|inner| sections(inner, phase, out));
        }
    }
}
