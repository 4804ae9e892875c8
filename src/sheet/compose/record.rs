//! What an item says below its title: commands, blanks, notes, times, second persons.

use super::inline::{cadence, joined, mentions, strong, text, when, worded};
use super::{Composer, style};
use crate::sheet::document::{Entry, Tone};
use crate::sheet::layout::{Cell, Keep, Row, Stand};
use crate::sheet::structure::Role;
use crate::view::{
    Cadence, Code, Item, ItemState, ItemStatus, Line as Words, Piece as Part, RecordType, plain,
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
        self.prose(&item.expect, x, "Expect:");
        for (label, words) in &item.facts {
            let mut line = vec![strong(format!("{label}: "))];
            line.extend(words.iter().cloned());
            self.note(&line, x);
        }
        for evidence in &item.evidence {
            let mut line = vec![strong("Attach: ")];
            line.extend(evidence.iter().cloned());
            self.note(&line, x);
        }
        self.records(item, x);
        if let Some(cadence) = &item.cadence {
            self.slots(cadence, &item.id, x);
        }
        self.confirmations(item, x);
        if let Some(to) = &item.on_failure {
            let mut line = vec![strong("If it fails: go to ")];
            line.extend(super::inline::mention(to));
            self.note(&line, x);
        }
    }

    /// A line of small notes; nothing where there are none.
    pub(super) fn note(&mut self, words: &[crate::view::Inline], x: f32) {
        if !words.is_empty() {
            let lines = self.paragraph(words, self.measure - x, style::SMALL);
            self.lines(lines, (x, 3.0, Keep::Free));
        }
    }

    fn command(&mut self, code: &Code, x: f32) {
        if !code.on.is_empty() {
            let mut line = vec![strong("On ")];
            line.extend(code.on.iter().cloned());
            line.push(text(":"));
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
            self.lines(lines, (x, 3.0, Keep::Free));
        }
    }

    /// A second signature for each person who must confirm.
    fn confirmations(&mut self, item: &Item, x: f32) {
        let done = item.state.as_ref().map(|state| state.confirmed.clone()).unwrap_or_default();
        for (at, role) in item.confirm.iter().enumerate() {
            let mut words = vec![strong("Second person: ")];
            words.extend(super::inline::mention(role));
            if let Some(by) = done.get(at) {
                words.push(text(format!(", confirmed by {}", by.text)));
                self.note(&words, x);
                continue;
            }
            words.push(text("   "));
            let mut pieces = self.words(&words, style::SMALL, Role::Paragraph);
            let name = format!("{}-confirm-{}", item.id, at + 1);
            let time = format!("{name}-time");
            pieces.extend(self.write_ins(&[("confirmed by", 90.0, name), ("time", 40.0, time)]));
            let lines = self.setter.set(&pieces, self.measure - x);
            self.lines(lines, (x, 3.0, Keep::Free));
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
                let slot = self.slot(&format!("{id}-slot-{at}"), &format!("time {at}"), Entry::Text);
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
            self.note(&[text(format!("{rest} more: use the spare lines at the end"))], x);
        }
    }

    /// What was recorded, where it is more than done.
    pub(super) fn recorded(&mut self, state: &ItemState, x: f32) {
        let status = match state.status {
            ItemStatus::Pending | ItemStatus::Done => None,
            ItemStatus::Failed => Some("FAILED"),
            ItemStatus::Blocked => Some("BLOCKED"),
            ItemStatus::NotApplicable => Some("NOT APPLICABLE"),
            ItemStatus::Waived => Some("WAIVED"),
        };
        let mut reasons: Vec<String> = state.why.iter().cloned().collect();
        reasons.extend(state.until.iter().map(|until| format!("until {until}")));
        // An empty box says by itself that nothing is recorded, and a reason is given once.
        let why = state.why.as_deref().filter(|why| !why.is_empty());
        let said = |note: &String| why.is_some_and(|why| note.contains(why));
        let told = state.by.is_some() || !state.confirmed.is_empty();
        reasons.extend(state.notes.iter().filter(|note| told && !said(note)).cloned());
        let mut line: Words = Vec::new();
        if let Some(status) = status {
            let colon = if reasons.is_empty() { "" } else { ": " };
            line.push(strong(format!("{status}{colon}")));
        }
        line.extend(worded(&reasons.join("; ")));
        let groups = [
            ("Evidence: ", &state.evidence),
            ("Note: ", &state.remarks),
            ("Others say: ", &state.disagreement),
        ];
        if status.is_some() || !reasons.is_empty() {
            self.note(&line, x);
        }
        for (label, texts) in groups.into_iter().filter(|(_, texts)| !texts.is_empty()) {
            let words = std::iter::once(strong(label)).chain(worded(&texts.join("; ")));
            self.note(&words.collect::<Vec<_>>(), x);
        }
    }
}

/// Who, when and on what condition.
pub(super) fn facts(item: &Item) -> Words {
    let mut groups: Vec<Words> = Vec::new();
    if !item.applies.is_empty() {
        let words = std::iter::once(strong("Applies: ")).chain(item.applies.iter().cloned());
        groups.push(words.collect());
    }
    if item.own_owners {
        groups.push(std::iter::once(strong("Owner: ")).chain(mentions(&item.owners)).collect());
    }
    if let Some(at) = &item.at {
        groups.push(vec![strong("At "), text(when(at))]);
    }
    if let Some(times) = &item.cadence {
        groups.push(vec![strong(cadence(times))]);
    }
    if let Some(until) = &item.until {
        groups.push(vec![text(format!("until {}", when(until)))]);
    }
    if let Some(duration) = &item.duration {
        groups.push(vec![text(format!("takes {duration}"))]);
    }
    joined(groups)
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
