//! A program that does not end by itself: its lines, and how it is asked to end.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt as _;

use crate::generator::AS_OF;
use crate::project::{Project, timeless};

/// Long enough for a busy machine; nothing is timed here.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) out: Receiver<String>,
    pub(crate) err: Receiver<String>,
}

impl Running {
    pub(crate) fn start(project: &Project, arguments: &[&str]) -> Self {
        let mut child = spawn(project, arguments);
        let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
        Self { child, out, err }
    }

    /// The next line of standard error, without its time.
    pub(crate) fn line(&self) -> String {
        timeless(&self.err.recv_timeout(PATIENCE).unwrap())
    }

    /// The next line of standard error that begins with `start`, without its time.
    pub(crate) fn line_with(&self, start: &str) -> String {
        std::iter::repeat_with(|| self.line()).find(|line| line.starts_with(start)).unwrap()
    }

    /// Waits for rebuilds until one has done what is looked for.
    pub(crate) fn until(&self, done: impl Fn() -> bool) {
        while !done() {
            self.line_with("changed ");
        }
    }

    /// The next line of standard output.
    pub(crate) fn answer(&self) -> String {
        self.out.recv_timeout(PATIENCE).unwrap()
    }

    /// Whether nothing is said for a while.
    pub(crate) fn is_quiet(&self) -> bool {
        self.err.recv_timeout(Duration::from_millis(1_500)).is_err()
    }

    /// Asks it to end as Ctrl-C does; its exit code.
    pub(crate) fn interrupt(&mut self) -> Option<i32> {
        interrupt(&mut self.child)
    }
}

/// Starts the program in a project.
pub(crate) fn spawn(project: &Project, arguments: &[&str]) -> Child {
    let mut command = std::process::Command::cargo_bin("runsheet").unwrap();
    command.arg("--root").arg(project.path()).args(arguments);
    command.env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", AS_OF.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Asks a program to end as Ctrl-C does; its exit code.
pub(crate) fn interrupt(child: &mut Child) -> Option<i32> {
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    child.wait().unwrap().code()
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines): (Sender<String>, _) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}
