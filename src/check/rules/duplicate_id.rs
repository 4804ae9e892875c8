//! # duplicate-id
//!
//! An id is what links, journals and printed sheets hold on to. When two things of a runbook have the same one,
//! a recorded "done" counts for one of them and nobody knows for which. An id that is not written is the
//! slug of the title, so two equal titles clash too: give one of them an `id:`.
//!
//! ```yaml
//! checks:
//!   - title: Backup
//!   - title: Backup                # wrong: the same id `backup`
//!     id: restored-backup          # right with this line
//! ```

use std::collections::HashMap;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::{Place, Runbook};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-id",
    summary: "two things of one runbook with the same id",
    topic: Topic::Reference,
    weight: Weight::Always,
    source: include_str!("duplicate_id.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut first: HashMap<&str, &Place> = HashMap::new();
    let mut found = Vec::new();
    for place in &runbook.places {
        match first.get(place.id.as_str()) {
            Some(earlier) if earlier.span == place.span => found.push(repeated(runbook, place)),
            Some(earlier) => found.push(report(around, place, earlier)),
            None => {
                first.insert(&place.id, place);
            }
        }
    }
    found
}

fn report(around: &Surroundings<'_>, place: &Place, first: &Place) -> Diagnostic {
    let message = format!("duplicate id `{}`", place.id);
    let written = around.slice(place.span).trim_matches(['"', '\'']) == place.id;
    let label = if written { "used before" } else { "this title makes an id that was used before" };
    let help = if written { "choose another id" } else { "add an `id:` of its own" };
    let related = format!("first used for this {}", first.kind.word());
    finding(place.span, message).label(label).related(first.span, related).help(help)
}

/// What is written once, and stands in the runbook twice.
fn repeated(runbook: &Runbook, place: &Place) -> Diagnostic {
    let (label, help) = if place.span.file == runbook.file {
        ("in a part that an alias or `use` repeats", "write one of them out, with ids of its own")
    } else {
        (
            "in a section that is taken twice with `use`",
            "take the section once, and write out the other one with ids of its own",
        )
    };
    finding(place.span, format!("duplicate id `{}`", place.id)).label(label).help(help)
}
