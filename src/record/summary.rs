//! What a reviewer reads in ten seconds: verdict, counts, what stands against it, who signed.

use super::escape::{clip, text, worded};
use super::flow::table;
use super::{Detail, Record};
use crate::view::{Approval, Assigned, Block, Mention, Reason, Section, plain};

impl Record<'_> {
    pub(super) fn summary(&self, detail: &Detail) -> String {
        let mut parts = vec![self.heading(detail), self.verdict(detail), self.counts()];
        parts.extend(self.reasons("record-reasons", &self.state.reasons, detail));
        parts.extend(self.reasons("deviations", &self.state.deviations, detail));
        parts.extend(self.signed(detail));
        if !self.options.changes.is_empty() && detail.reasons > 0 {
            let changes = self.options.changes.iter().take(detail.reasons);
            let lines: String =
                changes.map(|change| format!("\n- {}", worded(&clip(change, detail.clip)))).collect();
            parts.push(format!("**{}**\n{lines}", self.word("record-changed")));
        }
        if detail.facts {
            parts.push(self.facts());
            let about = self.writer().blocks(&self.state.about, "");
            parts.extend((!about.is_empty()).then(|| about.trim_end().to_owned()));
        }
        parts.join("\n\n")
    }

    fn heading(&self, detail: &Detail) -> String {
        if detail.clip == usize::MAX {
            return format!("## {}", self.writer().line(&self.document.title));
        }
        format!("## {}", text(&clip(&plain(&self.document.title), detail.clip)))
    }

    /// `**NO-GO**, 12 of 15 required items done, judged as of 2026-12-01 09:00 CET`
    fn verdict(&self, detail: &Detail) -> String {
        let progress = &self.state.progress;
        let outcome = self.state.outcome.as_ref();
        let outcome = outcome.map(|outcome| {
            let outcome = text(&clip(outcome, detail.clip));
            format!(", {}", self.fill("event-outcome", &[("outcome", &outcome)]))
        });
        let verdict = format!("**{}**{}", self.state.verdict.word(), outcome.unwrap_or_default());
        let (done, all) = (progress.done.to_string(), progress.total.to_string());
        let time = text(&self.state.as_of);
        let blanks = [("verdict", &*verdict), ("done", &done), ("all", &all), ("time", &time)];
        self.fill("record-verdict", &blanks)
    }

    fn counts(&self) -> String {
        let progress = &self.state.progress;
        let head = [
            self.word("record-items"),
            self.word("record-done"),
            self.word("record-failed"),
            self.word("record-blocked"),
            self.word("record-pending"),
            self.word("record-not-applicable"),
            self.word("record-waived"),
        ]
        .map(str::to_owned);
        let row = [
            progress.total,
            progress.done,
            progress.failed,
            progress.blocked,
            progress.pending,
            progress.not_applicable,
            progress.waived,
        ];
        table(&head, &[row.iter().map(usize::to_string).collect()], "").trim_end().to_owned()
    }

    fn reasons(&self, title: &str, reasons: &[Reason], detail: &Detail) -> Option<String> {
        if reasons.is_empty() || detail.reasons == 0 {
            return None;
        }
        let mut out = format!("**{}**\n", self.word(title));
        for reason in reasons.iter().take(detail.reasons) {
            let about = Mention { text: clip(&reason.about.text, detail.clip), ..reason.about.clone() };
            let words = worded(&clip(&reason.text, detail.clip));
            out.push_str(&format!("\n- {}{}: {words}", leads_to(reason), self.writer().mention(&about)));
        }
        if let Some(more) = reasons.len().checked_sub(detail.reasons).filter(|more| *more > 0) {
            out.push_str(&format!("\n- {}", self.fill("and-more", &[("n", &more.to_string())])));
        }
        Some(out)
    }

    /// `**Signed**: 2 of 3. QA lead (Dee Park), CTO (Ana Ruiz)`
    fn signed(&self, detail: &Detail) -> Option<String> {
        let mut approvals = Vec::new();
        self.document.sections.iter().for_each(|section| collect(section, &mut approvals));
        if approvals.is_empty() {
            return None;
        }
        let given = |approval: &&&Approval| approval.state.as_ref().is_some_and(|state| state.given);
        let count = approvals.iter().filter(given).count();
        let mut names: Vec<String> = Vec::new();
        for state in approvals.iter().filter_map(|approval| approval.state.as_ref()) {
            for signature in state.signatures.iter().filter(|signature| signature.counts) {
                let (role, by) = (text(&signature.role.text), text(&signature.by.text));
                let name = format!("{role} ({by}: {})", text(&signature.choice));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if detail.clip != usize::MAX {
            names.clear();
        }
        let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
        let (count, all) = (count.to_string(), approvals.len().to_string());
        Some(self.fill("record-signed", &[("count", &count), ("all", &all)]) + &names)
    }

    /// What it is about, as a table.
    fn facts(&self) -> String {
        let writer = self.writer();
        let mut rows = vec![vec![self.word("runbook").to_owned(), writer.mention(&self.state.runbook)]];
        let mut add = |label: &str, value: String| {
            if !value.is_empty() {
                rows.push(vec![text(label), value]);
            }
        };
        if !self.document.revision.is_empty() {
            add(self.word("revision"), text(&self.document.revision));
        }
        add(self.word("record-version"), text(&self.state.version));
        add(self.word("window"), text(self.state.window.as_deref().unwrap_or_default()));
        add(self.word("change"), writer.cell(&self.state.change));
        for Assigned { role, holder, backup } in &self.state.roles {
            let backup = backup
                .iter()
                .map(|backup| format!(", {} {}", text(self.word("stands-in")), writer.mention(backup)));
            add(&role.text, writer.mention(holder) + &backup.collect::<String>());
        }
        for parameter in &self.document.parameters {
            let value =
                parameter.value.as_deref().map_or_else(|| self.word("record-no-value").to_owned(), text);
            add(&self.fill("record-parameter", &[("name", &parameter.name)]), value);
        }
        add(self.word("seal"), super::escape::code(&self.state.seal));
        for (label, value) in &self.options.provenance {
            add(label, text(value));
        }
        table(&[self.word("record-fact"), self.word("value")].map(str::to_owned), &rows, "")
            .trim_end()
            .to_owned()
    }
}

/// `NO-GO — `, in front of a reason of a verdict.
pub(super) fn leads_to(reason: &Reason) -> String {
    reason.verdict.map(|verdict| format!("{} — ", verdict.word())).unwrap_or_default()
}

fn collect<'a>(section: &'a Section, found: &mut Vec<&'a Approval>) {
    for block in &section.blocks {
        match block {
            Block::Approvals(approvals) => found.extend(approvals),
            Block::Sections(sections) => sections.iter().for_each(|section| collect(section, found)),
            _ => {}
        }
    }
}
