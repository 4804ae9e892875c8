//! The state of one item, or of a section for its own sake, without what is inside it.
//!
//! Takes its trail and its gauges, gives its state and what stands against it. The rules are those of
//! `language.md`: the latest event wins, a value that misses fails what was called done, and a waiver
//! covers what came before it.

use jiff::Timestamp;

use super::gauge::Gauge;
use super::ledger::Entry;
use super::rating::{asked, miss};
use super::status::{ItemStatus, Verdict};
use super::trail::Trail;
use crate::diagnostic::Phrase;
use crate::model::document::EventState;
use crate::model::release::Act;
use crate::model::section::{Bar, Record};

/// What a state is decided on.
pub(super) struct Case<'a, 'b> {
    pub(super) bars: &'b [Bar],
    pub(super) records: &'b [Record],
    pub(super) gauges: &'b [Gauge],
    pub(super) trail: &'b Trail<'a>,
    /// Whether it says when it applies.
    pub(super) applies: bool,
    pub(super) inside: Inside,
    /// The instant of judgement, and an instant in words.
    pub(super) as_of: Timestamp,
    pub(super) until: &'b dyn Fn(Timestamp) -> String,
}

/// What decides along with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// An item without sub-checks that are required.
    Nothing,
    /// An item with sub-checks; whether each lets it pass.
    Checks { pass: bool },
    /// A section: what is inside is judged on its own.
    Section,
}

/// One thing that stands against it.
#[derive(Debug, Clone)]
pub(super) struct Cause {
    pub(super) verdict: Verdict,
    pub(super) text: Phrase,
    pub(super) event: Option<usize>,
}

/// A state and what it rests on.
#[derive(Debug)]
pub(super) struct Decision<'a> {
    pub(super) status: ItemStatus,
    pub(super) causes: Vec<Cause>,
    /// The event that gave the state.
    pub(super) by: Option<Entry<'a>>,
    /// Where a waiver or n/a stands in the order of time: what came before is covered.
    pub(super) cover: Option<usize>,
}

