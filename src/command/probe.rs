//! `check --external-links`: whether web addresses answer.
//!
//! Asks the `curl` program, with a time limit and several at a time; commands of runbooks are never
//! run. What does not answer is a finding of the rule `dead-link`.

use std::collections::BTreeMap;
use std::process::{Command, Output, Stdio};

use rayon::prelude::*;

use super::Place;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::model::prose;
use crate::pipeline::Project;
use crate::source::{FileId, Span, is_web};

/// Seconds for one address.
const TIME_LIMIT: &str = "10";
/// So many are asked at a time: nearly all of the time is spent waiting, whatever the machine.
const AT_A_TIME: usize = 16;

/// A finding for each address in the files that are `wanted` that does not answer, at its first place
/// there.
///
/// # Errors
/// When there is no `curl`, or no thread to wait in.
pub(crate) fn links(
    project: &Project,
    wanted: impl Fn(FileId) -> bool,
    place: &Place<'_>,
) -> Result<Vec<Diagnostic>> {
    let version = Command::new("curl").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        return Err(Error::usage_help(
            "external links need the `curl` program",
            "install curl, or leave out `--external-links`",
        ));
    }
    let addresses: Vec<(String, Span)> = addresses(project, wanted).into_iter().collect();
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let noun = if addresses.len() == 1 { "address" } else { "addresses" };
    place.terminal.say(&format!("asking {} web {noun}", addresses.len()));
    let warn = |(url, span): (String, Span)| {
        let message = format!("`{}` {}", shown(&url), ask(&url)?);
        Some(Diagnostic::warning("dead-link", span, message))
    };
    let waiting = rayon::ThreadPoolBuilder::new().num_threads(AT_A_TIME.min(addresses.len())).build();
    let waiting = waiting.map_err(|error| Error::usage(format!("no address can be asked: {error}")))?;
    Ok(waiting.install(|| addresses.into_par_iter().with_max_len(1).filter_map(warn).collect()))
}

/// Every web address with its first place: links of texts, ways to reach somebody, evidence of journals.
fn addresses(project: &Project, wanted: impl Fn(FileId) -> bool) -> BTreeMap<String, Span> {
    let library = &project.library;
    let runbooks = library.runbooks.iter().flat_map(|runbook| &runbook.links);
    let pages = library.pages.iter().flat_map(|page| &page.links);
    let releases = library.releases.iter().flat_map(|release| &release.links);
    let links = runbooks.chain(pages).chain(releases).map(|link| (link.name.clone(), link.span));
    let reached = library.roster.parties.iter().flat_map(|party| {
        let mut found: Vec<String> = [&party.url, &party.chat].into_iter().flatten().cloned().collect();
        if let Some(about) = &party.about {
            prose::links(&about.content(), &mut |to| found.push(to.target.clone()));
        }
        found.into_iter().map(|address| (address, party.span))
    });
    let events = library.releases.iter().flat_map(|release| &release.journal.events);
    let evidence = events.filter_map(|event| Some((event.evidence.clone()?, event.span)));
    let values = reached.chain(evidence).map(|(address, span)| {
        let span = within(project, span, &address);
        (address, span)
    });
    let mut found = BTreeMap::new();
    for (name, span) in links.chain(values).filter(|(_, span)| wanted(span.file)) {
        if is_web(&name) && !name.contains("{{") {
            let address = name.split('#').next().unwrap_or_default().to_owned();
            found.entry(address).or_insert(span);
        }
    }
    found
}

/// The place of an address in what was written at `span`; all of that where it stands there in other signs.
fn within(project: &Project, span: Span, address: &str) -> Span {
    let start = project.sources.slice(span).find(address).and_then(|at| u32::try_from(at).ok());
    let place = |at: u32| {
        let start = span.start + at;
        let length = u32::try_from(address.len()).unwrap_or_default();
        Span { start, end: start + length, ..span }
    };
    start.map_or(span, place)
}

/// An address without the name and the password in it, which are for nobody's log.
fn shown(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    match host.rfind('@') {
        Some(at) => format!("{scheme}://…{}", &rest[at..]),
        None => url.to_owned(),
    }
}

/// What is wrong with the answer of an address; `None` where it answers.
fn ask(url: &str) -> Option<String> {
    let options = ["--silent", "--show-error", "--location", "--max-redirs", "5", "--max-time", TIME_LIMIT];
    let only_web = ["--globoff", "--proto", "=http,https", "--proto-redir", "=http,https"];
    let answer = Command::new("curl")
        .args(options)
        .args(only_web)
        .args(["--output", "/dev/null", "--write-out", "%{http_code}", "--", url])
        .output();
    match answer {
        Ok(answer) => judge(&answer),
        Err(error) => Some(format!("cannot be asked: {error}")),
    }
}

/// What an answer says. Its status decides, also where what came after it broke off or took too long;
/// whoever asks for a login, or for fewer questions, is there.
fn judge(answer: &Output) -> Option<String> {
    let status = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    match status.as_str() {
        "401" | "403" | "407" | "429" => None,
        code if code.starts_with(['4', '5']) => Some(format!("answers with HTTP status {code}")),
        code if code.starts_with('2') || answer.status.success() => None,
        _ => Some(format!("does not answer: {}", reason(answer))),
    }
}

/// Why `curl` has no answer, in words that are the same in every run.
fn reason(answer: &Output) -> String {
    let known = match answer.status.code() {
        Some(6) => "its host is not known",
        Some(7) => "nothing listens there",
        Some(28) => return format!("nothing came within {TIME_LIMIT} seconds"),
        Some(35) => "no secure connection is made there",
        Some(47) => "it redirects more than 5 times",
        Some(52) => "the connection was closed without an answer",
        Some(60) => "its certificate is not trusted",
        _ => {
            let why = String::from_utf8_lossy(&answer.stderr);
            let why = why.lines().next().unwrap_or("nothing came").trim_start_matches("curl: ");
            return why.split_once(") ").map_or(why, |(_, why)| why).to_owned();
        }
    };
    known.to_owned()
}
