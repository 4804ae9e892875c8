//! What was recorded in a release, in words and with links.
//!
//! Takes an assessment, gives the state of each thing on the page; adds no judgement of its own.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::schedule::start;
use super::section::Shaper;
use crate::config::Phrase;
use crate::model::release::{Assignment, Release};
use crate::release::{self, Assessment, Deviation, Mark, Recorded, Subject};
use crate::view::{
    Actual, ApprovalState, Assigned, Destination, ItemState, LogEntry, Mention, MessageState, Progress,
    Reason, ReleaseState, Signature, TriggerState,
};

/// A moment of a release as it is shown.
pub(super) const MINUTE: &str = "%Y-%m-%d %H:%M";
/// The same with its zone.
const MINUTE_AND_ZONE: &str = "%Y-%m-%d %H:%M %Z";

/// How many of the items that are to be done next the page of a release shows.
const NEXT: usize = 4;

impl Shaper<'_> {
    pub(super) fn assessed(&self) -> Option<&Assessment> {
        self.plan.map(|plan| plan.assessed)
    }

    fn zone(&self) -> TimeZone {
        self.window().map_or(TimeZone::UTC, |window| window.time_zone.clone())
    }

    /// What was found, in the language of the site.
    pub(super) fn say(&self, phrase: &Phrase) -> String {
        phrase.words(self.here.world.labels)
    }

    /// The words for `key`, with its blanks filled in.
    pub(super) fn fill(&self, key: &str, blanks: &[(&str, &str)]) -> String {
        self.here.world.labels.fill(key, blanks)
    }

    pub(super) fn local(&self, at: Timestamp, format: &str) -> String {
        at.to_zoned(self.zone()).strftime(format).to_string()
    }

    /// The end of a waiver: a waiver until a day ends with that day, at the midnight after it.
    pub(super) fn last_day(&self, end: Timestamp) -> String {
        let local = end.to_zoned(self.zone());
        match local.time() == jiff::civil::Time::midnight() {
            true => local.date().yesterday().map_or_else(|_| local.date().to_string(), |day| day.to_string()),
            false => self.local(end, MINUTE_AND_ZONE),
        }
    }

    /// `2026-12-01 08:02 by Ana Ruiz`
    pub(super) fn signed(&self, mark: &Mark) -> String {
        let (time, who) = (self.local(mark.at, MINUTE), self.here.party(&mark.by).text);
        self.fill("said-by", &[("time", &time), ("who", &who)])
    }

    pub(super) fn section_progress(&self, id: &str) -> Option<Progress> {
        Some(self.assessed()?.sections.get(id)?.progress)
    }

    /// What was recorded of the section itself, if anything was.
    pub(super) fn section_state(&self, id: &str) -> Option<ItemState> {
        let recorded = &self.assessed()?.sections.get(id)?.recorded;
        let said = recorded.mark.is_some() || !recorded.evidence.is_empty() || !recorded.remarks.is_empty();
        said.then(|| self.recorded(recorded))
    }

    pub(super) fn item_state(&self, id: &str) -> Option<ItemState> {
        self.assessed()?.items.get(id).map(|recorded| self.recorded(recorded))
    }

    fn recorded(&self, recorded: &Recorded) -> ItemState {
        let opinion = |opinion: &release::Opinion| {
            format!("{}, {}", self.say(&opinion.says), self.signed(&opinion.mark))
        };
        let refused = recorded.confirmed.iter().filter_map(|confirmation| {
            let why = self.say(confirmation.refused.as_ref()?);
            Some(self.fill("confirmation-refused", &[("who", &confirmation.mark.by), ("why", &why)]))
        });
        ItemState {
            status: recorded.status,
            notes: recorded.notes.iter().map(|note| self.say(note)).chain(refused).collect(),
            by: recorded.mark.as_ref().map(|mark| self.here.party(&mark.by)),
            at: recorded.mark.as_ref().map(|mark| self.local(mark.at, MINUTE)),
            why: recorded.why.clone(),
            until: recorded.until.map(|end| self.last_day(end)),
            evidence: recorded.evidence.clone(),
            remarks: recorded.remarks.clone(),
            confirmed: recorded
                .confirmed
                .iter()
                .filter(|confirmation| confirmation.refused.is_none())
                .map(|confirmation| self.here.party(&confirmation.mark.by))
                .collect(),
            unconfirmed: recorded.unconfirmed.iter().map(|role| self.here.party(role)).collect(),
            disagreement: recorded.disagreement.iter().map(opinion).collect(),
        }
    }

    /// What was written in a blank.
    pub(super) fn field_value(&self, item: &str, title: &str) -> Option<String> {
        let fields = &self.assessed()?.items.get(item)?.fields;
        let found = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(title));
        found.map(|(_, value)| value.clone())
    }

    /// The newest value of the bar at position `at` of an item or section.
    pub(super) fn actual(&self, of: &str, at: usize) -> Option<Actual> {
        let actual = self.assessed()?.actual(of, at)?;
        let (value, words) = (actual.value.clone(), self.say(&actual.words));
        Some(Actual { value, rating: actual.rating, words })
    }

    pub(super) fn trigger_state(&self, id: &str) -> Option<TriggerState> {
        let known = self.assessed()?.triggers.get(id)?;
        let event = |event: &release::TriggerEvent| {
            let state = self.fill(if event.fired { "is-fired" } else { "is-cleared" }, &[]);
            let state = match &event.actual {
                Some((value, _)) => self.fill("state-at", &[("state", &state), ("value", value)]),
                None => state,
            };
            format!("{state}, {}", self.signed(&event.mark))
        };
        let words: Vec<String> = known.history.iter().map(event).collect();
        Some(TriggerState { fired: known.fired, words: words.join("; ") })
    }

    pub(super) fn message_state(&self, id: &str) -> Option<MessageState> {
        let known = self.assessed()?.messages.get(id)?;
        Some(MessageState { sent: known.sent.iter().map(|mark| self.signed(mark)).collect() })
    }

    pub(super) fn approval_state(&self, section: &str, at: usize) -> Option<ApprovalState> {
        let known = self.assessed()?.approval(section, at)?;
        let signature = |signature: &release::SignatureAssessment| Signature {
            role: self.here.party(&signature.role),
            by: self.here.party(&signature.mark.by),
            choice: signature.choice.clone(),
            at: self.local(signature.mark.at, MINUTE),
            seal: signature.seal.clone(),
            key: signature.key,
            counts: signature.counts,
            note: signature.note.as_ref().map(|note| self.say(note)),
        };
        Some(ApprovalState {
            given: known.given,
            blocked: known.blocked,
            signatures: known.signatures.iter().map(signature).collect(),
            missing: known.missing.as_ref().map(|missing| self.say(missing)),
        })
    }

    /// The reasons of a verdict. What one leads to is said where they lead to different ones; elsewhere the
    /// verdict above them says it.
    pub(super) fn reasons(&self, all: &[release::Reason]) -> Vec<Reason> {
        let mixed = all.windows(2).any(|two| two[0].verdict != two[1].verdict);
        let reason = |reason: &release::Reason| Reason {
            verdict: mixed.then_some(reason.verdict),
            about: self.subject(&reason.about),
            text: self.say(&reason.text),
        };
        all.iter().map(reason).collect()
    }

    fn deviation(&self, deviation: &Deviation) -> Reason {
        Reason { verdict: None, about: self.subject(&deviation.about), text: self.say(&deviation.text) }
    }

    fn subject(&self, about: &Subject) -> Mention {
        match about {
            Subject::Section(id) | Subject::Item(id) | Subject::Gate(id) | Subject::Trigger(id) => {
                self.here.place(id)
            }
            Subject::Approval(section, at) => {
                let anchor = format!("{section}-approval-{}", at + 1);
                let text = format!("{}, {}", self.here.place(section).text, self.signers(section, *at));
                let to = Destination::Page { path: self.here.path.to_owned(), anchor };
                Mention { text, id: section.clone(), to, holder: None }
            }
            Subject::Release => self.nothing(self.fill("the-release", &[])),
            Subject::Event(at) => {
                self.nothing(self.fill("event-number", &[("number", &(at + 1).to_string())]))
            }
        }
    }

    /// `approval of Tech lead`, `approval of 2 of Tech lead, DBA, QA lead`
    fn signers(&self, section: &str, at: usize) -> String {
        let runbook = self.plan.and_then(|plan| plan.release.runbook.as_ref());
        let section = runbook.and_then(|runbook| runbook.section(section));
        let Some(approval) = section.and_then(|section| section.approvals().nth(at)) else {
            return self.fill("approval-number", &[("number", &(at + 1).to_string())]);
        };
        let roles: Vec<String> = approval.roles.iter().map(|role| self.here.party(&role.name).text).collect();
        let (needed, all) = (approval.needed, roles.join(", "));
        let roles = match needed {
            1 => roles.join(&format!(" {} ", self.here.world.labels.word("or"))),
            _ if needed == approval.roles.len() => self.fill("roles-all", &[("roles", &all)]),
            _ => self.fill("roles-some", &[("some", &needed.to_string()), ("roles", &all)]),
        };
        self.fill("approval-of", &[("roles", &roles)])
    }

    fn nothing(&self, text: String) -> Mention {
        let to = Destination::Page { path: self.here.path.to_owned(), anchor: String::new() };
        Mention { text, id: String::new(), to, holder: None }
    }

    pub(super) fn release_state(&self, plan: &Release, assessed: &Assessment) -> ReleaseState {
        let here = &self.here;
        let runbook = here.mention(&plan.runbook_id);
        let next = plan.runbook.as_ref().map(|runbook| release::next(runbook, assessed)).unwrap_or_default();
        let assigned = |it: &Assignment| Assigned {
            role: here.party(&it.role.name),
            holder: here.party(&it.holder.name),
            backup: it.backup.as_ref().map(|backup| here.party(&backup.name)),
        };
        let events = assessed.order.iter().filter_map(|at| self.log(plan, *at));
        ReleaseState {
            version: plan.version.clone(),
            change: here.optional(plan.change.as_ref()),
            about: here.prose(plan.about.as_ref()),
            runbook,
            window: self.window_words(),
            zone: self.window().map(|window| window.zone.value.clone()),
            start: start(self.window()),
            roles: plan.roles.iter().map(assigned).collect(),
            as_of: self.local(assessed.as_of, MINUTE_AND_ZONE),
            verdict: assessed.verdict,
            reasons: self.reasons(&assessed.reasons),
            progress: assessed.progress,
            next: next.items.iter().take(NEXT).map(|item| item.id.clone()).collect(),
            waiting: next.items.len().saturating_sub(NEXT),
            stop: next.gate.map(|gate| gate.id.clone()),
            deviations: assessed.deviations.iter().map(|one| self.deviation(one)).collect(),
            events: events.collect(),
            outcome: assessed.outcome.as_ref().map(|(outcome, _)| outcome.clone()),
            seal: plan.seal.0.clone(),
        }
    }

    /// `2026-12-01 09:00 to 12:00 Europe/Madrid`
    fn window_words(&self) -> Option<String> {
        Some(super::calendar::window_words(self.window()?, MINUTE, self.here.world.labels))
    }

    fn log(&self, plan: &Release, at: usize) -> Option<LogEntry> {
        let event = plan.journal.events.get(at)?;
        let (about, text) = super::event::words(self, event);
        // A release that has ended takes no more lines, and its page needs none to compare with.
        let ended = self.assessed().is_some_and(|assessed| assessed.outcome.is_some());
        let line = if ended { None } else { release::retell(event, &self.zone()).ok() };
        Some(LogEntry {
            at: self.local(event.at, MINUTE_AND_ZONE),
            instant: event.at.to_string(),
            by: self.here.party(&event.by.name),
            about,
            text,
            line: line.map(|line| line.to_string()),
        })
    }
}
