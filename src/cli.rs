//! The command line as types; nothing happens here.
//!
//! Takes nothing, gives what `clap` parses into. The text of `--help` is written here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Paper;

/// Deployment runbooks in YAML, compiled to HTML, PDF sign-off sheets and Markdown release records.
#[derive(Debug, Parser)]
#[command(name = "runsheet", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// Folder of the project: the one that holds `content/`.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
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
    /// Print the JSON Schema of a kind of file.
    Schema(Schema),
}

/// `init`
#[derive(Debug, Args)]
pub struct Init {
    /// Folder to write to; made when missing.
    pub dir: PathBuf,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Show only what is found in these files or folders.
    pub paths: Vec<PathBuf>,
}

/// `build`
#[derive(Debug, Args)]
pub struct Build {
    /// Folder to write to.
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Paper of the sheets; `paper` of `content/site.yaml` when left out.
    #[arg(long, value_enum)]
    pub paper: Option<PaperSize>,
    /// Make no PDF.
    #[arg(long)]
    pub no_pdf: bool,
    /// Address at which the site is published; `base-url` of `content/site.yaml` when left out.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// How many documents to work on at once; every core when left out.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Paper sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperSize {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl From<PaperSize> for Paper {
    fn from(size: PaperSize) -> Self {
        match size {
            PaperSize::A4 => Self::A4,
            PaperSize::Letter => Self::Letter,
        }
    }
}

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
