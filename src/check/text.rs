//! Every text of a runbook with its place and what it is for.
//!
//! Takes a resolved runbook, gives its texts as they were written, in order. It judges nothing.

use std::borrow::Cow;

use super::surroundings::Surroundings;
use crate::model::parameter::Piece;
use crate::model::prose::{Prose, Text};
use crate::model::runbook::Runbook;
use crate::model::section::{
    Approval, Bar, Block, Criterion, Decision, Gate, Item, Message, Section, Trigger,
};
use crate::source::Span;

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Use {
    /// A title or another line.
    Line,
    /// Blocks of Markdown.
    Prose,
    /// A command that somebody copies.
    Command,
    /// The subject of a message.
    Subject,
    /// The body of a message.
    Body,
}

/// A text of a runbook.
#[derive(Debug, Clone)]
pub(super) struct Passage<'a> {
    pub(super) used: Use,
    pub(super) text: Cow<'a, str>,
    pub(super) span: Span,
}

impl Passage<'_> {
    /// The place of the words `words` that begin at byte `at` of the text; the whole text where its
    /// source says them in another way.
    pub(super) fn place(&self, around: &Surroundings<'_>, at: usize, words: &str) -> Span {
        let before = self.text.get(..at).unwrap_or_default().matches(words).count();
        let raw = around.slice(self.span);
        match raw.match_indices(words).nth(before) {
            Some((found, _)) => {
                let start = self.span.start as usize + found;
                Span::new(self.span.file, start, start + words.len())
            }
            None => self.span,
        }
    }
}

/// The words of a text with the byte at which each begins; a word is letters, digits, `-`, `_` and `'`.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    let base = text.as_ptr() as usize;
    let words = text.split(move |c: char| !part(c)).filter(|word| !word.is_empty());
    words.map(move |word| (word.as_ptr() as usize - base, word))
}

/// Every text of a runbook, as it was written.
pub(super) fn texts(runbook: &Runbook) -> Vec<Passage<'_>> {
    let mut found = Texts(Vec::new());
    found.line(&runbook.title);
    found.lines(runbook.product.iter().chain(&runbook.environment).chain(&runbook.classification));
    found.blocks(runbook.summary.iter().chain(&runbook.about));
    found.lines(runbook.parameters.iter().filter_map(|parameter| parameter.about.as_ref()));
    found.lines(runbook.severities.iter().filter_map(|severity| severity.means.as_ref()));
    for section in runbook.all_sections() {
        found.section(section);
    }
    found.lines(runbook.escalation.iter().filter_map(|step| step.about.as_ref()));
    found.blocks(runbook.history.iter().map(|entry| &entry.change));
    found.0
}

struct Texts<'a>(Vec<Passage<'a>>);

impl<'a> Texts<'a> {
    fn line(&mut self, text: &'a Text) {
        self.0.push(Passage { used: Use::Line, text: Cow::Borrowed(&text.source), span: text.span });
    }

    fn lines(&mut self, texts: impl IntoIterator<Item = &'a Text>) {
        texts.into_iter().for_each(|text| self.line(text));
    }

    fn blocks(&mut self, prose: impl IntoIterator<Item = &'a Prose>) {
        let passage = |prose: &'a Prose| Passage {
            used: Use::Prose,
            text: Cow::Borrowed(&prose.source),
            span: prose.span,
        };
        self.0.extend(prose.into_iter().map(passage));
    }

    fn bars(&mut self, bars: impl IntoIterator<Item = &'a Bar>) {
        for bar in bars {
            self.lines(bar.source.as_deref());
            match bar.criterion.kind() {
                Criterion::State { state, shown_by } => {
                    self.lines([state].into_iter().chain(shown_by.as_deref()))
                }
                Criterion::Levels { between, .. } => self.lines(between.as_deref()),
                Criterion::Threshold(_) | Criterion::Blank { .. } | Criterion::Unparsed { .. } => {
                    self.0.push(Passage {
                        used: Use::Line,
                        text: Cow::Borrowed(&bar.written),
                        span: bar.span,
                    });
                }
            }
        }
    }

    fn section(&mut self, section: &'a Section) {
        self.line(&section.title);
        for block in &section.blocks {
            match block {
                Block::About(prose) => self.blocks([&**prose]),
                Block::Thresholds(bars) => self.bars(bars),
                Block::Checks(items) | Block::Steps(items) => {
                    items.iter().for_each(|item| item.walk(&mut |item| self.item(item)));
                }
                Block::Triggers(triggers) => triggers.iter().for_each(|trigger| self.trigger(trigger)),
                Block::Messages(messages) => messages.iter().for_each(|message| self.message(message)),
                Block::Approvals(approvals) => approvals.iter().for_each(|approval| self.approval(approval)),
                Block::Gate(gate) => self.gate(gate),
                Block::Decide(tree) => self.decision(tree),
                Block::Links(links) => self.lines(links.iter().map(|link| &link.title)),
                Block::Tables(tables) => {
                    for table in tables {
                        self.line(&table.title);
                        self.lines(&table.columns);
                        self.lines(table.rows.iter().flatten());
                    }
                }
                Block::Sections(_) | Block::Contacts(_) | Block::Log => {}
            }
        }
    }

    fn item(&mut self, item: &'a Item) {
        self.line(&item.title);
        self.blocks(
            [&item.about, &item.expect, &item.warning].into_iter().filter_map(|prose| prose.as_deref()),
        );
        self.lines(item.applies.as_deref());
        if let Some(run) = &item.run {
            self.0.push(Passage {
                used: Use::Command,
                text: Cow::Borrowed(&run.source.value),
                span: run.source.span,
            });
            self.lines(&run.on);
        }
        self.bars(&item.bars);
        self.lines(item.records.iter().map(|record| &record.title));
        self.lines(item.facts.iter().map(|fact| &fact.value));
        self.lines(&item.evidence);
    }

    fn trigger(&mut self, trigger: &'a Trigger) {
        self.line(&trigger.condition);
        self.blocks(&trigger.about);
    }

    fn message(&mut self, message: &'a Message) {
        self.line(&message.title);
        self.blocks(&message.about);
        self.lines(&message.channels);
        if let Some(subject) = &message.subject {
            self.0.push(Passage {
                used: Use::Subject,
                text: Cow::Borrowed(&subject.source),
                span: subject.span,
            });
        }
        if let Some(body) = &message.body {
            let text = Cow::Owned(Piece::plain(&body.value));
            self.0.push(Passage { used: Use::Body, text, span: body.span });
        }
    }

    fn approval(&mut self, approval: &'a Approval) {
        self.lines(approval.statement.iter().chain(&approval.when));
    }

    fn gate(&mut self, gate: &'a Gate) {
        self.line(&gate.title);
        self.blocks(&gate.about);
    }

    fn decision(&mut self, tree: &'a Decision) {
        match tree {
            Decision::Then(text) => self.line(text),
            Decision::Ask { question, yes, no } => {
                self.line(question);
                yes.iter().chain(no).for_each(|way| self.decision(way));
            }
        }
    }
}
