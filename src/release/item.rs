//! Checks, steps and sub-checks.
//!
//! Takes an item and its events, gives what is known of it, sub-checks first. Optional items are
//! judged like any other; that nobody is held to them is for whoever asks.

use std::collections::BTreeMap;

use super::assessment::{Confirmation, Mark, Opinion, Reason, Recorded, Subject};
use super::authority::Right;
use super::decide::{Case, Cause, Decision, Inside, end};
use super::deviation::{flawed, optional, revised, unproven};
use super::gauge::Gauge;
use super::judge::{Findings, Judge};
use super::metric::{Computed, Tally};
use super::status::{ItemStatus, Rating, Verdict};
use super::trail::{Blanks, Trail};
use crate::diagnostic::Phrase;
use crate::model::document::{EventState, Level};
use crate::model::section::{Bar, Item};
use crate::model::threshold::Builtin;

/// Where an item stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'b> {
    /// Its section.
    pub(super) section: &'b str,
    /// Whether it and everything above it is required.
    pub(super) required: bool,
    /// Whether its section can decide anything.
    pub(super) decides: bool,
}

impl<'a> Judge<'a> {
    /// Judges an item with its sub-checks.
    pub(super) fn item(&self, item: &'a Item, place: Place<'_>, found: &mut Findings) {
        let required = place.required && item.level != Level::Optional;
        let place = Place { required, ..place };
        for check in &item.checks {
            self.item(check, place, found);
        }
        let blanks = Blanks { bars: &item.bars, records: &item.records };
        let trail = Trail::follow(self.ledger.item(&item.id), blanks);
        let tally = self.item_tally(item, &trail, found);
        let gauges =
            self.gauges(&item.bars, &trail, |bar, metric| item_metric(item, &trail, &tally, bar, metric));
        let until = |at| self.until(at);
        let decision = Case {
            bars: &item.bars,
            records: &item.records,
            gauges: &gauges,
            trail: &trail,
            applies: item.applies.is_some(),
            inside: inside(item, found),
            as_of: self.as_of,
            until: &until,
        }
        .decide();
        let doers = self.doers(&trail, &gauges);
        let subject = Subject::Item(item.id.clone());
        let mut recorded = self.recorded(&decision, &trail, &item.bars, &gauges);
        recorded.reasons = reasons(&decision.causes, &subject, place.section);
        if decision.status == ItemStatus::Done {
            self.confirm(item, &trail, &doers, &mut recorded);
            revised(item, &recorded, &self.ledger, found);
            recorded.unconfirmed = awaited(item, &recorded);
            recorded.reasons.extend(unconfirmed(item, &recorded, place.section));
            if place.decides && required {
                found.doers.extend(doers.keys().map(|who| (item.id.clone(), (*who).to_owned())));
            }
        }
        if !required {
            optional(item, &decision, &recorded, found);
        } else if decision.status == ItemStatus::Done {
            unproven(item, &recorded, found);
        }
        self.recorded_deviations(&item.bars, &recorded, &subject, found);
        flawed(&trail, &subject, found);
        self.checks_inside(item, &decision, &mut recorded, found);
        found.items.insert(item.id.clone(), recorded);
    }

    /// What is known of an item or section for its own sake.
    pub(super) fn recorded(
        &self,
        decision: &Decision<'_>,
        trail: &Trail<'_>,
        bars: &[Bar],
        gauges: &[Gauge],
    ) -> Recorded {
        let said = trail.state.map(|(_, entry)| entry);
        let waiver = said.filter(|_| decision.status == ItemStatus::Waived).and_then(end);
        let mut recorded = Recorded {
            status: decision.status,
            own: decision.status,
            standing: Verdict::Go,
            reasons: Vec::new(),
            actuals: gauges.iter().map(|gauge| gauge.actual().cloned()).collect(),
            fields: trail
                .fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            mark: decision.by.map(|entry| entry.mark()),
            why: said.and_then(|entry| entry.event.why.clone()),
            until: waiver,
            evidence: trail.evidence.clone(),
            remarks: trail.remarks.clone(),
            confirmed: Vec::new(),
            unconfirmed: Vec::new(),
            disagreement: self.disagreement(decision, trail, bars, gauges),
            notes: decision.causes.iter().map(|cause| cause.text.clone()).collect(),
        };
        recorded.notes.extend(trail.flaws.iter().map(|(text, _)| text.clone()));
        recorded
    }

