//! What is known of a release once its journal is judged.
//!
//! Takes and gives data only: ids, positions of events, and short reasons. Whoever shows it words
//! and links the rest.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::status::{ItemStatus, Rating, Verdict};
use crate::diagnostic::Phrase;
use crate::model::release::GateChoice;

/// Everything that follows from the journal of one release.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The instant of judgement: waivers that end before it are over.
    pub as_of: Timestamp,
    /// The worst verdict of the gates, or of the sections of phase `before` where there is no gate.
    pub verdict: Verdict,
    /// Why, worst first, each once; empty for GO.
    pub reasons: Vec<Reason>,
    /// Required items of the whole release, without reference sections and without a rollback that
    /// nobody has begun.
    pub progress: Progress,
    /// Gates by id.
    pub gates: BTreeMap<String, GateAssessment>,
    /// Sections at every level by id.
    pub sections: BTreeMap<String, SectionAssessment>,
    /// Checks, steps and sub-checks by id.
    pub items: BTreeMap<String, Recorded>,
    /// Triggers by id.
    pub triggers: BTreeMap<String, TriggerAssessment>,
    /// Messages by id.
    pub messages: BTreeMap<String, MessageAssessment>,
    /// What does not decide and must not be hidden.
    pub deviations: Vec<Deviation>,
    /// The events of the journal in the order of time, by their position there.
    pub order: Vec<usize>,
    /// How it ended, as the last event about it says.
    pub outcome: Option<(String, Mark)>,
}

/// Who recorded something, when, and in which event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Position in the release's journal.
    pub event: usize,
    /// Who, as it was written: the id of a person or role, or an unknown name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a reason or a deviation is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The release as a whole.
    Release,
    /// A section, by id.
    Section(String),
    /// A check, step or sub-check, by id.
    Item(String),
    /// An approval: its section, and its place among the approvals of that section from 0.
    Approval(String, usize),
    /// A gate, by id.
    Gate(String),
    /// A trigger, by id.
    Trigger(String),
    /// An event that names nothing known, by its position in the journal.
    Event(usize),
}

/// One leaf of the proof: what stands against GO.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reason {
    /// What it leads to: `NoGo` or `Undecided`.
    pub verdict: Verdict,
    /// What it is about.
    pub about: Subject,
    /// The section in which that stands.
    pub section: String,
    /// `p95: 620 ms misses < 500 ms`: lower case, no full stop, without the subject.
    pub text: Phrase,
    /// The event that decided it; `None` where nothing was recorded.
    pub event: Option<usize>,
}

/// A kind of deviation; the order is the one in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviationKind {
    /// A gate was called against its verdict, or by somebody who may not.
    Call,
    /// A trigger is true and calls for the rollback.
    Trigger,
    /// Something failed on which no gate is judged.
    Outside,
    /// A failure or a missing value was let pass.
    Waiver,
    /// An optional item failed.
    Optional,
    /// A value passes with a note.
    Warning,
    /// One person in two hats.
    Duties,
    /// A signature that is stale, not bound, or by somebody who may not sign.
    Signature,
    /// People disagree.
    Disagreement,
    /// Evidence that was asked for and is not there.
    Evidence,
    /// An event that could not be read, or that names nothing known.
    Journal,
}

/// What does not decide and must not be hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// Which kind.
    pub kind: DeviationKind,
    /// What it is about.
    pub about: Subject,
    /// In words, without the subject.
    pub text: Phrase,
    /// The event that shows it.
    pub event: Option<usize>,
}

/// How far something is: every required box once, sub-checks too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// Items in all, without optional ones.
    pub total: usize,
    /// Done.
    pub done: usize,
    /// Failed.
    pub failed: usize,
    /// Blocked.
    pub blocked: usize,
    /// Not applicable, with a reason.
    pub not_applicable: usize,
    /// Waived, with a reason and in time.
    pub waived: usize,
    /// Neither of these yet.
    pub pending: usize,
}

impl Progress {
    /// Items that ask for nothing more: done, waived or not applicable.
    pub fn settled(&self) -> usize {
        self.done + self.waived + self.not_applicable
    }
}

/// A recorded value and how it compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// As it was recorded, or as it was computed for a built-in metric.
    pub value: String,
    /// How it compares.
    pub rating: Rating,
    /// In words: `480 ms meets < 500 ms`.
    pub words: Phrase,
    /// Who recorded it; `None` where it was computed.
    pub mark: Option<Mark>,
}

/// What was recorded of an item, or of a section for its own sake.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The state that counts.
    pub status: ItemStatus,
    /// The same without its sub-checks.
    pub own: ItemStatus,
    /// Whether it lets its section pass, leaves it open or stops it: its own state and its
    /// sub-checks'; optional items are judged alike, but nobody asks for it.
    pub standing: Verdict,
    /// What its standing rests on, its sub-checks' reasons included; empty for GO.
    pub reasons: Vec<Reason>,
    /// The newest value of each bar, in the order of the bars.
    pub actuals: Vec<Option<Actual>>,
    /// What was written in its blanks: title as recorded and value, the newest of each.
    pub fields: Vec<(String, String)>,
    /// The event that gave it its state.
    pub mark: Option<Mark>,
    /// The reason given with the state.
    pub why: Option<String>,
    /// The end of a waiver.
    pub until: Option<Timestamp>,
    /// Everything that was linked or attached, in order.
    pub evidence: Vec<String>,
    /// Notes of its events, in order.
    pub remarks: Vec<String>,
    /// Who confirmed.
    pub confirmed: Vec<Confirmation>,
    /// The roles that have to confirm what is done, and have not.
    pub unconfirmed: Vec<String>,
    /// What others recorded who disagree with what counts.
    pub disagreement: Vec<Opinion>,
    /// Why it has this state, where that is not plain.
    pub notes: Vec<Phrase>,
}

