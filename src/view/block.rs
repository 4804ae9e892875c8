//! What a section holds beside checks and steps, as a reader sees it.
//!
//! Takes and gives data only.

use super::compiled::CompiledBar;
use super::document::{Action, Cadence, Flow, Line, Mention, Outcome, Piece, When};
use super::state::{ApprovalState, GateState, MessageState, TriggerState};
use crate::source::Span;

/// A condition that calls for a reaction.
#[derive(Debug, Clone, Hash)]
pub struct Trigger {
    /// Id and anchor.
    pub id: String,
    /// Its place in the source.
    pub span: Span,
    /// The condition.
    pub condition: Line,
    /// The words by which it is mentioned elsewhere.
    pub words: String,
    /// A name from the severities.
    pub severity: Option<Mention>,
    /// What to do.
    pub actions: Vec<Action>,
    /// Time to decide.
    pub within: Option<String>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Vec<(String, Line)>,
    /// Who may decide.
    pub authority: Vec<Mention>,
    /// What carries it out.
    pub to: Option<Mention>,
    /// More about it.
    pub about: Vec<Flow>,
    /// The condition for a machine, where it compares a value.
    pub bar: Option<CompiledBar>,
    /// In a release: whether it fired.
    pub state: Option<TriggerState>,
}

/// A text to send.
#[derive(Debug, Clone, Hash)]
pub struct Message {
    /// Id and anchor.
    pub id: String,
    /// Its place in the source.
    pub span: Span,
    /// Name of the message.
    pub title: Line,
    /// The words by which it is mentioned elsewhere.
    pub words: String,
    /// More about it.
    pub about: Vec<Flow>,
    /// Who sends it.
    pub owners: Vec<Mention>,
    /// When.
    pub at: Option<When>,
    /// How often.
    pub cadence: Option<Cadence>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Vec<(String, Line)>,
    /// What makes it due.
    pub on: Vec<Outcome>,
    /// By which ways.
    pub channels: Vec<Line>,
    /// To whom.
    pub to: Vec<Mention>,
    /// Subject line.
    pub subject: Line,
    /// The text, exactly as it is to be sent.
    pub body: Vec<Piece>,
    /// In a release: whether it was sent.
    pub state: Option<MessageState>,
}

/// Who signs.
#[derive(Debug, Clone, Hash)]
pub struct Approval {
    /// Anchor: `SECTION-approval-2`.
    pub anchor: String,
    /// How many of the roles must sign.
    pub needed: usize,
    /// The roles.
    pub roles: Vec<Mention>,
    /// What can be said; the first means yes.
    pub choices: Vec<String>,
    /// What is signed.
    pub statement: Line,
    /// When this signature is needed.
    pub when: Line,
    /// In a release: who signed.
    pub state: Option<ApprovalState>,
}

/// A go/no-go decision.
#[derive(Debug, Clone, Hash)]
pub struct Gate {
    /// Id and anchor.
    pub id: String,
    /// Path of its page: `gates/releases/v1.4.0/go-no-go.html`.
    pub path: String,
    /// Its place in the source.
    pub span: Span,
    /// Title.
    pub title: Line,
    /// The words by which it is mentioned elsewhere.
    pub words: String,
    /// More about it.
    pub about: Vec<Flow>,
    /// When it is held.
    pub at: Option<When>,
    /// Times that wait for the value of a parameter, each with its key.
    pub blanks: Vec<(String, Line)>,
    /// Sections it is judged on, defaults resolved.
    pub requires: Vec<Mention>,
    /// Roles asked aloud, in order.
    pub polls: Vec<Mention>,
    /// Who decides.
    pub decides: Vec<Mention>,
    /// Who is asked when no decision is reached.
    pub escalates: Vec<Mention>,
    /// In a release: the verdict and what was called.
    pub state: Option<GateState>,
}

/// A decision tree.
#[derive(Debug, Clone, Hash)]
pub enum Decision {
    /// A question with a way for yes and a way for no.
    Ask { question: Line, yes: Option<Box<Decision>>, no: Option<Box<Decision>> },
    /// What to do.
    Then(Line),
}

/// A way to reach somebody.
#[derive(Debug, Clone, Hash)]
pub struct Contact {
    /// Who.
    pub who: Mention,
    /// `role`, `team`, `person`, `contact`.
    pub kind: &'static str,
    /// What for.
    pub about: Line,
    /// Who holds the role, in a release that day's holder.
    pub holder: Option<Mention>,
    /// Who takes over.
    pub backup: Option<Mention>,
    /// Mail addresses, telephone numbers, handles; of the role or else of its holder.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Handle or channel.
    pub chat: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// When they can be reached.
    pub hours: Option<String>,
}

/// A table.
#[derive(Debug, Clone, Hash)]
pub struct Table {
    /// Id and anchor.
    pub id: String,
    /// Its place in the source.
    pub span: Span,
    /// Title.
    pub title: Line,
    /// Heads of the columns.
    pub columns: Vec<Line>,
    /// Rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Line>>,
    /// Empty rows to fill in.
    pub blank: u32,
}
