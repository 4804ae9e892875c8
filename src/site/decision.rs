//! Approvals, gates and decision trees, for templates.
//!
//! Takes them from the view, gives typed template variables; a tree becomes a flat list of branches
//! that say where lists open and close.

use serde::Serialize;

use super::engine::Html;
use super::item::{Fact, facts};
use super::link;
use super::markup::{Pen, Reference};
use super::state::{Signed, Verdict};
use super::time::{When, when};
use super::word::{Word, word};
use crate::view::{self, Decision, plain};

/// Who signs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Approval<'a> {
    /// Anchor.
    anchor: &'a str,
    /// How many of the roles must sign.
    needed: usize,
    /// The roles.
    roles: Vec<Reference<'a>>,
    /// What can be said; the first means yes.
    choices: &'a [String],
    /// What is signed.
    statement: Option<Html>,
    /// When this signature is needed.
    when: Option<Html>,
    /// Who signed, in a release.
    state: Option<Signed<'a>>,
}

/// A go/no-go decision.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Gate<'a> {
    /// Id and anchor.
    id: &'a str,
    /// Title.
    title: Html,
    /// Title without marks.
    plain: String,
    /// More about it.
    about: Option<Html>,
    /// When it is held.
    at: Option<When<'a>>,
    /// Times that wait for the value of a parameter.
    blanks: Vec<Fact<'a>>,
    /// Sections it is judged on.
    requires: Vec<Reference<'a>>,
    /// Roles asked aloud.
    polls: Vec<Reference<'a>>,
    /// Who decides.
    decides: Vec<Reference<'a>>,
    /// Who is asked when no decision is reached.
    escalates: Vec<Reference<'a>>,
    /// Its page.
    page: String,
    /// The verdict, in a release.
    state: Option<Verdict<'a>>,
}

/// A question or an answer of a decision tree.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Branch<'a> {
    /// Yes or no; nothing at the root.
    answer: Option<Word<'a>>,
    /// Whether it asks; else it says what to do.
    asks: bool,
    /// The question, or what to do.
    text: Html,
    /// Whether its answers follow.
    opens: bool,
    /// How many lists of answers end with it.
    closes: usize,
}

impl<'a> Approval<'a> {
    pub(super) fn new(pen: Pen<'a>, approval: &'a view::Approval) -> Self {
        Self {
            anchor: &approval.anchor,
            needed: approval.needed,
            roles: pen.mentions(&approval.roles),
            choices: &approval.choices,
            statement: pen.some_line(&approval.statement),
            when: pen.some_line(&approval.when),
            state: approval.state.as_ref().map(|state| Signed::new(pen, state)),
        }
    }
}

impl<'a> Gate<'a> {
    pub(super) fn new(pen: Pen<'a>, gate: &'a view::Gate, level: usize) -> Self {
        Self {
            id: &gate.id,
            page: link::page(pen.page, &gate.path, ""),
            title: pen.line(&gate.title),
            plain: plain(&gate.title),
            about: pen.flows(&gate.about, level),
            at: when(gate.at.as_ref()),
            blanks: facts(pen, &gate.blanks),
            requires: pen.mentions(&gate.requires),
            polls: pen.mentions(&gate.polls),
            decides: pen.mentions(&gate.decides),
            escalates: pen.mentions(&gate.escalates),
            state: gate.state.as_ref().map(|state| Verdict::of_gate(pen, state)),
        }
    }
}

/// A decision tree in reading order.
pub(super) fn branches<'a>(pen: Pen<'a>, decision: &Decision) -> Vec<Branch<'a>> {
    let mut out = Vec::new();
    branch(pen, decision, None, &mut out);
    out
}

fn branch<'a>(pen: Pen<'a>, decision: &Decision, answer: Option<Word<'a>>, out: &mut Vec<Branch<'a>>) {
    let (line, answers) = match decision {
        Decision::Then(line) => (line, [None, None]),
        Decision::Ask { question, yes, no } => (question, [yes.as_deref(), no.as_deref()]),
    };
    let asks = matches!(decision, Decision::Ask { .. });
    let opens = answers.iter().any(Option::is_some);
    out.push(Branch { answer, asks, text: pen.line(line), opens, closes: 0 });
    for (key, next) in ["yes", "no"].into_iter().zip(answers) {
        if let Some(next) = next {
            branch(pen, next, Some(word(pen.labels, key, key)), out);
        }
    }
    if let Some(last) = out.last_mut().filter(|_| opens) {
        last.closes += 1;
    }
}
