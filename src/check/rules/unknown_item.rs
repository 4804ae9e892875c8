//! # unknown-item
//!
//! The journal records something about an item, section, message, trigger or gate that the runbook does not have;
//! or a value for a `metric` or a `field` that the item does not have; or a value without `metric` where the
//! item has several thresholds. The event would count for nothing.
//!
//! While a runbook cannot be read as a whole, its journals are not held against it: what they name may stand in
//! the part that is reported.
//!
//! An event is never rewritten: append the right one, and if the id changed in the runbook, give the item its
//! old `id:` back.
//!
//! ```yaml
//! - { at: 2026-12-01T08:02:11Z, by: ana, item: staging-stabel, is: done }    # wrong: `staging-stable`
//! ```

use std::collections::HashMap;

use crate::check::Subject;
use crate::check::bars::metric as metric_name;
use crate::check::hint::Hints;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::{Diagnostic, one_of};
use crate::model::release::{Act, Release};
use crate::model::runbook::{PlaceKind, Runbook};
use crate::model::section::{Bar, Criterion, Item, Reference, Section};
use crate::release::Targets;
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
    let Some(runbook) = release.runbook.as_ref().filter(|runbook| runbook.whole) else { return Vec::new() };
    let judge = Judge::new(runbook);
    release.journal.events.iter().filter_map(|event| judge.event(&event.act)).collect()
}

/// What a runbook has, by id: a journal may be long.
struct Judge<'a> {
    runbook: &'a Runbook,
    places: HashMap<&'a str, Vec<PlaceKind>>,
    parts: HashMap<&'a str, Part<'a>>,
    hints: Hints,
}

impl<'a> Judge<'a> {
    fn new(runbook: &'a Runbook) -> Self {
        let mut places: HashMap<&str, Vec<PlaceKind>> = HashMap::new();
        for place in &runbook.places {
            places.entry(&place.id).or_default().push(place.kind);
        }
        let sections = runbook.all_sections().into_iter();
        let mut parts: HashMap<&str, Part<'_>> =
            sections.map(|section| (section.id.as_str(), Part::Section(section))).collect();
        for (_, item) in runbook.all_items() {
            parts.insert(&item.id, Part::Item(item));
        }
        Self { runbook, places, parts, hints: Hints::new() }
    }

    fn event(&self, act: &Act) -> Option<Diagnostic> {
        use PlaceKind::{Check, Gate, Message, Section, Step, Trigger};
        match act {
            Act::Item { item, .. } => {
                self.missing(item, "item or section", &[Check, Step, Section]).or_else(|| self.value(act))
            }
            Act::Message { message, .. } => self.missing(message, "message", &[Message]),
            Act::Trigger { trigger, .. } => self.missing(trigger, "trigger", &[Trigger]),
            Act::Gate { gate, .. } => self.missing(gate, "gate", &[Gate]),
            Act::Sign { .. } | Act::Log { .. } | Act::Outcome { .. } => None,
        }
    }

    fn missing(&self, name: &Reference, noun: &str, kinds: &[PlaceKind]) -> Option<Diagnostic> {
        let known = self.places.get(name.name.as_str());
        if known.is_some_and(|known| known.iter().any(|kind| kinds.contains(kind))) {
            return None;
        }
        let places = self.runbook.places.iter().filter(|place| kinds.contains(&place.kind));
        let near = self.hints.place(&name.name, places);
        let label = near.unwrap_or_else(|| format!("no {noun} of `{}` has this id", self.runbook.id));
        let report = finding(name.span, format!("unknown {noun} `{}`", name.name)).label(label);
        Some(report.help("append an event with the right id; this one counts for nothing"))
    }

    /// What is wrong with the metric or field of an event about an item.
    fn value(&self, act: &Act) -> Option<Diagnostic> {
        let Act::Item { item, actual, metric, field, .. } = act else { return None };
        let part = self.parts.get(item.name.as_str())?;
        if let Some((name, _)) = field {
            return part.field(&self.hints, name);
        }
        let bars = part.metrics();
        let names = || bars.iter().map(String::as_str);
        match (metric, actual) {
            (Some(metric), _) if !bars.iter().any(|bar| metric_name(bar) == metric_name(metric)) => {
                let label = self.hints.near(metric, names()).unwrap_or_default();
                let report =
                    finding(metric.span, format!("`{}` has no metric `{}`", item.name, metric.value));
                let none = || "it has no thresholds".to_owned();
                let help = names().next().map_or_else(none, |_| format!("name {}", one_of(names())));
                Some(report.label(label).help(help))
            }
            (None, Some(actual)) if !bars.is_empty() && Targets::of(&part.bars()).find(None).is_err() => {
                let (name, count) = (&item.name, bars.len());
                let message = format!("`{name}` has {count} thresholds, and the event does not say which");
                let help = format!("append the event with `metric:` {}", one_of(names()));
                Some(finding(actual.span, message).label("the value of what?").help(help))
            }
            (None, Some(actual)) if part.bars().is_empty() => {
                let message = format!("`{}` has no threshold that a value could be held against", item.name);
                let help = "append what was seen as a `note:`, or give the item a threshold";
                Some(finding(actual.span, message).label("counts for nothing").help(help))
            }
            _ => None,
        }
    }
}

/// What an event is about.
enum Part<'a> {
    Item(&'a Item),
    Section(&'a Section),
}

impl Part<'_> {
    fn bars(&self) -> Vec<&Bar> {
        match self {
            Self::Item(item) => item.bars.iter().collect(),
            Self::Section(section) => section.bars().collect(),
        }
    }

    /// The names of what is measured.
    fn metrics(&self) -> Vec<String> {
        let bars = self.bars();
        let measured = bars
            .iter()
            .filter(|bar| matches!(bar.criterion.kind(), Criterion::Threshold(_) | Criterion::Levels { .. }));
        measured.map(|bar| bar.metric().unwrap_or_default().to_owned()).collect()
    }

    fn field(&self, hints: &Hints, name: &Spanned<String>) -> Option<Diagnostic> {
        let fields: Vec<String> = match self {
            Self::Item(item) => item.records.iter().map(|record| record.title.plain()).collect(),
            Self::Section(_) => Vec::new(),
        };
        if fields.iter().any(|field| metric_name(field) == metric_name(name)) {
            return None;
        }
        let names = || fields.iter().map(String::as_str);
        let label = hints.near(name, names()).unwrap_or_default();
        let report = finding(name.span, format!("there is no blank `{}` to fill", name.value)).label(label);
        let metrics = self.metrics();
        let metric = metrics.iter().find(|metric| metric_name(metric) == metric_name(name));
        Some(report.help(match (metric, fields.is_empty()) {
            (Some(metric), _) => {
                format!("it is a threshold: append the event with `metric: {metric}` and its `actual`")
            }
            (None, true) => "it has no blanks: append what was seen as a `note:`".to_owned(),
            (None, false) => format!("name {}", one_of(names())),
        }))
    }
}
