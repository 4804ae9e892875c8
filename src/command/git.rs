//! What git knows: commits, the files at a commit, whether something is not committed, its settings.
//!
//! Takes the project's folder, gives what the program `git` answers. That there is no git, or no
//! repository, is an answer too; only who needs one makes it an error. Nothing here writes, and no
//! name that people give is ever taken for an option.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::diagnostic::Phrase;
use crate::error::{Error, Result};

/// How many digits of a commit are shown.
const SHORT: usize = 12;

/// The repository that a project stands in, if there is one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Git<'a> {
    root: &'a Path,
}

/// Where content comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Provenance {
    /// There is no git here, no repository, or no commit yet.
    NoGit,
    /// The commit that is checked out.
    Commit {
        /// Its hash in full.
        hash: String,
        /// Whether one of the paths was changed since, or was never committed.
        dirty: bool,
    },
}

impl<'a> Git<'a> {
    pub(crate) fn new(root: &'a Path) -> Self {
        Self { root }
    }

    /// The commit that is checked out, and whether `paths` below the project stand as it says.
    pub(crate) fn provenance(self, paths: &[&str]) -> Provenance {
        let Some(hash) = self.line(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]) else {
            return Provenance::NoGit;
        };
        let status = ["status", "--porcelain=v2", "--untracked-files=all", "--"];
        let status: Vec<&str> = status.iter().chain(paths).copied().collect();
        // What git does not tell is not known to be clean.
        let dirty = self.ask(&status).is_none_or(|answer| !answer.is_empty());
        Provenance::Commit { hash, dirty }
    }

    /// The hash of the commit that `revision` names.
    ///
    /// # Errors
    /// When there is no git, no repository, or no such commit.
    pub(crate) fn commit(self, revision: &str) -> Result<String> {
        let output = self.run(&["rev-parse", "--is-inside-work-tree"]);
        match output {
            Err(error) => return Err(Error::usage(format!("git is needed for `{revision}`: {error}"))),
            Ok(output) if !output.status.success() => {
                let message = match self.refusal() {
                    Some(said) => format!("is in a git repository that cannot be read: {said}"),
                    None => format!("is in no git repository: there is no `{revision}`"),
                };
                return Err(Error::place(self.root, message));
            }
            Ok(_) => {}
        }
        let name = format!("{revision}^{{commit}}");
        let found = self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name]);
        found.ok_or_else(|| Error::usage(format!("git knows no revision `{revision}`")))
    }

    /// Why git does not tell all of the history, if it has one that it keeps back.
    pub(crate) fn gap(self) -> Option<String> {
        let refused = || self.refusal().map(|said| format!("git does not tell what it has: {said}"));
        self.shallow().map(str::to_owned).or_else(refused)
    }

    /// What helps where the history was cut off when the repository was cloned.
    pub(crate) fn shallow(self) -> Option<&'static str> {
        let shallow = self.line(&["rev-parse", "--is-shallow-repository"])? == "true";
        shallow.then_some("git has only the newest commits here: get the others with `git fetch --unshallow`")
    }

    /// What git says where there is a repository that it does not read, as one that is somebody else's.
    fn refusal(self) -> Option<String> {
        let output = self.run(&["rev-parse", "--git-dir"]).ok()?;
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said.lines().next()?.trim_start_matches("fatal: ");
        let refused = !output.status.success() && !first.starts_with("not a git repository");
        refused.then(|| first.to_owned())
    }

    /// The newest commits that touched `folder` below the project, at most so many: the hash of each, and
    /// when it was made, as in `2026-10-01T09:00:00+02:00`.
    pub(crate) fn commits(self, folder: &str, most: usize) -> Vec<(String, String)> {
        let most = format!("--max-count={most}");
        let log = self.ask(&["log", &most, "--format=%H %cI", "--", folder]).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let commit = |line: &str| line.split_once(' ').map(|(hash, date)| (hash.to_owned(), date.to_owned()));
        log.lines().filter_map(commit).collect()
    }

    /// A value of the configuration.
    pub(crate) fn setting(self, key: &str) -> Option<String> {
        self.line(&["config", "--get", key]).map(|value| value.trim().to_owned())
    }

    /// A file that the configuration names.
    pub(crate) fn setting_path(self, key: &str) -> Option<PathBuf> {
        self.line(&["config", "--type=path", "--get", key]).map(PathBuf::from)
    }

    /// The last commit that touched one of `paths` below the project.
    pub(crate) fn last_commit(self, paths: &[&str]) -> Option<String> {
        let log = ["log", "-1", "--format=%H", "--"];
        let log: Vec<&str> = log.iter().chain(paths).copied().collect();
        self.line(&log)
    }

    /// The folder of the project within its repository, with a slash at its end; empty at the top.
    pub(crate) fn prefix(self) -> String {
        self.line(&["rev-parse", "--show-prefix"]).unwrap_or_default()
    }

    /// Every regular file below `folder` at a commit, by its path below the project.
    ///
    /// # Errors
    /// When git cannot read them.
    pub(crate) fn files(self, commit: &str, folder: &str) -> Result<Vec<(String, Vec<u8>)>> {
        let failed =
            || Error::place(self.root, format!("has a git repository that cannot be read at `{commit}`"));
        let tree = self.ask(&["ls-tree", "-r", "-z", commit, "--", folder]).ok_or_else(failed)?;
        let listed: Vec<(String, String)> = tree
            .split(|byte| *byte == 0)
            .filter_map(|entry| {
                // `100644 blob HASH<tab>PATH`; links and submodules are no content.
                let (head, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
                let hash = head.strip_prefix("100644 blob ").or_else(|| head.strip_prefix("100755 blob "))?;
                Some((hash.to_owned(), path.to_owned()))
            })
            .collect();
        let hashes: String = listed.iter().map(|(hash, _)| format!("{hash}\n")).collect();
        let blobs = self.blobs(hashes).and_then(|answer| split(&answer, listed.len())).ok_or_else(failed)?;
        Ok(listed.into_iter().map(|(_, path)| path).zip(blobs).collect())
    }

    /// What `cat-file` answers to a list of hashes, one on a line.
    fn blobs(self, hashes: String) -> Option<Vec<u8>> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).spawn().ok()?;
        let mut input = child.stdin.take()?;
        // Git answers while it is being asked: who only asks would wait for ever.
        let asking = std::thread::spawn(move || input.write_all(hashes.as_bytes()));
        let output = child.wait_with_output().ok()?;
        asking.join().ok()?.ok()?;
        output.status.success().then_some(output.stdout)
    }

    /// One line of an answer.
    fn line(self, arguments: &[&str]) -> Option<String> {
        let answer = String::from_utf8(self.ask(arguments)?).ok()?;
        let line = answer.trim_end_matches(['\r', '\n']);
        (!line.is_empty()).then(|| line.to_owned())
    }

    /// An answer; `None` where git is not there or refuses.
    fn ask(self, arguments: &[&str]) -> Option<Vec<u8>> {
        let output = self.run(arguments).ok()?;
        output.status.success().then_some(output.stdout)
    }

    fn run(self, arguments: &[&str]) -> std::io::Result<Output> {
        self.command(arguments).output()
    }

    fn command(self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).args(["--no-pager", "--literal-pathspecs"]).args(arguments);
        // Looking must not take a lock, ask for a password or answer in another language.
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

