//! Which sheets a document has, and what of it stands on each.
//!
//! Takes a `view::Document` and everybody's contacts, gives the parts to print: the full sheet, a
//! packet for each role, the rollback card, the contact card. What is cut out keeps its numbers. It
//! knows nothing of paper.

mod card;
mod packet;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::Labels;
use crate::view::{
    Block, Contact, Destination, Document, Head, Item, Mention, ReleaseState, Section, Voices,
};

/// What of a document stands on a sheet.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    Full,
    /// The rows of one role.
    Packet(Role),
    /// Triggers and the way back.
    Rollback,
    /// Whom to call, and how.
    Contacts,
}

/// A role, team or person that a packet is made for.
#[derive(Clone, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role {
    /// Id in the roster.
    pub id: String,
    /// What it is called.
    pub title: String,
}

impl Part {
    /// The parts that a document has something for, the full sheet first, then roles in the order
    /// in which they are first named.
    pub fn of(document: &Document) -> Vec<Part> {
        let mut parts = vec![Part::Full];
        parts.extend(packet::roles(document).into_iter().map(Part::Packet));
        if has_way_back(document) {
            parts.push(Part::Rollback);
        }
        if card::calls(document) {
            parts.push(Part::Contacts);
        }
        parts
    }

    /// The path of this sheet below the output folder, beside the page of its document.
    pub fn path(&self, document: &Document) -> String {
        let page = document.path.trim_end_matches(".html");
        match self {
            Part::Full => document.sheet(),
            Part::Packet(role) => format!("{page}.role-{}.pdf", role.id),
            Part::Rollback => format!("{page}.rollback.pdf"),
            Part::Contacts => format!("{page}.contacts.pdf"),
        }
    }

    /// What it is called, after the title of its document; nothing for the full sheet.
    pub fn title(&self, labels: &Labels) -> String {
        match self {
            Part::Full => String::new(),
            Part::Packet(role) => labels.fill("packet-of", &[("role", &role.title)]),
            Part::Rollback => labels.word("rollback-card").to_owned(),
            Part::Contacts => labels.word("contact-card").to_owned(),
        }
    }

    /// The document with only what stands on this sheet.
    pub(super) fn cut<'a>(&self, document: &'a Document, contacts: &[Contact]) -> Cow<'a, Document> {
        match self {
            Part::Full => Cow::Borrowed(document),
            Part::Packet(role) => Cow::Owned(packet::cut(document, &role.id)),
            Part::Rollback => Cow::Owned(card::rollback(document)),
            Part::Contacts => Cow::Owned(card::contacts(document, contacts)),
        }
    }
}

/// The id of a party of the roster, if that is what is mentioned.
fn party(mention: &Mention) -> Option<&str> {
    let Destination::Page { path, .. } = &mention.to else { return None };
    path.strip_prefix("owners/")?.strip_suffix(".html")
}

fn is(mentions: &[Mention], role: &str) -> bool {
    mentions.iter().any(|mention| party(mention) == Some(role))
}

/// A section without what it holds.
fn emptied(section: &Section, blocks: Vec<Block>) -> Section {
    Section {
        blocks,
        id: section.id.clone(),
        number: section.number.clone(),
        title: section.title.clone(),
        owners: section.owners.clone(),
        at: section.at.clone(),
        until: section.until.clone(),
        duration: section.duration.clone(),
        blanks: section.blanks.clone(),
        backlinks: Vec::new(),
        progress: section.progress,
        state: None,
        ..*section
    }
}

/// A document without what it holds, but for what every sheet says of it.
fn bare(document: &Document, sections: Vec<Section>) -> Document {
    let head = Head {
        facts: Vec::new(),
        summary: Vec::new(),
        escalation: Vec::new(),
        gates: Vec::new(),
        release: document.release.as_deref().map(plan).map(Box::new),
        ..(*document.head).clone()
    };
    Document {
        head: Arc::new(head),
        sections,
        about: Vec::new(),
        parameters: Vec::new(),
        severities: Vec::new(),
        timeline: None,
        history: Vec::new(),
        backlinks: Vec::new(),
        voices: Voices::default(),
    }
}

/// Plan and verdict of a release without its record.
fn plan(release: &ReleaseState) -> ReleaseState {
    ReleaseState {
        about: Vec::new(),
        deviations: Vec::new(),
        events: Vec::new(),
        reasons: Vec::new(),
        next: Vec::new(),
        ..release.clone()
    }
}

fn has_way_back(document: &Document) -> bool {
    let mut found = false;
    walk(&document.sections, &mut |section| {
        let triggers = section.blocks.iter().any(|block| matches!(block, Block::Triggers(_)));
        found |= triggers || section.phase == crate::view::Phase::Rollback;
    });
    found
}

/// Every section, outermost first.
fn walk<'a>(sections: &'a [Section], seen: &mut impl FnMut(&'a Section)) {
    for section in sections {
        seen(section);
        for block in &section.blocks {
            if let Block::Sections(inner) = block {
                walk(inner, seen);
            }
        }
    }
}

/// What can be linked to on a sheet of these sections.
pub(super) fn anchors(document: &Document) -> BTreeSet<&str> {
    let mut found: BTreeSet<&str> = BTreeSet::from(["top"]);
    found.extend((!document.parameters.is_empty()).then_some("parameters"));
    walk(&document.sections, &mut |section| {
        found.insert(&section.id);
        for block in &section.blocks {
            match block {
                Block::Checks(items) | Block::Steps(items) => inside(items, &mut found),
                Block::Triggers(triggers) => found.extend(triggers.iter().map(|it| it.id.as_str())),
                Block::Messages(messages) => found.extend(messages.iter().map(|it| it.id.as_str())),
                Block::Approvals(list) => found.extend(list.iter().map(|it| it.anchor.as_str())),
                Block::Tables(tables) => found.extend(tables.iter().map(|it| it.id.as_str())),
                Block::Gate(gate) => {
                    found.insert(&gate.id);
                }
                _ => {}
            }
        }
    });
    found
}

fn inside<'a>(items: &'a [Item], found: &mut BTreeSet<&'a str>) {
    for item in items {
        found.insert(&item.id);
        inside(&item.checks, found);
    }
}
