//! `runsheet watch`: a save is seen, a mistake does not end it, its own output does not wake it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt as _;

use crate::project::Project;

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(project: &Project, extra: &[&str]) -> Self {
        let mut command = std::process::Command::cargo_bin("runsheet").unwrap();
        command.arg("--root").arg(project.path()).args(["watch", "--no-pdf", "--debounce", "50"]).args(extra);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let errors = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// The next line that begins with `start`; a generous wait, nothing is timed here.
    fn line(&self, start: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60)).unwrap();
            if line.starts_with(start) {
                return line;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn saves_are_seen(extra: &[&str]) {
    let project = Project::small();
    let watching = Watching::start(&project, extra);
    watching.line("built 1 runbook");
    let page = project.path().join("output/pages/policy.html");
    project.put("content/pages/policy.md", b"# Another policy\n");
    assert_eq!(watching.line("changed: "), "changed: content/pages/policy.md");
    watching.line("built 1 runbook");
    assert!(fs::read_to_string(&page).unwrap().contains("Another policy"));

    project.put("content/runbooks/broken.yaml", b"titel: A\n");
    watching.line("changed: ");
    watching.line("2 errors: nothing was built");

    // An editor writes a new file and renames it over the old one.
    fs::remove_file(project.path().join("content/runbooks/broken.yaml")).unwrap();
    project.put("content/pages/.policy.md.swp", b"# Third policy\n");
    fs::rename(
        project.path().join("content/pages/.policy.md.swp"),
        project.path().join("content/pages/policy.md"),
    )
    .unwrap();
    watching.line("built 1 runbook");
    let quiet = watching.lines.recv_timeout(Duration::from_millis(1_500));
    assert!(quiet.is_err() || quiet.is_ok_and(|line| !line.contains("output")));
}

#[test]
fn saves_are_seen_when_the_disk_tells() {
    saves_are_seen(&[]);
}

#[test]
fn saves_are_seen_by_looking_again() {
    saves_are_seen(&["--poll"]);
}
