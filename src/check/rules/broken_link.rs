//! # broken-link
//!
//! Links between documents are relative links to the source files, `[rollback](rollback.yaml#restore-database)`,
//! so that they also work in an editor and on a code host. A link is broken when there is no such file in
//! `content/`, when the file has no such id or heading, when it leads out of `content/`, or when its scheme is
//! none of `http`, `https`, `mailto` and `tel` (a `javascript:` link runs a program in the reader's browser).
//!
//! A parameter in an address is filled in first; a link that lacks a value shows its address and opens nothing.
//!
//! Addresses on the web are not opened; `check --external-links` does that.
//!
//! ```yaml
//! about: See [the way back](rolback.yaml).     # wrong: the file is rollback.yaml
//! ```

use std::collections::HashSet;

use crate::check::Subject;
use crate::check::hint::Hints;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Whole;
use crate::diagnostic::Diagnostic;
use crate::model::reference::{Broken, Target};
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::model::section::Reference;
use crate::source::FileId;

pub(super) const RULE: Rule = Rule {
    name: "broken-link",
    summary: "a link that leads nowhere, out of the content, or runs a program",
    topic: Topic::Reference,
    weight: Weight::Always,
    source: include_str!("broken_link.rs"),
    look: Look::Several(&[Look::Links(of_runbook), Look::Release(of_release), Look::Site(of_pages)]),
};

fn of_runbook(subject: &Subject<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let judge = Judge { subject, hints: Hints::new() };
    runbook.links.iter().filter_map(|link| judge.link(Some(runbook), link)).collect()
}

/// Links that lead elsewhere with the values of a release than with the defaults.
fn of_release(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let plain: HashSet<&Reference> =
        subject.library.runbook(&runbook.id).iter().flat_map(|plain| &plain.links).collect();
    let judge = Judge { subject, hints: Hints::new() };
    let new = runbook.links.iter().filter(|link| !plain.contains(link));
    let broken = new.filter_map(|link| judge.link(Some(runbook), link));
    broken.map(|found| found.label(format!("with the values of the release `{}`", release.name))).collect()
}

fn of_pages(whole: &Whole<'_>) -> Vec<Diagnostic> {
    let judge = Judge { subject: whole.subject, hints: Hints::new() };
    let links = whole.subject.library.pages.iter().flat_map(|page| &page.links);
    links.filter_map(|link| judge.link(None, link)).collect()
}

struct Judge<'a> {
    subject: &'a Subject<'a>,
    hints: Hints,
}

impl Judge<'_> {
    fn link(&self, runbook: Option<&Runbook>, link: &Reference) -> Option<Diagnostic> {
        let subject = self.subject;
        let broken = subject.library.link(subject.sources, runbook, &link.name, link.span).err()?;
        let found = match broken {
            Broken::Scheme(scheme) => {
                let message = format!("a link may not begin with `{scheme}:`");
                finding(link.span, message).help("links begin with `https:`, `http:`, `mailto:` or `tel:`")
            }
            Broken::Outside(path) => {
                let message = format!("the link leads out of the content folder: `{path}`");
                finding(link.span, message)
                    .help("copy the file into content/, or link to its address on the web")
            }
            Broken::Host("") => {
                finding(link.span, "the link names no host").help("write `https://` and the name of the host")
            }
            Broken::Host(host) => {
                let message = format!("`{host}` is not the name of a host");
                finding(link.span, message)
                    .help("the host stands between `https://` and the first `/`; a value in its place is only a name and a port")
            }
            Broken::Document(path) => {
                let message = format!("there is no file `{path}`");
                let found = finding(link.span, message).label(self.near_file(link.span.file, path));
                match is_host(path.split('/').next().unwrap_or_default()) {
                    true => found.help(format!("write `https://{path}` if it is an address on the web")),
                    false => found,
                }
            }
            Broken::Id { runbook: other, .. } if subject.is_half_read(other, runbook) => return None,
            Broken::Id { id, .. } => {
                let message = format!("there is no `{id}` where the link leads");
                finding(link.span, message).label(self.near_id(runbook, link, id))
            }
        };
        Some(found)
    }

    /// The file of nearly the same name, as a path from here.
    fn near_file(&self, here: FileId, path: &str) -> String {
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let here = folder(&self.subject.sources.get(here).path).unwrap_or_default();
        let files = self.subject.sources.iter().filter_map(|(_, source)| {
            let name = source.path.strip_prefix(&here)?;
            name.strip_prefix('/')
        });
        self.hints.near(path, files).unwrap_or_default()
    }

    /// The id or heading of nearly the same name in the document that the link leads to.
    fn near_id(&self, runbook: Option<&Runbook>, link: &Reference, id: &str) -> String {
        let (subject, hints) = (self.subject, &self.hints);
        let path = link.name.split('#').next().unwrap_or_default();
        let whole = subject.library.link(subject.sources, runbook, path, link.span);
        let near = match (path, whole) {
            ("", _) => match (runbook, subject.library.pages.iter().find(|page| page.file == link.span.file))
            {
                (Some(runbook), _) => hints.place(id, runbook.places.iter()),
                (None, Some(page)) => {
                    hints.near(id, page.headings.iter().map(|heading| heading.anchor.as_str()))
                }
                (None, None) => None,
            },
            (_, Ok(Target::Runbook(other))) => hints.place(id, other.places.iter()),
            (_, Ok(Target::Page(at, _))) => {
                let headings = &subject.library.pages[at].headings;
                hints.near(id, headings.iter().map(|heading| heading.anchor.as_str()))
            }
            _ => None,
        };
        near.unwrap_or_default()
    }
}

/// Whether a name looks like that of a host and not like that of a file: `grafana.example.org`.
fn is_host(name: &str) -> bool {
    const FILES: &[&str] = &["yaml", "yml", "md", "html", "txt", "pdf", "png", "jpg", "svg", "json", "csv", "sh"];
    let Some((host, last)) = name.rsplit_once('.') else { return false };
    let letters = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
    let plain = !host.is_empty() && letters(host) && !host.starts_with('.');
    plain && last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_lowercase()) && !FILES.contains(&last)
}
