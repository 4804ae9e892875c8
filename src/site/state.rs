//! What was recorded, for templates: states, values, signatures, progress.
//!
//! Takes the states of the view, gives typed template variables.

use serde::Serialize;

use super::engine::Html;
use super::markup::{Pen, Reference, sentence, sentences};
use super::word::{self, Word};
use crate::config::Labels;
use crate::source::is_web;
use crate::view::{self, ItemStatus};

/// What was recorded for an item or a section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct State<'a> {
    /// The state that counts.
    pub(super) status: Word<'a>,
    /// Why it has this state, where that is not plain.
    notes: Vec<Html>,
    /// Who recorded it.
    by: Option<Reference<'a>>,
    /// When.
    at: Option<&'a str>,
    /// The reason given.
    why: Option<&'a str>,
    /// End of a waiver.
    until: Option<&'a str>,
    /// Evidence.
    evidence: Vec<Evidence<'a>>,
    /// Notes of the journal.
    remarks: &'a [String],
    /// Who confirmed.
    confirmed: Vec<Reference<'a>>,
    /// What others said who disagree.
    disagreement: Vec<Html>,
}

/// A proof, linked where it is a web address.
#[derive(Debug, Clone, Serialize)]
struct Evidence<'a> {
    text: &'a str,
    href: Option<&'a str>,
}

/// How far something is.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Progress<'a> {
    /// Items in all.
    pub(super) total: usize,
    /// Items that need nothing more: done, waived or not applicable.
    pub(super) settled: usize,
    /// The share of those, of a hundred; never 100 while something is left.
    percent: usize,
    /// The state of the whole.
    pub(super) status: Word<'a>,
    /// Every state that occurs, with its number.
    parts: Vec<ProgressPart<'a>>,
}

/// The items of one state.
#[derive(Debug, Clone, Serialize)]
struct ProgressPart<'a> {
    status: Word<'a>,
    count: usize,
    /// Where its stretch of the bar begins and how long it is, of 1000.
    start: usize,
    length: usize,
}

/// One line of a verdict or of the deviations.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reason<'a> {
    /// NO-GO or UNDECIDED, where reasons beside it lead elsewhere; nothing for a deviation.
    verdict: Option<Word<'a>>,
    /// What it is about.
    about: Reference<'a>,
    /// What is the matter.
    text: Html,
}

/// How many reasons lead to one verdict.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tally<'a> {
    verdict: Word<'a>,
    count: usize,
}

/// Who signed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Signed<'a> {
    /// `given`, `blocked` or `missing`.
    status: Word<'a>,
    /// The signatures.
    signatures: Vec<Signature<'a>>,
    /// Why it is not given.
    missing: Option<Html>,
}

/// One signature.
#[derive(Debug, Clone, Serialize)]
struct Signature<'a> {
    role: Reference<'a>,
    by: Reference<'a>,
    choice: &'a str,
    at: &'a str,
    seal: Option<&'a str>,
    /// Whether a signature with a key stands beside it, which is not verified.
    key: bool,
    counts: bool,
    note: Option<Html>,
}

impl<'a> State<'a> {
    pub(super) fn new(pen: Pen<'a>, state: &'a view::ItemState) -> Self {
        Self {
            status: word::status(pen.labels, state.status),
            notes: sentences(&state.notes),
            by: state.by.as_ref().map(|by| pen.mention(by)),
            at: state.at.as_deref(),
            why: state.why.as_deref(),
            until: state.until.as_deref(),
            evidence: state.evidence.iter().map(|text| Evidence { text, href: web_address(text) }).collect(),
            remarks: &state.remarks,
            confirmed: pen.mentions(&state.confirmed),
            disagreement: sentences(&state.disagreement),
        }
    }
}

