//! `runsheet markdown`: the record of a release, on standard output or between its markers in a file.

use super::diff;
use super::gate;
use super::git::{Git, Provenance};
use super::{Outcome, Place, subject};
use crate::cli::{Markdown, RecordHost};
use crate::error::{Error, Result};
use crate::model::release::Release;
use crate::output;
use crate::pipeline::{self, Project};
use crate::record::{self, Host, Links};
use crate::source;

pub(crate) fn run(arguments: &Markdown, place: &Place<'_>) -> Result<Outcome> {
    let mut project = pipeline::load(place.root, &place.root.join("output"))?;
    pipeline::theme(&mut project, place.root)?;
    let plan = subject::release(&project, &arguments.release)?;
    subject::runbook(&project, plan)?;
    let shaped = pipeline::view(&project, Some(gate::as_of(plan)?));
    let document = shaped.documents().find(|which| shaped.head(*which).is_release(&plan.name));
    let options = record::Options {
        host: arguments.host.map_or(Host::File, Host::from),
        links: project.config.base_url.clone().map_or(Links::None, Links::Site),
        provenance: provenance(&project, plan, place),
        changes: changes(&project, plan, place),
        labels: project.config.labels.clone(),
    };
    let text = document.map(|which| record::render(&shaped.document(which), &options)).unwrap_or_default();
    let Some(path) = &arguments.into else {
        place.terminal.answer(&text)?;
        return Ok(Outcome::Fine);
    };
    let earlier = if path.exists() { source::read_text(path)? } else { String::new() };
    let whole = record::place(&earlier, &plan.name, &text).map_err(|marks| {
        let (path, name) = (path.display(), &plan.name);
        let message = format!("`{path}` does not hold one whole record of `{name}`: {marks}");
        Error::usage_help(message, "leave one line that begins it and one below that ends it, or neither")
    })?;
    if whole != earlier {
        output::replace(path, whole.as_bytes())?;
    }
    let done = if whole == earlier { "stands in" } else { "is written to" };
    place.terminal.say(&format!("the record of {} {done} {}", plan.name, path.display()));
    Ok(Outcome::Fine)
}

/// The commit that the record is made from, and the program that made it.
fn provenance(project: &Project, plan: &Release, place: &Place<'_>) -> Vec<(String, String)> {
    let files = [Some(plan.file), plan.journal.file, plan.runbook.as_ref().map(|runbook| runbook.file)];
    let paths: Vec<&str> =
        files.into_iter().flatten().map(|file| project.sources.get(file).path.as_str()).collect();
    let labels = &project.config.labels;
    let git = Git::new(place.root);
    let commit = git.provenance(&paths);
    if let (Provenance::NoGit, Some(gap)) = (&commit, git.gap()) {
        place.terminal.warn(&gap);
    }
    let commit = commit.words().words(labels);
    let program = format!("runsheet {}", env!("CARGO_PKG_VERSION"));
    let label = |key: &str| labels.word(key).to_owned();
    vec![(label("record-commit"), commit), (label("record-program"), program)]
}

/// What changed in the runbook since the last release that followed it. Where git cannot tell, the
/// record says nothing rather than something wrong, and the terminal says why.
fn changes(project: &Project, plan: &Release, place: &Place<'_>) -> Vec<String> {
    let start = |release: &Release| release.window.as_ref().map(|window| window.start.value);
    let earlier = project.library.releases.iter().filter(|other| {
        other.name != plan.name && other.runbook_id.name == plan.runbook_id.name && start(other) < start(plan)
    });
    let Some(last) = earlier.max_by_key(|other| start(other)) else { return Vec::new() };
    let labels = &project.config.labels;
    let since = |line: &String| labels.fill("diff-since", &[("release", &last.name), ("what", line)]);
    match diff::lines(place, &last.name, &plan.name, labels) {
        Ok(lines) => lines.iter().map(since).collect(),
        Err(error) => {
            place.terminal.say(&format!("what changed since {} is not known: {error}", last.name));
            Vec::new()
        }
    }
}

impl From<RecordHost> for Host {
    fn from(host: RecordHost) -> Self {
        match host {
            RecordHost::Github => Self::GitHub,
            RecordHost::Gitlab => Self::GitLab,
            RecordHost::Azure => Self::Azure,
        }
    }
}
