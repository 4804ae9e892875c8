//! Gates: a bar across the page, the roll call in the order in which it is asked.

use super::grid::{Choice, Entry, Grid};
use super::inline::{capital, mention, strong, text, when, worded};
use super::{Composer, Part, style};
use crate::sheet::layout::Keep;
use crate::sheet::structure::Role;
use crate::sheet::text::Sign;
use crate::view::{Gate, GateState, Reason, Released, Verdict, plain};

/// A roll call of more is parted over pages.
const MOST: usize = 12;

impl Composer<'_> {
    /// A go/no-go decision.
    pub(super) fn gate(&mut self, gate: &Gate) {
        self.from(gate.span);
        let first = self.flow.rows.len();
        self.gate_bar(gate);
        self.prose(&gate.about, 0.0, "");
        self.gate_sections(gate);
        self.people("decides", &gate.decides, 0.0);
        self.people("if-undecided", &gate.escalates, 0.0);
        self.bind(first, Keep::Strong);
        if let Some(state) = &gate.state {
            self.loosen(Keep::Strong);
            self.judged(state);
        }
        self.loosen(Keep::Strong);
        self.roll_call(gate);
        self.decided(gate);
    }

    fn gate_bar(&mut self, gate: &Gate) {
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag(self.word("hold-bar"), node)];
        let title = plain(&gate.title);
        let mut words = vec![strong(format!(" {}. ", self.fill("do-not-pass", &[("what", title)])))];
        if let Some(at) = &gate.at {
            words.push(text(format!("{}: {}. ", capital(self.word("at")), when(at))));
        }
        for blank in self.blanks(&gate.blanks) {
            words.extend(blank.into_iter().chain([text(". ")]));
        }
        pieces.extend(self.words(&words, style::TEXT, Role::Paragraph));
        match released(gate) {
            Some(call) => {
                let label = capital(self.word("released-by"));
                let at = text(format!(", {}", call.at));
                let words = [text(format!("{label} ")), strong(&call.by.text), at];
                pieces.extend(self.words(&words, style::TEXT, Role::Paragraph));
            }
            None => pieces.extend(self.write_ins(&[
                (&capital(self.word("released-by")), 100.0, format!("{}-released-by", gate.id)),
                (self.word("time-at"), 46.0, format!("{}-released-at", gate.id)),
            ])),
        }
        self.stop_bar(&pieces, &gate.id);
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
        let mut words = vec![self.strong("requires")];
        let names: Vec<_> = gate.requires.iter().map(mention).collect();
        words.extend(names.join(&text("; ")));
        let lines = self.paragraph(&words, self.measure, style::TEXT);
        self.lines(lines, (0.0, 4.0, Keep::Free));
    }

    fn judged(&mut self, state: &GateState) {
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag(verdict(state.verdict), node)];
        pieces.extend(self.say(&format!("  {}", self.word("computed")), style::TEXT, Role::Paragraph));
        let lines = self.setter.set(&pieces, self.measure);
        self.lines(lines, (0.0, 4.0, Keep::Strong));
        let release = self.document.release.as_ref().map(|release| release.reasons.as_slice());
        match release {
            // Most documents have one gate, and the front page says all of it.
            Some(all) if *self.part == Part::Full && !all.is_empty() && same(all, &state.reasons) => {
                self.note(&[text(self.word("reasons-on-first"))], 10.0);
            }
            _ => self.reasons(&state.reasons),
        }
        for called in &state.called {
            let words = std::iter::once(self.strong("called")).chain(worded(called)).collect::<Vec<_>>();
            self.note(&words, 10.0);
        }
    }

    fn roll_call(&mut self, gate: &Gate) {
        let first = self.flow.rows.len();
        let polls = if gate.polls.is_empty() { &gate.decides } else { &gate.polls };
        let row = |(at, role): (usize, &crate::view::Mention)| {
            let name = format!("{}-poll-{}", gate.id, at + 1);
            let go = answers(&name, &role.text, Sign::Empty);
            let who = self.fill("name-of", &[("who", role.text.clone())]);
            vec![
                Entry::Words(mention(role)),
                Entry::Write(120.0, format!("{name}-name"), who),
                Entry::Choice(go),
                Entry::Write(56.0, format!("{name}-time"), self.word("time").to_owned()),
            ]
        };
        let rows = polls.iter().enumerate().map(row).collect();
        let columns = self.heads(&["position", "name", "answer", "time"]);
        let title = plain(&gate.title);
        self.grid(Grid { columns, rows, x: 0.0, title, least: style::ROW });
        // Those who are asked see each other's answers on one page.
        self.bind(first, if polls.len() <= MOST { Keep::Strong } else { Keep::Weak });
        self.loosen(Keep::Strong);
    }

    fn decided(&mut self, gate: &Gate) {
        let id = &gate.id;
        let call = released(gate);
        let go = if call.is_some() { Sign::Tick } else { Sign::Empty };
        let mut pieces = self.say(&format!("{}:  ", self.word("decision")), style::BOLD, Role::Paragraph);
        let choices = answers(&format!("{id}-decision"), self.word("decision"), go);
        pieces.extend(self.choices(&choices, style::BOLD));
        pieces.push(self.run("   ", style::TEXT, None));
        match call {
            Some(call) => {
                let words = [
                    text(format!("{} ", self.word("called-by"))),
                    strong(&call.by.text),
                    text(format!(", {}", call.at)),
                ];
                pieces.extend(self.words(&words, style::TEXT, Role::Paragraph));
            }
            None => pieces.extend(self.write_ins(&[
                (self.word("signed-by"), 140.0, format!("{id}-decision-by")),
                (self.word("time-at"), 46.0, format!("{id}-decision-at")),
            ])),
        }
        let lines = self.setter.set(&pieces, self.measure);
        self.lines(lines, (0.0, 6.0, Keep::Free));
    }
}

fn same(one: &[Reason], two: &[Reason]) -> bool {
    let told = |reason: &Reason| (reason.about.text.clone(), reason.text.clone());
    one.iter().map(told).eq(two.iter().map(told))
}

/// A box for go and one for no-go.
fn answers(name: &str, who: &str, go: Sign) -> Vec<Choice> {
    let choice = |(word, key, sign): (&str, &str, Sign)| {
        let (name, tip) = (format!("{name}-{key}"), format!("{who}: {word}"));
        Choice { word: word.to_owned(), sign, name, tip }
    };
    [("GO", "go", go), ("NO-GO", "no-go", Sign::Empty)].map(choice).into()
}

/// Who released a gate; after a no-go it can still be called again.
fn released(gate: &Gate) -> Option<&Released> {
    gate.state.as_ref()?.released.as_ref()
}

/// A verdict in words.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Go => "GO",
        Verdict::Undecided => "UNDECIDED",
        Verdict::NoGo => "NO-GO",
    }
}