impl Provenance {
    /// `1a2b3c4d5e6f`, `1a2b3c4d5e6f with uncommitted changes`, `no git`
    pub(crate) fn words(&self) -> Phrase {
        match self {
            Self::NoGit => Phrase::label("record-no-git"),
            Self::Commit { hash, dirty: false } => short(hash).into(),
            Self::Commit { hash, dirty: true } => {
                Phrase::label("record-uncommitted").with("hash", short(hash))
            }
        }
    }
}

/// The first digits of a commit's hash.
pub(crate) fn short(hash: &str) -> &str {
    hash.get(..SHORT).unwrap_or(hash)
}

/// Cuts `HASH blob LENGTH<newline>BYTES<newline>…` into `count` blobs.
fn split(answer: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut rest = answer;
    let mut blobs = Vec::with_capacity(count);
    for _ in 0..count {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(rest.get(..end)?).ok()?;
        let length: usize = head.rsplit(' ').next()?.parse().ok()?;
        let from = end + 1;
        blobs.push(rest.get(from..from + length)?.to_vec());
        rest = rest.get(from + length + 1..)?;
    }
    Some(blobs)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn blobs_are_cut_by_their_lengths() {
        let answer = b"aa blob 3\na\nb\nbb blob 0\n\n";
        assert_eq!(split(answer, 2), Some(vec![b"a\nb".to_vec(), Vec::new()]));
        assert_eq!(split(answer, 3), None);
        assert_eq!(split(b"aa missing\n", 1), None);
    }
}
