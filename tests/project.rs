//! A project in a folder of its own, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::CommandCargoExt as _;

use crate::generator::AS_OF;

/// The smallest site that has no findings.
pub(crate) const SITE: &str = "title: Test\n";

/// A folder that goes away with the value.
pub(crate) struct Project {
    dir: tempfile::TempDir,
}

/// What the program said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// A project with a `content/site.yaml`.
    pub(crate) fn new() -> Self {
        Self::empty().file("content/site.yaml", SITE)
    }

    pub(crate) fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A copy of the small site that the goldens are made from.
    pub(crate) fn small() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site");
        let mut project = Self::empty();
        for path in files(&root) {
            let bytes = fs::read(root.join(&path)).unwrap();
            project = project.bytes(&path, &bytes);
        }
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        self.put(path, bytes);
        self
    }

    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the program with this project as its root; times in what it says become `TIME`.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = std::process::Command::cargo_bin("runsheet").unwrap();
        command.arg("--root").arg(self.dir.path()).args(arguments);
        command.env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", AS_OF.to_string());
        command.envs(environment.iter().copied());
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            timeless(&text.replace(self.dir.path().to_str().unwrap(), "ROOT"))
        };
        Ran { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Every file below `folder` with its bytes, in order.
    pub(crate) fn tree(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let root = self.dir.path().join(folder);
        files(&root).into_iter().map(|path| (path.clone(), fs::read(root.join(&path)).unwrap())).collect()
    }
}

/// ` in 0.31 s` differs from run to run.
pub(crate) fn timeless(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        match (line.rfind(" in "), line.trim_end().ends_with(" s")) {
            (Some(at), true) => {
                out.push_str(&line[..at]);
                out.push_str(" in TIME\n");
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// The paths of all files below `root`, sorted.
pub(crate) fn files(root: &Path) -> Vec<String> {
    fn walk(root: &Path, dir: PathBuf, found: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(&dir) else { return };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                walk(root, path, found);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let mut found = Vec::new();
    walk(root, root.to_path_buf(), &mut found);
    found.sort();
    found
}

/// Compares with a golden file, or writes it when `UPDATE` is set.
pub(crate) fn golden(path: &str, actual: &str) {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(&full, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&full).unwrap_or_default();
    assert!(
        expected == actual,
        "{path} differs; look at it, then run `UPDATE=1 cargo test`:\n{}",
        first_difference(&expected, actual)
    );
}

fn first_difference(expected: &str, actual: &str) -> String {
    let lines = expected.lines().zip(actual.lines()).enumerate();
    match lines.into_iter().find(|(_, (a, b))| a != b) {
        Some((n, (a, b))) => format!("line {}:\n- {a}\n+ {b}", n + 1),
        None => format!("{} lines expected, {} there", expected.lines().count(), actual.lines().count()),
    }
}
