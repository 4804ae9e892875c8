//! # clock-disorder
//!
//! Times that run backwards: a step that begins before the one above it, a section that ends before it begins, a
//! section that begins before or after the section around it. Steps are done in the order in which they stand,
//! so one of the two is wrong. A check or step outside the time of its section, what ends after the section around it
//! and a gate that is held before what it requires are a warning.
//!
//! Clock times may pass midnight: `23:30`, then `00:15`, is in order, and so is `18:00`, then `09:00`: whatever is
//! earlier by eight hours or more is of the next day.
//!
//! ```yaml
//! steps:
//!   - { title: Switch the traffic, at: T+30m }
//!   - { title: Drain the old pool, at: T+10m }       # wrong
//! ```

use std::collections::{BTreeMap, HashMap};

use crate::check::rule::{Look, Rule, Topic, Weight, doubt, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Phase;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Gate, Item, Reference, Section};
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
    let sections = runbook.all_sections();
    gates(&sections, &mut found);
    for section in sections {
        found.extend(ends_early(section.at.as_ref(), section.until.as_ref()));
        neighbours(&section.sections().collect::<Vec<_>>(), &mut found);
        let inner = section.sections().filter(|inner| inner.phase == section.phase);
        found.extend(inner.filter_map(|inner| {
            outside(section, "section", inner.at.as_ref()).or_else(|| outlasts(section, inner.until.as_ref()))
        }));
        found.extend(section.items().filter_map(|item| item_outside(section, item)));
        let messages = section.messages();
        found.extend(messages.filter_map(|message| ends_early(message.at.as_ref(), message.until.as_ref())));
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

/// A check or step that begins or ends outside the section that holds it.
fn item_outside(section: &Section, item: &Item) -> Option<Diagnostic> {
    let (what, timing) = (if item.step { "step" } else { "check" }, item.timing());
    outside(section, what, timing.at.as_ref()).or_else(|| outlasts(section, timing.until.as_ref())).map(doubt)
}

/// What begins before the section around it, or after that has ended.
fn outside(section: &Section, what: &str, begins: Option<&Spanned<Moment>>) -> Option<Diagnostic> {
    let begins = begins?;
    let around = if what == "section" { "one" } else { "section" };
    if let Some(at) = section.at.as_ref().filter(|at| is_before(begins.value, at.value)) {
        return Some(report(begins, at, &format!("the {what} begins before the {around} around it")));
    }
    let message = format!("the {what} begins after the {around} around it has ended");
    if let Some(until) = &section.until {
        return is_before(until.value, begins.value).then(|| report(begins, until, &message));
    }
    let (at, duration) = (section.at.as_ref()?, section.duration.as_ref()?);
    let most = i64::try_from(duration.value.most.seconds()).ok()?;
    let end = Moment::Offset { seconds: at.value.offset()? + most };
    is_before(end, begins.value)
        .then(|| doubt(report(begins, &Spanned { value: end, span: duration.span }, &message)))
}

/// What ends after the section around it.
fn outlasts(section: &Section, ends: Option<&Spanned<Moment>>) -> Option<Diagnostic> {
    let ends = ends?;
    let until = section.until.as_ref().filter(|until| is_before(until.value, ends.value))?;
    Some(doubt(report(ends, until, "it ends after the section around it")))
}

/// Gates that are held before what they require, each told once.
fn gates(sections: &[&Section], found: &mut Vec<Diagnostic>) {
    let numbered = sections.iter().enumerate();
    let places: HashMap<&str, usize> =
        numbered.clone().map(|(place, section)| (section.id.as_str(), place)).collect();
    for (here, section) in numbered {
        for gate in section.gates() {
            let names = gate.requires.iter();
            let required = names.filter_map(|name| Some((name, *places.get(name.name.as_str())?)));
            let mut early = required.filter_map(|(name, there)| {
                let other = sections[there];
                let later = section.phase == Phase::Before && other.phase.is_live() && here < there;
                later.then(|| never_over(name, other)).or_else(|| too_early(gate, other))
            });
            found.extend(early.next().map(doubt));
        }
    }
}

/// A gate that is held before a section begins that it requires.
fn too_early(gate: &Gate, required: &Section) -> Option<Diagnostic> {
    let (at, begins) = (gate.at.as_ref()?, required.at.as_ref()?);
    let message = "the gate is held before a section begins that it requires";
    is_before(at.value, begins.value).then(|| report(at, begins, message))
}

/// A gate before the deployment that requires a section of it.
fn never_over(name: &Reference, required: &Section) -> Diagnostic {
    let message = format!("the gate requires `{}`, which waits for the gate", name.name);
    let report = finding(name.span, message).label("neither can begin").related(required.span, "comes after it");
    report.help("require what is done before the gate, or move the gate behind the section")
}

/// Whether one moment comes before another; a clock that falls by eight hours or more passed midnight.
fn is_before(a: Moment, b: Moment) -> bool {
    match (a, b) {
        (Moment::Offset { seconds: a }, Moment::Offset { seconds: b }) => a < b,
        (Moment::Clock { hour: h1, minute: m1 }, Moment::Clock { hour: h2, minute: m2 }) => {
            let minutes = |hour: u8, minute: u8| i32::from(hour) * 60 + i32::from(minute);
            let back = minutes(h2, m2) - minutes(h1, m1);
            back > 0 && back < 8 * 60
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
