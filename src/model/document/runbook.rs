//! A runbook as it is written, without its sections' inside.

use schemars::JsonSchema;
use serde::Deserialize;

use super::pattern::{DURATION, NAME};
use super::{Action, Section};
use crate::source::{Entries, Field, Many, Short};

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written; gaps are tolerated.
    Draft,
    /// In force; what says nothing is shown as this.
    #[default]
    Issued,
    /// No longer in force.
    Retired,
}

/// A procedure: sections, checks, steps, triggers, approvals, gates.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Runbook {
    /// Title of the document.
    pub title: Field<String>,
    /// What is deployed.
    pub product: Field<String>,
    /// Where to, for example `production`.
    pub environment: Field<String>,
    /// Revision of the document; any text.
    pub revision: Field<String>,
    /// `draft`, `issued` or `retired`.
    pub status: Field<Status>,
    /// Role, team or person that answers for the document.
    pub owner: Field<Many<String>>,
    /// For example `internal`.
    pub classification: Field<String>,
    /// How long it takes: `3h` or `3h..4h`.
    #[schemars(extend("pattern" = DURATION))]
    pub duration: Field<String>,
    /// Date of the last review, `2026-11-01`.
    #[schemars(extend("pattern" = r"^[+]?\d"))]
    pub reviewed: Field<String>,
    /// One paragraph.
    pub summary: Field<String>,
    /// Longer introduction.
    pub about: Field<String>,
    /// Values that a release gives; `{{ name }}` in any text stands for one.
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub parameters: Field<Entries<Short<Parameter>>>,
    /// How bad a thing can be, and what then.
    pub severities: Field<Entries<Short<Severity>>>,
    /// The sections, in order.
    pub sections: Field<Many<Short<Section>>>,
    /// Whom to call next, and after how long.
    pub escalation: Field<Many<Short<Escalation>>>,
    /// Who changed what.
    pub history: Field<Many<Short<HistoryEntry>>>,
}

/// A value that differs from release to release.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Parameter {
    /// What it is.
    pub about: Field<String>,
    /// What a value looks like.
    pub example: Field<String>,
    /// The value when a release gives none.
    pub default: Field<String>,
}

/// A degree of trouble.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Severity {
    /// How to recognise it.
    pub means: Field<String>,
    /// Time to react, for example `15m`.
    #[schemars(extend("pattern" = DURATION))]
    pub respond: Field<String>,
    /// What to do.
    pub action: Field<Many<Action>>,
}

/// One step of the escalation path.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["role"]))]
pub struct Escalation {
    /// Who is called.
    pub role: Field<String>,
    /// How long this step may take before the next.
    #[schemars(extend("pattern" = DURATION))]
    pub within: Field<String>,
    /// What this step decides or does.
    pub about: Field<String>,
}

/// One entry of the document's history.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["change"]))]
pub struct HistoryEntry {
    /// Date, `2026-10-01`.
    #[schemars(extend("pattern" = r"^[+]?\d"))]
    pub date: Field<String>,
    /// The revision that came out of it.
    pub revision: Field<String>,
    /// Role, team or person.
    pub author: Field<String>,
    /// What changed.
    pub change: Field<String>,
}
