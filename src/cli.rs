//! The command line as types; nothing happens here.
//!
//! Takes nothing, gives what `clap` parses into. The text of `--help` is written here.

mod answer;
mod build;
mod check;
mod record;
mod release;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use answer::{Diff, DiffFormat, Gate, GateFormat, Markdown, RecordHost, Verify, VerifyFormat};
pub use build::{Build, Import, PaperSize, Serve, Watch, Watching};
pub use check::{Check, Explain, ExplainFormat};
pub use record::{Call, Called, Close, Event, ImportEvents, Method, Record, Sign, Stamp, State};
pub use release::{Action, List, ListFormat, New, Release, Show};

/// What every command takes stands apart from what one takes.
const EVERYWHERE: &str = "Global options";

/// Deployment runbooks in YAML, compiled to HTML, PDF sign-off sheets and Markdown release records.
#[derive(Debug, Parser)]
#[command(name = "runsheet", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// Folder of the project: the one that holds `content/`; when left out, this folder or the nearest
    /// one above it that is a project.
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub root: Option<PathBuf>,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN", help_heading = EVERYWHERE)]
    pub color: When,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// One verb a command; nouns only for releases.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a starter project; never overwrites a file.
    Init(Init),
    /// Find what is wrong or doubtful in the content.
    Check(Check),
    /// Check, then write HTML, PDF and Markdown to the output folder.
    Build(Build),
    /// Show what differs between two releases, revisions or runbooks: what was weakened first.
    Diff(Diff),
    /// Build, and build again whenever something changes.
    Watch(Watch),
    /// Show the site in a browser, and reload it whenever something changes.
    Serve(Serve),
    /// Explain a rule, or list all rules.
    Explain(Explain),
    /// Print the JSON Schema of a kind of file.
    Schema(Schema),
    /// Plan, list, show and close releases.
    Release(Release),
    /// Append to a release's journal what became of a check, step, section, message or trigger.
    Record(Box<Record>),
    /// Sign a release as a role, sealed with the hash of what is signed.
    Sign(Sign),
    /// Record what was called at a gate.
    Call(Call),
    /// Write a line in the log of a release.
    Event(Event),
    /// Record how a release ended.
    Outcome(Close),
    /// Make a runbook of a Markdown checklist.
    Import(Import),
    /// Take up what was recorded elsewhere: journal lines, a filled sheet, boxes of a Markdown record.
    ImportEvents(ImportEvents),
    /// Say whether a release may go, and why; exit code 0 for GO, 1 for anything else.
    Gate(Gate),
    /// Print the Markdown record of a release, or put it into a file.
    Markdown(Markdown),
    /// Print what a shell needs to complete commands and flags.
    Completions(Completions),
    /// Print the manual page of the program, or of a command.
    Man(Man),
    /// Say whether a printed sheet is current, stale or unknown.
    Verify(Verify),
}

/// `init`
#[derive(Debug, Args)]
pub struct Init {
    /// Folder to write to; made when missing.
    pub dir: PathBuf,
}

/// `schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// Kind of file.
    #[arg(value_enum, default_value_t = SchemaOf::Runbook)]
    pub of: SchemaOf,
}

/// Kinds of files that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `content/runbooks/**/*.yaml`
    Runbook,
    /// `content/roster.yaml`
    Roster,
    /// `content/releases/NAME.yaml`
    Release,
    /// `content/releases/NAME.journal.yaml`
    Journal,
    /// `content/site.yaml`
    Site,
}

/// `completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell that completes.
    #[arg(value_enum)]
    pub shell: CompletedShell,
}

/// Shells that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompletedShell {
    /// Bash.
    Bash,
    /// Elvish.
    Elvish,
    /// Fish.
    Fish,
    /// PowerShell.
    Powershell,
    /// Z shell.
    Zsh,
}

/// `man`
#[derive(Debug, Args)]
pub struct Man {
    /// Command of the page, such as `record` or `release new`; the program's page when left out.
    pub command: Vec<String>,
}
