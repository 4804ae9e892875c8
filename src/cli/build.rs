//! Making the site: `build`, `watch`, `serve`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::config::Paper;

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

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// A Markdown checklist.
    pub file: PathBuf,
    /// File to write, or `-` for the standard output; below `content/runbooks/`, named like the checklist, when left
    /// out. A file that is there stays as it is.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How changes are seen.
#[derive(Debug, Args)]
pub struct Watching {
    /// Look at the files again and again instead of being told of changes: for network drives.
    #[arg(long)]
    pub poll: bool,
    /// Milliseconds of quiet before a rebuild.
    #[arg(long, value_name = "MS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(..=60_000))]
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
