//! Approvals: who signs, what can be said, and a line high enough to sign on.

use super::grid::{Choice, Entry, Grid};
use super::inline::{mention, mentions, strong, text, worded};
use super::{Composer, style};
use crate::sheet::layout::Keep;
use crate::sheet::text::Sign;
use crate::view::{Approval, Line as Words, Mention, Signature};

impl Composer<'_> {
    /// Who signs.
    pub(super) fn approvals(&mut self, approvals: &[Approval]) {
        let first = self.flow.rows.len();
        let mut rows = Vec::new();
        for approval in approvals {
            let told = told(approval);
            for (at, role) in approval.roles.iter().enumerate() {
                rows.push(self.approval_row(approval, role, told.filter(|_| at == 0)));
            }
        }
        let columns = self.heads(&["approval", "says", "name-and-signature", "date-and-time"]);
        let title = self.word("approvals").to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: style::SIGNATURE });
        let anchors = approvals.iter().map(|approval| approval.anchor.clone());
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.anchors.extend(anchors);
        }
        self.bind(first, Keep::Weak);
    }

    fn approval_row(&self, approval: &Approval, role: &Mention, told: Option<&str>) -> Vec<Entry> {
        let mut words = vec![];
        words.extend(mention(role).into_iter().map(|inline| match inline {
            link @ crate::view::Inline::Link { .. } => crate::view::Inline::Strong(vec![link]),
            other => other,
        }));
        if approval.roles.len() > 1 {
            let counts = [("n", approval.needed.to_string()), ("all", approval.roles.len().to_string())];
            words.push(text(format!(" ({})", self.fill("of-these", &counts))));
        }
        let mut add = |line: &Words, label: &str| {
            if !line.is_empty() {
                words.push(crate::view::Inline::Break);
                words.push(text(label));
                words.extend(line.iter().cloned());
            }
        };
        add(&approval.statement, "");
        add(&approval.when, &format!("{} ", self.word("needed-when")));
        let name = format!("{}-{}", approval.anchor, role.id);
        let of_role = signatures(approval).iter().filter(|signature| signature.role.id == role.id);
        // The newest that counts speaks for the role; without one the line is there to be signed.
        let signed = of_role.clone().rfind(|signature| signature.counts);
        if let Some(told) = told {
            words.push(crate::view::Inline::Break);
            words.extend(worded(told));
        }
        for other in of_role.filter(|other| !signed.is_some_and(|signed| std::ptr::eq(*other, signed))) {
            words.push(crate::view::Inline::Break);
            words.extend(self.other(other));
        }
        let choices = choices(approval, role, signed, &name);
        match signed {
            Some(signature) => {
                let at = Entry::Words(vec![text(&signature.at)]);
                vec![Entry::Words(words), choices, Entry::Words(self.signature(signature)), at]
            }
            None => {
                let tip = self.fill("signature-of", &[("who", role.text.clone())]);
                let sign = Entry::Sign(170.0, name.clone(), tip);
                let at = Entry::Write(74.0, format!("{name}-at"), self.word("signed-at").to_owned());
                vec![Entry::Words(words), choices, sign, at]
            }
        }
    }

    /// Who signed, what the signature is bound to, and by what.
    fn signature(&self, signature: &Signature) -> Words {
        let mut words = vec![strong(&signature.by.text)];
        if let Some(seal) = &signature.seal {
            words.extend([crate::view::Inline::Break, text(format!("{}: {seal}", self.word("seal")))]);
        }
        if signature.key {
            words.extend([crate::view::Inline::Break, text(self.word("sign-key").to_owned())]);
        }
        if let Some(note) = &signature.note {
            words.push(crate::view::Inline::Break);
            words.extend(worded(note));
        }
        words
    }

    /// A signature that does not speak for its role: `Bo Lind: approve, 2026-12-01 08:40, does not count: …`
    fn other(&self, signature: &Signature) -> Words {
        let Signature { by, choice, at, .. } = signature;
        let mut words = vec![strong(&by.text), text(format!(": {choice}, {at}"))];
        if !signature.counts {
            words.push(text(format!(", {}", self.word("does-not-count"))));
        }
        if let Some(note) = &signature.note {
            words.push(text(": "));
            words.extend(worded(note));
        }
        words
    }

    /// Lines for names under a word: used where several people stand by.
    pub(super) fn people(&mut self, key: &'static str, people: &[Mention], x: f32) {
        if !people.is_empty() {
            let words = self.labelled(key, mentions(people));
            self.note(&words, x);
        }
    }
}

fn signatures(approval: &Approval) -> &[Signature] {
    approval.state.as_ref().map(|state| state.signatures.as_slice()).unwrap_or_default()
}

/// Why an approval is not given, where its empty lines do not show that.
fn told(approval: &Approval) -> Option<&str> {
    let state = approval.state.as_ref().filter(|state| !state.signatures.is_empty())?;
    state.missing.as_deref()
}

fn choices(approval: &Approval, role: &Mention, signed: Option<&Signature>, name: &str) -> Entry {
    let choice = |word: &String| {
        let said = signed.is_some_and(|signature| signature.choice == *word);
        let sign = if said { Sign::Tick } else { Sign::Empty };
        let (name, tip) = (format!("{name}-{word}"), format!("{}: {word}", role.text));
        Choice { word: word.clone(), sign, name, tip }
    };
    Entry::Choice(approval.choices.iter().map(choice).collect())
}
