//! Sections, folded, with their items as task lists.
//!
//! Every box carries the id of its item in a comment, so that what people tick in a pull request can
//! be read back.

use super::escape::{address_or_text, code, comment, text, worded};
use super::{Detail, Record};
use crate::view::{Actual, Bar, Block, Item, ItemState, ItemStatus, Level, Progress, Rating, Section, plain};

impl Record<'_> {
    /// A section on its own, in a fold; `None` where nothing in it is to be told.
    pub(super) fn section(&self, section: &Section, detail: &Detail) -> Option<String> {
        let inside = self.inside(section, detail);
        if inside.trim().is_empty() {
            return None;
        }
        let progress = section.progress.as_ref().map(|progress| self.share(progress)).unwrap_or_default();
        let title = format!("{} {}", text(&section.number), text(&plain(&section.title)));
        Some(format!(
            "<details><summary><b>{}</b>{progress}</summary>\n\n{}\n\n</details>",
            html(&title),
            inside.trim_end()
        ))
    }

    /// What a section holds, without its head.
    fn inside(&self, section: &Section, detail: &Detail) -> String {
        let mut parts: Vec<String> = Vec::new();
        if let Some(state) = &section.state {
            parts.extend(self.of_section(state));
        }
        for block in &section.blocks {
            let part = match block {
                Block::Thresholds(bars) => bars.iter().map(|bar| self.bar(bar, "")).collect(),
                Block::Checks(items) | Block::Steps(items) => self.items(items, "", detail),
                Block::Sections(sections) => {
                    let inner = sections.iter().filter_map(|inner| self.section(inner, detail));
                    inner.collect::<Vec<_>>().join("\n\n")
                }
                other => self.block(other, detail),
            };
            parts.push(part.trim_end().to_owned());
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// What was recorded of the section itself.
    fn of_section(&self, state: &ItemState) -> Option<String> {
        let lines = self.recorded(state, "");
        let state = self.status(state.status);
        (!lines.is_empty()).then(|| format!("{}\n{lines}", self.fill("record-section", &[("state", &state)])))
    }

    /// The word for a state, as a journal has it.
    fn status(&self, status: ItemStatus) -> String {
        status.phrase().words(&self.options.labels)
    }

    fn items(&self, items: &[Item], indent: &str, detail: &Detail) -> String {
        let mut out = String::new();
        for item in items {
            let inner = format!("{indent}  ");
            let inside = self.items(&item.checks, &inner, detail);
            let status = item.state.as_ref().map_or(ItemStatus::Pending, |state| state.status);
            let open = matches!(status, ItemStatus::Pending | ItemStatus::Failed | ItemStatus::Blocked);
            if !detail.settled && !open && inside.is_empty() {
                continue;
            }
            out.push_str(&format!("{indent}{}\n", self.head(item, status)));
            if detail.plain || status != ItemStatus::Done {
                out.push_str(&self.told(item, &inner));
            }
            out.push_str(&inside);
        }
        out
    }

    /// `- [x] 1.2 Replica is up <!-- item replica-is-up -->`
    fn head(&self, item: &Item, status: ItemStatus) -> String {
        let tick = if status == ItemStatus::Done { 'x' } else { ' ' };
        let word = match status {
            ItemStatus::Pending | ItemStatus::Done => String::new(),
            other => format!(": **{}**", self.status(other)),
        };
        let level = match item.level {
            Level::Optional => format!(" ({})", self.word("level-optional")),
            Level::Critical => format!(" ({})", self.word("level-critical")),
            Level::Required => String::new(),
        };
        let (number, title) = (text(&item.number), self.writer().line(&item.title));
        format!("- [{tick}] {number} {title}{level}{word} <!-- item {} -->", comment(&item.id))
    }

    /// Bars with their values, blanks, and what was recorded.
    fn told(&self, item: &Item, indent: &str) -> String {
        let mut out: String = item.bars.iter().map(|bar| self.bar(bar, indent)).collect();
        for record in &item.records {
            let value =
                record.value.as_deref().map_or_else(|| self.word("record-not-filled").to_owned(), text);
            out.push_str(&format!("{indent}- {}: {value}\n", self.writer().line(&record.title)));
        }
        let recorded = item.state.as_ref().map(|state| self.recorded(state, indent));
        out + &recorded.unwrap_or_default()
    }

    /// `- free memory > 4 GB: **6 GB**, 6 GB meets > 4 GB`
    fn bar(&self, bar: &Bar, indent: &str) -> String {
        let metric = if bar.metric.is_empty() { String::new() } else { format!("{} ", text(&bar.metric)) };
        let actual = bar.actual.as_ref().map(|actual| self.actual(actual)).unwrap_or_default();
        format!("{indent}- {metric}{}{actual}\n", code(&bar.required))
    }

    /// Who, when, why, evidence, remarks, confirmations, disagreement.
    fn recorded(&self, state: &ItemState, indent: &str) -> String {
        let writer = self.writer();
        let mut lines: Vec<String> = Vec::new();
        if let Some(by) = &state.by {
            let at = state.at.as_deref().map(|at| format!(", {}", text(at))).unwrap_or_default();
            let why = state.why.as_deref().map(|why| format!(": {}", text(why))).unwrap_or_default();
            let until =
                state.until.as_deref().map(|until| self.fill("until-when", &[("time", &text(until))]));
            let until = until.map(|until| format!(" ({until})"));
            lines.push(format!("{}{at}{why}{}", writer.mention(by), until.unwrap_or_default()));
        }
        lines.extend(
            (!state.confirmed.is_empty())
                .then(|| format!("{} {}", self.word("confirmed-by"), writer.mentions(&state.confirmed))),
        );
        let told = |key: &str, what: String| self.fill(key, &[("what", &what)]);
        lines.extend(state.evidence.iter().map(|one| told("record-evidence", address_or_text(one))));
        lines.extend(state.remarks.iter().map(|remark| told("record-note", text(remark))));
        lines.extend(state.disagreement.iter().map(|other| told("record-otherwise", worded(other))));
        // A pending item has no need to say that nothing is recorded.
        let any = state.by.is_some() || !lines.is_empty();
        lines.extend(state.notes.iter().filter(|_| any).map(|note| told("record-because", worded(note))));
        lines.iter().map(|line| format!("{indent}- {line}\n")).collect()
    }

    fn actual(&self, actual: &Actual) -> String {
        let mark = match actual.rating {
            Rating::Pass | Rating::Unknown => None,
            Rating::Warn => Some("record-warning"),
            Rating::Miss => Some("record-missed"),
            Rating::Abort => Some("abort"),
        };
        let mark = mark.map(|mark| format!(" **{}**", self.word(mark))).unwrap_or_default();
        format!(":{mark} {}", worded(&actual.words))
    }

    /// `, 3 of 4, 1 failed`
    fn share(&self, progress: &Progress) -> String {
        if progress.total == 0 {
            return String::new();
        }
        let (settled, all) = (progress.settled().to_string(), progress.total.to_string());
        let mut out = format!(", {}", self.fill("settled-of", &[("n", &settled), ("all", &all)]));
        let parts = [
            (progress.failed, ItemStatus::Failed),
            (progress.blocked, ItemStatus::Blocked),
            (progress.not_applicable, ItemStatus::NotApplicable),
            (progress.waived, ItemStatus::Waived),
        ];
        for (count, status) in parts.into_iter().filter(|(count, _)| *count > 0) {
            out.push_str(&format!(", {count} {}", self.status(status)));
        }
        out
    }
}

/// A summary is HTML: Markdown in it is not read everywhere, so its escapes go.
fn html(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {}
            c => out.push(c),
        }
    }
    out
}
