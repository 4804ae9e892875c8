//! # wrong-count
//!
//! `count:` says how many items a section has, so that nothing can fall out of it unseen. It is held against the
//! checks and steps of the section; where it has none, against those of the sections inside, or else its
//! triggers, approvals or table rows. Sub-checks may be counted instead of the items that hold them.
//!
//! `check --fix` writes the right number. Look first whether an item is missing.
//!
//! ```yaml
//! count: 20
//! checks: [Orders table, Users table]      # two, not twenty
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::{Diagnostic, Fix};
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Item, Section};

pub(super) const RULE: Rule = Rule {
    name: "wrong-count",
    summary: "a section that has more or fewer items than it says",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("wrong_count.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    // What could not be read was counted too.
    if !runbook.whole {
        return Vec::new();
    }
    runbook.all_sections().into_iter().filter_map(judge).collect()
}

fn judge(section: &Section) -> Option<Diagnostic> {
    let count = section.count.as_ref()?;
    let counts = counts(section);
    let (actual, noun) = *counts.first()?;
    if counts.iter().any(|(number, _)| *number == count.value as usize) {
        return None;
    }
    let noun = if actual == 1 { noun.trim_end_matches('s') } else { noun };
    let message = format!("section `{}` says {} and has {actual} {noun}", section.title.plain(), count.value);
    let report = finding(count.span, message).label(match actual {
        0 => "none is written".to_owned(),
        1 => "1 is written".to_owned(),
        many => format!("{many} are written"),
    });
    if actual == 0 {
        return Some(report.help("write the items, or remove the count"));
    }
    let fix = Fix::replace(count.span, actual.to_string(), format!("write {actual}"));
    Some(report.help("look whether one is missing, then correct the number (`check --fix`)").fix(fix))
}

/// What the author may have counted, the likeliest first.
fn counts(section: &Section) -> Vec<(usize, &'static str)> {
    let leaves = |items: &[&Item]| items.iter().map(|item| leaves(item)).sum::<usize>();
    let own: Vec<&Item> = section.items().collect();
    if !own.is_empty() {
        let nested = all_items(section).len();
        return vec![(own.len(), "items"), (leaves(&own), "sub-checks"), (nested, "items")];
    }
    let nested = all_items(section);
    if !nested.is_empty() {
        return vec![
            (nested.len(), "items"),
            (leaves(&nested), "sub-checks"),
            (section.sections().count(), "sections"),
        ];
    }
    let others = [
        (section.triggers().count(), "triggers"),
        (section.approvals().count(), "approvals"),
        (section.messages().count(), "messages"),
        (rows(section), "rows"),
        (section.sections().count(), "sections"),
        (section.bars().count(), "thresholds"),
    ];
    let written: Vec<_> = others.into_iter().filter(|(number, _)| *number > 0).collect();
    if written.is_empty() { vec![(0, "items")] } else { written }
}

fn all_items(section: &Section) -> Vec<&Item> {
    let inner = section.sections().flat_map(all_items);
    section.items().chain(inner).collect()
}

/// An item without sub-checks counts as one, else its sub-checks count.
fn leaves(item: &Item) -> usize {
    item.checks.iter().map(leaves).sum::<usize>().max(1)
}

fn rows(section: &Section) -> usize {
    let tables = section.blocks.iter().filter_map(|block| match block {
        Block::Tables(tables) => Some(tables.iter().map(|table| table.rows.len()).sum::<usize>()),
        _ => None,
    });
    tables.sum()
}
