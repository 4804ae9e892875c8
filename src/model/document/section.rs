//! A section as it is written, and everything that can stand in one.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::{Entries, Field, Many, Short};

/// When a section is worked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before the deployment; gates look at these.
    #[default]
    Before,
    /// The deployment itself.
    During,
    /// After it.
    After,
    /// The way back.
    Rollback,
    /// To look things up; gates nothing.
    Reference,
}

/// How much depends on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing may go on without it.
    Critical,
    /// It must hold.
    #[default]
    Required,
    /// It decides nothing.
    Optional,
}

/// What a trigger or a severity calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Go back.
    Rollback,
    /// Find out what it is.
    Investigate,
    /// Repair it in place.
    Fix,
    /// Watch it.
    Monitor,
    /// Do nothing about it.
    None,
}

/// What an approver can say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Choice(pub String);

/// What made a message due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The deployment succeeded.
    Success,
    /// It was rolled back.
    Rollback,
    /// Something went wrong.
    Incident,
}

/// A part of a runbook with an owner and a bar to pass.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Section {
    /// Title; one line.
    pub title: Field<String>,
    /// Id; the slug of the title when left out.
    pub id: Field<String>,
    /// What the section is for.
    pub about: Field<String>,
    /// Roles, teams or people that answer for it; inherited by what is inside.
    pub owner: Field<Many<String>>,
    /// `before`, `during`, `after`, `rollback` or `reference`.
    pub phase: Field<Phase>,
    /// Clock time `08:05` or offset from T: `T-24h`, `T+15m`.
    pub at: Field<String>,
    /// Until when, in the same forms.
    pub until: Field<String>,
    /// How long it takes: `15m`, `1h30m`, `30m..60m`.
    pub duration: Field<String>,
    /// What must hold for the section to pass.
    pub thresholds: Field<Many<Short<Threshold>>>,
    /// Sections inside.
    pub sections: Field<Many<Short<Section>>>,
    /// Things to verify, in any order.
    pub checks: Field<Many<Short<Item>>>,
    /// Things to do, in this order.
    pub steps: Field<Many<Short<Item>>>,
    /// Conditions that call for a reaction.
    pub triggers: Field<Many<Short<Trigger>>>,
    /// Texts to send.
    pub messages: Field<Many<Short<Message>>>,
    /// Who signs.
    pub approvals: Field<Many<Short<Approval>>>,
    /// A go/no-go decision.
    pub gate: Field<Short<Gate>>,
    /// A decision tree.
    pub decide: Field<Short<Decision>>,
    /// Ids from the roster, or `all`.
    pub contacts: Field<ContactList>,
    /// `true` for a table of time, event, status, notes.
    pub log: Field<bool>,
    /// Web addresses.
    pub links: Field<Many<Short<Link>>>,
    /// What no other key holds.
    pub tables: Field<Many<Short<Table>>>,
    /// How many items the author says there are.
    pub count: Field<u32>,
    /// Blocks in mixed order.
    pub body: Field<Many<Block>>,
    /// A section of another runbook: `common/tls.yaml#certificates`.
    pub r#use: Field<String>,
    /// Parameter values for `use`.
    pub with: Field<Entries<String>>,
}

/// Ids from the roster, or the word `all`.
pub type ContactList = Many<String>;

/// A part of `body`: the keys of a section that are blocks.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Block {
    /// Text between other blocks.
    pub about: Field<String>,
    /// What must hold for the section to pass.
    pub thresholds: Field<Many<Short<Threshold>>>,
    /// Sections inside.
    pub sections: Field<Many<Short<Section>>>,
    /// Things to verify, in any order.
    pub checks: Field<Many<Short<Item>>>,
    /// Things to do, in this order.
    pub steps: Field<Many<Short<Item>>>,
    /// Conditions that call for a reaction.
    pub triggers: Field<Many<Short<Trigger>>>,
    /// Texts to send.
    pub messages: Field<Many<Short<Message>>>,
    /// Who signs.
    pub approvals: Field<Many<Short<Approval>>>,
    /// A go/no-go decision.
    pub gate: Field<Short<Gate>>,
    /// A decision tree.
    pub decide: Field<Short<Decision>>,
    /// Ids from the roster, or `all`.
    pub contacts: Field<ContactList>,
    /// `true` for a table of time, event, status, notes.
    pub log: Field<bool>,
    /// Web addresses.
    pub links: Field<Many<Short<Link>>>,
    /// What no other key holds.
    pub tables: Field<Many<Short<Table>>>,
}

