//! # unscheduled-section
//!
//! The sections beside it say when they begin and this one does not, so the schedule on the sheet has a hole where
//! somebody has to guess. A time (`at`, `until`) or a length (`duration`) is enough, on the section or on
//! something inside it.
//!
//! Looked at are sections of the phases `before`, `during` and `after`, in lists in which at least two others of
//! the phase, and more than half of them, have a time.
//!
//! ```yaml
//! - { title: Back up, at: T+0m }
//! - { title: Migrate }                    # when?
//! - { title: Switch the traffic, at: T+40m }
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Phase;
use crate::model::runbook::Runbook;
use crate::model::section::{Section, Timing};

pub(super) const RULE: Rule = Rule {
    name: "unscheduled-section",
    summary: "a section without a time among others that have one",
    topic: Topic::Consistency,
    weight: Weight::Doubt,
    source: include_str!("unscheduled_section.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    judge(&runbook.sections.iter().collect::<Vec<_>>(), &mut found);
    for section in runbook.all_sections() {
        judge(&section.sections().collect::<Vec<_>>(), &mut found);
    }
    found
}

fn judge(sections: &[&Section], found: &mut Vec<Diagnostic>) {
    for phase in [Phase::Before, Phase::During, Phase::After] {
        let of_phase: Vec<&&Section> = sections.iter().filter(|section| section.phase == phase).collect();
        let begun = of_phase.iter().filter(|section| section.at.is_some()).count();
        if begun < 2 || begun * 2 <= of_phase.len() {
            continue;
        }
        for section in of_phase.iter().filter(|section| !has_time(section)) {
            let message = format!("section `{}` has no time", section.title.plain());
            let label = format!("{begun} sections beside it have one");
            found
                .push(finding(section.span, message).label(label).help("add `at:`, `until:` or `duration:`"));
        }
    }
}

fn has_time(section: &Section) -> bool {
    let own = section.at.is_some() || section.until.is_some() || section.duration.is_some();
    let timed = |timing: &Timing| timing.at.is_some() || timing.every.is_some() || timing.duration.is_some();
    own || section.items().any(|item| timed(item.timing()))
        || section.gates().any(|gate| gate.at.is_some())
        || section.sections().any(has_time)
}
