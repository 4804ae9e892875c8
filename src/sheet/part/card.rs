//! Cards: the way back, and whom to call. One page where that fits, so only what is needed then.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{bare, emptied, walk};
use crate::view::{Assigned, Block, Contact, Document, Inline, Item, Mention, Phase, Section, Trigger};

/// Triggers, then what is worked through to go back. A section of the way back of which nothing is left
/// only says that it follows on the full sheet.
pub(super) fn rollback(document: &Document) -> Document {
    let mut steps = false;
    walk(&document.sections, &mut |section| {
        let worked = section.blocks.iter().any(|block| matches!(block, Block::Steps(_)));
        steps |= section.phase == Phase::Rollback && worked;
    });
    let triggers = document.sections.iter().filter_map(only_triggers);
    let back = document.sections.iter().filter_map(|section| way_back(section, steps));
    bare(document, triggers.chain(back).collect())
}

/// The triggers of a section outside of the way back.
fn only_triggers(section: &Section) -> Option<Section> {
    if section.phase == Phase::Rollback {
        return None;
    }
    let kept = |block: &Block| match block {
        Block::Triggers(all) => Some(Block::Triggers(all.iter().map(short_trigger).collect())),
        Block::Sections(inner) => {
            let inner: Vec<Section> = inner.iter().filter_map(only_triggers).collect();
            (!inner.is_empty()).then_some(Block::Sections(inner))
        }
        _ => None,
    };
    let blocks: Vec<Block> = section.blocks.iter().filter_map(kept).collect();
    (!blocks.is_empty()).then(|| emptied(section, blocks))
}

/// What of a section is worked through to go back: its checks only where there are no `steps`.
fn way_back(section: &Section, steps: bool) -> Option<Section> {
    let back = section.phase == Phase::Rollback;
    let kept = |block: &Block| match block {
        Block::Sections(inner) => {
            let inner: Vec<Section> = inner.iter().filter_map(|it| way_back(it, steps)).collect();
            (!inner.is_empty()).then_some(Block::Sections(inner))
        }
        Block::Steps(items) if back => Some(Block::Steps(items.iter().map(short).collect())),
        Block::Checks(items) if back && !steps => Some(Block::Checks(items.iter().map(short).collect())),
        Block::Triggers(all) if back => Some(Block::Triggers(all.iter().map(short_trigger).collect())),
        Block::Decide(_) | Block::Gate(_) | Block::Thresholds(_) if back => Some(block.clone()),
        _ => None,
    };
    let blocks: Vec<Block> = section.blocks.iter().filter_map(kept).collect();
    let bars = blocks.iter().all(|block| matches!(block, Block::Thresholds(_)));
    let checks = section.blocks.iter().any(|block| matches!(block, Block::Checks(_)));
    match bars && (checks || blocks.is_empty()) {
        true => back.then(|| emptied(section, Vec::new())),
        false => Some(emptied(section, blocks)),
    }
}

/// An item without explanations and without what is written down afterwards: those stand on the full sheet.
fn short(item: &Item) -> Item {
    let checks = item.checks.iter().map(short).collect();
    let (about, evidence, records, facts) = Default::default();
    Item { about, evidence, records, facts, checks, ..item.clone() }
}

fn short_trigger(trigger: &Trigger) -> Trigger {
    Trigger { about: Vec::new(), ..trigger.clone() }
}

/// Whether there is anybody to call.
pub(super) fn calls(document: &Document) -> bool {
    !document.escalation.is_empty() || !people(document).is_empty()
}

/// Everybody who has a part in the document: whom it escalates to, then its contacts, then its owners.
fn people(document: &Document) -> Vec<&Mention> {
    let mut found: Vec<&Mention> = document.escalation.iter().map(|step| &step.role).collect();
    walk(&document.sections, &mut |section| {
        for block in &section.blocks {
            if let Block::Contacts(contacts) = block {
                found.extend(contacts.iter().map(|contact| &contact.who));
            }
        }
    });
    walk(&document.sections, &mut |section| found.extend(&section.owners));
    let mut seen = BTreeSet::new();
    found.retain(|mention| seen.insert(mention.id.as_str()));
    found
}

/// The escalation path and the numbers, as one section.
pub(super) fn contacts(document: &Document, everybody: &[Contact]) -> Document {
    let written = written(document);
    let find = |id: &str| everybody.iter().find(|contact| contact.who.id == id);
    let mut list = Vec::new();
    for mention in people(document) {
        let shown = written.iter().find(|contact| contact.who.id == mention.id).copied();
        if let Some(contact) = shown.or_else(|| find(&mention.id)) {
            list.push(held(contact, document, everybody));
        }
    }
    let reachable = |contact: &Contact| {
        [&contact.phone, &contact.email, &contact.chat, &contact.url].into_iter().any(Option::is_some)
            || contact.holder.is_some()
    };
    list.retain(reachable);
    let empty = list.is_empty();
    let section = Section {
        id: "contacts".to_owned(),
        span: document.sections.first().map(|section| section.span).unwrap_or_default(),
        number: String::new(),
        depth: 2,
        title: vec![Inline::Text("Numbers".to_owned())],
        owners: Vec::new(),
        phase: Phase::Reference,
        at: None,
        until: None,
        duration: None,
        blanks: Vec::new(),
        blocks: vec![Block::Contacts(list)],
        backlinks: Vec::new(),
        progress: None,
        state: None,
    };
    let sections = if empty { Vec::new() } else { vec![section] };
    let mut card = bare(document, sections);
    Arc::make_mut(&mut card.head).escalation.clone_from(&document.escalation);
    card
}

/// The contacts that the document itself lists.
fn written(document: &Document) -> Vec<&Contact> {
    let mut found = Vec::new();
    walk(&document.sections, &mut |section| {
        for block in &section.blocks {
            if let Block::Contacts(contacts) = block {
                found.extend(contacts);
            }
        }
    });
    found
}

/// A role with its holder of that day and the ways to reach that person.
fn held(contact: &Contact, document: &Document, everybody: &[Contact]) -> Contact {
    let mut contact = contact.clone();
    let roles = document.release.as_ref().map(|release| release.roles.as_slice()).unwrap_or_default();
    let Some(Assigned { holder, .. }) = roles.iter().find(|it| it.role.id == contact.who.id) else {
        return contact;
    };
    if contact.holder.as_ref().is_some_and(|known| known.id == holder.id) {
        return contact;
    }
    contact.holder = Some(holder.clone());
    if let Some(person) = everybody.iter().find(|person| person.who.id == holder.id) {
        let ways = [
            (&mut contact.phone, &person.phone),
            (&mut contact.email, &person.email),
            (&mut contact.chat, &person.chat),
        ];
        for (way, known) in ways {
            if known.is_some() {
                way.clone_from(known);
            }
        }
    }
    contact
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::sample;

    #[test]
    fn a_card_names_what_it_leaves_to_the_full_sheet() {
        let mut document = sample::runbook();
        for section in &mut document.sections {
            let back = ["before", "during", "rollback"].contains(&section.id.as_str());
            section.phase = if back { Phase::Rollback } else { Phase::During };
        }
        let card = rollback(&document);
        let told: Vec<(&str, usize)> =
            card.sections.iter().map(|section| (section.id.as_str(), section.blocks.len())).collect();
        // Triggers; bars and a gate, while the checks wait; steps; nothing to work through.
        assert_eq!(told, [("watch-it", 1), ("before", 2), ("during", 1), ("rollback", 0)]);
    }
}