/// A check or a step.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Item {
    /// Title; one line.
    pub title: Field<String>,
    /// Id; the slug of the title when left out.
    pub id: Field<String>,
    /// More about it.
    pub about: Field<String>,
    /// Roles, teams or people; the section's when left out.
    pub owner: Field<Many<String>>,
    /// `critical`, `required` or `optional`.
    pub level: Field<Level>,
    /// When it applies; then it may be recorded as not applicable.
    pub applies: Field<String>,
    /// A command: shown, copied, printed, never executed.
    pub run: Field<Short<Command>>,
    /// The output or state that is expected.
    pub expect: Field<String>,
    /// Bars; each is also a blank for the actual value.
    pub thresholds: Field<Many<Short<Threshold>>>,
    /// More blanks to fill.
    pub record: Field<Many<Short<Record>>>,
    /// Further labelled facts; a value that reads as a threshold is one.
    pub fields: Field<Entries<String>>,
    /// What must be attached or linked.
    pub evidence: Field<Many<String>>,
    /// Sub-checks.
    pub checks: Field<Many<Short<Item>>>,
    /// A second role that must confirm.
    pub confirm: Field<Many<String>>,
    /// One time.
    pub at: Field<String>,
    /// Cadence, for example `15m`.
    pub every: Field<String>,
    /// End of the cadence, for example `T+4h`.
    pub until: Field<String>,
    /// How long it takes.
    pub duration: Field<String>,
    /// Wait and watch this long before the next step.
    pub hold: Field<String>,
    /// Id of the step, section or runbook to go to.
    pub on_failure: Field<String>,
    /// Printed before the step, in a box.
    pub warning: Field<String>,
}

/// A command to show.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["code"]))]
pub struct Command {
    /// Language of the code, for example `bash` or `sql`.
    pub shell: Field<String>,
    /// The code.
    pub code: Field<String>,
    /// Where it is run.
    pub on: Field<String>,
}

/// A blank to fill.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Record {
    /// What is written there.
    pub title: Field<String>,
    /// What kind of value it is.
    #[serde(rename = "type")]
    pub kind: Field<RecordType>,
}

/// Kinds of values that a blank takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecordType {
    /// Any text.
    #[default]
    Text,
    /// A number, with or without a unit.
    Number,
    /// A date.
    Date,
    /// A time of day or an instant.
    Time,
    /// A length of time.
    Duration,
    /// A web address.
    Url,
    /// Somebody.
    Person,
}

/// A bar: the short form is one text, the long form has levels or says how a state is seen.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Threshold {
    /// The short form as a key: `[metric] operator value [unit] [for duration]`.
    pub is: Field<String>,
    /// What is measured.
    pub metric: Field<String>,
    /// What must hold.
    pub pass: Field<String>,
    /// Passes with a note.
    pub warn: Field<String>,
    /// Calls the rollback.
    pub abort: Field<String>,
    /// What to do in the gap between pass and abort.
    pub between: Field<String>,
    /// Where the value is read.
    pub source: Field<String>,
    /// A criterion that has no number.
    pub state: Field<String>,
    /// How the state is seen.
    pub shown_by: Field<String>,
}

/// A condition that calls for a reaction.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Trigger {
    /// Id; made from the condition when left out.
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
    pub id: Field<String>,
    /// More about it.
    pub about: Field<String>,
    /// Who sends it; the section's owner when left out.
    pub owner: Field<Many<String>>,
    /// When it is sent.
    pub at: Field<String>,
    /// Cadence, for example `30m`.
    pub every: Field<String>,
    /// End of the cadence.
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
pub struct Approval {
    /// The role that signs.
    pub role: Field<String>,
    /// One of these roles.
    pub any_of: Field<Many<String>>,
    /// All of these roles.
    pub all_of: Field<Many<String>>,
    /// So many of these roles.
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
    pub id: Field<String>,
    /// More about it.
    pub about: Field<String>,
    /// When it is held.
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
    pub id: Field<String>,
    /// Heads of the columns.
    pub columns: Field<Many<String>>,
    /// Rows of as many cells.
    pub rows: Field<Many<Many<String>>>,
    /// Empty rows to fill in.
    pub blank: Field<u32>,
}
