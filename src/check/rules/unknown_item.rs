//! # unknown-item
//!
//! The journal records something about an item, section, message, trigger or gate that the runbook does not have;
//! or a value for a `metric` or a `field` that the item does not have; or a value without `metric` where the
//! item has several thresholds. The event would count for nothing.
//!
//! An event is never rewritten: append the right one, and if the id changed in the runbook, give the item its
//! old `id:` back.
//!
//! ```yaml
//! - { at: 2026-12-01T08:02:11Z, by: ana, item: staging-stabel, is: done }    # wrong: `staging-stable`
//! ```

use crate::check::Subject;
use crate::check::bars::metric as metric_name;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::{Diagnostic, closest, one_of};
use crate::model::release::{Act, Release};
use crate::model::runbook::{PlaceKind, Runbook};
use crate::model::section::{Bar, Criterion, Item, Reference, Section};
use crate::source::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "unknown-item",
    summary: "an event about something that the runbook does not have",
    topic: Topic::Release,
    weight: Weight::Always,
    source: include_str!("unknown_item.rs"),
    look: Look::Release(look),
};

fn look(_: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    use PlaceKind::{Check, Gate, Message, Section, Step, Trigger};
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let mut found = Vec::new();
    for event in &release.journal.events {
        let unknown = match &event.act {
            Act::Item { item, .. } => missing(runbook, item, "item or section", &[Check, Step, Section]),
            Act::Message { message, .. } => missing(runbook, message, "message", &[Message]),
            Act::Trigger { trigger, .. } => missing(runbook, trigger, "trigger", &[Trigger]),
            Act::Gate { gate, .. } => missing(runbook, gate, "gate", &[Gate]),
            Act::Sign { .. } | Act::Log { .. } | Act::Outcome { .. } => None,
        };
        match unknown {
            Some(unknown) => found.push(unknown),
            None => found.extend(value(runbook, &event.act)),
        }
    }
    found
}

fn missing(runbook: &Runbook, name: &Reference, noun: &str, kinds: &[PlaceKind]) -> Option<Diagnostic> {
    let places =
        || runbook.places.iter().filter(|place| kinds.contains(&place.kind)).map(|place| place.id.as_str());
    if places().any(|id| id == name.name) {
        return None;
    }
    let near = closest(&name.name, places());
    let label = near.map_or_else(
        || format!("no {noun} of `{}` has this id", runbook.id),
        |near| format!("did you mean `{near}`?"),
    );
    let report = finding(name.span, format!("unknown {noun} `{}`", name.name)).label(label);
    Some(report.help("append an event with the right id; this one counts for nothing"))
}

/// What is wrong with the metric or field of an event about an item.
fn value(runbook: &Runbook, act: &Act) -> Option<Diagnostic> {
    let Act::Item { item, actual, metric, field, .. } = act else { return None };
    let part = Part::find(runbook, &item.name)?;
    if let Some((name, _)) = field {
        return part.field(name);
    }
    let bars = part.metrics();
    match (metric, actual) {
        (Some(metric), _) if !bars.iter().any(|bar| metric_name(bar) == metric_name(metric)) => {
            let near = closest(metric, bars.iter().map(String::as_str));
            let label = near.map_or_else(String::new, |near| format!("did you mean `{near}`?"));
            let report = finding(metric.span, format!("`{}` has no metric `{}`", item.name, metric.value));
            let known = one_of(bars.iter().map(String::as_str));
            let help =
                if bars.is_empty() { "it has no thresholds".to_owned() } else { format!("name {known}") };
            Some(report.label(label).help(help))
        }
        (None, Some(actual)) if bars.len() > 1 => {
            let message =
                format!("`{}` has {} thresholds, and the event does not say which", item.name, bars.len());
            let help = format!("append the event with `metric:` {}", one_of(bars.iter().map(String::as_str)));
            Some(finding(actual.span, message).label("the value of what?").help(help))
        }
        _ => None,
    }
}

/// What an event is about.
enum Part<'a> {
    Item(&'a Item),
    Section(&'a Section),
}

impl<'a> Part<'a> {
    fn find(runbook: &'a Runbook, id: &str) -> Option<Self> {
        let item = runbook.all_items().into_iter().map(|(_, item)| item).find(|item| item.id == id);
        item.map(Self::Item).or_else(|| runbook.section(id).map(Self::Section))
    }

    /// The names of what is measured.
    fn metrics(&self) -> Vec<String> {
        let bars: Vec<&Bar> = match self {
            Self::Item(item) => item.bars.iter().collect(),
            Self::Section(section) => section.bars().collect(),
        };
        let measured = bars
            .iter()
            .filter(|bar| matches!(bar.criterion, Criterion::Threshold(_) | Criterion::Levels { .. }));
        measured.map(|bar| bar.metric().unwrap_or_default().to_owned()).collect()
    }

    fn field(&self, name: &Spanned<String>) -> Option<Diagnostic> {
        let fields: Vec<String> = match self {
            Self::Item(item) => item.records.iter().map(|record| record.title.plain()).collect(),
            Self::Section(_) => Vec::new(),
        };
        if fields.iter().any(|field| metric_name(field) == metric_name(name)) {
            return None;
        }
        let near = closest(name, fields.iter().map(String::as_str));
        let label = near.map_or_else(String::new, |near| format!("did you mean `{near}`?"));
        Some(finding(name.span, format!("there is no blank `{}` to fill", name.value)).label(label))
    }
}
