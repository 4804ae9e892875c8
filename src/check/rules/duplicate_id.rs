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
//!
//! A section that is taken more than once with `use` has an `id` of its own each time; then everything in it is
//! called by that and its own id.
//!
//! A runbook or release is called by the name of its file. That may not be the name of a sheet of another one,
//! `shop.rollback.yaml` beside `shop.yaml`, and should differ from others in more than capitals.

use std::cell::LazyCell;
use std::collections::HashMap;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::{Place, Runbook};
use crate::model::section::Take;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-id",
    summary: "two things of one runbook with the same id",
    topic: Topic::Reference,
    weight: Weight::Always,
    source: include_str!("duplicate_id.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let plain = LazyCell::new(|| runbook.all_sections().iter().any(|section| section.take == Take::Plain));
    let mut first: HashMap<&str, &Place> = HashMap::new();
    let mut found = Vec::new();
    for place in &runbook.places {
        match first.get(place.id.as_str()) {
            // What is repeated within one of several is told where it is written, and where two of several have
            // one id, that is told.
            Some(earlier) if earlier.span == place.span && place.prefix > 0 => {}
            Some(earlier) if earlier.span == place.span => found.push(repeated(place, *plain)),
            Some(earlier) => found.push(report(around, place, earlier)),
            None => {
                first.insert(&place.id, place);
            }
        }
    }
    found
}

fn report(around: &Surroundings<'_>, place: &Place, first: &Place) -> Diagnostic {
    // Within one of several it is the same that is wrong where it is written.
    let id = if first.prefix == place.prefix { place.own_id() } else { &place.id };
    let message = format!("duplicate id `{id}`");
    let written = around.slice(place.span).trim_matches(['"', '\'']) == place.own_id();
    let label = if written { "used before" } else { "this title makes an id that was used before" };
    let help = if written { "choose another id" } else { "add an `id:` of its own" };
    let related = format!("first used for this {}", first.kind.word());
    finding(place.span, message).label(label).related(first.span, related).help(help)
}

/// What is written once, and stands in the runbook twice; `taken`, if that comes of sections without an id.
fn repeated(place: &Place, taken: bool) -> Diagnostic {
    let (label, help) = if taken {
        ("in a section that is there twice, taken with `use`", "give each that is taken an `id` of its own beside `use`")
    } else {
        ("in a part that an alias repeats", "write one of them out, with ids of its own")
    };
    finding(place.span, format!("duplicate id `{}`", place.id)).label(label).help(help)
}
