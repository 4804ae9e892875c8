//! Releases, as arguments.

use clap::{Args, Subcommand, ValueEnum};

use super::record::Close;

/// `release`
#[derive(Debug, Args)]
pub struct Release {
    #[command(subcommand)]
    pub action: Action,
}

/// What to do with releases.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Write the plan of a release, with an empty journal beside it.
    New(New),
    /// Print every release with its verdict.
    List(List),
    /// Show where a release stands: verdict, progress, what blocks, what comes next.
    Show(Show),
    /// Record how a release ended, once.
    Close(Close),
}

/// `release list`
#[derive(Debug, Args)]
pub struct List {
    /// How the list is written.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub output_format: ListFormat,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ListFormat {
    Human,
    Json,
}

/// `release show`
#[derive(Debug, Args)]
pub struct Show {
    /// Name of the release.
    pub release: String,
}

/// `release new`
#[derive(Debug, Args)]
pub struct New {
    /// What is released, for example `v1.4.0`.
    pub version: String,
    /// Id of the runbook that is applied.
    #[arg(long, value_name = "ID")]
    pub runbook: String,
    /// T, the start of the window, local: `2026-12-01T09:00`.
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    /// End of the window, local.
    #[arg(long, value_name = "TIME", requires = "start")]
    pub end: Option<String>,
    /// Time zone of the window, for example `Europe/Madrid`; the site's when left out.
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Who holds a role that day; may be repeated.
    #[arg(long = "role", value_name = "ROLE=PERSON", value_parser = pair)]
    pub roles: Vec<(String, String)>,
    /// Value of a parameter of the runbook; may be repeated.
    #[arg(long = "parameter", value_name = "NAME=VALUE", value_parser = pair)]
    pub parameters: Vec<(String, String)>,
}

/// `NAME=VALUE`
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("a name, `=` and a value are expected".to_owned()),
    }
}
