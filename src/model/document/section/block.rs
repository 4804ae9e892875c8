//! What a section holds beside checks and steps, as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::pattern::{DURATION, ID, MOMENT};
use super::{Action, Outcome};
use crate::source::{Field, Many, Short};

/// What an approver can say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Choice(pub String);

/// A condition that calls for a reaction.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Trigger {
    /// Id; made from the condition when left out.
    #[schemars(extend("pattern" = ID))]
    pub id: Field<String>,
    /// A threshold that is true when things are bad.
    pub when: Field<String>,
    /// A plain condition.
    pub condition: Field<String>,
    /// A name from `severities`.
    pub severity: Field<String>,
    /// What to do.
    pub action: Field<Many<Action>>,
    /// Time to decide.
    #[schemars(extend("pattern" = DURATION))]
    pub within: Field<String>,
    /// Who may decide.
    pub authority: Field<Many<String>>,
    /// Section, step or runbook that carries it out.
    pub to: Field<String>,
    /// More about it.
    pub about: Field<String>,
}

/// A text to send.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Message {
    /// Name of the message.
    pub title: Field<String>,
    /// Id; the slug of the title when left out.
    #[schemars(extend("pattern" = ID))]
    pub id: Field<String>,
    /// More about it.
    pub about: Field<String>,
    /// Who sends it; the section's owner when left out.
    pub owner: Field<Many<String>>,
    /// When it is sent.
    #[schemars(extend("pattern" = MOMENT))]
    pub at: Field<String>,
    /// Cadence, for example `30m`.
    #[schemars(extend("pattern" = DURATION))]
    pub every: Field<String>,
    /// End of the cadence.
    #[schemars(extend("pattern" = MOMENT))]
    pub until: Field<String>,
    /// What makes it due.
    pub on: Field<Many<Outcome>>,
    /// By which way, for example `email`.
    pub channel: Field<Many<String>>,
    /// To whom.
    pub to: Field<Many<String>>,
    /// Subject line.
    pub subject: Field<String>,
    /// Text.
    pub body: Field<String>,
}

/// Who signs: one role, or several with a rule.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("oneOf" = [
    { "required": ["role"] }, { "required": ["any-of"] }, { "required": ["all-of"] }, { "required": ["n", "of"] },
]))]
pub struct Approval {
    /// The role that signs.
    pub role: Field<String>,
    /// One of these roles.
    pub any_of: Field<Many<String>>,
    /// All of these roles.
    pub all_of: Field<Many<String>>,
    /// So many of these roles.
    #[schemars(extend("minimum" = 1))]
    pub n: Field<u32>,
    /// The roles for `n`.
    pub of: Field<Many<String>>,
    /// What can be said; the first means yes. `approve` and `block` when left out.
    pub choices: Field<Many<Choice>>,
    /// What is signed.
    pub statement: Field<String>,
    /// When this signature is needed.
    pub when: Field<String>,
}

/// A go/no-go decision.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Gate {
    /// Title; `Go/no-go` when left out.
    pub title: Field<String>,
    /// Id; the slug of the title when left out.
    #[schemars(extend("pattern" = ID))]
    pub id: Field<String>,
    /// More about it.
    pub about: Field<String>,
    /// When it is held.
    #[schemars(extend("pattern" = MOMENT))]
    pub at: Field<String>,
    /// Ids of sections; every section of phase `before` when left out.
    pub requires: Field<Many<String>>,
    /// Roles asked aloud, in this order.
    pub polls: Field<Many<String>>,
    /// Who decides.
    pub decides: Field<Many<String>>,
    /// Who is asked when no decision is reached.
    pub escalates: Field<Many<String>>,
}

/// A question with two ways on, or a text that ends the tree.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("anyOf" = [{ "required": ["ask"] }, { "required": ["answer"] }]))]
pub struct Decision {
    /// What to do: the end of the tree; a bare text stands for it.
    pub answer: Field<String>,
    /// The question.
    pub ask: Field<String>,
    /// If yes: a text, or the next question.
    pub then: Field<Box<Short<Decision>>>,
    /// If no: a text, or the next question.
    pub r#else: Field<Box<Short<Decision>>>,
}

/// A web address.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["url"]))]
pub struct Link {
    /// What is there.
    pub title: Field<String>,
    /// The address.
    pub url: Field<String>,
}

/// A table that no other key holds.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title", "columns"]))]
pub struct Table {
    /// Title.
    pub title: Field<String>,
    /// Id; the slug of the title when left out.
    #[schemars(extend("pattern" = ID))]
    pub id: Field<String>,
    /// Heads of the columns.
    pub columns: Field<Many<String>>,
    /// Rows of as many cells.
    pub rows: Field<Many<Many<String>>>,
    /// Empty rows to fill in.
    pub blank: Field<u32>,
}
