//! Triggers, messages, approvals, gates, decision trees and tables.
//!
//! Takes resolved ones, gives shaped ones.

use super::path::gate_path;
use super::schedule::{Rhythm, duration, lasting, when};
use super::section::Shaper;
use crate::model::section as model;
use crate::model::time::Moment;
use crate::view::{
    Approval, CompiledBar, Decision, Destination, Gate, Line, Mention, Message, Table, Trigger,
};

impl Shaper<'_> {
    pub(super) fn trigger(&self, written: &model::Trigger) -> Trigger {
        let here = &self.here;
        Trigger {
            id: written.id.clone(),
            span: written.span,
            words: here.place(&written.id).text,
            condition: here.text(&written.condition),
            severity: written.severity.as_ref().map(|severity| self.severity(&severity.name)),
            actions: written.actions.iter().map(|action| action.value).collect(),
            within: duration(written.within.as_ref()),
            blanks: self.labelled(&written.blanks),
            authority: self.parties(&written.authority),
            to: written.to.as_ref().map(|to| here.mention(to)),
            about: here.prose(written.about.as_ref()),
            bar: written.bar.as_ref().map(CompiledBar::new),
            state: self.trigger_state(&written.id),
        }
    }

    fn severity(&self, name: &str) -> Mention {
        let known = self
            .here
            .runbook
            .is_some_and(|runbook| runbook.severities.iter().any(|severity| severity.name.value == name));
        let to = match known {
            true => Destination::Page { path: self.here.path.to_owned(), anchor: format!("severity-{name}") },
            false => Destination::Nowhere(name.to_owned()),
        };
        Mention { text: name.to_owned(), id: name.to_owned(), to, holder: None }
    }

    pub(super) fn message(&self, written: &model::Message, start: Option<Moment>) -> Message {
        let here = &self.here;
        let from = written.at.as_ref().map(|at| at.value).or(start);
        let rhythm = Rhythm { every: written.every.as_ref(), until: written.until.as_ref(), from };
        let (at, until) = (written.at.as_ref(), written.until.as_ref());
        let (at, until) = (when(at, self.window()), when(until, self.window()));
        Message {
            id: written.id.clone(),
            span: written.span,
            words: here.place(&written.id).text,
            title: here.text(&written.title),
            about: here.prose(written.about.as_ref()),
            owners: self.parties(&written.answers),
            at: lasting(at, until.as_ref(), None),
            cadence: rhythm.cadence(self.window()),
            blanks: self.labelled(&written.blanks),
            on: written.on.clone(),
            channels: here.lines(&written.channels),
            to: self.parties(&written.to),
            subject: here.optional(written.subject.as_ref()),
            body: written.body.as_ref().map(|body| body.value.clone()).unwrap_or_default(),
            state: self.message_state(&written.id),
        }
    }

    /// The approval at position `n` of a section.
    pub(super) fn approval(&self, written: &model::Approval, section: &str, n: usize) -> Approval {
        Approval {
            anchor: format!("{section}-approval-{}", n + 1),
            needed: written.needed,
            roles: self.parties(&written.roles),
            choices: written.choices.clone(),
            statement: self.here.optional(written.statement.as_ref()),
            when: self.here.optional(written.when.as_ref()),
            state: self.approval_state(section, n),
        }
    }

    pub(super) fn gate(&self, written: &model::Gate) -> Gate {
        let here = &self.here;
        let requires = match (written.requires.is_empty(), here.runbook) {
            (true, Some(runbook)) => {
                runbook.before().into_iter().map(|section| here.place(&section.id)).collect()
            }
            _ => written.requires.iter().map(|name| here.mention(name)).collect(),
        };
        Gate {
            id: written.id.clone(),
            path: gate_path(here.path, &written.id),
            span: written.span,
            words: here.place(&written.id).text,
            title: here.text(&written.title),
            about: here.prose(written.about.as_ref()),
            at: when(written.at.as_ref(), self.window()),
            blanks: self.labelled(&written.blanks),
            requires,
            polls: self.parties(&written.polls),
            decides: self.parties(&written.decides),
            escalates: self.parties(&written.escalates),
            state: self.gate_state(&written.id),
        }
    }

    pub(super) fn decision(&self, written: &model::Decision) -> Decision {
        let way = |way: &Option<Box<model::Decision>>| way.as_ref().map(|way| Box::new(self.decision(way)));
        match written {
            model::Decision::Then(text) => Decision::Then(self.here.text(text)),
            model::Decision::Ask { question, yes, no } => {
                Decision::Ask { question: self.here.text(question), yes: way(yes), no: way(no) }
            }
        }
    }

    pub(super) fn table(&self, written: &model::Table) -> Table {
        let width = written.columns.len();
        let row = |row: &Vec<crate::model::prose::Text>| -> Vec<Line> {
            let mut cells = self.here.lines(row);
            cells.resize(width.max(cells.len()), Line::new());
            cells
        };
        Table {
            id: written.id.clone(),
            span: written.span,
            title: self.here.text(&written.title),
            columns: self.here.lines(&written.columns),
            rows: written.rows.iter().map(row).collect(),
            blank: written.blank,
        }
    }
}
