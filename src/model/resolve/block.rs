//! Triggers, messages, approvals, gates, decision trees, links and tables.
//!
//! Takes what is written of them, gives resolved ones.

use std::sync::Arc;

use super::section::each;
use super::{Resolver, cadence, copied, reference, references};
use crate::diagnostic::Diagnostic;
use crate::model::document;
use crate::model::prose::Text;
use crate::model::runbook::PlaceKind;
use crate::model::section::{Approval, Criterion, Decision, Gate, Link, Message, Reference, Table, Trigger};
use crate::model::time::{Duration, Moment};
use crate::source::{Field, Many, Short, Span, Spanned};

/// What a gate is called when it has no title.
const GATE: &str = "Go/no-go";
/// What an approver can say when nothing is written.
const CHOICES: [&str; 2] = ["approve", "block"];

impl Resolver<'_> {
    pub(super) fn triggers(&mut self, list: &Field<Many<Short<document::Trigger>>>) -> Vec<Trigger> {
        each(list, |written, span| Some(self.trigger(written, span)))
    }

    fn trigger(&mut self, written: &document::Trigger, span: Span) -> Trigger {
        let id = self.written(&written.id, PlaceKind::Trigger);
        let bar = self.short(&written.when, None);
        // A bare text in the list is read as a threshold first; most conditions are plain words.
        let bare = written.when.span() == span;
        let bar = bar.filter(|bar| !bare || !matches!(bar.criterion, Criterion::Unparsed { .. }));
        let words = if written.condition.is_present() { &written.condition } else { &written.when };
        if !words.is_present() {
            let message = "the trigger has neither `when` nor `condition`";
            let help = "add `when:` with a threshold that is true when things are bad, or `condition:`";
            self.found.push(Diagnostic::error("missing-key", span, message).help(help));
        }
        Trigger {
            id,
            span,
            condition: self.text(words).unwrap_or_default(),
            bar,
            severity: reference(&written.severity),
            actions: copied(&written.action),
            within: self.parsed(&written.within, Duration::parse),
            blanks: self.blank_times(&[("within", &written.within)]).into(),
            authority: references(&written.authority),
            to: self.way_to(&written.to),
            about: self.prose(&written.about),
        }
    }

    pub(super) fn messages(
        &mut self,
        list: &Field<Many<Short<document::Message>>>,
        answers: &Arc<[Reference]>,
    ) -> Vec<Message> {
        each(list, |written, span| Some(self.message(written, span, answers)))
    }

    fn message(&mut self, written: &document::Message, span: Span, above: &Arc<[Reference]>) -> Message {
        self.require_text(&written.title, "title", "the message", span);
        let owners = references(&written.owner);
        let times = [("at", &written.at), ("every", &written.every), ("until", &written.until)];
        Message {
            id: self.written(&written.id, PlaceKind::Message),
            span,
            title: self.text(&written.title).unwrap_or_default(),
            about: self.prose(&written.about),
            answers: if owners.is_empty() { Arc::clone(above) } else { owners.into() },
            at: self.parsed(&written.at, Moment::parse),
            every: self.parsed(&written.every, cadence),
            until: self.parsed(&written.until, Moment::parse),
            blanks: self.blank_times(&times).into(),
            on: copied(&written.on).into_iter().map(|on| on.value).collect(),
            channels: self.texts(&written.channel),
            to: references(&written.to),
            subject: self.text(&written.subject),
            body: self.code(&written.body),
        }
    }

    pub(super) fn approvals(&mut self, list: &Field<Many<Short<document::Approval>>>) -> Vec<Approval> {
        each(list, |written, span| Some(self.approval(written, span)))
    }

    fn approval(&mut self, written: &document::Approval, span: Span) -> Approval {
        let any = references(&written.any_of);
        let of = references(&written.of);
        let one: Vec<Reference> = reference(&written.role).into_iter().collect();
        let all = references(&written.all_of);
        let forms = [!one.is_empty(), !any.is_empty(), !all.is_empty(), !of.is_empty()];
        // A role that is written and could not be read was told.
        let unread = one.is_empty() && written.role.is_present();
        if !unread && forms.into_iter().filter(|used| *used).count() != 1 {
            let message =
                "an approval names its roles in one way: `role`, `any-of`, `all-of`, or `n` and `of`";
            let found = Diagnostic::error("invalid-value", span, message);
            self.found.push(found.help(
                "for example `role: cto`, `any-of: [cto, dba]` or `{ n: 2, of: [cto, dba, qa-lead] }`",
            ));
        }
        if !of.is_empty() && !written.n.is_present() {
            let message = "the approval does not say how many of these roles sign: it has no `n`";
            let found = Diagnostic::error("missing-key", written.of.key(), message);
            self.found.push(found.help("add `n:`, or write `any-of` or `all-of`"));
        }
        let needed = match written.n.spanned() {
            Some(_) if of.is_empty() => one.len() + any.len() + all.len(),
            Some(n) if *n.value == 0 || *n.value as usize > of.len() => {
                let message = format!("{} of {} roles cannot sign", n.value, of.len());
                self.found.push(Diagnostic::error("invalid-value", n.span, message));
                of.len()
            }
            Some(n) => *n.value as usize,
            None if !any.is_empty() => 1,
            None => one.len() + all.len() + of.len(),
        };
        let choices: Vec<String> = written
            .choices
            .get()
            .into_iter()
            .flat_map(Many::iter)
            .map(|choice| self.words(&Spanned::new(choice.span, &choice.value.0)))
            .collect();
        let choices = if choices.is_empty() { CHOICES.map(str::to_owned).to_vec() } else { choices };
        let roles = [one, any, all, of].concat();
        let (statement, when) = (self.text(&written.statement), self.text(&written.when));
        Approval { span, needed, roles, choices, statement, when }
    }

    pub(super) fn gate(&mut self, written: &document::Gate, span: Span) -> Gate {
        Gate {
            id: self.written(&written.id, PlaceKind::Gate),
            span,
            title: self.text(&written.title).unwrap_or_else(|| self.line(GATE, span)),
            about: self.prose(&written.about),
            at: self.parsed(&written.at, Moment::parse),
            blanks: self.blank_times(&[("at", &written.at)]).into(),
            requires: references(&written.requires).into_iter().map(|named| self.lead(named)).collect(),
            polls: references(&written.polls),
            decides: references(&written.decides),
            escalates: references(&written.escalates),
        }
    }

    pub(super) fn decision(&mut self, written: &document::Decision, span: Span) -> Decision {
        if let Some(answer) = self.text(&written.answer) {
            self.require_text(&written.answer, "answer", "the decision", span);
            return Decision::Then(answer);
        }
        let mut way = |field: &Field<Box<Short<document::Decision>>>| {
            let inner = field.get()?;
            Some(Box::new(self.decision(&inner.0, field.span())))
        };
        let (yes, no) = (way(&written.then), way(&written.r#else));
        self.require_text(&written.ask, "ask", "the decision", span);
        if !written.then.is_present() && !written.r#else.is_present() {
            let message = "the decision leads nowhere: it has neither `then` nor `else`";
            let help = "say what follows: a text, or another question with `ask`";
            self.found.push(Diagnostic::error("missing-key", span, message).help(help));
        }
        Decision::Ask { question: self.text(&written.ask).unwrap_or_default(), yes, no }
    }

    pub(super) fn link_list(&mut self, list: &Field<Many<Short<document::Link>>>) -> Vec<Link> {
        each(list, |written, span| {
            self.require_text(&written.url, "url", "the link", span);
            let url = self.address(&written.url)?;
            let title = self.text(&written.title);
            let title = title.unwrap_or_else(|| Text::literal(&url.value, url.span));
            Some(Link { title, url })
        })
    }

    pub(super) fn tables(&mut self, list: &Field<Many<Short<document::Table>>>) -> Vec<Table> {
        each(list, |written, span| Some(self.table(written, span)))
    }

    fn table(&mut self, written: &document::Table, span: Span) -> Table {
        self.require_text(&written.title, "title", "the table", span);
        self.require(&written.columns, "columns", "the table", span);
        let columns = self.texts(&written.columns);
        let written_rows = written.rows.get().map(|rows| rows.0.as_slice()).unwrap_or_default();
        let mut rows = Vec::with_capacity(written_rows.len());
        for row in written_rows {
            let cells = self.texts(row);
            if cells.len() > columns.len() {
                let message =
                    format!("the row has {} cells, the head of the table {}", cells.len(), columns.len());
                self.found.push(Diagnostic::error("invalid-value", row.span(), message));
            }
            rows.push(cells);
        }
        Table {
            id: self.written(&written.id, PlaceKind::Table),
            span,
            title: self.text(&written.title).unwrap_or_default(),
            columns,
            rows,
            blank: written.blank.get().copied().unwrap_or(0).min(MOST_BLANK),
        }
    }

    pub(super) fn too_deep(&mut self, span: Span) {
        let message = "sections nest too deeply, or take each other in a circle";
        let help = "a section that is taken with `use` may not lead back to itself";
        self.found.push(Diagnostic::error("cyclic-reference", span, message).help(help));
    }
}

/// A table with more empty rows than this is a mistake; it would fill a book.
const MOST_BLANK: u32 = 200;
