//! A release and its journal as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Phrase;
use crate::source::{Entries, Field, Many, ZONE};

/// A runbook applied to one version: the plan.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["runbook", "version"]))]
pub struct Release {
    /// Id of the runbook: its path below `runbooks/` without the ending.
    pub runbook: Field<String>,
    /// What is released.
    pub version: Field<String>,
    /// When.
    pub window: Field<Window>,
    /// Who holds which role that day: role id to the id of a person or team, and of the backup behind it.
    pub roles: Field<Entries<Many<String>>>,
    /// Values for the runbook's parameters.
    pub parameters: Field<Entries<String>>,
    /// Number of the change request.
    pub change: Field<String>,
    /// What is in the release.
    pub about: Field<String>,
}

/// The time in which the deployment takes place; T is its start.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["start"]))]
pub struct Window {
    /// Local time, `2026-12-01T09:00`.
    #[schemars(extend("pattern" = r"^[+]?\d{4}.*[^Zz]$"))]
    pub start: Field<String>,
    /// Local time.
    #[schemars(extend("pattern" = r"^[+]?\d{4}.*[^Zz]$"))]
    pub end: Field<String>,
    /// Time zone, for example `Europe/Madrid`; the site's when left out.
    #[schemars(extend("pattern" = ZONE))]
    pub zone: Field<String>,
}

/// What an event says an item, message or trigger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventState {
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Cannot go on.
    Blocked,
    /// Does not apply.
    #[serde(rename = "n/a")]
    NotApplicable,
    /// Let pass, with a reason.
    Waived,
    /// Open again.
    Pending,
    /// Of a message.
    Sent,
    /// Of a trigger.
    Fired,
    /// Of a trigger: no longer true.
    Cleared,
}

impl EventState {
    /// The word for it, as it is written.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Blocked => "blocked",
            Self::NotApplicable => "n/a",
            Self::Waived => "waived",
            Self::Pending => "pending",
            Self::Sent => "sent",
            Self::Fired => "fired",
            Self::Cleared => "cleared",
        }
    }

    /// The same in a sentence of any language.
    pub fn phrase(&self) -> Phrase {
        Phrase::label(match self {
            Self::Done => "is-done",
            Self::Failed => "is-failed",
            Self::Blocked => "is-blocked",
            Self::NotApplicable => "is-not-applicable",
            Self::Waived => "is-waived",
            Self::Pending => "is-pending",
            Self::Sent => "is-sent",
            Self::Fired => "is-fired",
            Self::Cleared => "is-cleared",
        })
    }
}

/// One line of a journal.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["at", "by"], "anyOf" = [
    { "required": ["item"] }, { "required": ["message"] }, { "required": ["trigger"] }, { "required": ["sign"] },
    { "required": ["gate"] }, { "required": ["event"] }, { "required": ["outcome"] },
]))]
pub struct Event {
    /// Instant, `2026-12-01T08:02:11Z`.
    #[schemars(extend("pattern" = r"^[+]?\d.*[Tt ]\d.*([Zz\]]|[+-]\d\d(:?\d\d){0,2})$"))]
    pub at: Field<String>,
    /// Id of the person, or of the role.
    pub by: Field<String>,
    /// Id of an item or section.
    pub item: Field<String>,
    /// Id of a message.
    pub message: Field<String>,
    /// Id of a trigger.
    pub trigger: Field<String>,
    /// Role that signs.
    pub sign: Field<String>,
    /// Id of a gate.
    pub gate: Field<String>,
    /// Text for the log.
    pub event: Field<String>,
    /// How the release ended.
    pub outcome: Field<String>,
    /// New state.
    pub is: Field<EventState>,
    /// Measured value.
    pub actual: Field<String>,
    /// Which threshold `actual` is for.
    pub metric: Field<String>,
    /// Which blank `value` is for.
    pub field: Field<String>,
    /// What was written in the blank.
    pub value: Field<String>,
    /// Role as which the second person confirms.
    pub confirm: Field<String>,
    /// Reason.
    pub why: Field<String>,
    /// End of a waiver: a date or an instant.
    pub until: Field<String>,
    /// Link to or name of what proves it.
    pub evidence: Field<String>,
    /// Anything else.
    pub note: Field<String>,
    /// What was said: `approve`, `block`, `go`, `no-go`.
    pub choice: Field<String>,
    /// Short content hash of what was signed.
    pub seal: Field<String>,
    /// Signature over the event, by `ssh-keygen -Y sign`.
    pub signature: Field<String>,
}
