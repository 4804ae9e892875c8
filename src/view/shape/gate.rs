//! The verdict of a gate and its roll call, in words and with links.
//!
//! Takes what was judged of a gate, gives it as a reader sees it; adds no judgement of its own.

use std::collections::BTreeSet;

use super::section::Shaper;
use super::state::MINUTE;
use crate::release::{Call, GateAssessment};
use crate::view::{Asked, GateState, Reason, Released};

impl Shaper<'_> {
    pub(super) fn gate_state(&self, id: &str) -> Option<GateState> {
        let known = self.assessed()?.gates.get(id)?;
        let reasons = self.reasons(&known.reasons);
        let asked: BTreeSet<usize> =
            known.roll.iter().flat_map(|asked| asked.reasons.iter().copied()).collect();
        let others = reasons.iter().enumerate().filter(|(at, _)| !asked.contains(at));
        Some(GateState {
            verdict: known.verdict,
            released: known.released().map(|call| Released {
                by: self.here.party(&call.mark.by),
                at: self.local(call.mark.at, MINUTE),
            }),
            called: known.called.iter().map(|call| self.call(call)).collect(),
            sections: known.sections.clone(),
            roll: self.roll(known, &reasons),
            others: others.map(|(_, reason)| reason.clone()).collect(),
            reasons,
        })
    }

    fn roll(&self, known: &GateAssessment, reasons: &[Reason]) -> Vec<Asked> {
        let asked = |asked: &crate::release::Asked| Asked {
            role: self.party(&asked.role),
            called: asked.called.and_then(|at| known.called.get(at)).map(|call| self.call(call)),
            reasons: asked.reasons.iter().filter_map(|at| reasons.get(*at).cloned()).collect(),
        };
        known.roll.iter().map(asked).collect()
    }

    /// `go, 2026-12-01 08:55 by Ana Ruiz`
    fn call(&self, call: &Call) -> String {
        let note = call.note.as_ref().map(|note| format!(" ({})", self.say(note))).unwrap_or_default();
        format!("{}, {}{note}", call.choice, self.signed(&call.mark))
    }
}
