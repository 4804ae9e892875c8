//! Triggers: bad news when ticked, so they look like nothing else on the sheet.

use super::inline::{joined, mention, mentions, strong, text};
use super::{Composer, LAST, style};
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::{Line, Sign, below};
use crate::view::{Action, Line as Words, Trigger, plain};

/// Width of the box at the left.
const BOX: f32 = 26.0;
/// Width of the time at the right.
const TIME: f32 = 60.0;

impl Composer<'_> {
    /// A list of triggers.
    pub(super) fn triggers(&mut self, triggers: &[Trigger]) {
        self.flow.structure.open(Role::List);
        for trigger in triggers {
            self.from(trigger.span);
            self.flow.structure.open(Role::Item);
            self.trigger(trigger);
            self.flow.structure.close();
        }
        self.flow.structure.close();
    }

    fn trigger(&mut self, trigger: &Trigger) {
        self.flow.structure.open(Role::Label);
        let ticks = self.trigger_box(trigger);
        let node = self.leaf(Role::Span);
        let tag = self.tag(&self.shout("trigger"), node);
        self.flow.structure.close();
        self.flow.structure.open(Role::Body);
        let width = self.measure - BOX - TIME - 2.0 * style::SIDE;
        let space = self.run("  ", style::BOLD, None);
        let mut pieces = vec![tag, space];
        pieces.extend(self.words(&trigger.condition, style::BOLD, Role::Paragraph));
        let mut lines = self.setter.set(&pieces, width);
        let reaction = self.reaction(trigger);
        if !reaction.is_empty() {
            lines.extend(below(self.paragraph(&reaction, width, style::SMALL), 2.0));
        }
        lines.extend(below(self.blocks(&trigger.about, width), 3.0));
        if let Some(state) = &trigger.state {
            let words = [strong(&state.words)];
            lines.extend(below(self.paragraph(&words, width, style::SMALL), 2.0));
        }
        self.id(&mut lines, &trigger.id, (LAST, width));
        let time = Cell::new(self.measure - TIME, TIME);
        let time = self.write_cell(time, &format!("{}-time", trigger.id), self.word("fired-at"), true);
        self.flow.structure.close();
        let frame = Cell::new(0.0, self.measure).framed(style::BORDER);
        let edge = Cell::new(0.0, 3.0).on(crate::sheet::document::Tone::BLACK);
        let text = Cell::new(BOX + style::SIDE, width)
            .with(lines)
            .inset(0.0, style::beside(style::BOX, style::BOLD));
        let cells = vec![frame, edge, Cell::new(8.0, BOX).with(ticks), text, time];
        let anchors = vec![trigger.id.clone()];
        let row = Row { before: 4.0, min: style::ROW, anchors, ..Row::new(cells) };
        self.row(Row { keep: Keep::Free, ..row });
    }

    /// The box of a trigger, crossed where it is recorded that it fired.
    pub(super) fn trigger_box(&mut self, trigger: &Trigger) -> Vec<Line> {
        let fired = trigger.state.as_ref().is_some_and(|state| state.fired);
        let sign = if fired { Sign::Cross } else { Sign::Empty };
        let tip = self.fill("trigger-fired", &[("what", plain(&trigger.condition))]);
        let boxed = [self.tick(style::BOX, sign, &trigger.id, &tip)];
        self.setter.set(&boxed, f32::INFINITY)
    }

    /// What to do, how fast, who decides, what carries it out.
    pub(super) fn reaction(&self, trigger: &Trigger) -> Words {
        let mut groups: Vec<Words> = Vec::new();
        let mut first: Words = Vec::new();
        if !trigger.actions.is_empty() {
            first.push(strong(format!("→ {}", self.actions(&trigger.actions))));
        }
        if let Some(within) = &trigger.within {
            first.push(strong(format!(" {}", self.fill("within", &[("time", within.clone())]))));
        }
        groups.push(first);
        groups.extend(self.blanks(&trigger.blanks));
        let said = |key: &'static str, words: Words| -> Words {
            std::iter::once(text(format!("{} ", self.word(key)))).chain(words).collect()
        };
        if !trigger.authority.is_empty() {
            groups.push(said("decided-by", mentions(&trigger.authority)));
        }
        groups.extend(trigger.to.as_ref().map(|to| said("go-to", mention(to))));
        let severity = trigger.severity.as_ref().filter(|_| !self.dense);
        groups.extend(severity.map(|severity| self.labelled("severity", mention(severity))));
        joined(groups)
    }

    /// Actions in words, in their order; which of them is for whoever decides.
    pub(super) fn actions(&self, actions: &[Action]) -> String {
        let words: Vec<&str> = actions.iter().map(|it| self.word(action(*it))).collect();
        words.join(&format!(" {} ", self.word("or")))
    }
}

fn action(action: Action) -> &'static str {
    match action {
        Action::Rollback => "action-rollback",
        Action::Investigate => "action-investigate",
        Action::Fix => "action-fix",
        Action::Monitor => "action-monitor",
        Action::None => "action-none",
    }
}
