//! The versions of the content that git has, newest first.
//!
//! Each is read by the same code as today's content, so that its codes are those that were printed.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::pipeline;
use crate::source::Sources;
use crate::view::Document;

/// Versions further back are not looked at.
const MOST: &str = "400";

/// A version of a document.
pub(super) struct Version {
    /// The commit.
    pub(super) commit: String,
    /// When it was made: `2026-10-01T09:00:00+02:00`.
    pub(super) date: String,
    /// The document as it was.
    pub(super) document: Document,
}

impl Version {
    /// When and where, for people.
    pub(super) fn written(&self) -> String {
        let day = self.date.get(..10).unwrap_or(&self.date);
        format!("{day} (commit {})", self.commit.get(..12).unwrap_or(&self.commit))
    }
}

/// The newest version with a document that is wanted; `None` where git has none, or there is no git.
pub(super) fn find(root: &Path, wanted: impl Fn(&Document) -> bool) -> Option<Version> {
    let log = git(root, &["log", "-n", MOST, "--format=%H %cI", "--", "content"], "")?;
    for line in String::from_utf8_lossy(&log).lines() {
        let Some((commit, date)) = line.split_once(' ') else { continue };
        let Some(sources) = content(root, commit) else { continue };
        let project = pipeline::resolve(sources, Vec::new());
        let site = pipeline::view(&project, None);
        let document = site.runbooks.into_iter().chain(site.releases).find(&wanted);
        if let Some(document) = document {
            return Some(Version { commit: commit.to_owned(), date: date.to_owned(), document });
        }
    }
    None
}

/// The texts of a commit.
fn content(root: &Path, commit: &str) -> Option<Sources> {
    let listed = git(root, &["ls-tree", "-r", "-z", "--name-only", commit, "--", "content"], "")?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let paths: Vec<&str> =
        listed.split('\0').filter(|path| !path.is_empty() && !path.contains('\n')).collect();
    let asked: String = paths.iter().map(|path| format!("{commit}:./{path}\n")).collect();
    let mut given: &[u8] = &git(root, &["cat-file", "--batch"], &asked)?;
    let mut texts = Vec::new();
    for path in paths {
        let end = given.iter().position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&given[..end]).ok()?.rsplit(' ').next()?.parse::<usize>().ok();
        given = &given[end + 1..];
        // A name that git does not know is answered without a size.
        let Some(size) = size else { continue };
        let text = given.get(..size)?;
        given = given.get(size + 1..)?;
        texts.push((path.to_owned(), String::from_utf8_lossy(text).into_owned()));
    }
    Some(Sources::from_texts(texts))
}

/// What git answers; `None` where it fails.
fn git(root: &Path, arguments: &[&str], asked: &str) -> Option<Vec<u8>> {
    let mut git = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = git.stdin.take()?;
    let output = std::thread::scope(|scope| {
        // Git answers while it is asked: both at once, or neither goes on.
        scope.spawn(move || input.write_all(asked.as_bytes()));
        git.wait_with_output()
    });
    output.ok().filter(|output| output.status.success()).map(|output| output.stdout)
}
