//! # nothing-to-do
//!
//! A runbook that says it is issued and holds no section, or only sections without anything in them; a section with
//! nothing to do, to fill in or to read; a gate that waits for nothing, because no section it is judged on has a
//! required check or step, a bar or an approval. Whatever happens, it says "go".
//!
//! Drafts are left in peace, and so are runbooks that do not say how far they have come, and sections of phase
//! `reference`.
//!
//! ```yaml
//! status: issued
//! sections:
//!   - { title: Database, owner: dba }      # wrong: what of it?
//! ```

use std::collections::HashMap;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::{Level, Phase, Status};
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Block, Contacts, Gate, Item, Section};
use crate::model::threshold::Builtin;

pub(super) const RULE: Rule = Rule {
    name: "nothing-to-do",
    summary: "an issued runbook, a section or a gate with nothing in it",
    topic: Topic::Ownership,
    weight: Weight::Doubt,
    source: include_str!("nothing_to_do.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    // What is missing may stand in what could not be read.
    if runbook.status != Some(Status::Issued) || !runbook.whole {
        return Vec::new();
    }
    if runbook.sections.is_empty() {
        let help = "add `sections:` with what is checked and done, or make it `status: draft`";
        return vec![finding(runbook.span, "the runbook has no section").label("nothing to do").help(help)];
    }
    let sections = runbook.all_sections();
    let empty = sections.iter().filter(|section| section.phase != Phase::Reference && is_empty(section));
    let mut found: Vec<Diagnostic> = empty.map(|section| of_section(section)).collect();
    let by_id: HashMap<&str, &Section> =
        sections.iter().map(|section| (section.id.as_str(), *section)).collect();
    let default = runbook.before().into_iter().any(decides);
    let deciding = sections.iter().filter(|section| section.phase != Phase::Reference);
    let vain = deciding.flat_map(|section| section.gates()).filter(|gate| match gate.requires.as_slice() {
        [] => !default,
        names => !names.iter().any(|name| may_decide(by_id.get(name.name.as_str()).copied())),
    });
    found.extend(vain.map(of_gate));
    found
}

/// Whether there is nothing in a section that anybody could do, fill in, wait for or read.
fn is_empty(section: &Section) -> bool {
    let waits = section.duration.is_some() || section.until.is_some();
    !waits && !section.lost && section.blocks.iter().all(|block| match block {
        Block::About(_) | Block::Gate(_) | Block::Decide(_) | Block::Log | Block::Contacts(Contacts::All(_)) => {
            false
        }
        Block::Thresholds(bars) => bars.is_empty(),
        Block::Sections(sections) => sections.is_empty(),
        Block::Checks(items) | Block::Steps(items) => items.is_empty(),
        Block::Triggers(triggers) => triggers.is_empty(),
        Block::Messages(messages) => messages.is_empty(),
        Block::Approvals(approvals) => approvals.is_empty(),
        Block::Contacts(Contacts::Some(names)) => names.is_empty(),
        Block::Links(links) => links.is_empty(),
        Block::Tables(tables) => tables.is_empty(),
    })
}

/// Whether a bar is on what Runsheet computes itself, so that nobody fills in a value.
fn is_counted(bar: &Bar) -> bool {
    bar.builtin().is_some()
}

/// The same for a section that a gate requires; one that is not there, or only for reference, is reported as that.
fn may_decide(section: Option<&Section>) -> bool {
    section.is_none_or(|section| section.phase == Phase::Reference || decides(section))
}

/// Whether the answer of a gate can depend on a section.
fn decides(section: &Section) -> bool {
    let required = |item: &Item| item.level != Level::Optional;
    section.lost
        || section.items().any(required)
        || section.approvals().next().is_some()
        || section.bars().any(|bar| !is_counted(bar) || bar.builtin() == Some(Builtin::Age))
        || section.sections().any(|inner| inner.phase != Phase::Reference && decides(inner))
}

fn of_section(section: &Section) -> Diagnostic {
    let message = format!("section `{}` has nothing in it", section.title.plain());
    let help = "add `checks:`, `steps:` or what belongs here, say `about:` what it is for, or remove it";
    finding(section.span, message).label("nothing to do, to fill in or to read").help(help)
}

fn of_gate(gate: &Gate) -> Diagnostic {
    let message = format!("the gate `{}` waits for nothing", gate.title.plain());
    let help = match gate.requires.is_empty() {
        true => "add a section of phase `before` with required checks, or name sections in `requires:`",
        false => "require a section with required checks, or make an item of these sections required",
    };
    finding(gate.span, message).label("says go whatever happens").help(help)
}
