//! The bars of a runbook: what must hold, wherever it is written.
//!
//! Takes a resolved runbook, gives its thresholds in written order. It judges nothing.

use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Criterion, Section};
use crate::model::threshold::Threshold;
pub(super) use crate::release::normal as metric;

/// Every bar of sections and items; those of triggers are true when things are bad and are not here.
pub(super) fn all(runbook: &Runbook) -> Vec<&Bar> {
    of(runbook.all_sections())
}

/// Every bar of these sections and their items.
fn of(sections: Vec<&Section>) -> Vec<&Bar> {
    let mut found = Vec::new();
    for section in sections {
        found.extend(section.bars());
        for item in section.items() {
            item.walk(&mut |item| found.extend(&item.bars));
        }
    }
    found
}

/// Every value that must be met to pass, with its bar.
pub(super) fn bars(runbook: &Runbook) -> impl Iterator<Item = (&Bar, &Threshold)> {
    all(runbook).into_iter().filter_map(pass)
}

/// The same for what is measured from the start of the deployment on.
pub(super) fn live_bars(runbook: &Runbook) -> impl Iterator<Item = (&Bar, &Threshold)> {
    let mut sections = runbook.all_sections();
    sections.retain(|section| section.phase.is_live());
    of(sections).into_iter().filter_map(pass)
}

fn pass(bar: &Bar) -> Option<(&Bar, &Threshold)> {
    match &bar.criterion {
        Criterion::Threshold(threshold) => Some((bar, threshold)),
        Criterion::Levels { levels, .. } => levels.pass.as_ref().map(|pass| (bar, pass)),
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
    }
}
