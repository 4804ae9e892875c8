//! What is asked of releases and sheets: `diff`, `gate`, `markdown`, `verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `diff`
#[derive(Debug, Args)]
#[command(
    after_help = "The exit code is 0 whether there are differences or not, and 2 when it could not run."
)]
pub struct Diff {
    /// A release, the file of a runbook, a git revision, or `REVISION:FILE`.
    #[arg(value_name = "A")]
    pub before: String,
    /// The same; the files as they are now when left out.
    #[arg(value_name = "B")]
    pub after: Option<String>,
    /// How to say it.
    #[arg(long, value_enum, default_value_t = DiffFormat::Human, value_name = "FORMAT")]
    pub output_format: DiffFormat,
}

/// How differences are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal.
    Human,
    /// For a program.
    Json,
    /// For a pull request.
    Markdown,
}

/// `gate`
#[derive(Debug, Args)]
pub struct Gate {
    /// Name of the release: its file below `content/releases/` without the ending.
    pub release: String,
    /// Id of a gate, or as much of it as makes it clear; the worst verdict of all gates when left out.
    pub gate: Option<String>,
    /// Count only sign-offs that are signed with an SSH key of `content/allowed_signers`.
    #[arg(long)]
    pub require_signatures: bool,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = GateFormat::Human, value_name = "FORMAT")]
    pub output_format: GateFormat,
}

/// Forms of the answer of `gate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GateFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
    /// For a comment or a summary.
    Markdown,
}

/// `markdown`
#[derive(Debug, Args)]
pub struct Markdown {
    /// Name of the release.
    pub release: String,
    /// Fit the record into a pull request of this host; detail folds away in a fixed order.
    #[arg(long, value_enum, value_name = "HOST")]
    pub host: Option<RecordHost>,
    /// Put the record between its markers in this file; the rest of the file stays.
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
}

/// Hosts of pull requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RecordHost {
    /// 65,536 characters.
    Github,
    /// 1,000,000 characters.
    Gitlab,
    /// 4,000 characters.
    Azure,
}

/// `verify`
#[derive(Debug, Args)]
pub struct Verify {
    /// The code at the foot of a page, with or without dashes, or the PDF.
    #[arg(value_name = "CODE|FILE.pdf")]
    pub code: String,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = VerifyFormat::Human, value_name = "FORMAT")]
    pub output_format: VerifyFormat,
}

/// Forms of the answer of `verify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerifyFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}
