//! Finding what is wrong: `check`, `explain`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::diagnostic::Format;

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
