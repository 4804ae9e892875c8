//! What a section holds beside checks and steps.
//!
//! Takes and gives data only.

use std::sync::Arc;

use super::{Bar, Fact, Reference};
use crate::model::document::{Action, Outcome};
use crate::model::parameter::Piece;
use crate::model::prose::{Prose, Text};
use crate::model::time::{Duration, Moment};
use crate::source::{Span, Spanned};

/// A condition that calls for a reaction.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Unique in its runbook.
    pub id: String,
    /// The whole trigger.
    pub span: Span,
    /// The condition in words.
    pub condition: Text,
    /// The condition as a threshold, where it is one.
    pub bar: Option<Bar>,
    /// A name from `severities`.
    pub severity: Option<Reference>,
    /// What to do.
    pub actions: Vec<Spanned<Action>>,
    /// Time to decide.
    pub within: Option<Spanned<Duration>>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Box<[Fact]>,
    /// Who may decide.
    pub authority: Vec<Reference>,
    /// What carries it out.
    pub to: Option<Reference>,
    /// More about it.
    pub about: Option<Prose>,
}

/// A text to send.
#[derive(Debug, Clone)]
pub struct Message {
    /// Unique in its runbook.
    pub id: String,
    /// The whole message.
    pub span: Span,
    /// Name of the message.
    pub title: Text,
    /// More about it.
    pub about: Option<Prose>,
    /// Who sends it.
    pub answers: Arc<[Reference]>,
    /// When.
    pub at: Option<Spanned<Moment>>,
    /// Cadence.
    pub every: Option<Spanned<Duration>>,
    /// End of the cadence.
    pub until: Option<Spanned<Moment>>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Box<[Fact]>,
    /// What makes it due.
    pub on: Vec<Outcome>,
    /// By which ways.
    pub channels: Vec<Text>,
    /// To whom; ids of the roster or plain names such as `stakeholders`.
    pub to: Vec<Reference>,
    /// Subject line.
    pub subject: Option<Text>,
    /// The text, exactly as it is to be sent.
    pub body: Option<Spanned<Vec<Piece>>>,
}

/// Who signs.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The whole approval.
    pub span: Span,
    /// How many of the roles must sign.
    pub needed: usize,
    /// The roles.
    pub roles: Vec<Reference>,
    /// What can be said; the first means yes.
    pub choices: Vec<String>,
    /// What is signed.
    pub statement: Option<Text>,
    /// When this signature is needed; then it decides only if somebody signed or blocked.
    pub when: Option<Text>,
}

/// A go/no-go decision.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Unique in its runbook.
    pub id: String,
    /// The whole gate.
    pub span: Span,
    /// Title.
    pub title: Text,
    /// More about it.
    pub about: Option<Prose>,
    /// When it is held.
    pub at: Option<Spanned<Moment>>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Box<[Fact]>,
    /// Sections it is judged on; empty for every section of phase `before`.
    pub requires: Vec<Reference>,
    /// Roles asked aloud, in order.
    pub polls: Vec<Reference>,
    /// Who decides.
    pub decides: Vec<Reference>,
    /// Who is asked when no decision is reached.
    pub escalates: Vec<Reference>,
}

/// A decision tree.
#[derive(Debug, Clone)]
pub enum Decision {
    /// A question with a way for yes and a way for no.
    Ask { question: Text, yes: Option<Box<Decision>>, no: Option<Box<Decision>> },
    /// What to do.
    Then(Text),
}

/// A web address, or a relative link to another source.
#[derive(Debug, Clone)]
pub struct Link {
    /// What is there.
    pub title: Text,
    /// The address.
    pub url: Spanned<String>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Unique in its runbook.
    pub id: String,
    /// The whole table.
    pub span: Span,
    /// Title.
    pub title: Text,
    /// Heads of the columns.
    pub columns: Vec<Text>,
    /// Rows of cells, as many as were written.
    pub rows: Vec<Vec<Text>>,
    /// Empty rows to fill in.
    pub blank: u32,
}
