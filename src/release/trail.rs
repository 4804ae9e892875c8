//! What the journal says of one item or section, event by event.
//!
//! Takes its events in the order of time and its bars and blanks, gives the newest state, the newest
//! value of each bar, and who said what before. Nothing is compared here.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::ledger::Entry;
use crate::diagnostic::Phrase;
use crate::model::document::EventState;
use crate::model::release::Act;
use crate::model::section::{Bar, Criterion, Record, Reference};
use crate::source::Spanned;

/// A value that somebody recorded for a bar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) value: &'a str,
    pub(super) entry: Entry<'a>,
}

/// Values of one bar.
#[derive(Debug, Clone, Default)]
pub(super) struct Readings<'a> {
    pub(super) newest: Option<Reading<'a>>,
    /// The newest of each person.
    pub(super) by_person: BTreeMap<&'a str, Reading<'a>>,
}

/// What the journal says of one item or section.
#[derive(Debug, Default)]
pub(super) struct Trail<'a> {
    /// The newest state and its event.
    pub(super) state: Option<(EventState, Entry<'a>)>,
    /// The newest state of each person.
    pub(super) states: BTreeMap<&'a str, (EventState, Entry<'a>)>,
    /// Values by bar.
    pub(super) readings: Vec<Readings<'a>>,
    /// The newest value of each blank, in the order in which they were first filled.
    pub(super) fields: Vec<(&'a str, &'a str)>,
    /// The place of each blank there, by its name in one spelling.
    places: BTreeMap<String, usize>,
    /// Who confirmed as what since it was last not done.
    pub(super) confirms: Vec<(&'a Reference, Entry<'a>)>,
    /// Who recorded it as done, confirmations aside.
    pub(super) doer: Option<Entry<'a>>,
    /// Evidence, in order.
    pub(super) evidence: Vec<String>,
    /// Notes, in order.
    pub(super) remarks: Vec<String>,
    /// What could not be taken up, and in which event.
    pub(super) flaws: Vec<(Phrase, usize)>,
    /// The first and the last event that record more than a remark.
    pub(super) ends: Option<(Entry<'a>, Entry<'a>)>,
}

/// What a subject takes up.
#[derive(Clone, Copy)]
pub(super) struct Blanks<'a> {
    pub(super) bars: &'a [Bar],
    pub(super) records: &'a [Record],
}

