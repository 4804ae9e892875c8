//! Messages: the text exactly as it is sent, in a frame, with a box and a time.

use super::inline::{joined, mentions, strong, text, when};
use super::{Composer, LAST, style};
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::{Sign, Span as Run};
use crate::view::{Line as Words, Message, Outcome, Piece as Part, plain};

/// Where texts begin.
const TEXT: f32 = 26.0;

impl Composer<'_> {
    /// Texts to send.
    pub(super) fn messages(&mut self, messages: &[Message]) {
        self.flow.structure.open(Role::List);
        for message in messages {
            self.from(message.span);
            self.flow.structure.open(Role::Item);
            let first = self.flow.rows.len();
            self.message(message);
            self.bind(first, Keep::Weak);
            self.flow.structure.close();
        }
        self.flow.structure.close();
    }

    fn message(&mut self, message: &Message) {
        let sent = message.state.as_ref().map(|state| state.sent.clone()).unwrap_or_default();
        let sign = if sent.is_empty() { Sign::Empty } else { Sign::Tick };
        self.flow.structure.open(Role::Label);
        let tip = format!("{}: {}", self.word("sent"), plain(&message.title));
        let boxed = [self.tick(style::BOX, sign, &message.id, &tip)];
        self.flow.structure.close();
        self.flow.structure.open(Role::Body);
        let mut words = vec![self.strong("message")];
        words.extend(message.title.iter().cloned());
        let mut pieces = self.words(&words, style::BOLD, Role::Paragraph);
        pieces.push(self.run("   ", style::TEXT, None));
        if sent.is_empty() {
            let id = &message.id;
            pieces.extend(self.write_ins(&[
                (self.word("sent-at"), 46.0, format!("{id}-time")),
                (self.word("by-whom"), 70.0, format!("{id}-by")),
            ]));
        } else {
            let words = format!("{} {}", self.word("sent"), sent.join(", "));
            pieces.extend(self.say(&words, style::TEXT, Role::Paragraph));
        }
        let ticks = self.setter.set(&boxed, f32::INFINITY);
        let lines = self.setter.set(&pieces, self.measure - TEXT);
        // A line to write on is higher than its words, which stand at its foot.
        let above = if sent.is_empty() { 2.5 } else { style::beside(style::BOX, style::BOLD) };
        let title = Cell::new(TEXT, self.measure - TEXT).with(lines).inset(0.0, above);
        let anchors = vec![message.id.clone()];
        let cells = vec![Cell::new(0.0, TEXT).with(ticks), title];
        self.row(Row { before: 5.0, keep: Keep::Strong, anchors, ..Row::new(cells) });
        let width = self.measure - TEXT;
        let mut lines = self.paragraph(&self.message_facts(message), width, style::SMALL);
        self.id(&mut lines, &message.id, (LAST, width));
        self.lines(lines, (TEXT, 3.0, Keep::Strong));
        self.prose(&message.about, TEXT, "");
        self.text_to_send(message);
        if let Some(cadence) = &message.cadence {
            self.slots(cadence, &message.id, TEXT);
        }
        self.flow.structure.close();
    }

    /// Subject and body in a frame.
    fn text_to_send(&mut self, message: &Message) {
        let width = self.measure - TEXT;
        let mut lines = Vec::new();
        if !message.subject.is_empty() {
            let mut words = vec![self.strong("subject")];
            words.extend(message.subject.iter().cloned());
            lines.extend(self.paragraph(&words, width - 16.0, style::TEXT));
        }
        if !message.body.is_empty() {
            let node = Some(self.leaf(Role::Paragraph));
            // Small enough for lines of eighty characters, as mail has them.
            let look = style::SMALL;
            let text = Part::plain(&message.body).trim_end().to_owned();
            let run = Run { text, style: look, node, link: None, source: self.source };
            let body = self.setter.set(&[crate::sheet::text::Piece::Text(run)], width - 16.0);
            lines.extend(crate::sheet::text::below(body, 4.0));
        }
        if !lines.is_empty() {
            let cell = Cell::new(TEXT, width).with(lines).inset(8.0, 5.0).framed(style::THIN);
            self.row(Row { before: 3.0, splits: true, ..Row::new(vec![cell]) });
        }
    }

    /// When it is due, by which way, to whom, from whom.
    fn message_facts(&self, message: &Message) -> Words {
        let mut groups: Vec<Words> = Vec::new();
        if let Some(at) = &message.at {
            groups.push(self.labelled("at", vec![text(when(at))]));
        }
        if let Some(times) = &message.cadence {
            groups.push(vec![strong(self.cadence(times))]);
        }
        groups.extend(self.blanks(&message.blanks));
        if !message.on.is_empty() {
            let words: Vec<&str> = message.on.iter().map(|it| self.word(outcome(*it))).collect();
            let or = format!(" {} ", self.word("or"));
            groups.push(self.labelled("on", vec![text(words.join(&or))]));
        }
        if !message.channels.is_empty() {
            groups.push(self.labelled("channel", message.channels.join(&text(", "))));
        }
        for (key, people) in [("to", &message.to), ("by", &message.owners)] {
            if !people.is_empty() {
                groups.push(self.labelled(key, mentions(people)));
            }
        }
        joined(groups)
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "outcome-success",
        Outcome::Rollback => "outcome-rollback",
        Outcome::Incident => "outcome-incident",
    }
}
