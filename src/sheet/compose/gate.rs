//! Gates: a bar across the page, the roll call in the order in which it is asked.

use super::grid::{Entry, Grid, heads};
use super::inline::{mention, strong, text, when};
use super::{Composer, style};
use crate::sheet::layout::Keep;
use crate::sheet::structure::Role;
use crate::sheet::text::Sign;
use crate::view::{Gate, GateState, Verdict, plain};

impl Composer<'_> {
    /// A go/no-go decision.
    pub(super) fn gate(&mut self, gate: &Gate) {
        self.from(gate.span);
        let first = self.flow.rows.len();
        self.gate_bar(gate);
        self.prose(&gate.about, 0.0, "");
        self.gate_sections(gate);
        self.people("Decides", &gate.decides, 0.0);
        self.people("If no decision is reached, ask", &gate.escalates, 0.0);
        if let Some(state) = &gate.state {
            self.judged(state);
        }
        self.bind(first, Keep::Strong);
        self.loosen(Keep::Strong);
        self.roll_call(gate);
        self.decided(gate);
    }

    fn gate_bar(&mut self, gate: &Gate) {
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag("HOLD", node)];
        let title = plain(&gate.title);
        let mut words = vec![strong(format!(" Do not pass before: {title}. "))];
        if let Some(at) = &gate.at {
            words.push(text(format!("At {}. ", when(at))));
        }
        pieces.extend(self.words(&words, style::TEXT, Role::Paragraph));
        pieces.extend(self.write_ins(&[
            ("Released by", 100.0, format!("{}-released-by", gate.id)),
            ("time", 46.0, format!("{}-released-at", gate.id)),
        ]));
        self.stop_bar(&pieces);
        if let Some(row) = self.flow.rows.last_mut() {
            row.anchors.push(gate.id.clone());
            row.before = 8.0;
        }
    }

    /// The sections it is judged on, each with its own answer.
    fn gate_sections(&mut self, gate: &Gate) {
        if gate.requires.is_empty() {
            return;
        }
        let mut words = vec![strong("Requires: ")];
        let names: Vec<_> = gate.requires.iter().map(mention).collect();
        words.extend(names.join(&text("; ")));
        let lines = self.paragraph(&words, self.measure, style::TEXT);
        self.lines(lines, (0.0, 4.0, Keep::Free));
    }

    fn judged(&mut self, state: &GateState) {
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag(verdict(state.verdict), node)];
        pieces.extend(self.say("  computed from the journal", style::TEXT, Role::Paragraph));
        let lines = self.setter.set(&pieces, self.measure);
        self.lines(lines, (0.0, 4.0, Keep::Strong));
        for reason in &state.reasons {
            let mut words = mention(&reason.about);
            words.push(text(format!(": {}", reason.text)));
            self.note(&words, 12.0);
        }
        for called in &state.called {
            self.note(&[strong("Called: "), text(called)], 12.0);
        }
    }

    fn roll_call(&mut self, gate: &Gate) {
        let first = self.flow.rows.len();
        let polls = if gate.polls.is_empty() { &gate.decides } else { &gate.polls };
        let row = |(at, role): (usize, &crate::view::Mention)| {
            let name = format!("{}-poll-{}", gate.id, at + 1);
            let go = vec![
                ("GO".to_owned(), Sign::Empty, format!("{name}-go")),
                ("NO-GO".to_owned(), Sign::Empty, format!("{name}-no-go")),
            ];
            let who = format!("name of {}", role.text);
            vec![
                Entry::Words(mention(role)),
                Entry::Write(120.0, format!("{name}-name"), who),
                Entry::Choice(go),
                Entry::Write(56.0, format!("{name}-time"), "time".to_owned()),
            ]
        };
        let rows = polls.iter().enumerate().map(row).collect();
        let columns = heads(&["Position", "Name", "Answer", "Time"]);
        let title = plain(&gate.title);
        self.grid(Grid { columns, rows, x: 0.0, title, least: style::ROW });
        self.bind(first, Keep::Weak);
        self.loosen(Keep::Strong);
    }

    fn decided(&mut self, gate: &Gate) {
        let id = &gate.id;
        let mut pieces = self.say("Decision:  ", style::BOLD, Role::Paragraph);
        let choices = [
            ("GO".to_owned(), Sign::Empty, format!("{id}-decision-go")),
            ("NO-GO".to_owned(), Sign::Empty, format!("{id}-decision-no-go")),
        ];
        pieces.extend(self.choices(&choices, style::BOLD));
        pieces.push(self.run("   ", style::TEXT, None));
        pieces.extend(self.write_ins(&[
            ("signed", 140.0, format!("{id}-decision-by")),
            ("time", 46.0, format!("{id}-decision-at")),
        ]));
        let lines = self.setter.set(&pieces, self.measure);
        self.lines(lines, (0.0, 6.0, Keep::Free));
    }
}

/// A verdict in words.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Go => "GO",
        Verdict::Undecided => "UNDECIDED",
        Verdict::NoGo => "NO-GO",
    }
}
