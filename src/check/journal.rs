//! The journal of a release, item by item.
//!
//! Takes a release with its runbook, gives for each item what was recorded about it, in the order of
//! the instants. It judges nothing; `crate::release` does that.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::document::EventState;
use crate::model::release::{Act, Event, Release};
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Item, Section};
use crate::release::Targets;
use crate::source::Spanned;

/// What can be recorded: an item or a section of the runbook.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    Item(&'a Item),
    Section(&'a Section),
}

impl<'a> Subject<'a> {
    /// The bars that it is held to.
    pub(super) fn bars(self) -> Vec<&'a Bar> {
        match self {
            Self::Item(item) => item.bars.iter().collect(),
            Self::Section(section) => section.bars().collect(),
        }
    }

    /// The title.
    pub(super) fn title(self) -> String {
        match self {
            Self::Item(item) => item.title.plain(),
            Self::Section(section) => section.title.plain(),
        }
    }
}

/// An event about an item, taken apart.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) event: &'a Event,
    pub(super) state: Option<EventState>,
    pub(super) actual: Option<&'a Spanned<String>>,
    pub(super) metric: Option<&'a Spanned<String>>,
    pub(super) until: Option<&'a Spanned<Timestamp>>,
}

/// What was recorded about one item.
pub(super) struct Record<'a> {
    pub(super) subject: Subject<'a>,
    pub(super) entries: Vec<Entry<'a>>,
}

impl<'a> Record<'a> {
    /// The entry that says which state it is in now.
    pub(super) fn state(&self) -> Option<(&Entry<'a>, EventState)> {
        self.entries.iter().rev().find_map(|entry| Some((entry, entry.state?)))
    }

    /// The newest value of each bar that has one, as the verdict takes it up.
    pub(super) fn actuals(&self) -> Vec<(&'a Bar, Entry<'a>, &'a Spanned<String>)> {
        let bars = self.subject.bars();
        let targets = Targets::of(&bars);
        let mut newest = vec![None; bars.len()];
        for entry in &self.entries {
            let metric = entry.metric.map(|metric| metric.value.as_str());
            let bars = entry.actual.and_then(|_| targets.find(metric).ok()).unwrap_or_default();
            bars.iter().for_each(|bar| newest[*bar] = Some(*entry));
        }
        let valued = bars.into_iter().zip(newest);
        valued.filter_map(|(bar, entry)| Some((bar, entry?, entry?.actual?))).collect()
    }
}

/// Everything that was recorded about items and sections, by id.
pub(super) fn records<'a>(release: &'a Release, runbook: &'a Runbook) -> Vec<Record<'a>> {
    let mut entries: BTreeMap<&str, Vec<Entry<'a>>> = BTreeMap::new();
    for event in &release.journal.events {
        if let Act::Item { item, state, actual, metric, until, .. } = &event.act {
            let entry = Entry {
                event,
                state: *state,
                actual: actual.as_ref(),
                metric: metric.as_ref(),
                until: until.as_ref(),
            };
            entries.entry(&item.name).or_default().push(entry);
        }
    }
    let mut found = Vec::new();
    let mut add = |id: &str, subject: Subject<'a>| {
        if let Some(mut entries) = entries.remove(id) {
            entries.sort_by_key(|entry| entry.event.at);
            found.push(Record { subject, entries });
        }
    };
    for section in runbook.all_sections() {
        add(&section.id, Subject::Section(section));
        for item in section.items() {
            item.walk(&mut |item| add(&item.id, Subject::Item(item)));
        }
    }
    found
}

/// The instant up to which a release is judged: now, or when its outcome was recorded.
pub(super) fn judged_at(release: &Release, as_of: Timestamp) -> Timestamp {
    let ends = release.journal.events.iter().filter(|event| matches!(event.act, Act::Outcome { .. }));
    ends.map(|event| event.at).max().map_or(as_of, |end| end.min(as_of))
}

/// Whether the outcome of a release is recorded.
pub(super) fn is_closed(release: &Release) -> bool {
    release.journal.events.iter().any(|event| matches!(event.act, Act::Outcome { .. }))
}
