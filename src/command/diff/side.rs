//! What a name on the command line stands for: a release, a runbook, or all runbooks at a revision.
//!
//! Takes names, gives resolved runbooks. Those of git are read and resolved by the same code as those
//! on the disk.

use std::path::Path;
use std::sync::Arc;

use crate::command::Place;
use crate::command::git::{Git, Provenance, short};
use crate::command::subject::{self, RUNBOOKS, is_yaml};
use crate::command::terminal::plural;
use crate::diagnostic::{Severity, closest};
use crate::error::{Error, Result};
use crate::model::Library;
use crate::model::release::{Act, Release};
use crate::model::runbook::Runbook;
use crate::pipeline::{self, Project};
use crate::source::load_bytes;

/// What can be compared.
const WAYS: &str = "give a release, the file of a runbook, a git revision, or `REVISION:FILE`";

/// One side of a comparison.
pub(super) struct Side {
    /// As it was asked for.
    pub(super) name: String,
    /// `release`, `runbook` or `revision`.
    pub(super) kind: &'static str,
    /// Where its content comes from.
    pub(super) from: Provenance,
    /// What is compared.
    pub(super) what: What,
    /// What a reader should know beside it.
    pub(super) notes: Vec<String>,
}

/// What is compared.
pub(super) enum What {
    /// Every runbook, the releases with their journals, and the roster.
    All(Library),
    /// One.
    Runbook(Arc<Runbook>),
    /// A release, whose runbook exists.
    Release(Arc<Release>),
}

/// Finds sides.
pub(super) struct Sides<'a> {
    root: &'a Path,
    git: Git<'a>,
    /// The project as it is on the disk.
    project: Project,
}

impl Side {
    /// The runbook, if it is one.
    pub(super) fn one(&self) -> Option<&Runbook> {
        match &self.what {
            What::All(..) => None,
            What::Runbook(runbook) => Some(runbook),
            What::Release(release) => release.runbook.as_deref(),
        }
    }

    /// `v1.4.0 (1a2b3c4d5e6f)`
    pub(super) fn words(&self) -> String {
        match &self.from {
            Provenance::NoGit => self.name.clone(),
            from => format!("{} ({})", self.name, from.words()),
        }
    }
}

impl<'a> Sides<'a> {
    pub(super) fn new(place: &Place<'a>) -> Result<Self> {
        let project = pipeline::load(place.root, &place.root.join("output"))?;
        Ok(Self { root: place.root, git: Git::new(place.root), project })
    }

    /// Every runbook as it is on the disk.
    pub(super) fn now(&self) -> Side {
        Side {
            name: "working tree".to_owned(),
            kind: "revision",
            from: self.git.provenance(&["content"]),
            what: What::All(self.project.library.clone()),
            notes: self.errors("working tree", &self.project),
        }
    }

    /// What `name` stands for: a release before a file before a revision.
    pub(super) fn of(&self, name: &str) -> Result<Side> {
        if let Some(release) = self.project.library.release(name) {
            return self.release(name, release);
        }
        let path = self.inside(name);
        if path.as_deref().is_some_and(|path| self.project.sources.find(path).is_some()) {
            return self.file(name, path.as_deref().unwrap_or(name), &self.project);
        }
        match name.split_once(':') {
            Some((revision, path)) if !revision.is_empty() && !path.is_empty() => {
                self.file_at(name, revision, path)
            }
            _ if is_yaml(name) || Path::new(name).is_file() => Err(no_runbook(name)),
            _ => self.revision(name),
        }
    }

