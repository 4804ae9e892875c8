//! Approvals, gates, triggers and messages.

use super::escape::{text, worded};
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
        let of = match (approval.needed, approval.roles.len()) {
            (_, 1) => String::new(),
            (1, _) => "any of ".to_owned(),
            (needed, all) if needed == all => "all of ".to_owned(),
            (needed, _) => format!("{needed} of "),
        };
        let word = match state {
            Some(state) if state.given => "approved",
            Some(state) if state.blocked => "**blocked**",
            _ => "not approved",
        };
        let when = self.writer().line(&approval.when);
        let when = if when.is_empty() { when } else { format!(" (when {when})") };
        let mut out = format!("- Approval, {of}{roles}{when}: {word}\n");
        for signature in state.map(|state| state.signatures.as_slice()).unwrap_or_default() {
            out.push_str(&self.signature(signature));
        }
        out
    }

    fn signature(&self, signature: &Signature) -> String {
        let writer = self.writer();
        let note = signature.note.as_deref().map(|note| format!("; {}", worded(note))).unwrap_or_default();
        let counts = if signature.counts { "" } else { ", **does not count**" };
        format!(
            "  - {} as {}: {}, {}{counts}{note}\n",
            writer.mention(&signature.by),
            writer.mention(&signature.role),
            text(&signature.choice),
            text(&signature.at)
        )
    }

    fn gate(&self, gate: &Gate) -> String {
        let writer = self.writer();
        let Some(state) = &gate.state else { return String::new() };
        let mut out = format!("**Gate {}: {}**\n\n", writer.line(&gate.title), state.verdict.word());
        if !gate.requires.is_empty() {
            out.push_str(&format!("- judged on {}\n", writer.mentions(&gate.requires)));
        }
        let reason =
            |reason: &Reason| format!("- {}: {}\n", writer.mention(&reason.about), worded(&reason.text));
        out.extend(state.reasons.iter().map(reason));
        out.extend(state.called.iter().map(|call| format!("- called {}\n", worded(call))));
        out
    }

    /// Only what happened: a trigger that never fired needs no word.
    fn trigger(&self, trigger: &Trigger) -> String {
        let Some(state) = trigger.state.as_ref().filter(|state| !state.words.is_empty()) else {
            return String::new();
        };
        let word = if state.fired { "**fired**" } else { "cleared" };
        let condition = self.writer().line(&trigger.condition);
        format!("- Trigger {condition}: {word} ({})\n", text(&state.words))
    }

    fn message(&self, message: &Message, detail: &Detail) -> String {
        let sent = message.state.as_ref().map(|state| state.sent.as_slice()).unwrap_or_default();
        if sent.is_empty() || !detail.plain {
            return String::new();
        }
        let times: Vec<String> = sent.iter().map(|time| text(time)).collect();
        format!("- Message {}: sent {}\n", self.writer().line(&message.title), times.join(", "))
    }
}
