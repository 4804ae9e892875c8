//! What is recorded in a journal, as arguments.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Who and when.
#[derive(Debug, Args)]
pub struct Stamp {
    /// Who: an id of the roster, an address, or a name; git's `user.email` and `user.name` when left out.
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
    /// When: RFC 3339, or `HH:MM` in the zone of the release; now when left out.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

/// `record`
#[derive(Debug, Args)]
pub struct Record {
    /// Name of the release.
    pub release: String,
    /// Id of a check, step, section, message or trigger, or as much of it as makes it clear.
    pub item: String,
    /// What it is now.
    #[arg(value_enum)]
    pub state: Option<State>,
    /// Measured value, for example `480 ms`.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub actual: Option<String>,
    /// Which threshold the value is for, where there are several.
    #[arg(long, value_name = "NAME", requires = "actual")]
    pub metric: Option<String>,
    /// Blank to fill.
    #[arg(long, value_name = "NAME", requires = "value")]
    pub field: Option<String>,
    /// What is written in the blank.
    #[arg(long, value_name = "V", requires = "field", allow_hyphen_values = true)]
    pub value: Option<String>,
    /// Reason; `n/a` and `waived` need one.
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
    /// Last day of a waiver, or the instant at which it ends.
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Link to what proves it, or its name.
    #[arg(long, value_name = "URL")]
    pub evidence: Option<String>,
    /// Anything else.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Role as which the second person confirms.
    #[arg(long, value_name = "ROLE")]
    pub confirm: Option<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// States as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Cannot go on.
    Blocked,
    /// Does not apply.
    #[value(name = "n/a", alias = "na")]
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

/// `sign`
#[derive(Debug, Args)]
pub struct Sign {
    /// Name of the release.
    pub release: String,
    /// Role that signs.
    pub role: String,
    /// What is said, for example `approve` or `block`.
    pub choice: String,
    /// Sign the event itself too.
    #[arg(long, value_enum, value_name = "METHOD")]
    pub with: Option<Method>,
    /// Key to sign with: a private key, or a public one that the agent holds; git's `user.signingKey`
    /// when left out.
    #[arg(long, value_name = "FILE", requires = "with")]
    pub signature_key: Option<PathBuf>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// How an event is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// With an SSH key; needs `ssh-keygen`.
    Ssh,
}

/// `call`
#[derive(Debug, Args)]
pub struct Call {
    /// Name of the release.
    pub release: String,
    /// Id of the gate, or as much of it as makes it clear.
    pub gate: String,
    /// What was called.
    #[arg(value_enum)]
    pub choice: Called,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// What is called at a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Called {
    /// Go.
    Go,
    /// Do not go.
    NoGo,
}

impl Called {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::NoGo => "no-go",
        }
    }
}

/// `event`
#[derive(Debug, Args)]
pub struct Event {
    /// Name of the release.
    pub release: String,
    /// What happened.
    pub text: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `outcome` and `release close`
#[derive(Debug, Args)]
pub struct Close {
    /// Name of the release.
    pub release: String,
    /// How it ended: `success`, `rollback`, or another word.
    pub outcome: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `import-events`
#[derive(Debug, Args)]
pub struct ImportEvents {
    /// Name of the release.
    pub release: String,
    /// Journal lines, a filled PDF of the release, or a text that holds its Markdown record.
    pub file: PathBuf,
    /// Show what would be appended, and append nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Who ticked what names nobody; git's `user.email` and `user.name` when left out.
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
}