    /// Those who recorded another state, or a value that compares otherwise, and do not count.
    fn disagreement(
        &self,
        decision: &Decision<'_>,
        trail: &Trail<'_>,
        bars: &[Bar],
        gauges: &[Gauge],
    ) -> Vec<Opinion> {
        let said = trail.state.map(|(state, entry)| (state, entry.event.by.name.as_str()));
        let lifted = decision.status == ItemStatus::Done;
        let counts = if lifted { Some(EventState::Done) } else { said.map(|(state, _)| state) };
        let mut opinions = Vec::new();
        for (person, (state, entry)) in &trail.states {
            let own = said.is_some_and(|(_, by)| by == *person);
            if !own && counts.is_some_and(|counts| contradict(counts, *state)) {
                opinions.push(Opinion { mark: entry.mark(), says: state.phrase() });
            }
        }
        for ((bar, gauge), readings) in bars.iter().zip(gauges).zip(&trail.readings) {
            let Some(newest) = gauge.actual().filter(|actual| actual.rating != Rating::Unknown) else {
                continue;
            };
            for reading in readings.by_person.values() {
                let other = self.rated(bar, *reading);
                if other.rating.passes() != newest.rating.passes() && other.rating != Rating::Unknown {
                    opinions.push(Opinion { mark: reading.entry.mark(), says: other.words });
                }
            }
        }
        opinions.sort_by_key(|opinion| (opinion.mark.at, opinion.mark.event));
        opinions
    }

    /// The persons who did it, and in which event: who recorded it as done, else who measured.
    fn doers<'b>(&self, trail: &Trail<'a>, gauges: &'b [Gauge]) -> BTreeMap<&'b str, usize>
    where
        'a: 'b,
    {
        let said = trail.state.filter(|(state, _)| *state == EventState::Done).map(|(_, entry)| entry);
        if let Some(entry) = trail.doer.filter(|_| said.is_some()).or(said) {
            return BTreeMap::from([(self.authority.person(&entry.event.by.name), entry.index)]);
        }
        let marks = gauges.iter().filter_map(|gauge| gauge.actual()?.mark.as_ref());
        marks.map(|mark| (self.authority.person(&mark.by), mark.event)).collect()
    }

    fn confirm(
        &self,
        item: &Item,
        trail: &Trail<'_>,
        doers: &BTreeMap<&str, usize>,
        recorded: &mut Recorded,
    ) {
        for (role, entry) in &trail.confirms {
            let by = entry.event.by.name.as_str();
            let asked = item.confirm.iter().any(|asked| asked.name == role.name);
            let right = self.authority.right(by, &role.name);
            let did = doers.get(self.authority.person(by)).copied();
            let refused = if !asked {
                Some(Phrase::label("confirm-nobody").with("role", role.name.as_str()))
            } else if did.is_some() {
                Some(Phrase::label("confirm-same").with("who", by))
            } else if right == Right::Refused {
                Some(Phrase::label("confirm-not-holder").with("who", by).with("role", role.name.as_str()))
            } else {
                None
            };
            if right == Right::Unassigned && refused.is_none() {
                recorded.notes.push(Phrase::label("confirm-anybody").with("role", role.name.as_str()));
            }
            recorded.confirmed.push(Confirmation {
                role: role.name.clone(),
                mark: entry.mark(),
                refused,
                did,
            });
        }
    }

    /// What the journal amounts to inside an item.
    fn item_tally(&self, item: &Item, trail: &Trail<'_>, found: &Findings) -> Tally {
        let mut progress = super::assessment::Progress::default();
        for check in item.checks.iter().filter(|check| check.level != Level::Optional) {
            super::section::tally(check, found, &mut progress);
        }
        let seconds = trail.ends.map(|(first, last)| seconds(&first.mark(), &last.mark()));
        Tally { progress, seconds, age: self.age(), ..Tally::default() }
    }

