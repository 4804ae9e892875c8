//! Approvals, gates, triggers and messages.

use super::escape::{text, worded};
use super::summary::leads_to;
use super::{Detail, Record};
use crate::view::{Approval, Block, Gate, Message, Reason, Signature, Trigger};

impl Record<'_> {
    pub(super) fn block(&self, block: &Block, detail: &Detail) -> String {
        match block {
            Block::Approvals(approvals) => approvals.iter().map(|one| self.approval(one, detail)).collect(),
            Block::Gate(gate) => self.gate(gate),
            Block::Triggers(triggers) => triggers.iter().map(|one| self.trigger(one)).collect(),
            Block::Messages(messages) => messages.iter().map(|one| self.message(one, detail)).collect(),
            _ => String::new(),
        }
    }

    fn approval(&self, approval: &Approval, detail: &Detail) -> String {
        let state = approval.state.as_ref();
        let given = state.is_some_and(|state| state.given);
        if given && !detail.settled {
            return String::new();
        }
        let roles = self.writer().mentions(&approval.roles);
        let needed = approval.needed.to_string();
        let roles = match (approval.needed, approval.roles.len()) {
            (_, 1) => roles,
            (1, _) => self.fill("roles-any", &[("roles", &roles)]),
            (needed, all) if needed == all => self.fill("roles-all", &[("roles", &roles)]),
            _ => self.fill("roles-some", &[("some", &needed), ("roles", &roles)]),
        };
        let word = match state {
            Some(state) if state.given => self.word("record-approved").to_owned(),
            Some(state) if state.blocked => format!("**{}**", self.word("is-blocked")),
            _ => self.word("record-not-approved").to_owned(),
        };
        let when = self.writer().line(&approval.when);
        let roles = match when.is_empty() {
            true => roles,
            false => format!("{roles} {}", self.fill("record-when", &[("when", &when)])),
        };
        let mut out = format!("- {}\n", self.fill("record-approval", &[("roles", &roles), ("state", &word)]));
        for signature in state.map(|state| state.signatures.as_slice()).unwrap_or_default() {
            out.push_str(&self.signature(signature));
        }
        out
    }

    fn signature(&self, signature: &Signature) -> String {
        let writer = self.writer();
        let note = signature.note.as_deref().map(|note| format!("; {}", worded(note))).unwrap_or_default();
        let counts = match signature.counts {
            true => String::new(),
            false => format!(", **{}**", self.word("does-not-count")),
        };
        let key = if signature.key { format!("; {}", self.word("sign-key")) } else { String::new() };
        let (who, role) = (writer.mention(&signature.by), writer.mention(&signature.role));
        let (choice, time) = (text(&signature.choice), text(&signature.at));
        let blanks = [("who", &*who), ("role", &role), ("choice", &choice), ("time", &time)];
        format!("  - {}{key}{counts}{note}\n", self.fill("record-signature", &blanks))
    }

    fn gate(&self, gate: &Gate) -> String {
        let writer = self.writer();
        let Some(state) = &gate.state else { return String::new() };
        let blanks = [("what", &*writer.line(&gate.title)), ("verdict", state.verdict.word())];
        let mut out = format!("**{}**\n\n", self.fill("record-gate", &blanks));
        if !gate.requires.is_empty() {
            let sections = writer.mentions(&gate.requires);
            out.push_str(&format!("- {}\n", self.fill("record-judged-on", &[("sections", &sections)])));
        }
        let reason = |reason: &Reason| {
            let (about, words) = (writer.mention(&reason.about), worded(&reason.text));
            format!("- {}{about}: {words}\n", leads_to(reason))
        };
        let called =
            |call: &String| format!("- {}\n", self.fill("event-called", &[("choice", &worded(call))]));
        out.extend(state.reasons.iter().map(reason));
        out.extend(state.called.iter().map(called));
        out
    }

    /// Only what happened: a trigger that never fired needs no word.
    fn trigger(&self, trigger: &Trigger) -> String {
        let Some(state) = trigger.state.as_ref().filter(|state| !state.words.is_empty()) else {
            return String::new();
        };
        let word = match state.fired {
            true => format!("**{}**", self.word("is-fired")),
            false => self.word("is-cleared").to_owned(),
        };
        let what = self.writer().line(&trigger.condition);
        let told = self.fill("record-trigger", &[("what", &what), ("state", &word)]);
        format!("- {told} ({})\n", text(&state.words))
    }

    fn message(&self, message: &Message, detail: &Detail) -> String {
        let sent = message.state.as_ref().map(|state| state.sent.as_slice()).unwrap_or_default();
        if sent.is_empty() || !detail.plain {
            return String::new();
        }
        let times: Vec<String> = sent.iter().map(|time| text(time)).collect();
        let what = self.writer().line(&message.title);
        format!("- {}\n", self.fill("record-message", &[("what", &what), ("times", &times.join(", "))]))
    }
}