impl<'a> Trail<'a> {
    /// Follows the events.
    pub(super) fn follow(entries: &[Entry<'a>], blanks: Blanks<'_>) -> Self {
        let readings = blanks.bars.iter().map(|_| Readings::default()).collect();
        let mut trail = Self { readings, ..Self::default() };
        let targets = Targets::of(blanks.bars);
        let titles: Vec<String> = blanks.records.iter().map(|record| normal(&record.title.plain())).collect();
        for entry in entries {
            trail.take(*entry, &targets, &titles);
        }
        trail
    }

    fn take(&mut self, entry: Entry<'a>, targets: &Targets, titles: &[String]) {
        let Act::Item { state, actual, metric, field, confirm, .. } = &entry.event.act else { return };
        if state.is_some() || actual.is_some() || field.is_some() || confirm.is_some() {
            self.ends = Some((self.ends.map_or(entry, |(first, _)| first), entry));
        }
        self.evidence.extend(entry.event.evidence.clone());
        self.remarks.extend(entry.event.note.clone());
        if let Some(state) = state {
            self.set(*state, entry, confirm.is_some());
        }
        if let Some(actual) = actual {
            self.read(actual, metric.as_ref(), entry, targets);
        }
        if let Some((name, value)) = field {
            self.fill(name, value, entry, titles);
        }
        self.confirms.extend(confirm.as_ref().map(|role| (role, entry)));
    }

    fn set(&mut self, state: EventState, entry: Entry<'a>, confirms: bool) {
        use EventState::{Blocked, Cleared, Done, Failed, Fired, Pending, Sent};
        if matches!(state, Sent | Fired | Cleared) {
            self.flaws.push((Phrase::label("event-state"), entry.index));
            return;
        }
        match state {
            Done if !confirms => self.doer = Some(entry),
            // What is not done any more has to be confirmed again.
            Failed | Blocked | Pending => self.confirms.clear(),
            _ => {}
        }
        if state == Pending {
            // Open again: what was measured before does not settle it.
            self.readings.iter_mut().for_each(|readings| *readings = Readings::default());
        }
        self.state = Some((state, entry));
        self.states.insert(&entry.event.by.name, (state, entry));
    }

    fn read(
        &mut self,
        actual: &'a Spanned<String>,
        metric: Option<&Spanned<String>>,
        entry: Entry<'a>,
        targets: &Targets,
    ) {
        let reading = Reading { value: &actual.value, entry };
        match targets.find(metric.map(|metric| metric.value.as_str())) {
            Ok(bars) => {
                for bar in bars {
                    let readings = &mut self.readings[*bar];
                    readings.newest = Some(reading);
                    readings.by_person.insert(&entry.event.by.name, reading);
                }
            }
            Err(why) => {
                let text = Phrase::label("event-value").with("value", actual.value.as_str()).with("why", why);
                self.flaws.push((text, entry.index));
            }
        }
    }

    fn fill(
        &mut self,
        name: &'a Spanned<String>,
        value: &'a Spanned<String>,
        entry: Entry<'a>,
        titles: &[String],
    ) {
        let key = normal(name);
        if !titles.contains(&key) {
            self.flaws.push((Phrase::label("event-blank").with("name", name.value.as_str()), entry.index));
        }
        match self.places.get(&key) {
            Some(at) => self.fields[*at].1 = value,
            None => {
                self.places.insert(key, self.fields.len());
                self.fields.push((name, value));
            }
        }
    }

    /// Whether a blank of this title was filled.
    pub(super) fn filled(&self, title: &str) -> bool {
        let field = self.places.get(&normal(title)).and_then(|at| self.fields.get(*at));
        field.is_some_and(|(_, value)| !value.trim().is_empty())
    }
}

/// Which bars a value is for.
#[derive(Debug)]
pub struct Targets {
    /// Names of the metrics with the bars of each.
    named: Vec<(String, Vec<usize>)>,
    /// The bars of a value without a metric; `None` where it has to say.
    unnamed: Option<Vec<usize>>,
    /// Whether the only bar has no metric, so that any name means it.
    nameless: bool,
}

impl Targets {
    /// The targets that bars are, one bar after the other.
    pub fn of(bars: &[impl Borrow<Bar>]) -> Self {
        let bars: Vec<&Bar> = bars.iter().map(Borrow::borrow).collect();
        let mut named: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, bar) in bars.iter().enumerate() {
            let name = bar.metric().map(normal).unwrap_or_default();
            match named.iter_mut().find(|(known, _)| *known == name) {
                Some((_, all)) if !name.is_empty() => all.push(at),
                _ => named.push((name, vec![at])),
            }
        }
        let of_kind = |kind: Kind| {
            let is = |(_, all): &&(String, Vec<usize>)| all.iter().any(|at| Kind::of(bars[*at]) == kind);
            let mut found = named.iter().filter(is);
            match (found.next(), found.next()) {
                (None, _) => None,
                (Some((_, all)), None) => Some(Some(all.clone())),
                (Some(_), Some(_)) => Some(None),
            }
        };
        let unnamed = of_kind(Kind::Measured)
            .or_else(|| of_kind(Kind::Computed))
            .or_else(|| of_kind(Kind::Seen))
            .flatten();
        let nameless =
            unnamed.as_deref().is_some_and(|all| all.iter().all(|at| bars[*at].metric().is_none()));
        Self { named, unnamed, nameless }
    }

    /// The positions of the bars that a value is for, with the metric that it names.
    ///
    /// # Errors
    /// When it is for none, or does not say for which; in words behind the value.
    pub fn find(&self, metric: Option<&str>) -> Result<&[usize], Phrase> {
        let Some(metric) = metric else {
            return match &self.unnamed {
                Some(bars) => Ok(bars),
                None if self.named.is_empty() => Err(Phrase::label("event-no-threshold")),
                None => Err(Phrase::label("event-which-threshold")),
            };
        };
        let key = normal(metric);
        if let Some((_, bars)) = self.named.iter().find(|(name, _)| *name == key && !key.is_empty()) {
            return Ok(bars);
        }
        match &self.unnamed {
            Some(bars) if self.nameless => Ok(bars),
            _ => Err(Phrase::label("event-other-threshold").with("metric", metric)),
        }
    }
}

/// How the value of a bar comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody measures and records it.
    Measured,
    /// It follows from the journal.
    Computed,
    /// Somebody sees it and records the item as done: a state, or text that is no threshold.
    Seen,
}

impl Kind {
    pub(super) fn of(bar: &Bar) -> Self {
        match &bar.criterion {
            Criterion::State { .. } | Criterion::Unparsed { .. } => Self::Seen,
            _ if bar.builtin().is_some() => Self::Computed,
            _ => Self::Measured,
        }
    }
}

/// One spelling of a name, by which metrics and blanks compare: single spaces, small letters.
pub fn normal(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
