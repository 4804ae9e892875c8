//! The packet of a role: only its rows, with the numbers of the full sheet.

use super::{Role, bare, emptied, is, party, walk};
use crate::view::{Block, Document, Item, Mention, Phase, Section, Trigger};

/// The roles that have a row of their own, in the order in which they are first named.
pub(super) fn roles(document: &Document) -> Vec<Role> {
    let mut found: Vec<Role> = Vec::new();
    let mut add = |mentions: &[Mention]| {
        for mention in mentions {
            let Some(id) = party(mention) else { continue };
            if !found.iter().any(|role| role.id == id) {
                found.push(Role { id: id.to_owned(), title: mention.text.clone() });
            }
        }
    };
    walk(&document.sections, &mut |section| {
        for block in &section.blocks {
            match block {
                Block::Checks(items) | Block::Steps(items) => items.iter().for_each(|it| item(it, &mut add)),
                Block::Triggers(triggers) => triggers.iter().for_each(|it| add(&it.authority)),
                Block::Messages(messages) => messages.iter().for_each(|it| add(&it.owners)),
                Block::Approvals(approvals) => approvals.iter().for_each(|it| add(&it.roles)),
                Block::Gate(gate) => [&gate.polls, &gate.decides].into_iter().for_each(|it| add(it)),
                _ => {}
            }
        }
    });
    found
}

fn item(item: &Item, add: &mut impl FnMut(&[Mention])) {
    add(&item.owners);
    add(&item.confirm);
    item.checks.iter().for_each(|check| self::item(check, add));
}

/// The document with only the rows of one role.
pub(super) fn cut(document: &Document, role: &str) -> Document {
    let sections = document.sections.iter().filter_map(|it| section(it, role)).collect();
    let triggers = has_triggers(&document.sections, role);
    Document {
        // A value stands where it is used.
        parameters: document.parameters.iter().filter(|it| it.value.is_none()).cloned().collect(),
        severities: if triggers { document.severities.clone() } else { Vec::new() },
        ..bare(document, sections)
    }
}

fn has_triggers(sections: &[Section], role: &str) -> bool {
    let mut found = false;
    walk(sections, &mut |section| {
        let mine = |trigger: &Trigger| is(&trigger.authority, role);
        found |=
            section.blocks.iter().any(|block| matches!(block, Block::Triggers(all) if all.iter().any(mine)));
    });
    found
}

/// A section with the rows of the role; `None` where it has none.
fn section(section: &Section, role: &str) -> Option<Section> {
    let mine = is(&section.owners, role);
    let blocks: Vec<Block> = section.blocks.iter().filter_map(|it| block(it, role, mine)).collect();
    let rows = blocks.iter().any(|block| !matches!(block, Block::About(_)));
    let looked_up = mine && section.phase == Phase::Reference;
    if !rows && !looked_up {
        return None;
    }
    let state = section.state.clone().filter(|_| mine);
    Some(Section { state, ..emptied(section, blocks) })
}

/// What of a block is the role's; in a section of its own that is all that has no owner.
fn block(block: &Block, role: &str, mine: bool) -> Option<Block> {
    match block {
        Block::Sections(inner) => some(Block::Sections, inner.iter().filter_map(|it| section(it, role))),
        Block::Checks(items) => some(Block::Checks, items.iter().filter_map(|it| row(it, role))),
        Block::Steps(items) => some(Block::Steps, items.iter().filter_map(|it| row(it, role))),
        Block::Triggers(all) => {
            some(Block::Triggers, all.iter().filter(|it| mine || is(&it.authority, role)).cloned())
        }
        Block::Messages(all) => {
            let sends = |owners: &[Mention]| is(owners, role) || (owners.is_empty() && mine);
            some(Block::Messages, all.iter().filter(|it| sends(&it.owners)).cloned())
        }
        Block::Approvals(all) => some(
            Block::Approvals,
            all.iter().filter(|it| is(&it.roles, role)).map(|approval| {
                let mut approval = approval.clone();
                approval.roles.retain(|mention| party(mention) == Some(role));
                approval
            }),
        ),
        Block::Gate(gate) => {
            let asked = [&gate.polls, &gate.decides, &gate.escalates].into_iter().any(|it| is(it, role));
            asked.then(|| block.clone())
        }
        _ => mine.then(|| block.clone()),
    }
}

/// A block of what is left; `None` where nothing is.
fn some<T>(block: impl Fn(Vec<T>) -> Block, rows: impl Iterator<Item = T>) -> Option<Block> {
    let rows: Vec<T> = rows.collect();
    (!rows.is_empty()).then(|| block(rows))
}

/// An item with those of its sub-checks that are the role's.
fn row(item: &Item, role: &str) -> Option<Item> {
    let mine = is(&item.owners, role) || is(&item.confirm, role);
    let checks: Vec<Item> = item.checks.iter().filter_map(|it| row(it, role)).collect();
    if !mine && checks.is_empty() {
        return None;
    }
    // Who is not the owner confirms: its owner has to be seen.
    let own_owners = item.own_owners || !is(&item.owners, role);
    Some(Item { checks, own_owners, ..item.clone() })
}
