//! Journal + plan + runbook → states → verdict, with the reasons.
//!
//! Takes a resolved `Release`, the roster and the instant of judgement; gives an `Assessment`. Pure:
//! no clock, no disk, and words only as `Phrase`s, which any language can say.

mod answer;
mod approval;
mod assessment;
mod authority;
pub mod compare;
mod decide;
mod deviation;
mod duty;
mod gate;
mod gauge;
mod intake;
mod item;
mod judge;
mod ledger;
mod line;
mod metric;
mod next;
mod plan;
mod rating;
mod roll;
mod section;
mod status;
mod stray;
mod trail;
mod trigger;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use answer::{Answer, Typed, answer, answer_trigger};
pub use assessment::{
    Actual, ApprovalAssessment, Asked, Assessment, Call, Confirmation, Deviation, DeviationKind,
    GateAssessment, Mark, MessageAssessment, Opinion, Progress, Reason, Recorded, SectionAssessment,
    SignatureAssessment, Subject, TriggerAssessment, TriggerEvent,
};
pub use authority::Authority;
pub use intake::{Candidate, Form, Hand, Intake, Origin, Received, Sameness, Taken, entries, retell};
pub use line::{About, ItemEvent, Line};
pub use next::{Next, asked, next};
pub use plan::{Plan, PlanWindow};
pub use status::{ItemStatus, Rating, Verdict};
pub use stray::SKEW;
pub use trail::{Targets, normal};

use crate::diagnostic::Phrase;
use crate::model::release::Release;
use crate::model::roster::Roster;
use crate::model::runbook::Runbook;
use crate::model::section::Item;
use judge::{Findings, Judge};
use ledger::Ledger;

/// The instant of judgement: `at` if given, else the release's last event, else the start of its
/// window. A record of a finished release so stays as it was.
pub fn as_of(release: &Release, at: Option<Timestamp>) -> Timestamp {
    let last = || release.journal.events.iter().map(|event| event.at).max();
    let start = || release.window.as_ref().and_then(crate::model::release::Window::t);
    at.or_else(last).or_else(start).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Judges a release by its journal, as of an instant: waivers that end before it are over.
pub fn assess(release: &Release, roster: &Roster, as_of: Timestamp) -> Assessment {
    match &release.runbook {
        Some(runbook) => judged(release, runbook, roster, as_of),
        None => without_runbook(release, as_of),
    }
}

fn judged(release: &Release, runbook: &Runbook, roster: &Roster, as_of: Timestamp) -> Assessment {
    let judge = Judge::new(release, runbook, roster, as_of);
    let mut found = Findings::default();
    for section in &runbook.sections {
        judge.section(section, &mut found);
    }
    let gates = judge.gates_and_release(&mut found);
    judge.outside(&gates, &mut found);
    let triggers = judge.triggers(&mut found);
    judge.approval_deviations(&mut found);
    judge.duties(&mut found);
    judge.strays(&mut found);
    judge.order_deviations(&mut found);
    Assessment {
        as_of,
        verdict: gates.verdict,
        reasons: gates.reasons,
        progress: judge.progress(&found),
        gates: gates.gates,
        sections: found.sections,
        items: found.items,
        triggers,
        messages: judge.messages(),
        deviations: found.deviations,
        order: judge.ledger.all.iter().map(|entry| entry.index).collect(),
        outcome: judge.ledger.outcome(),
    }
}

/// Without a runbook nothing can be judged; what was recorded stands all the same.
fn without_runbook(release: &Release, as_of: Timestamp) -> Assessment {
    let ledger = Ledger::new(release);
    let text = Phrase::label("reason-no-runbook").with("runbook", release.runbook_id.name.as_str());
    let (about, section) = (Subject::Release, String::new());
    Assessment {
        as_of,
        verdict: Verdict::Undecided,
        reasons: vec![Reason { verdict: Verdict::Undecided, about, section, text, event: None }],
        progress: Progress::default(),
        gates: BTreeMap::new(),
        sections: BTreeMap::new(),
        items: BTreeMap::new(),
        triggers: BTreeMap::new(),
        messages: BTreeMap::new(),
        deviations: Vec::new(),
        order: ledger.all.iter().map(|entry| entry.index).collect(),
        outcome: ledger.outcome(),
    }
}

impl Judge<'_> {
    /// The required items of the release. Reference sections have nothing to do in them, and a
    /// rollback counts once somebody has begun it.
    fn progress(&self, found: &Findings) -> Progress {
        let begun = |item: &Item| found.items.get(&item.id).is_some_and(next::is_begun);
        let mut progress = Progress::default();
        for part in next::asked_by(self.runbook, &begun) {
            section::add(&mut progress, &section::assessed_items(part, found));
        }
        progress
    }
}
