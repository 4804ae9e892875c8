//! Where a record is put, and what that place can take.
//!
//! Takes and gives data only.

use crate::config::Labels;

/// The place of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Host {
    /// A file: as long as it needs to be.
    #[default]
    File,
    /// A pull request on GitHub.
    GitHub,
    /// A merge request on GitLab.
    GitLab,
    /// A pull request on Azure DevOps.
    Azure,
}

impl Host {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Azure => "azure",
        }
    }

    /// The most characters that a description takes: the published limits of the hosts. They are held
    /// in bytes here, of which there are never fewer.
    pub fn limit(self) -> usize {
        match self {
            Self::File => usize::MAX,
            Self::GitHub => 65_536,
            Self::GitLab => 1_000_000,
            Self::Azure => 4_000,
        }
    }
}

/// Whether and how a record links to the site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Links {
    /// It does not: nobody knows where the site is.
    #[default]
    None,
    /// It stands beside its page.
    Beside,
    /// The site is published at this address.
    Site(String),
}

impl Links {
    /// The address of an anchor on a page, from the record of the page `from`.
    pub(super) fn to(&self, from: &str, path: &str, anchor: &str) -> Option<String> {
        let hash = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
        match self {
            Self::None => None,
            Self::Beside => Some(format!("{}{hash}", relative(from, path))),
            Self::Site(base) => Some(format!("{}/{path}{hash}", base.trim_end_matches('/'))),
        }
    }
}

/// The path from the folder of one page to another page.
fn relative(from: &str, to: &str) -> String {
    let folders = from.split('/').count() - 1;
    let shared = from.split('/').take(folders).zip(to.split('/')).take_while(|(a, b)| a == b).count();
    let rest: Vec<&str> = to.split('/').skip(shared).collect();
    format!("{}{}", "../".repeat(folders - shared), rest.join("/"))
}

/// What a record is made for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where it is put.
    pub host: Host,
    /// Where its links lead.
    pub links: Links,
    /// Where it comes from, label and value: the commit, the version of the program.
    pub provenance: Vec<(String, String)>,
    /// What changed in the runbook since the last release, one line each.
    pub changes: Vec<String>,
    /// The words of the program.
    pub labels: Labels,
}