impl<'a> Case<'a, '_> {
    pub(super) fn decide(&self) -> Decision<'a> {
        use EventState::{Blocked, Failed, NotApplicable, Waived};
        let Some((state, entry)) = self.trail.state else { return self.unrecorded() };
        if matches!(state, Failed | Blocked | NotApplicable | Waived) && self.complete(Some(entry.order)) {
            return self.with(ItemStatus::Done, Vec::new(), self.last());
        }
        match state {
            Failed => {
                let text = reasoned("reason-failed", entry);
                let causes = vec![Cause { verdict: Verdict::NoGo, text, event: Some(entry.index) }];
                self.with(ItemStatus::Failed, causes, Some(entry))
            }
            Blocked => self.blocked(entry),
            NotApplicable | Waived => self.let_pass(state, entry),
            EventState::Done => self.done(entry),
            _ => self.unrecorded(),
        }
    }

    fn with(&self, status: ItemStatus, causes: Vec<Cause>, by: Option<Entry<'a>>) -> Decision<'a> {
        Decision { status, causes, by, cover: None }
    }

    /// Failed by a value, if one misses.
    fn missed(&self, cover: Option<usize>) -> Option<Decision<'a>> {
        let mut causes = Vec::new();
        let mut by = None;
        for (at, (bar, gauge)) in self.bars.iter().zip(self.gauges).enumerate() {
            let Some(actual) = gauge.actual().filter(|_| gauge.misses(cover)) else { continue };
            let text = miss(bar, actual.rating, &actual.words);
            causes.push(Cause { verdict: Verdict::NoGo, text, event: gauge.event() });
            by = by.or(self.trail.readings[at].newest.map(|reading| reading.entry));
        }
        (!causes.is_empty()).then(|| self.with(ItemStatus::Failed, causes, by.or(self.last())))
    }

    /// Nobody said that it is done, or it was opened again.
    fn unrecorded(&self) -> Decision<'a> {
        if let Some(failed) = self.missed(None) {
            return failed;
        }
        if self.inside == Inside::Section {
            return self.section(false);
        }
        if self.complete(None) {
            return self.with(ItemStatus::Done, Vec::new(), self.last());
        }
        let mut causes = self.unsettled();
        let untouched = self.trail.ends.is_none();
        // Sub-checks that are open say so themselves.
        let waits = matches!(self.inside, Inside::Checks { pass: false }) && causes.is_empty();
        let seen = self.gauges.iter().any(|gauge| matches!(gauge, Gauge::Seen(_)));
        if untouched && (!waits || seen) {
            causes = vec![open(Phrase::label("reason-nothing"), None)];
        } else if seen || (causes.is_empty() && !waits) {
            causes.push(open(Phrase::label("reason-not-done"), self.last()));
        }
        self.with(ItemStatus::Pending, causes, self.last())
    }

    fn done(&self, entry: Entry<'a>) -> Decision<'a> {
        if let Some(mut failed) = self.missed(None) {
            failed.causes.iter_mut().for_each(|cause| cause.text = but(&cause.text));
            return failed;
        }
        if self.inside == Inside::Section {
            return self.section(true);
        }
        let mut causes = Vec::new();
        for gauge in self.gauges {
            match gauge {
                Gauge::Missing(why) => {
                    causes.push(open(but(why), Some(entry)));
                }
                gauge if gauge.unknown() => causes.extend(incomparable(gauge)),
                _ => {}
            }
        }
        let status = if causes.is_empty() { ItemStatus::Done } else { ItemStatus::Pending };
        self.with(status, causes, Some(entry))
    }

    /// A section has nothing to tick: its bars settle it, and a state that is seen needs a word.
    fn section(&self, said: bool) -> Decision<'a> {
        let mut causes = self.unsettled();
        for (bar, gauge) in self.bars.iter().zip(self.gauges) {
            match gauge {
                Gauge::Seen(_) if !said => {
                    let text = Phrase::label("reason-not-seen").with("what", asked(bar));
                    causes.push(open(text, self.last()));
                }
                Gauge::Computed { actual, open: true } => {
                    causes.push(open(miss(bar, actual.rating, &actual.words), None));
                }
                _ => {}
            }
        }
        let settled = causes.is_empty() && (said || !self.bars.is_empty());
        let status = if settled { ItemStatus::Done } else { ItemStatus::Pending };
        self.with(status, causes, self.last())
    }

    fn blocked(&self, entry: Entry<'a>) -> Decision<'a> {
        if let Some(failed) = self.missed(None) {
            return failed;
        }
        let causes = vec![open(reasoned("reason-blocked", entry), Some(entry))];
        self.with(ItemStatus::Blocked, causes, Some(entry))
    }

    /// n/a and waivers: they cover what came before them, if they are in order.
    fn let_pass(&self, state: EventState, entry: Entry<'a>) -> Decision<'a> {
        if let Some(failed) = self.missed(Some(entry.order)) {
            return failed;
        }
        let waived = state == EventState::Waived;
        let mut causes = Vec::new();
        if !has_reason(entry) {
            let key = if waived { "reason-waived-without" } else { "reason-not-applicable-without" };
            causes.push(open(Phrase::label(key), Some(entry)));
        }
        if !waived && !self.applies {
            causes.push(open(Phrase::label("reason-applies"), Some(entry)));
        }
        if let Some(end) = end(entry).filter(|end| waived && *end <= self.as_of) {
            let text = Phrase::label("reason-waiver-over").with("end", (self.until)(end));
            causes.push(open(text, Some(entry)));
        }
        let status = if waived { ItemStatus::Waived } else { ItemStatus::NotApplicable };
        Decision { cover: Some(entry.order), ..self.with(status, causes, Some(entry)) }
    }

    /// Whether its values, sub-checks and blanks settle it without anybody saying "done". After a
    /// failure (`since`) every value has to be measured again.
    fn complete(&self, since: Option<usize>) -> bool {
        let measured = self.gauges.iter().any(|gauge| matches!(gauge, Gauge::Recorded(..)));
        let (checks, pass) = match self.inside {
            Inside::Checks { pass } => (true, pass),
            Inside::Nothing => (false, true),
            Inside::Section => (false, true),
        };
        let filled = self.records.iter().all(|record| self.trail.filled(&record.title.plain()));
        let some = measured || (since.is_none() && (checks || !self.records.is_empty()));
        some && pass && filled && self.gauges.iter().all(|gauge| gauge.passes(since))
    }

    /// Values that are missing or cannot be compared, and blanks that are empty.
    fn unsettled(&self) -> Vec<Cause> {
        let mut causes = Vec::new();
        for gauge in self.gauges {
            match gauge {
                Gauge::Missing(why) => causes.push(open(why.clone(), None)),
                gauge if gauge.unknown() => causes.extend(incomparable(gauge)),
                _ => {}
            }
        }
        let titles = self.records.iter().map(|record| record.title.plain());
        for title in titles.filter(|title| !self.trail.filled(title)) {
            causes.push(open(Phrase::label("reason-blank").with("what", title), None));
        }
        causes
    }

    fn last(&self) -> Option<Entry<'a>> {
        self.trail.ends.map(|(_, last)| last)
    }
}

fn open(text: Phrase, entry: Option<Entry<'_>>) -> Cause {
    Cause { verdict: Verdict::Undecided, text, event: entry.map(|entry| entry.index) }
}

/// `recorded as done, but 620 ms misses < 500 ms`
fn but(what: &Phrase) -> Phrase {
    Phrase::label("reason-done-but").with("what", what.clone())
}

fn incomparable(gauge: &Gauge) -> Option<Cause> {
    let actual = gauge.actual()?;
    Some(Cause { verdict: Verdict::Undecided, text: actual.words.clone(), event: gauge.event() })
}

/// `blocked: the database is locked`
fn reasoned(key: &'static str, entry: Entry<'_>) -> Phrase {
    Phrase::label(key).because(entry.event.why.as_deref())
}

fn has_reason(entry: Entry<'_>) -> bool {
    entry.event.why.as_deref().is_some_and(|why| !why.trim().is_empty())
}

/// The end of a waiver.
pub(super) fn end(entry: Entry<'_>) -> Option<Timestamp> {
    match &entry.event.act {
        Act::Item { until, .. } => until.as_ref().map(|until| until.value),
        _ => None,
    }
}
