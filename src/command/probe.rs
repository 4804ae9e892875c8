//! `check --external-links`: whether web addresses answer.
//!
//! Asks the `curl` program, with a time limit and a few at a time; commands of runbooks are never
//! run. What does not answer is a warning: the network is no part of the content.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use rayon::prelude::*;

use super::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::pipeline::Project;
use crate::source::Span;

/// Seconds for one address.
const TIME_LIMIT: &str = "10";

/// A warning for each address that does not answer, at its first place.
///
/// # Errors
/// When there is no `curl`.
pub(crate) fn links(project: &Project, place: &Place<'_>) -> Result<Vec<Diagnostic>> {
    let version = Command::new("curl").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        return Err(Error::usage_help(
            "external links need the `curl` program",
            "install curl, or leave out `--external-links`",
        ));
    }
    let addresses: Vec<(String, Span)> = addresses(project).into_iter().collect();
    place.terminal.say(&format!("asking {} web addresses", addresses.len()));
    let warn = |(url, span): (String, Span)| {
        let why = ask(&url)?;
        let message = format!("`{url}` does not answer: {why}");
        Some(Diagnostic { severity: Severity::Warning, ..Diagnostic::warning("dead-link", span, message) })
    };
    Ok(addresses.into_par_iter().filter_map(warn).collect())
}

/// Every web address with its first place.
fn addresses(project: &Project) -> BTreeMap<String, Span> {
    let library = &project.library;
    let runbooks = library.runbooks.iter().flat_map(|runbook| &runbook.links);
    let pages = library.pages.iter().flat_map(|page| &page.links);
    let mut found = BTreeMap::new();
    for link in runbooks.chain(pages) {
        let web = link.name.starts_with("https://") || link.name.starts_with("http://");
        if web && !link.name.contains("{{") {
            let address = link.name.split('#').next().unwrap_or_default().to_owned();
            found.entry(address).or_insert(link.span);
        }
    }
    found
}

/// Why an address does not answer; `None` where it does.
fn ask(url: &str) -> Option<String> {
    let options = ["--silent", "--show-error", "--location", "--max-redirs", "5", "--max-time", TIME_LIMIT];
    let only_web = ["--proto", "=http,https", "--proto-redir", "=http,https"];
    let answer = Command::new("curl")
        .args(options)
        .args(only_web)
        .args(["--output", "/dev/null", "--write-out", "%{http_code}", "--", url])
        .output();
    match answer {
        Ok(answer) if answer.status.success() => {
            let code = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
            (code.starts_with('4') || code.starts_with('5')).then(|| format!("HTTP status {code}"))
        }
        Ok(answer) => {
            let why = String::from_utf8_lossy(&answer.stderr);
            Some(why.lines().next().unwrap_or("no answer").trim_start_matches("curl: ").to_owned())
        }
        Err(error) => Some(error.to_string()),
    }
}