/// A second person's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// As what.
    pub role: String,
    /// Who and when.
    pub mark: Mark,
    /// Why it does not count; `None` where it does.
    pub refused: Option<Phrase>,
    /// The event in which the same person did it, by its position.
    pub did: Option<usize>,
}

/// What somebody recorded that does not count, since a later event says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Who and when.
    pub mark: Mark,
    /// `failed`, `620 ms misses < 500 ms`.
    pub says: Phrase,
}

/// What is known of a section.
#[derive(Debug, Clone)]
pub struct SectionAssessment {
    /// What was recorded of the section itself, with the values of its own bars.
    pub recorded: Recorded,
    /// Its items and those of the sections inside that have its phase.
    pub progress: Progress,
    /// Its approvals, in order.
    pub approvals: Vec<ApprovalAssessment>,
    /// The verdict on the section with everything inside, as a gate that requires it sees it.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What is known of an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalAssessment {
    /// Whether as many roles as needed said yes.
    pub given: bool,
    /// Whether somebody who may said no.
    pub blocked: bool,
    /// Whether it decides; a signature that is needed only sometimes decides once somebody signed.
    pub decides: bool,
    /// How many roles said yes.
    pub yes: usize,
    /// The newest signature of each person in each role, in order of time.
    pub signatures: Vec<SignatureAssessment>,
    /// Why it is not given.
    pub missing: Option<Phrase>,
    /// The signature that stands against it.
    pub event: Option<usize>,
}

/// What is known of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureAssessment {
    /// As what.
    pub role: String,
    /// Who and when.
    pub mark: Mark,
    /// What was said.
    pub choice: String,
    /// What it is bound to, as it was written.
    pub seal: Option<String>,
    /// Whether a signature with a key stands beside it. Nobody has verified that here: who may sign with which
    /// key, and the program that knows, are no part of the journal.
    pub key: bool,
    /// Whether it counts.
    pub counts: bool,
    /// Why not, or what is to be known about it.
    pub note: Option<Phrase>,
}

/// What is known of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerAssessment {
    /// Whether it is true now.
    pub fired: bool,
    /// Every event about it, in order of time.
    pub history: Vec<TriggerEvent>,
}

/// One event about a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerEvent {
    /// Whether it was true then.
    pub fired: bool,
    /// The value, as it was recorded, and how it compares with the condition.
    pub actual: Option<(String, Phrase)>,
    /// Who and when.
    pub mark: Mark,
}

/// What is known of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageAssessment {
    /// Each time that it was sent.
    pub sent: Vec<Mark>,
}

/// What is known of a gate.
#[derive(Debug, Clone)]
pub struct GateAssessment {
    /// The verdict.
    pub verdict: Verdict,
    /// The sections it is judged on with their verdicts, in the order of the gate.
    pub sections: Vec<(String, Verdict)>,
    /// Why, worst first; empty for GO.
    pub reasons: Vec<Reason>,
    /// What was called, in order of time.
    pub called: Vec<Call>,
    /// Who is asked, in this order.
    pub roll: Vec<Asked>,
}

/// One who is asked at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// As what, by id.
    pub role: String,
    /// What a holder of the role called last, by its position among what was called.
    pub called: Option<usize>,
    /// What the role answers for and stands against GO, by position among the reasons of the gate.
    pub reasons: Vec<usize>,
}

/// What was called at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Who and when.
    pub mark: Mark,
    /// `go`, `no-go`, as it was written.
    pub choice: String,
    /// Whether the verdict says otherwise.
    pub against: bool,
    /// What is to be known about it: that it goes against the verdict, that the caller may not call.
    pub note: Option<Phrase>,
}

impl Assessment {
    /// What is known of an approval by its place among the approvals of a section.
    pub fn approval(&self, section: &str, at: usize) -> Option<&ApprovalAssessment> {
        self.sections.get(section)?.approvals.get(at)
    }

    /// The newest value of the bar at position `at` of an item or section.
    pub fn actual(&self, id: &str, at: usize) -> Option<&Actual> {
        let section = || self.sections.get(id).map(|section| &section.recorded);
        let recorded = self.items.get(id).or_else(section)?;
        recorded.actuals.get(at)?.as_ref()
    }
}

impl GateAssessment {
    /// The newest call, where that is go: what stands behind the gate may begin.
    pub fn released(&self) -> Option<&Call> {
        self.called.last().filter(|call| GateChoice::read(&call.choice) == Some(GateChoice::Go))
    }
}

impl Recorded {
    /// The event that gave it its state.
    pub fn event(&self) -> Option<usize> {
        self.mark.as_ref().map(|mark| mark.event)
    }
}
