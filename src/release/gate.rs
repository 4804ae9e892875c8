//! Gates, and the verdict on the release.
//!
//! Takes what is known of sections, gives a verdict for each gate with its proof: the sections it is
//! judged on, and in each the items, bars and approvals that stand against GO.

use std::collections::{BTreeMap, HashSet};

use super::assessment::{Call, DeviationKind, GateAssessment, Reason, Subject};
use super::authority::Right;
use super::judge::{Findings, Judge};
use super::ledger::Entry;
use super::section::{Scope, sorted, worst};
use super::status::Verdict;
use crate::diagnostic::Phrase;
use crate::model::document::Phase;
use crate::model::release::{Act, GateChoice};
use crate::model::section::{Gate, Reference, Section};

/// The verdict on the release and on each of its gates.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) reasons: Vec<Reason>,
    pub(super) gates: BTreeMap<String, GateAssessment>,
}

/// Sections with their verdicts, and everything that stands against them.
#[derive(Default)]
struct Proof {
    sections: Vec<(String, Verdict)>,
    reasons: Vec<Reason>,
}

impl<'a> Judge<'a> {
    /// Judges every gate that does not stand in a reference section, and the release by them.
    pub(super) fn gates_and_release(&self, found: &mut Findings) -> Judged {
        let mut gates = BTreeMap::new();
        let mut reasons = Vec::new();
        for section in self.runbook.all_sections() {
            if section.phase == Phase::Reference {
                continue;
            }
            for gate in section.gates() {
                let assessed = self.gate(gate, &section.id, found);
                reasons.extend(assessed.reasons.iter().cloned());
                gates.insert(gate.id.clone(), assessed);
            }
        }
        if gates.is_empty() {
            reasons = self.before(found).reasons;
        }
        let reasons = sorted(once(reasons));
        Judged { verdict: worst(&reasons), reasons, gates }
    }

    fn gate(&self, gate: &'a Gate, home: &str, found: &mut Findings) -> GateAssessment {
        let proof = self.proof(gate, home, found);
        let reasons = sorted(once(proof.reasons));
        let verdict = worst(&reasons);
        let called = self.calls(gate, home, verdict);
        for call in &called {
            if let Some(note) = &call.note {
                let text = Phrase::label("deviation-call")
                    .with("choice", call.choice.as_str())
                    .with("who", call.mark.by.as_str())
                    .with("note", note.clone());
                let about = Subject::Gate(gate.id.clone());
                found.deviate(DeviationKind::Call, about, text, Some(call.mark.event));
            }
        }
        let roll = self.roll(gate, &reasons, &called);
        GateAssessment { verdict, sections: proof.sections, reasons, called, roll }
    }

    /// What a gate is judged on.
    fn proof(&self, gate: &Gate, home: &str, found: &Findings) -> Proof {
        if gate.requires.is_empty() {
            return self.before(found);
        }
        let mut proof = Proof::default();
        for name in &gate.requires {
            if !self.required(name, found, &mut proof) {
                proof.reasons.push(missing(name, gate, home));
            }
        }
        proof
    }

    /// The verdict of a gate when it was called.
    fn verdict_then(&self, gate: &Gate, home: &str, call: Entry<'_>) -> Verdict {
        let past = self.past(call);
        let mut found = Findings::default();
        for section in &past.runbook.sections {
            past.section(section, &mut found);
        }
        worst(&past.proof(gate, home, &found).reasons)
    }

    /// Every section of phase `before`.
    fn before(&self, found: &Findings) -> Proof {
        let mut proof = Proof::default();
        for section in self.runbook.before() {
            self.prove(section, Scope::Before, found, &mut proof);
        }
        proof
    }

    fn prove(&self, section: &Section, scope: Scope, found: &Findings, proof: &mut Proof) {
        let against = self.stands_against(section, scope, found);
        proof.sections.push((section.id.clone(), worst(&against)));
        proof.reasons.extend(against);
    }

    /// What a gate requires by name: a section, or a single item. Whether there is one.
    fn required(&self, name: &Reference, found: &Findings, proof: &mut Proof) -> bool {
        let id = name.name.trim_start_matches('#');
        if let Some(section) = self.runbook.section(id) {
            self.prove(section, Scope::All, found, proof);
            return true;
        }
        let item = found.items.get(id);
        proof.reasons.extend(item.into_iter().flat_map(|item| item.reasons.iter().cloned()));
        item.is_some()
    }

