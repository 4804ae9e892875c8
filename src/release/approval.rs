//! Approvals: who signed as what, whether it counts, and whether enough did.
//!
//! Takes an approval and the signatures of its roles. A signature that is bound to other content than
//! today's is stale, one by somebody who may not sign is refused, and neither overrules one that
//! counts.

use std::collections::BTreeMap;

use super::assessment::{ApprovalAssessment, DeviationKind, Reason, SignatureAssessment, Subject};
use super::authority::Right;
use super::judge::{Findings, Judge};
use super::ledger::Entry;
use super::status::Verdict;
use crate::diagnostic::Phrase;
use crate::model::document::Phase;
use crate::model::release::Act;
use crate::model::section::Approval;

/// Words that refuse, whatever choices an approval has.
const REFUSALS: [&str; 5] = ["block", "reject", "deny", "no-go", "no"];

/// What a choice means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Yes,
    No,
    /// Neither: an abstention, or a word that is not among the choices.
    Neither,
}

impl Judge<'_> {
    /// Judges an approval of a section of this phase.
    pub(super) fn approval(&self, approval: &Approval, phase: Phase) -> ApprovalAssessment {
        let mut signatures = Vec::new();
        let (mut yes, mut blocked) = (0, None);
        for role in &approval.roles {
            let mut newest = BTreeMap::new();
            let signed = self.ledger.signatures(&role.name).iter();
            for entry in signed.filter(|entry| self.stands_for(entry, &role.name, phase)) {
                newest.insert(entry.event.by.name.as_str(), *entry);
            }
            let mut of_role: Vec<Entry<'_>> = newest.into_values().collect();
            of_role.sort_by_key(|entry| entry.order);
            let judged = of_role.iter().filter_map(|entry| self.signature(*entry, approval));
            let mut judged: Vec<(SignatureAssessment, Meaning)> = judged.collect();
            overrule(&mut judged);
            // The newest signature that counts speaks for the role.
            match judged.iter().rfind(|(signature, _)| signature.counts) {
                Some((_, Meaning::Yes)) => yes += 1,
                Some((signature, Meaning::No)) => blocked = blocked.or(Some(signature.clone())),
                _ => {}
            }
            signatures.extend(judged.into_iter().map(|(signature, _)| signature));
        }
        signatures.sort_by_key(|signature| (signature.mark.at, signature.mark.event));
        let given = blocked.is_none() && yes >= approval.needed;
        let missing = match &blocked {
            Some(signature) => Some(self.refused(signature)),
            None if given => None,
            None => Some(missing(approval, yes, &signatures)),
        };
        let decides = approval.when.is_none() || !signatures.is_empty();
        let refused = signatures.iter().rfind(|signature| !signature.counts);
        let against = if given { None } else { blocked.as_ref().or(refused) };
        let event = against.map(|signature| signature.mark.event);
        let blocked = blocked.is_some();
        ApprovalAssessment { given, blocked, decides, yes, signatures, missing, event }
    }

    /// A role that signs before the deployment and again after it signs twice: what it said before T
    /// does not accept what came later.
    fn stands_for(&self, entry: &Entry<'_>, role: &str, phase: Phase) -> bool {
        let later = matches!(phase, Phase::During | Phase::After | Phase::Rollback);
        let early = self.start.is_some_and(|start| entry.event.at < start);
        !(later && early && self.signs_before.contains(role))
    }

    /// `dee` said block as `qa-lead`, with the reason if one was given.
    fn refused(&self, signature: &SignatureAssessment) -> Phrase {
        let event = self.release.journal.events.get(signature.mark.event);
        let SignatureAssessment { mark, choice, role, .. } = signature;
        Phrase::label("reason-said")
            .with("who", mark.by.as_str())
            .with("choice", choice.as_str())
            .with("role", role.as_str())
            .because(event.and_then(|event| event.why.as_deref()))
    }

    /// Whether a signature counts, and what it says.
    fn signature(&self, entry: Entry<'_>, approval: &Approval) -> Option<(SignatureAssessment, Meaning)> {
        let Act::Sign { role, choice, seal } = &entry.event.act else { return None };
        let by = entry.event.by.name.as_str();
        let meaning = meaning(choice, &approval.choices);
        let stale = seal.as_ref().filter(|seal| !same(seal, self.seal));
        let right = self.authority.right(by, &role.name);
        let (counts, note) = if right == Right::Refused {
            (false, Some(Phrase::label("sign-may-not").with("who", by).with("role", role.name.as_str())))
        } else if stale.is_some() {
            (false, Some(Phrase::label("sign-stale")))
        } else if choice.trim().is_empty() {
            (false, Some(Phrase::label("sign-nothing")))
        } else if meaning == Meaning::Neither {
            let known = approval.choices.iter().any(|known| same(known, choice));
            let key = if known { "sign-neither" } else { "sign-no-choice" };
            (false, Some(Phrase::label(key).with("choice", choice.value.as_str())))
        } else {
            (true, remark(right == Right::Unassigned, seal.is_none(), &role.name))
        };
        let (role, choice) = (role.name.clone(), choice.value.clone());
        let seal = seal.as_ref().map(|seal| seal.value.clone());
        let key = entry.event.signature.is_some();
        Some((SignatureAssessment { role, mark: entry.mark(), choice, seal, key, counts, note }, meaning))
    }

    /// Signatures that do not count or are not bound, and one person in two roles.
    pub(super) fn approval_deviations(&self, found: &mut Findings) {
        let mut seen = std::collections::BTreeSet::new();
        let mut noted = Vec::new();
        for (section, at) in self.approvals_in_order() {
            let Some(approval) = found.sections.get(section).and_then(|known| known.approvals.get(at)) else {
                continue;
            };
            let about = || Subject::Approval(section.to_owned(), at);
            for signature in &approval.signatures {
                // One signature may stand for several approvals of its role.
                let Some(note) = signature.note.as_ref().filter(|_| seen.insert(signature.mark.event)) else {
                    continue;
                };
                let text = Phrase::label("deviation-signed")
                    .with("who", signature.mark.by.as_str())
                    .with("role", signature.role.as_str())
                    .with("note", note.clone());
                noted.push((DeviationKind::Signature, about(), text, signature.mark.event));
            }
            for (person, roles, event) in self.hats(approval) {
                let text = Phrase::label("deviation-hats").with("who", person).with("roles", roles);
                noted.push((DeviationKind::Duties, about(), text, event));
            }
        }
        for (kind, about, text, event) in noted {
            found.deviate(kind, about, text, Some(event));
        }
    }

    /// Persons who speak for several roles of one approval, with the roles and their last event.
    fn hats(&self, approval: &ApprovalAssessment) -> Vec<(String, String, usize)> {
        let mut hats: BTreeMap<&str, (Vec<String>, usize)> = BTreeMap::new();
        for signature in approval.signatures.iter().filter(|signature| signature.counts) {
            let entry = hats.entry(self.authority.person(&signature.mark.by)).or_default();
            let role = format!("`{}`", signature.role);
            if !entry.0.contains(&role) {
                entry.0.push(role);
            }
            entry.1 = signature.mark.event;
        }
        let several = hats.into_iter().filter(|(_, (roles, _))| roles.len() > 1);
        several.map(|(person, (roles, event))| (person.to_owned(), roles.join(", "), event)).collect()
    }

    /// Every approval by its section and its place there, in the order of the runbook.
    pub(super) fn approvals_in_order(&self) -> Vec<(&str, usize)> {
        let sections = self.runbook.all_sections();
        let of = |section: &crate::model::section::Section| section.approvals().count();
        sections.iter().flat_map(|s| (0..of(s)).map(|at| (s.id.as_str(), at))).collect()
    }
}

