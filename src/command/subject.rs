//! Finding the release that a command is about, and naming what is in it.
//!
//! Takes what was typed, gives the release or an error with the nearest name.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::diagnostic::closest;
use crate::error::{Error, Result};
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::pipeline::Project;
use crate::release::{Assessment, Reason, Subject};
use crate::source::{FileId, Kind, Span};

/// Where runbooks lie in a project.
pub(crate) const RUNBOOKS: &str = "content/runbooks/";

/// Where plans lie in a project.
const RELEASES: &str = "content/releases/";

/// The release of a name; a path to its file is taken too.
pub(crate) fn release<'a>(project: &'a Project, name: &str) -> Result<&'a Arc<Release>> {
    let releases = &project.library.releases;
    let path = |release: &&Arc<Release>| project.sources.get(release.file).path == name;
    let found = project.library.release(name).or_else(|| releases.iter().find(path));
    found.ok_or_else(|| {
        let lost = |path: &str| path == name || path.strip_prefix(RELEASES).and_then(stem) == Some(name);
        if let Some(path) = unread_plans(project).find(|path| lost(path)) {
            return Error::usage_help(format!("`{path}` cannot be read"), "run `runsheet check`");
        }
        let message = format!("there is no release `{name}`");
        // Who types a version means the release of it.
        let version = releases.iter().find(|release| release.version == name);
        let version = version.map(|release| release.name.as_str());
        match version.or_else(|| closest(name, releases.iter().map(|release| release.name.as_str()))) {
            Some(near) => Error::usage_help(message, format!("did you mean `{near}`?")),
            None => Error::usage(message),
        }
    })
}

/// The runbook of a release, with its values.
pub(crate) fn runbook<'a>(project: &'a Project, plan: &'a Release) -> Result<&'a Runbook> {
    super::gate::refuse_broken(project, plan)?;
    plan.runbook.as_deref().ok_or_else(|| {
        let id = plan.runbook_id.name.as_str();
        let there = unread(project).any(|path| Path::new(path).file_stem().is_some_and(|stem| stem == id));
        let what = if there { "cannot be read" } else { "does not exist" };
        let message = format!("the runbook `{id}` of `{}` {what}", plan.name);
        Error::usage_help(message, "run `runsheet check`")
    })
}

/// Runbooks that could not be read at all and so are not in the library, by their paths.
pub(crate) fn unread(project: &Project) -> impl Iterator<Item = &str> {
    let known = |file| project.library.runbooks.iter().any(|runbook| runbook.file == file);
    let files = project.sources.iter();
    let lost = files
        .filter(move |(file, source)| matches!(source.kind, Kind::Runbook | Kind::Other) && !known(*file));
    let paths = lost.map(|(_, source)| source.path.as_str());
    paths.filter(|path| path.starts_with(RUNBOOKS) && is_yaml(path))
}

/// Plans that could not be read at all and so are not in the library, by their paths.
pub(crate) fn unread_plans(project: &Project) -> impl Iterator<Item = &str> {
    let known: HashSet<FileId> = project.library.releases.iter().map(|release| release.file).collect();
    let plans = project.sources.iter().filter(|(_, source)| source.kind == Kind::Release);
    plans.filter(move |(file, _)| !known.contains(file)).map(|(_, source)| source.path.as_str())
}

/// Whether a file by its name holds YAML.
pub(crate) fn is_yaml(path: &str) -> bool {
    stem(path).is_some()
}

/// The path of a file of YAML without its ending.
fn stem(path: &str) -> Option<&str> {
    path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"))
}

/// What a reason is about, in words: `Performance benchmarks`.
pub(crate) fn words(runbook: &Runbook, about: &Subject) -> String {
    match about {
        Subject::Release => "the release".to_owned(),
        Subject::Event(at) => format!("event {}", at + 1),
        Subject::Approval(section, at) => {
            let roles = approval(runbook, section, *at);
            format!("approval of {roles} in {}", title(runbook, section))
        }
        Subject::Section(id) | Subject::Item(id) | Subject::Gate(id) | Subject::Trigger(id) => {
            title(runbook, id)
        }
    }
}

/// What does not decide and is listed: warnings, waivers, optional items that failed.
pub(crate) fn deviations(runbook: &Runbook, assessed: &Assessment) -> Vec<String> {
    assessed.deviations.iter().map(|one| format!("{}: {}", words(runbook, &one.about), one.text)).collect()
}

/// Who recorded what a reason rests on, and when: ` (ana, 2026-12-01 09:02 CET)`; nothing where nobody did.
pub(crate) fn recorded(plan: &Release, reason: &Reason) -> String {
    let event = reason.event.and_then(|at| plan.journal.events.get(at));
    event.map(|event| format!(" ({}, {})", event.by.name, local(plan, event.at))).unwrap_or_default()
}

/// A moment where the release takes place: `2026-12-01 09:02 CET`
pub(crate) fn local(plan: &Release, at: Timestamp) -> String {
    at.to_zoned(plan.zone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// Who signs an approval: `dba`, `1 of cto, vp-engineering`.
fn approval(runbook: &Runbook, section: &str, at: usize) -> String {
    let found = runbook.section(section).and_then(|section| section.approvals().nth(at));
    let Some(approval) = found else { return section.to_owned() };
    let roles: Vec<&str> = approval.roles.iter().map(|role| role.name.as_str()).collect();
    let some = approval.needed < roles.len();
    let roles = roles.join(", ");
    if some { format!("{} of {roles}", approval.needed) } else { roles }
}

/// The id with the title: `api-p95 (API p95 response time)`.
fn title(runbook: &Runbook, id: &str) -> String {
    let section = runbook.section(id).map(|section| section.title.plain());
    let item = || {
        let items = runbook.all_items();
        items.into_iter().find(|(_, item)| item.id == id).map(|(_, item)| item.title.plain())
    };
    match section.or_else(item) {
        Some(title) => format!("{id} ({title})"),
        None => id.to_owned(),
    }
}

/// The place of what a reason is about.
pub(crate) fn span(runbook: &Runbook, about: &Subject) -> Option<Span> {
    match about {
        Subject::Section(id) | Subject::Item(id) | Subject::Gate(id) | Subject::Trigger(id) => {
            runbook.place(id).map(|place| place.span)
        }
        Subject::Approval(section, at) => {
            runbook.section(section)?.approvals().nth(*at).map(|approval| approval.span)
        }
        Subject::Release | Subject::Event(_) => None,
    }
}

/// Kind and id of what a reason is about, for programs.
pub(crate) fn kind_and_id(about: &Subject) -> (&'static str, Option<&str>) {
    match about {
        Subject::Release => ("release", None),
        Subject::Event(_) => ("event", None),
        Subject::Section(id) => ("section", Some(id)),
        Subject::Item(id) => ("item", Some(id)),
        Subject::Approval(id, _) => ("approval", Some(id)),
        Subject::Gate(id) => ("gate", Some(id)),
        Subject::Trigger(id) => ("trigger", Some(id)),
    }
}
