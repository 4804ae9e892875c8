//! # clock-disorder
//!
//! Times that run backwards: a step that begins before the one above it, a section that ends before it begins, a
//! section that begins before or after the section around it. Steps are done in the order in which they stand,
//! so one of the two is wrong.
//!
//! Clock times may pass midnight: `23:30`, then `00:15`, is in order.
//!
//! ```yaml
//! steps:
//!   - { title: Switch the traffic, at: T+30m }
//!   - { title: Drain the old pool, at: T+10m }       # wrong
//! ```

use std::collections::BTreeMap;

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Phase;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Section};
use crate::model::time::Moment;
use crate::source::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "clock-disorder",
    summary: "times that run backwards",
    topic: Topic::Consistency,
    weight: Weight::Gap,
    source: include_str!("clock_disorder.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    neighbours(&runbook.sections.iter().collect::<Vec<_>>(), &mut found);
    for section in runbook.all_sections() {
        found.extend(ends_early(section.at.as_ref(), section.until.as_ref()));
        neighbours(&section.sections().collect::<Vec<_>>(), &mut found);
        found.extend(section.sections().filter_map(|inner| outside(section, inner)));
        steps(section, &mut found);
    }
    for (_, item) in runbook.all_items() {
        found.extend(ends_early(item.timing().at.as_ref(), item.timing().until.as_ref()));
    }
    found
}

/// Sections of one phase in one list, one after another.
fn neighbours(sections: &[&Section], found: &mut Vec<Diagnostic>) {
    let mut latest: BTreeMap<Phase, &Spanned<Moment>> = BTreeMap::new();
    for section in sections {
        let Some(second) = &section.at else { continue };
        if let Some(first) =
            latest.insert(section.phase, second).filter(|first| is_before(second.value, first.value))
        {
            found.push(report(second, first, "the section begins before the one above it"));
        }
    }
}

fn steps(section: &Section, found: &mut Vec<Diagnostic>) {
    for block in &section.blocks {
        let Block::Steps(steps) = block else { continue };
        let times: Vec<&Spanned<Moment>> = steps.iter().filter_map(|step| step.timing().at.as_ref()).collect();
        for pair in times.windows(2) {
            if is_before(pair[1].value, pair[0].value) {
                found.push(report(pair[1], pair[0], "the step begins before the one above it"));
            }
        }
    }
}

fn ends_early(at: Option<&Spanned<Moment>>, until: Option<&Spanned<Moment>>) -> Option<Diagnostic> {
    let (at, until) = (at?, until?);
    is_before(until.value, at.value).then(|| report(until, at, "it ends before it begins"))
}

/// A section that begins before the one around it, or after that has ended.
fn outside(section: &Section, inner: &Section) -> Option<Diagnostic> {
    let begins = inner.at.as_ref()?;
    if inner.phase != section.phase {
        return None;
    }
    if let Some(at) = section.at.as_ref().filter(|at| is_before(begins.value, at.value)) {
        return Some(report(begins, at, "the section begins before the one around it"));
    }
    let until = section.until.as_ref().filter(|until| is_before(until.value, begins.value))?;
    Some(report(begins, until, "the section begins after the one around it has ended"))
}

/// Whether one moment comes before another; a clock that falls by half a day or more passed midnight.
fn is_before(a: Moment, b: Moment) -> bool {
    match (a, b) {
        (Moment::Offset { seconds: a }, Moment::Offset { seconds: b }) => a < b,
        (Moment::Clock { hour: h1, minute: m1 }, Moment::Clock { hour: h2, minute: m2 }) => {
            let minutes = |hour: u8, minute: u8| i32::from(hour) * 60 + i32::from(minute);
            let back = minutes(h2, m2) - minutes(h1, m1);
            back > 0 && back < 12 * 60
        }
        _ => false,
    }
}

fn report(at: &Spanned<Moment>, other: &Spanned<Moment>, message: &str) -> Diagnostic {
    let label = format!("`{}` is earlier", at.value);
    let label = if message.contains("after") { format!("`{}` is later", at.value) } else { label };
    let report =
        finding(at.span, message).label(label).related(other.span, format!("than `{}`", other.value));
    report.help("correct one of the two times, or the order")
}