impl ApprovalAssessment {
    /// What stands against its section.
    pub(super) fn reason(&self, section: &str, at: usize) -> Option<Reason> {
        if self.given || !self.decides {
            return None;
        }
        Some(Reason {
            verdict: if self.blocked { Verdict::NoGo } else { Verdict::Undecided },
            about: Subject::Approval(section.to_owned(), at),
            section: section.to_owned(),
            text: self.missing.clone()?,
            event: self.event,
        })
    }
}

/// Why an approval is not given.
fn missing(approval: &Approval, yes: usize, signatures: &[SignatureAssessment]) -> Phrase {
    let roles: Vec<String> = approval.roles.iter().map(|role| format!("`{}`", role.name)).collect();
    let (roles, of) = (roles.join(", "), approval.roles.len());
    let who = match approval.needed {
        _ if of == 1 => roles.into(),
        1 => Phrase::label("roles-any").with("roles", roles),
        needed if needed == of => Phrase::label("roles-all").with("roles", roles),
        needed => Phrase::label("roles-some").with("some", needed).with("roles", roles),
    };
    let unsigned = Phrase::label("reason-unsigned").with("who", who);
    let counted = match of > 1 && approval.needed > 1 {
        true => Phrase::label("reason-signed-so-far").with("words", unsigned).with("count", yes),
        false => unsigned,
    };
    let notes = signatures.iter().filter(|signature| !signature.counts);
    let mut words = vec![counted];
    for note in notes.filter_map(|signature| signature.note.as_ref()) {
        if !words.contains(note) {
            words.push(note.clone());
        }
    }
    Phrase::joined(words, "; ")
}

/// Notes who blocked as a role before somebody else said yes as the same.
fn overrule(judged: &mut [(SignatureAssessment, Meaning)]) {
    let Some(newest) = judged.iter().rposition(|(signature, _)| signature.counts) else { return };
    let (earlier, newest) = judged.split_at_mut(newest);
    let [(last, Meaning::Yes), ..] = newest else { return };
    for (signature, meaning) in earlier {
        if signature.counts && *meaning == Meaning::No {
            let said = Phrase::label("sign-overruled")
                .with("choice", signature.choice.as_str())
                .with("who", last.mark.by.as_str());
            signature.note = Some(Phrase::joined(std::iter::once(said).chain(signature.note.take()), "; "));
        }
    }
}

/// What is to be known about a signature that counts.
fn remark(unassigned: bool, unbound: bool, role: &str) -> Option<Phrase> {
    let nobody = unassigned.then(|| Phrase::label("sign-anybody").with("role", role));
    let unsealed = unbound.then(|| Phrase::label("sign-unbound"));
    (unassigned || unbound).then(|| Phrase::joined(nobody.into_iter().chain(unsealed), "; "))
}

/// The first choice is yes; the last of several is no, and so are the words for it.
fn meaning(choice: &str, choices: &[String]) -> Meaning {
    let first = choices.first().is_some_and(|first| same(first, choice));
    let last = choices.len() > 1 && choices.last().is_some_and(|last| same(last, choice));
    if first {
        Meaning::Yes
    } else if last || REFUSALS.iter().any(|word| same(word, choice)) {
        Meaning::No
    } else {
        Meaning::Neither
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}
