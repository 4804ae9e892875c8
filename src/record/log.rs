//! The event log, and planned beside actual times.

use super::escape::text;
use super::flow::table;
use super::{Detail, Record};
use crate::view::{Block, Inline, Item, LogEntry, Section, When};

impl Record<'_> {
    /// The folds behind the sections.
    pub(super) fn details(&self, detail: &Detail) -> Vec<String> {
        let mut parts = Vec::new();
        if detail.planned {
            let mut rows = Vec::new();
            self.document.sections.iter().for_each(|section| self.times(section, &mut rows));
            let head =
                [self.word("what"), self.word("planned"), self.word("record-actual")].map(str::to_owned);
            parts.extend(fold(self.word("record-times"), &head, &rows));
        }
        if detail.events {
            let rows: Vec<Vec<String>> = self.state.events.iter().map(|entry| self.event(entry)).collect();
            let head =
                [self.word("record-at"), self.word("who"), self.word("record-about"), self.word("what")]
                    .map(str::to_owned);
            parts.extend(fold(self.word("event-log"), &head, &rows));
        }
        parts
    }

    fn event(&self, entry: &LogEntry) -> Vec<String> {
        let writer = self.writer();
        let about = entry.about.as_ref().map(|about| writer.mention(about)).unwrap_or_default();
        vec![text(&entry.at), writer.mention(&entry.by), about, text(&entry.text)]
    }

    /// Everything that has a time in the plan, in order.
    fn times(&self, section: &Section, rows: &mut Vec<Vec<String>>) {
        let mut first_and_last = Vec::new();
        within(section, &mut first_and_last);
        let actual = match (first_and_last.iter().min(), first_and_last.iter().max()) {
            (Some(first), Some(last)) if first != last => {
                self.fill("from-to", &[("from", &text(first)), ("to", &text(last))])
            }
            (Some(first), _) => text(first),
            _ => String::new(),
        };
        let planned = self.span(section.at.as_ref(), section.until.as_ref(), section.duration.as_deref());
        self.row(&section.number, &section.title, (planned, actual), rows);
        for block in &section.blocks {
            match block {
                Block::Sections(sections) => sections.iter().for_each(|inner| self.times(inner, rows)),
                Block::Checks(items) | Block::Steps(items) => {
                    items.iter().for_each(|item| self.item_times(item, rows));
                }
                Block::Messages(messages) => {
                    for message in messages {
                        let sent =
                            message.state.as_ref().map(|state| state.sent.as_slice()).unwrap_or_default();
                        let sent: Vec<String> = sent.iter().map(|time| text(time)).collect();
                        let planned = self.span(message.at.as_ref(), None, None);
                        self.row("", &message.title, (planned, sent.join(", ")), rows);
                    }
                }
                Block::Gate(gate) => {
                    let called = gate.state.as_ref().map(|state| state.called.as_slice()).unwrap_or_default();
                    let called: Vec<String> = called.iter().map(|call| text(call)).collect();
                    let planned = self.span(gate.at.as_ref(), None, None);
                    self.row("", &gate.title, (planned, called.join(", ")), rows);
                }
                _ => {}
            }
        }
    }

    fn item_times(&self, item: &Item, rows: &mut Vec<Vec<String>>) {
        let at = item.state.as_ref().and_then(|state| state.at.as_deref());
        let planned = self.span(item.at.as_ref(), item.until.as_ref(), item.duration.as_deref());
        self.row(&item.number, &item.title, (planned, at.map(text).unwrap_or_default()), rows);
        item.checks.iter().for_each(|check| self.item_times(check, rows));
    }

    /// What has no time in the plan has no row.
    fn row(
        &self,
        number: &str,
        title: &[Inline],
        (planned, actual): (String, String),
        rows: &mut Vec<Vec<String>>,
    ) {
        if !planned.is_empty() {
            let title = self.writer().cell(title);
            let what = if number.is_empty() { title } else { format!("{} {title}", text(number)) };
            rows.push(vec![what, planned, actual]);
        }
    }

    /// `T-1h (2026-12-01 08:00 CET) until T, 15m`
    fn span(&self, at: Option<&When>, until: Option<&When>, duration: Option<&str>) -> String {
        let moment = |when: &When| match &when.local {
            Some(local) if *local != when.written => format!("{} ({})", text(&when.written), text(local)),
            _ => text(&when.written),
        };
        let until = until.map(|until| self.fill("until-when", &[("time", &moment(until))]));
        let time: Vec<String> = at.map(moment).into_iter().chain(until).collect();
        let time = Some(time.join(" ")).filter(|time| !time.is_empty());
        time.into_iter().chain(duration.map(text)).collect::<Vec<_>>().join(", ")
    }
}

/// The times of everything recorded in a section.
fn within(section: &Section, times: &mut Vec<String>) {
    for block in &section.blocks {
        match block {
            Block::Sections(sections) => sections.iter().for_each(|inner| within(inner, times)),
            Block::Checks(items) | Block::Steps(items) => items.iter().for_each(|item| item_of(item, times)),
            _ => {}
        }
    }
}

fn item_of(item: &Item, times: &mut Vec<String>) {
    times.extend(item.state.as_ref().and_then(|state| state.at.clone()));
    item.checks.iter().for_each(|check| item_of(check, times));
}

fn fold(title: &str, head: &[String], rows: &[Vec<String>]) -> Option<String> {
    let count = rows.len();
    let table = table(head, rows, "");
    (count > 0).then(|| {
        format!("<details><summary><b>{title}</b>, {count}</summary>\n\n{}\n\n</details>", table.trim_end())
    })
}
