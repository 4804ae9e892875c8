//! What an item says below its title: commands, blanks, notes, times, second persons.

use super::inline::{joined, mentions, strong, text, when, worded};
use super::{Composer, style};
use crate::sheet::document::{Entry, Tone};
use crate::sheet::layout::{Cell, Keep, Row, Stand};
use crate::sheet::structure::Role;
use crate::view::{
    Cadence, Code, Flow as Prose, Item, ItemState, ItemStatus, Line as Words, Mention, Piece as Part,
    RecordType, plain,
};

/// Slots of a cadence of which it is not known how often it falls due.
const SLOTS: u32 = 8;
/// Most slots that are printed; further ones go to the spare lines.
const MOST: u32 = 96;

impl Composer<'_> {
    /// Everything below the title, `x` from the left.
    pub(super) fn details(&mut self, item: &Item, x: f32) {
        if let Some(state) = &item.state {
            self.recorded(state, x);
        }
        self.prose(&item.about, x, "");
        if let Some(code) = &item.run {
            self.command(code, x);
        }
        self.expectation(item, x);
        for (label, words) in &item.facts {
            let mut line = vec![strong(format!("{label}: "))];
            line.extend(words.iter().cloned());
            self.note(&line, x);
        }
        for evidence in &item.evidence {
            let mut line = vec![self.strong("attach")];
            line.extend(evidence.iter().cloned());
            self.note(&line, x);
        }
        self.records(item, x);
        if let Some(cadence) = &item.cadence {
            self.slots(cadence, &item.id, x);
        }
        self.confirmations(item, x);
        if let Some(to) = item.on_failure.as_ref().filter(|_| !self.dense) {
            self.note(&self.on_failure(to), x);
        }
    }

    /// What is expected: on a card in one paragraph, where it is no more than a list.
    fn expectation(&mut self, item: &Item, x: f32) {
        match flat(&item.expect).filter(|_| self.dense) {
            Some(words) if !words.is_empty() => self.note(&self.labelled("expect", words), x),
            _ => self.prose(&item.expect, x, &format!("{}:", self.word("expect"))),
        }
    }

    fn on_failure(&self, to: &Mention) -> Words {
        let words = format!("{}: {} ", self.word("if-it-fails"), self.word("go-to"));
        std::iter::once(strong(words)).chain(super::inline::mention(to)).collect()
    }

    /// Who, when and on what condition.
    pub(super) fn item_facts(&self, item: &Item) -> Words {
        let mut groups: Vec<Words> = Vec::new();
        if !item.applies.is_empty() {
            groups.push(self.labelled("applies", item.applies.clone()));
        }
        if item.own_owners {
            groups.push(self.labelled("owner", mentions(&item.owners)));
        }
        if let Some(at) = &item.at {
            groups.push(self.labelled("at", vec![text(when(at))]));
        }
        if let Some(times) = &item.cadence {
            groups.push(vec![strong(self.cadence(times))]);
        }
        if let Some(until) = &item.until {
            groups.push(vec![text(self.fill("until-when", &[("time", when(until))]))]);
        }
        if let Some(duration) = &item.duration {
            groups.push(vec![text(format!("{} {duration}", self.word("takes")))]);
        }
        if self.dense {
            groups.extend(item.on_failure.as_ref().map(|to| self.on_failure(to)));
        }
        joined(groups)
    }

    /// A line of small notes; nothing where there are none.
    pub(super) fn note(&mut self, words: &[crate::view::Inline], x: f32) {
        if !words.is_empty() {
            let lines = self.paragraph(words, self.measure - x, style::SMALL);
            self.lines(lines, (x, 3.0 * self.air, Keep::Free));
        }
    }

    fn command(&mut self, code: &Code, x: f32) {
        if !code.on.is_empty() {
            let line = self.labelled("on", code.on.clone());
            self.note(&line, x);
            self.loosen(Keep::Strong);
        }
        self.code(&Part::plain(&code.pieces), x);
    }

    /// Blanks side by side, each as wide as what is written in it.
    fn records(&mut self, item: &Item, x: f32) {
        let mut pieces = Vec::new();
        for (at, record) in item.records.iter().enumerate() {
            let title = plain(&record.title);
            match &record.value {
                Some(value) => {
                    let words = [strong(format!("{title}: ")), text(format!("{value}     "))];
                    pieces.extend(self.words(&words, style::SMALL, Role::Paragraph));
                }
                None => {
                    let name = format!("{}-field-{}", item.id, at + 1);
                    let label = format!("{title}:");
                    pieces.extend(self.write_in(&label, room(record.kind), &name));
                    pieces.push(self.run("   ", style::SMALL, None));
                }
            }
        }
        if !pieces.is_empty() {
            let lines = self.setter.set(&pieces, self.measure - x);
            self.lines(lines, (x, 3.0 * self.air, Keep::Free));
        }
    }

    /// A second signature for each person who must confirm.
    fn confirmations(&mut self, item: &Item, x: f32) {
        let done = item.state.as_ref().map(|state| state.confirmed.clone()).unwrap_or_default();
        for (at, role) in item.confirm.iter().enumerate() {
            let mut words = vec![self.strong("second-person")];
            words.extend(super::inline::mention(role));
            if let Some(by) = done.get(at) {
                words.push(text(format!(", {} {}", self.word("confirmed-by"), by.text)));
                self.note(&words, x);
                continue;
            }
            words.push(text("   "));
            let mut pieces = self.words(&words, style::SMALL, Role::Paragraph);
            let name = format!("{}-confirm-{}", item.id, at + 1);
            let time = format!("{name}-time");
            pieces.extend(
                self.write_ins(&[
                    (self.word("confirmed-by"), 90.0, name),
                    (self.word("time-at"), 40.0, time),
                ]),
            );
            let lines = self.setter.set(&pieces, self.measure - x);
            self.lines(lines, (x, 3.0 * self.air, Keep::Free));
        }
    }

    /// A cell for each time that a cadence falls due.
    pub(super) fn slots(&mut self, cadence: &Cadence, id: &str, x: f32) {
        let count = cadence.slots.unwrap_or(SLOTS).min(MOST) as usize;
        let across = 8.min(count.max(1));
        let width = (self.measure - x) / 8.0;
        for row in 0..count.div_ceil(across) {
            let mut cells = Vec::new();
            for column in 0..across.min(count - row * across) {
                let at = row * across + column + 1;
                let slot = self.slot(
                    &format!("{id}-slot-{at}"),
                    &format!("{} {at}", self.word("time")),
                    Entry::Text,
                );
                let number = self.run(&format!("{at}"), style::LABEL.tone(Tone::GREY), None);
                let lines = self.setter.set(&[number], width);
                let cell = Cell::new(x + column as f32 * width, width).with(lines).inset(3.0, 1.0);
                cells.push(cell.framed(style::THIN).standing(Stand::Top).slotted(Some(slot)));
            }
            let before = if row == 0 { 4.0 } else { 0.0 };
            self.row(Row { before, min: 22.0, ..Row::new(cells) });
        }
        let planned = cadence.slots.unwrap_or(0);
        if planned > MOST {
            let rest = planned - MOST;
            self.note(&[text(self.fill("more-slots", &[("n", rest.to_string())]))], x);
        }
    }

    /// What was recorded, where it is more than done.
    pub(super) fn recorded(&mut self, state: &ItemState, x: f32) {
        let status = match state.status {
            ItemStatus::Pending | ItemStatus::Done => None,
            ItemStatus::Failed => Some("state-failed"),
            ItemStatus::Blocked => Some("state-blocked"),
            ItemStatus::NotApplicable => Some("state-not-applicable"),
            ItemStatus::Waived => Some("state-waived"),
        };
        let mut reasons: Vec<String> = state.why.iter().cloned().collect();
        reasons.extend(state.until.iter().map(|until| self.fill("until-when", &[("time", until.clone())])));
        // An empty box says by itself that nothing is recorded, and a reason is given once.
        let why = state.why.as_deref().filter(|why| !why.is_empty());
        let said = |note: &String| why.is_some_and(|why| note.contains(why));
        let told = state.by.is_some() || !state.confirmed.is_empty();
        reasons.extend(state.notes.iter().filter(|note| told && !said(note)).cloned());
        let mut line: Words = Vec::new();
        if let Some(status) = status {
            let colon = if reasons.is_empty() { "" } else { ": " };
            line.push(strong(format!("{}{colon}", self.shout(status))));
        }
        line.extend(worded(&reasons.join("; ")));
        let groups =
            [("evidence", &state.evidence), ("note", &state.remarks), ("disagreement", &state.disagreement)];
        if status.is_some() || !reasons.is_empty() {
            self.note(&line, x);
        }
        for (label, texts) in groups.into_iter().filter(|(_, texts)| !texts.is_empty()) {
            let words = self.labelled(label, worded(&texts.join("; ")));
            self.note(&words, x);
        }
    }
}

/// Paragraphs and lists of them in one line; `None` where there is more.
fn flat(blocks: &[Prose]) -> Option<Words> {
    let mut parts: Vec<Words> = Vec::new();
    for block in blocks {
        match block {
            Prose::Paragraph(words) => parts.push(words.clone()),
            Prose::List { items, .. } => {
                let each: Option<Vec<Words>> = items.iter().map(|item| flat(&item.content)).collect();
                parts.extend(each?);
            }
            _ => return None,
        }
    }
    Some(parts.join(&text("; ")))
}

/// Room for what is written into a blank.
fn room(kind: RecordType) -> f32 {
    match kind {
        RecordType::Number => 70.0,
        RecordType::Time => 56.0,
        RecordType::Duration => 64.0,
        RecordType::Date => 84.0,
        RecordType::Text | RecordType::Person => 150.0,
        RecordType::Url => 260.0,
    }
}
