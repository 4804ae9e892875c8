//! What differs between two versions of a document, item by item.
//!
//! Takes two documents, gives what was added, removed and changed, by id. A number or a place in
//! the file is no difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Value, json};

use crate::source::Span;
use crate::view::{Block, Document, Item, Line, Section, plain};

/// One difference.
pub(super) struct Change {
    how: &'static str,
    kind: &'static str,
    id: String,
    number: String,
    title: String,
}

impl Change {
    /// For programs.
    pub(super) fn machine(&self) -> Value {
        let Self { how, kind, id, number, title } = self;
        json!({ "change": how, "kind": kind, "id": id, "number": number, "title": title })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { how, kind, id, number, title } = self;
        let number = if number.is_empty() { String::new() } else { format!(" {number}") };
        write!(f, "{how} {kind}{number} {title} (`{id}`)")
    }
}

/// Something with an id, and all that it says.
struct Part {
    kind: &'static str,
    number: String,
    title: String,
    says: String,
}

/// The differences, in the order of the newer version; what is gone comes last.
pub(super) fn between(then: &Document, now: &Document) -> Vec<Change> {
    let (old, new) = (parts(then), parts(now));
    let known: BTreeMap<&str, &Part> = old.iter().map(|(id, part)| (id.as_str(), part)).collect();
    let ids: BTreeSet<&str> = new.iter().map(|(id, _)| id.as_str()).collect();
    let change = |how, (id, part): &(String, Part)| Change {
        how,
        kind: part.kind,
        id: id.clone(),
        number: part.number.clone(),
        title: part.title.clone(),
    };
    let mut changes = Vec::new();
    for entry in &new {
        match known.get(entry.0.as_str()) {
            None => changes.push(change("added", entry)),
            Some(before) if before.says != entry.1.says => changes.push(change("changed", entry)),
            Some(_) => {}
        }
    }
    changes.extend(old.iter().filter(|(id, _)| !ids.contains(id.as_str())).map(|it| change("removed", it)));
    changes
}

fn parts(document: &Document) -> Vec<(String, Part)> {
    let mut found = Vec::new();
    let head = Part {
        kind: "document",
        number: String::new(),
        title: plain(&document.title),
        says: format!(
            "{:?}",
            (&document.title, document.status, &document.summary, &document.about, &document.severities)
        ),
    };
    found.push((document.name.clone(), head));
    for parameter in &document.parameters {
        let says = format!("{parameter:?}");
        let part = Part { kind: "parameter", number: String::new(), title: parameter.name.clone(), says };
        found.push((format!("parameter-{}", parameter.name), part));
    }
    for (at, step) in document.escalation.iter().enumerate() {
        let says = format!("{step:?}");
        let part = Part { kind: "escalation", number: String::new(), title: step.role.text.clone(), says };
        found.push((format!("escalation-{}", at + 1), part));
    }
    document.sections.iter().for_each(|it| section(it, &mut found));
    found
}

fn section(section: &Section, found: &mut Vec<(String, Part)>) {
    let mut own = Vec::new();
    let mut inside = Vec::new();
    for block in &section.blocks {
        parted(block, &mut own, &mut inside);
    }
    let Section { owners, phase, at, until, duration, .. } = section;
    let says = format!("{:?}", (&section.title, owners, phase, at, until, duration, own));
    let (number, title) = (section.number.clone(), plain(&section.title));
    found.push((section.id.clone(), Part { kind: "section", number, title, says }));
    found.append(&mut inside);
}

/// Sorts what a block holds into parts with ids and what the section says itself.
fn parted(block: &Block, own: &mut Vec<String>, found: &mut Vec<(String, Part)>) {
    let mut add = |kind, id: &str, title: &Line, says: String| {
        let part = Part { kind, number: String::new(), title: plain(title), says };
        found.push((id.to_owned(), part));
    };
    match block {
        Block::Sections(inner) => inner.iter().for_each(|it| section(it, found)),
        Block::Checks(items) | Block::Steps(items) => items.iter().for_each(|it| item(it, found)),
        Block::Triggers(triggers) => triggers.iter().cloned().for_each(|mut it| {
            (it.span, it.state) = (Span::default(), None);
            add("trigger", &it.id, &it.condition, format!("{it:?}"));
        }),
        Block::Messages(messages) => messages.iter().cloned().for_each(|mut it| {
            (it.span, it.state) = (Span::default(), None);
            add("message", &it.id, &it.title, format!("{it:?}"));
        }),
        Block::Gate(gate) => {
            let mut it = gate.clone();
            (it.span, it.state) = (Span::default(), None);
            add("gate", &it.id, &it.title, format!("{it:?}"));
        }
        Block::Tables(tables) => tables.iter().cloned().for_each(|mut it| {
            it.span = Span::default();
            add("table", &it.id, &it.title, format!("{it:?}"));
        }),
        Block::Approvals(approvals) => approvals.iter().cloned().for_each(|mut it| {
            it.state = None;
            own.push(format!("{it:?}"));
        }),
        Block::Thresholds(bars) => bars.iter().cloned().for_each(|mut it| {
            it.actual = None;
            own.push(format!("{it:?}"));
        }),
        other => own.push(format!("{other:?}")),
    }
}

fn item(item: &Item, found: &mut Vec<(String, Part)>) {
    let mut it = item.clone();
    (it.span, it.state, it.number) = (Span::default(), None, String::new());
    (it.checks, it.backlinks) = (Vec::new(), Vec::new());
    it.bars.iter_mut().for_each(|bar| bar.actual = None);
    it.records.iter_mut().for_each(|record| record.value = None);
    let kind = if item.step { "step" } else { "check" };
    let (number, title) = (item.number.clone(), plain(&item.title));
    found.push((item.id.clone(), Part { kind, number, title, says: format!("{it:?}") }));
    item.checks.iter().for_each(|check| self::item(check, found));
}
