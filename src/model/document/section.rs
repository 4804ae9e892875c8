//! A section as it is written, and the words that stand in one.

mod block;
mod item;

use schemars::JsonSchema;
use serde::Deserialize;

use super::pattern::{DURATION, ID, MOMENT};
use crate::source::{Entries, Field, Many, Short};
pub use block::{Approval, Choice, Decision, Gate, Link, Message, Table, Trigger};
pub use item::{Command, Item, Record, RecordType, Threshold};

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

impl Phase {
    /// The word for it, as it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::During => "during",
            Self::After => "after",
            Self::Rollback => "rollback",
            Self::Reference => "reference",
        }
    }

    /// Whether it is from the start of the deployment on: what waits for the gates, and is measured live.
    pub fn is_live(self) -> bool {
        matches!(self, Self::During | Self::After)
    }
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

impl Level {
    /// The word for it, as it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Required => "required",
            Self::Optional => "optional",
        }
    }
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
    #[schemars(extend("pattern" = ID))]
    pub id: Field<String>,
    /// What the section is for.
    pub about: Field<String>,
    /// Roles, teams or people that answer for it; inherited by what is inside.
    pub owner: Field<Many<String>>,
    /// `before`, `during`, `after`, `rollback` or `reference`.
    pub phase: Field<Phase>,
    /// Clock time `08:05` or offset from T: `T-24h`, `T+15m`.
    #[schemars(extend("pattern" = MOMENT))]
    pub at: Field<String>,
    /// Until when, in the same forms.
    #[schemars(extend("pattern" = MOMENT))]
    pub until: Field<String>,
    /// How long it takes: `15m`, `1h30m`, `30m..60m`.
    #[schemars(extend("pattern" = DURATION))]
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