    /// Adds what the sub-checks say; what a waiver or n/a covers is let pass.
    fn checks_inside(&self, item: &Item, decision: &Decision<'_>, recorded: &mut Recorded, found: &Findings) {
        for check in item.checks.iter().filter(|check| check.level != Level::Optional) {
            let Some(inside) = found.items.get(&check.id) else { continue };
            let counts = |reason: &&Reason| match decision.cover {
                None => true,
                Some(cover) => reason.verdict == Verdict::NoGo && self.ledger.after(reason.event, cover),
            };
            let reasons: Vec<Reason> = inside.reasons.iter().filter(counts).cloned().collect();
            let worst = reasons.iter().map(|reason| reason.verdict).max();
            match worst {
                Some(Verdict::NoGo) => {
                    recorded.status = ItemStatus::Failed;
                    recorded.notes.push(sub_check("reason-check-failed", check));
                }
                Some(Verdict::Undecided) if recorded.status == ItemStatus::Done => {
                    recorded.status = ItemStatus::Pending;
                    recorded.notes.push(sub_check("reason-check-open", check));
                }
                _ => {}
            }
            recorded.reasons.extend(reasons);
        }
        recorded.standing = recorded.reasons.iter().map(|reason| reason.verdict).max().unwrap_or(Verdict::Go);
    }
}

/// The value of a built-in metric of an item: what its sub-checks or its times say. A value that was
/// recorded goes before a computed one; what cannot be computed is measured.
fn item_metric(
    item: &Item,
    trail: &Trail<'_>,
    tally: &Tally,
    bar: &Bar,
    metric: Builtin,
) -> Option<Result<Computed, Phrase>> {
    let at = item.bars.iter().position(|own| std::ptr::eq(own, bar))?;
    let typed = trail.readings[at].newest.is_some();
    match metric {
        Builtin::Checks | Builtin::Passed | Builtin::Failed if !item.checks.is_empty() => {}
        Builtin::Age if !typed && tally.age.is_some() => {}
        Builtin::Duration if !typed => {
            if !trail.state.is_some_and(|(state, _)| state == EventState::Done) {
                return Some(Err(Phrase::label("reason-duration-later")));
            }
        }
        _ => return None,
    }
    Some(tally.compute(bar, metric))
}

/// What the sub-checks of an item let it do.
fn inside(item: &Item, found: &Findings) -> Inside {
    let mut required = item.checks.iter().filter(|check| check.level != Level::Optional).peekable();
    if required.peek().is_none() {
        return Inside::Nothing;
    }
    let passes =
        |check: &Item| found.items.get(&check.id).is_some_and(|recorded| recorded.standing == Verdict::Go);
    Inside::Checks { pass: required.all(passes) }
}

/// The roles whose confirmation is missing.
fn awaited(item: &Item, recorded: &Recorded) -> Vec<String> {
    let given =
        |role: &str| recorded.confirmed.iter().any(|word| word.role == role && word.refused.is_none());
    let roles = item.confirm.iter().map(|role| &role.name);
    roles.filter(|role| !given(role)).cloned().collect()
}

/// What stands against an item whose confirmation is missing.
fn unconfirmed(item: &Item, recorded: &Recorded, section: &str) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for role in &recorded.unconfirmed {
        let refused = recorded.confirmed.iter().rfind(|word| word.role == *role);
        let why = refused.and_then(|word| word.refused.clone());
        let text = Phrase::label("reason-unconfirmed").with("role", role.as_str());
        let text = Phrase::joined(std::iter::once(text).chain(why), ": ");
        let event = refused.map(|word| word.mark.event);
        let (about, section) = (Subject::Item(item.id.clone()), section.to_owned());
        reasons.push(Reason { verdict: Verdict::Undecided, about, section, text, event });
    }
    reasons
}

pub(super) fn reasons(causes: &[Cause], about: &Subject, section: &str) -> Vec<Reason> {
    let reason = |cause: &Cause| Reason {
        verdict: cause.verdict,
        about: about.clone(),
        section: section.to_owned(),
        text: cause.text.clone(),
        event: cause.event,
    };
    causes.iter().map(reason).collect()
}

/// Whole seconds between two events.
pub(super) fn seconds(first: &Mark, last: &Mark) -> u64 {
    u64::try_from(last.at.as_second() - first.at.as_second()).unwrap_or(0)
}

/// Whether two states say different things of the same fact. Who waives or opens again does not deny
/// a failure, and who is blocked says nothing yet.
fn contradict(a: EventState, b: EventState) -> bool {
    let says = |state| matches!(state, EventState::Done | EventState::Failed | EventState::NotApplicable);
    a != b && says(a) && says(b)
}

fn sub_check(key: &'static str, check: &Item) -> Phrase {
    Phrase::label(key).with("check", check.id.as_str())
}
