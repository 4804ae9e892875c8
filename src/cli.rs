//! The command line as types; nothing happens here.
//!
//! Takes nothing, gives what `clap` parses into. The text of `--help` is written here.

mod record;
mod release;

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Paper;
use crate::diagnostic::Format;

pub use record::{Call, Called, Close, Event, ImportEvents, Method, Record, Sign, Stamp, State};
pub use release::{Action, List, ListFormat, New, Release, Show};

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

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Show only what is found in these files or folders.
    pub paths: Vec<PathBuf>,
    /// How the report is written.
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub output_format: Format,
    /// Write the report to a file.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Exit with 1 when there are warnings.
    #[arg(long)]
    pub deny_warnings: bool,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    pub exit_zero: bool,
    /// Say how often each rule was broken.
    #[arg(long)]
    pub statistics: bool,
    /// Leave out what this file of earlier findings holds.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found now to a file for `--baseline`, and report nothing; to that of `--baseline`
    /// when left out.
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub write_baseline: Option<Option<PathBuf>>,
    /// Mend what can be mended for certain: wrong counts, missing ids, broken encodings.
    #[arg(long)]
    pub fix: bool,
    /// Ask whether web addresses answer; needs `curl`.
    #[arg(long)]
    pub external_links: bool,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

/// `explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// Name of a rule; the table of all rules when left out.
    pub rule: Option<String>,
    /// How the page is written.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Human, value_name = "FORMAT")]
    pub output_format: ExplainFormat,
}

/// Forms of a page of `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// For a document.
    Markdown,
}

/// `build`
#[derive(Debug, Clone, Default, Args)]
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
    /// Write each release also as one HTML file with everything inside: `single/NAME.html`.
    #[arg(long)]
    pub single_file: bool,
    /// Address at which the site is published; `base-url` of `content/site.yaml` when left out.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Make everything again, and remember nothing for the next build.
    #[arg(long)]
    pub no_cache: bool,
    /// How many documents to work on at once; every core when left out.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

/// `watch`
#[derive(Debug, Args)]
pub struct Watch {
    /// What is built.
    #[command(flatten)]
    pub build: Build,
    /// How changes are seen.
    #[command(flatten)]
    pub watching: Watching,
}

/// How changes are seen.
#[derive(Debug, Args)]
pub struct Watching {
    /// Look at the files again and again instead of being told of changes: for network drives.
    #[arg(long)]
    pub poll: bool,
    /// Milliseconds of quiet before a rebuild.
    #[arg(long, value_name = "MS", default_value_t = 25)]
    pub debounce: u64,
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Port to listen at; 0 for any that is free.
    #[arg(long, value_name = "N", default_value_t = 4100)]
    pub port: u16,
    /// Address to listen at. With any but this machine's own, others can read the site.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the site in a browser.
    #[arg(long)]
    pub open: bool,
    /// How changes are seen.
    #[command(flatten)]
    pub watching: Watching,
    /// Paper of the sheets; `paper` of `content/site.yaml` when left out.
    #[arg(long, value_enum)]
    pub paper: Option<PaperSize>,
    /// Address at which the site is published; `base-url` of `content/site.yaml` when left out.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// How many documents to work on at once; every core when left out.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

impl Serve {
    /// What is shown, as a build of it.
    pub fn build(&self) -> Build {
        Build { paper: self.paper, base_url: self.base_url.clone(), ..Build::default() }
    }
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

/// `gate`
#[derive(Debug, Args)]
pub struct Gate {
    /// Name of the release: its file below `content/releases/` without the ending.
    pub release: String,
    /// Id of a gate; the worst verdict of all gates when left out.
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
