//! Checks and steps with their bars, as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::pattern::{DURATION, ID, MOMENT};
use super::Level;
use crate::source::{Entries, Field, Many, Short};

/// A check or a step.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Item {
    /// Title; one line.
    pub title: Field<String>,
    /// Id; the slug of the title when left out.
    #[schemars(extend("pattern" = ID))]
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
    #[schemars(extend("pattern" = MOMENT))]
    pub at: Field<String>,
    /// Cadence, for example `15m`.
    #[schemars(extend("pattern" = DURATION))]
    pub every: Field<String>,
    /// End of the cadence, for example `T+4h`.
    #[schemars(extend("pattern" = MOMENT))]
    pub until: Field<String>,
    /// How long it takes.
    #[schemars(extend("pattern" = DURATION))]
    pub duration: Field<String>,
    /// Wait and watch this long before the next step.
    #[schemars(extend("pattern" = DURATION))]
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
