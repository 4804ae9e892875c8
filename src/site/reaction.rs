//! Triggers and messages, for templates.
//!
//! Takes them from the view, gives typed template variables.

use serde::Serialize;

use super::engine::Html;
use super::item::{Fact, facts};
use super::markup::{Pen, Reference};
use super::time::{Cadence, When, cadence, when};
use super::word::{self, Word};
use crate::view::{self, plain};

/// A condition that calls for a reaction.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Trigger<'a> {
    /// Id and anchor.
    id: &'a str,
    /// The condition.
    condition: Html,
    /// The condition without marks.
    plain: String,
    /// How bad it is.
    severity: Option<Reference<'a>>,
    /// What to do.
    actions: Vec<Word<'a>>,
    /// Time to decide.
    within: Option<&'a str>,
    /// Times that wait for the value of a parameter.
    blanks: Vec<Fact<'a>>,
    /// Who may decide.
    authority: Vec<Reference<'a>>,
    /// What carries it out.
    to: Option<Reference<'a>>,
    /// More about it.
    about: Option<Html>,
    /// Whether it fired, in a release.
    fired: Option<bool>,
    /// When and by whom that was recorded.
    recorded: Option<&'a str>,
}

/// A text to send.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Message<'a> {
    /// Id and anchor.
    id: &'a str,
    /// Name.
    title: Html,
    /// Name without marks.
    plain: String,
    /// More about it.
    about: Option<Html>,
    /// Who sends it.
    owners: Vec<Reference<'a>>,
    /// When.
    at: Option<When<'a>>,
    /// How often.
    cadence: Option<Cadence<'a>>,
    /// Times that wait for the value of a parameter.
    blanks: Vec<Fact<'a>>,
    /// What makes it due.
    on: Vec<Word<'a>>,
    /// By which ways.
    channels: Vec<Html>,
    /// To whom.
    to: Vec<Reference<'a>>,
    /// Subject line.
    subject: Option<Html>,
    /// The text.
    body: Option<Html>,
    /// Times it was sent, in a release.
    sent: Option<&'a [String]>,
}

impl<'a> Trigger<'a> {
    pub(super) fn new(pen: Pen<'a>, trigger: &'a view::Trigger, level: usize) -> Self {
        Self {
            id: &trigger.id,
            condition: pen.line(&trigger.condition),
            plain: plain(&trigger.condition),
            severity: trigger.severity.as_ref().map(|severity| pen.mention(severity)),
            actions: trigger.actions.iter().map(|action| word::action(pen.labels, *action)).collect(),
            within: trigger.within.as_deref(),
            blanks: facts(pen, &trigger.blanks),
            authority: pen.mentions(&trigger.authority),
            to: trigger.to.as_ref().map(|to| pen.mention(to)),
            about: pen.flows(&trigger.about, level),
            fired: trigger.state.as_ref().map(|state| state.fired),
            recorded: trigger.state.as_ref().map(|state| state.words.as_str()),
        }
    }
}

impl<'a> Message<'a> {
    pub(super) fn new(pen: Pen<'a>, message: &'a view::Message, level: usize) -> Self {
        let body = (!message.body.is_empty()).then(|| pen.code("", &message.body));
        Self {
            id: &message.id,
            title: pen.line(&message.title),
            plain: plain(&message.title),
            about: pen.flows(&message.about, level),
            owners: pen.mentions(&message.owners),
            at: when(message.at.as_ref()),
            cadence: cadence(message.cadence.as_ref()),
            blanks: facts(pen, &message.blanks),
            on: message.on.iter().map(|outcome| word::outcome(pen.labels, *outcome)).collect(),
            channels: message.channels.iter().map(|channel| pen.line(channel)).collect(),
            to: pen.mentions(&message.to),
            subject: pen.some_line(&message.subject),
            body,
            sent: message.state.as_ref().map(|state| state.sent.as_slice()),
        }
    }
}