    /// What was called. The newest call, and the newest go of somebody who decides, are held against
    /// the verdict of their time, the newest call against today's too.
    fn calls(&self, gate: &Gate, home: &str, now: Verdict) -> Vec<Call> {
        let entries = self.ledger.gate(&gate.id);
        let go = entries.iter().rposition(|entry| says_go(entry) && self.may_call(gate, *entry));
        let mut calls = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let Act::Gate { choice, .. } = &entry.event.act else { continue };
            let newest = at + 1 == entries.len();
            let then = (newest || go == Some(at)).then(|| self.verdict_then(gate, home, *entry));
            let against = against(choice, then, newest.then_some(now));
            let uncalled = (!self.may_call(gate, *entry)).then(|| uncalled_for(gate, *entry));
            let notes: Vec<Phrase> = against.iter().cloned().chain(uncalled).collect();
            let note = (!notes.is_empty()).then(|| Phrase::joined(notes, "; "));
            let (choice, against) = (choice.value.clone(), against.is_some());
            calls.push(Call { mark: entry.mark(), choice, against, note });
        }
        calls
    }

    /// Whether somebody may call a gate; anybody may where nobody is named.
    fn may_call(&self, gate: &Gate, entry: Entry<'_>) -> bool {
        let by = entry.event.by.name.as_str();
        let mut deciders = gate.decides.iter().chain(&gate.escalates).peekable();
        deciders.peek().is_none()
            || deciders.any(|role| self.authority.right(by, &role.name) != Right::Refused)
    }

    /// Failures that no gate is judged on: they do not decide, and must not be hidden.
    pub(super) fn outside(&self, judged: &Judged, found: &mut Findings) {
        let inside: HashSet<&Reason> = judged.reasons.iter().collect();
        let mut outside = Vec::new();
        for section in self.runbook.all_sections() {
            if section.phase != Phase::Reference {
                outside.extend(self.directly_against(section, found));
            }
        }
        outside.retain(|reason| reason.verdict == Verdict::NoGo && !inside.contains(reason));
        for reason in once(outside) {
            let text = Phrase::label("deviation-outside").with("what", reason.text);
            found.deviate(DeviationKind::Outside, reason.about, text, reason.event);
        }
    }
}

/// A gate cannot be passed on what is not there.
fn missing(name: &Reference, gate: &Gate, home: &str) -> Reason {
    Reason {
        verdict: Verdict::Undecided,
        about: Subject::Gate(gate.id.clone()),
        section: home.to_owned(),
        text: Phrase::label("reason-requires").with("what", name.name.as_str()),
        event: None,
    }
}

/// Why somebody may not call a gate.
fn uncalled_for(gate: &Gate, entry: Entry<'_>) -> Phrase {
    let roles: Vec<String> = gate.decides.iter().map(|role| format!("`{}`", role.name)).collect();
    let by = entry.event.by.name.as_str();
    Phrase::label("call-not-decider").with("roles", roles.join(", ")).with("who", by)
}

fn says_go(entry: &Entry<'_>) -> bool {
    matches!(&entry.event.act, Act::Gate { choice, .. } if GateChoice::read(choice) == Some(GateChoice::Go))
}

/// That a call says otherwise than the verdict of its time, or than today's.
fn against(choice: &str, then: Option<Verdict>, now: Option<Verdict>) -> Option<Phrase> {
    let other = |verdict: &Verdict| verdict.denies(choice);
    match (then, now.filter(other)) {
        (Some(then), Some(now)) if then != now => {
            Some(Phrase::label("call-against-since").with("verdict", now.word()).with("then", then.word()))
        }
        (_, Some(now)) => Some(Phrase::label("call-against").with("verdict", now.word())),
        (then, None) => {
            let then = then.filter(other)?;
            Some(Phrase::label("call-against-then").with("then", then.word()))
        }
    }
}

/// Each reason once, in order.
fn once(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut seen = HashSet::new();
    reasons.into_iter().filter(|reason| seen.insert(reason.clone())).collect()
}