impl<'a> Progress<'a> {
    pub(super) fn new(labels: &'a Labels, progress: &view::Progress) -> Self {
        use ItemStatus::{Blocked, Done, Failed, NotApplicable, Pending, Waived};
        let counts = [
            (Done, progress.done),
            (Waived, progress.waived),
            (NotApplicable, progress.not_applicable),
            (Blocked, progress.blocked),
            (Failed, progress.failed),
            (Pending, progress.pending),
        ];
        let mut parts = Vec::new();
        let mut before = 0;
        for (status, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let start = before * 1000 / progress.total.max(1);
            before += count;
            let length = (before * 1000 / progress.total.max(1)).saturating_sub(start);
            parts.push(ProgressPart { status: word::status(labels, status), count, start, length });
        }
        let settled = progress.settled();
        let percent = settled * 100 / progress.total.max(1);
        Self { total: progress.total, settled, percent, status: overall(labels, progress, settled), parts }
    }
}

/// The state of a whole: the worst of its parts, never their average.
fn overall<'a>(labels: &'a Labels, progress: &view::Progress, settled: usize) -> Word<'a> {
    if progress.failed > 0 {
        word::status(labels, ItemStatus::Failed)
    } else if progress.blocked > 0 {
        word::status(labels, ItemStatus::Blocked)
    } else if progress.pending == 0 {
        word::word(labels, "done", "state-complete")
    } else if settled > 0 {
        word::word(labels, "under-way", "state-under-way")
    } else {
        word::status(labels, ItemStatus::Pending)
    }
}

/// The reasons of a verdict.
pub(super) fn reasons<'a>(pen: Pen<'a>, reasons: &'a [view::Reason]) -> Vec<Reason<'a>> {
    reasons
        .iter()
        .map(|reason| Reason {
            verdict: reason.verdict.map(word::verdict),
            about: pen.mention(&reason.about),
            text: sentence(&reason.text),
        })
        .collect()
}

/// How many reasons lead to a verdict and how many only to UNDECIDED; of GO there is none.
pub(super) fn tally(verdict: view::Verdict, reasons: &[view::Reason]) -> Vec<Tally<'static>> {
    let open = reasons.iter().filter(|reason| reason.verdict == Some(view::Verdict::Undecided)).count();
    let tally = [(verdict, reasons.len() - open), (view::Verdict::Undecided, open)];
    let told = tally.into_iter().enumerate().filter(|(at, (_, count))| *at == 0 || *count > 0);
    told.map(|(_, (verdict, count))| Tally { verdict: word::verdict(verdict), count }).collect()
}

impl<'a> Signed<'a> {
    pub(super) fn new(pen: Pen<'a>, state: &'a view::ApprovalState) -> Self {
        let status = match state {
            view::ApprovalState { blocked: true, .. } => word::word(pen.labels, "failed", "approval-blocked"),
            view::ApprovalState { given: true, .. } => word::word(pen.labels, "done", "approval-given"),
            _ => word::word(pen.labels, "pending", "approval-missing"),
        };
        let signatures = state.signatures.iter().map(|signature| Signature::new(pen, signature)).collect();
        Self { status, signatures, missing: state.missing.as_deref().map(sentence) }
    }
}

impl<'a> Signature<'a> {
    fn new(pen: Pen<'a>, signature: &'a view::Signature) -> Self {
        Self {
            role: pen.mention(&signature.role),
            by: pen.mention(&signature.by),
            choice: &signature.choice,
            at: &signature.at,
            seal: signature.seal.as_deref(),
            key: signature.key,
            counts: signature.counts,
            note: signature.note.as_deref().map(sentence),
        }
    }
}

/// A text that is a web address and nothing else.
pub(super) fn web_address(text: &str) -> Option<&str> {
    is_web(text).then_some(text)
}

/// A verdict with its reasons.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Verdict<'a> {
    /// GO, UNDECIDED or NO-GO.
    pub(super) verdict: Word<'a>,
    /// Why.
    pub(super) reasons: Vec<Reason<'a>>,
    /// How many reasons lead to what.
    tally: Vec<Tally<'a>>,
    /// What was called aloud, with a note where it goes against the verdict.
    called: Vec<Html>,
}

impl<'a> Verdict<'a> {
    pub(super) fn of_gate(pen: Pen<'a>, state: &'a view::GateState) -> Self {
        Self {
            verdict: word::verdict(state.verdict),
            reasons: reasons(pen, &state.reasons),
            tally: tally(state.verdict, &state.reasons),
            called: sentences(&state.called),
        }
    }
}