    /// A path as people type it, from here or from the root, as one below the root.
    fn inside(&self, name: &str) -> Option<String> {
        let home = self.root.canonicalize().ok()?;
        let here = Path::new(name);
        let real =
            [here.to_path_buf(), self.root.join(here)].into_iter().find_map(|path| path.canonicalize().ok());
        let below = real?.strip_prefix(home).ok()?.to_path_buf();
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// A runbook or the plan of a release, by its path in `project`.
    fn file(&self, name: &str, path: &str, project: &Project) -> Result<Side> {
        let file = project.sources.find(path).ok_or_else(|| no_runbook(name))?;
        if let Some(release) = project.library.releases.iter().find(|release| release.file == file) {
            return Ok(Side { from: self.git.provenance(&[path]), ..planned(name, release)? });
        }
        if !path.starts_with(RUNBOOKS) || !is_yaml(path) {
            return Err(no_runbook(name));
        }
        let found = project.library.runbooks.iter().find(|runbook| runbook.file == file);
        let runbook = found.ok_or_else(|| unreadable(name))?;
        Ok(Side {
            name: name.to_owned(),
            kind: "runbook",
            from: self.git.provenance(&[path]),
            what: What::Runbook(Arc::clone(runbook)),
            notes: self.errors(name, project),
        })
    }

    /// `REVISION:FILE`; the file is named from the root of the project or from that of the repository.
    fn file_at(&self, name: &str, revision: &str, path: &str) -> Result<Side> {
        let commit = self.git.commit(revision)?;
        let project = self.project_at(&commit)?;
        let path = path.trim_start_matches("./");
        let prefix = self.git.prefix();
        let short =
            path.strip_prefix(&prefix).filter(|_| project.sources.find(path).is_none()).unwrap_or(path);
        let side = self.file(name, short, &project)?;
        Ok(Side { from: Provenance::Commit { hash: commit, dirty: false }, ..side })
    }

    fn revision(&self, name: &str) -> Result<Side> {
        let commit = self.git.commit(name).map_err(|error| self.unknown(name, &error))?;
        let project = self.project_at(&commit)?;
        if let Some(path) = subject::unread(&project).next() {
            return Err(unreadable(&format!("{name}:{path}")));
        }
        Ok(Side {
            name: name.to_owned(),
            kind: "revision",
            from: Provenance::Commit { hash: commit, dirty: false },
            notes: self.errors(name, &project),
            what: What::All(project.library),
        })
    }

    /// A release that has ended is compared as it was when its last event was committed: its runbook
    /// may have changed since. One that has not follows the runbook as it is now.
    fn release(&self, name: &str, release: &Arc<Release>) -> Result<Side> {
        let plan = &self.project.sources.get(release.file).path;
        let journal = plan.replace(".yaml", ".journal.yaml");
        let paths = [plan.as_str(), journal.as_str()];
        let ended = release.journal.events.iter().any(|event| matches!(event.act, Act::Outcome { .. }));
        if !ended {
            return Ok(Side { from: self.git.provenance(&["content"]), ..planned(name, release)? });
        }
        let committed = matches!(self.git.provenance(&paths), Provenance::Commit { dirty: false, .. });
        let commit = self.git.last_commit(&paths).filter(|_| committed);
        let Some(commit) = commit else {
            let note = format!(
                "release `{name}` has ended and its journal is not committed: it is compared with its runbook as it is now"
            );
            let from = self.git.provenance(&["content"]);
            return Ok(Side { from, notes: vec![note], ..planned(name, release)? });
        };
        let project = self.project_at(&commit)?;
        let then =
            project.library.release(name).ok_or_else(|| unreadable(&format!("{}:{plan}", short(&commit))))?;
        Ok(Side { from: Provenance::Commit { hash: commit, dirty: false }, ..planned(name, then)? })
    }

    /// The project at a commit.
    fn project_at(&self, commit: &str) -> Result<Project> {
        let files = self.git.files(commit, "content")?;
        let (sources, faults) = load_bytes(files);
        Ok(pipeline::resolve(sources, faults))
    }

    /// What stays unsaid because the runbooks have errors.
    fn errors(&self, name: &str, project: &Project) -> Vec<String> {
        let in_runbook = |file| project.sources.get(file).path.starts_with(RUNBOOKS);
        let found = project
            .found
            .iter()
            .filter(|found| found.severity == Severity::Error && in_runbook(found.span.file));
        match found.count() {
            0 => Vec::new(),
            number => {
                vec![format!(
                    "`{name}` has {} in its runbooks, and what they hide is not compared",
                    plural(number, "error")
                )]
            }
        }
    }

    fn unknown(&self, name: &str, error: &Error) -> Error {
        let releases = self.project.library.releases.iter().map(|release| release.name.as_str());
        let range = name.split_once("..").map(|(from, to)| (from, to.trim_start_matches('.')));
        let end = |end: &str| if end.is_empty() { "HEAD".to_owned() } else { end.to_owned() };
        let help = match (range, closest(name, releases)) {
            (Some((from, to)), _) => format!("give the two ends of a range: `{} {}`", end(from), end(to)),
            (None, Some(near)) => format!("did you mean the release `{near}`?"),
            (None, None) => self.git.shallow().unwrap_or(WAYS).to_owned(),
        };
        Error::usage_help(format!("`{name}` is no release and no file here; {error}"), help)
    }
}

/// A release with its runbook.
fn planned(name: &str, release: &Arc<Release>) -> Result<Side> {
    if release.runbook.is_none() {
        let runbook = &release.runbook_id.name;
        return Err(Error::usage(format!(
            "release `{name}` follows the runbook `{runbook}`, which does not exist"
        )));
    }
    Ok(Side {
        name: name.to_owned(),
        kind: "release",
        from: Provenance::NoGit,
        what: What::Release(Arc::clone(release)),
        notes: Vec::new(),
    })
}

fn no_runbook(name: &str) -> Error {
    Error::usage_help(
        format!("`{name}` is neither a runbook nor a release of this project"),
        "runbooks lie in `content/runbooks/`, releases in `content/releases/`",
    )
}

fn unreadable(name: &str) -> Error {
    Error::usage_help(format!("`{name}` cannot be read"), "`runsheet check` says what is wrong in it")
}
