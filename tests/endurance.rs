//! What a journal withstands: torn lines, links, killed writers, two branches.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::CommandCargoExt as _;

use crate::journal::{JOURNAL, NOBODY, NOW, read, run};
use crate::project::{Project, Ran};

#[test]
fn a_torn_line_stays_and_the_next_begins_anew() {
    let project = Project::small();
    project.put(
        JOURNAL,
        b"- { at: 2026-11-18T06:00:00Z, by: bo, event: a }\n- { at: 2026-11-18T06:01:00Z, by: bo, event: \"b",
    );
    let before = read(&project, JOURNAL);
    assert_eq!(run(&project, &["event", "v1", "c", "--by", "bo"]).code, 0);
    let line = format!("- {{ at: {NOW}, by: bo, event: c }}\n");
    assert_eq!(read(&project, JOURNAL), format!("{before}\n{line}"));
    assert_eq!(run(&project, &["event", "v1", "c", "--by", "bo"]).code, 0);
    assert_eq!(read(&project, JOURNAL), format!("{before}\n{line}{line}"));
}

#[test]
fn a_journal_that_leads_out_of_the_content_is_not_written() {
    let project = Project::small().file("other.yaml", "mine\n");
    let journal = project.path().join(JOURNAL);
    for target in ["../../other.yaml", "../../nothing.yaml"] {
        fs::remove_file(&journal).unwrap();
        std::os::unix::fs::symlink(target, &journal).unwrap();
        let ran = run(&project, &["event", "v1", "x", "--by", "bo"]);
        let err = format!("error: `ROOT/{JOURNAL}` leads out of `content/`\n");
        assert_eq!(ran, Ran { code: 2, out: String::new(), err });
    }
    assert_eq!(read(&project, "other.yaml"), "mine\n");
    assert!(!project.path().join("nothing.yaml").exists());
}

/// A stream of numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn writers_that_are_killed_lose_nothing_they_completed() {
    const WRITERS: u64 = 8;
    const APPENDS: u64 = 125;
    let project = Project::new().file("content/releases/v1.yaml", "runbook: none\nversion: v1\n");
    let begun = Instant::now();
    run(&project, &["event", "v1", "begin", "--by", "w"]);
    // With eight at work on two cores each takes several times as long as one alone.
    let long = 8 * begun.elapsed().as_micros() as u64;
    let completed = Mutex::new(BTreeSet::new());
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (project, completed) = (&project, &completed);
            scope.spawn(move || {
                let mut dice = Dice(writer);
                for number in 0..APPENDS {
                    let text = format!("{writer}.{number}: \"{}\"", "x".repeat(dice.roll(600) as usize));
                    let mut command = Command::cargo_bin("runsheet").unwrap();
                    command.arg("--root").arg(project.path()).args(["event", "v1", &text, "--by", "w"]);
                    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
                    let mut child = command.spawn().unwrap();
                    thread::sleep(Duration::from_micros(dice.roll(long)));
                    child.kill().unwrap();
                    if child.wait().unwrap().success() {
                        completed.lock().unwrap().insert(text);
                    }
                }
            });
        }
    });
    let completed = completed.into_inner().unwrap();
    let mut events = BTreeSet::new();
    for line in read(&project, JOURNAL).lines() {
        // A torn line has no end; every other is an event, once.
        if let Ok(event) = serde_yaml::from_str::<serde_yaml::Value>(line) {
            assert!(events.insert(event[0]["event"].as_str().unwrap().to_owned()), "{line}");
        }
    }
    let lost: Vec<&String> = completed.difference(&events).collect();
    assert_eq!(lost, Vec::<&String>::new());
    // The test is worth something when some were killed and some were not.
    assert!((20..980).contains(&completed.len()), "{} of 1000 completed", completed.len());
    assert_eq!(run(&project, &["release", "list"]).code, 0);
}

const GATED: &str = "\
title: Api
status: draft
sections:
  - title: Ready
    id: ready
    checks: [{ title: Tests, id: tests }, { title: Backup, id: backup }]
";

#[test]
fn two_branches_merge_without_a_conflict() {
    let mut merged = Vec::new();
    for (ours, theirs) in [("one", "two"), ("two", "one")] {
        let project = Project::new()
            .file(".gitattributes", "*.journal.yaml merge=union\n")
            .file("content/runbooks/api.yaml", GATED)
            .file("content/releases/v1.yaml", "runbook: api\nversion: v1\n")
            .file(JOURNAL, "- { at: 2026-11-18T08:00:00Z, by: ana, event: begin }\n");
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.arg("-C").arg(project.path()).args([
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
            ]);
            let output = command.args(arguments).envs(NOBODY.iter().copied()).output().unwrap();
            assert!(output.status.success(), "{output:?}");
        };
        let record = |item: &str, state: &str, by: &str, at: &str| {
            let ran = run(&project, &["record", "v1", item, state, "--by", by, "--at", at]);
            assert_eq!(ran.code, 0, "{ran:?}");
        };
        git(&["init", "--quiet", "--initial-branch", "main"]);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "Begin"]);
        git(&["checkout", "--quiet", "-b", "one"]);
        record("backup", "done", "ana", "2026-11-18T08:10:00Z");
        record("tests", "done", "ana", "2026-11-18T08:30:00Z");
        git(&["commit", "--quiet", "--all", "--message", "One"]);
        git(&["checkout", "--quiet", "-b", "two", "main"]);
        record("tests", "failed", "bo", "2026-11-18T08:20:00Z");
        record("backup", "done", "bo", "2026-11-18T08:40:00Z");
        git(&["commit", "--quiet", "--all", "--message", "Two"]);
        assert!(run(&project, &["release", "list"]).out.contains("NO-GO"));
        git(&["checkout", "--quiet", ours]);
        git(&["merge", "--quiet", "--no-edit", theirs]);
        // The latest event wins, in whichever order the lines came together.
        let list = "release  runbook  version  start  verdict  outcome\nv1       api      v1       –      GO       –\n";
        assert_eq!(run(&project, &["release", "list"]).out, list);
        let mut lines: Vec<String> = read(&project, JOURNAL).lines().map(str::to_owned).collect();
        lines.sort();
        merged.push(lines);
    }
    let expected = [
        "- { at: 2026-11-18T08:00:00Z, by: ana, event: begin }",
        "- { at: 2026-11-18T08:10:00Z, by: ana, item: backup, is: done }",
        "- { at: 2026-11-18T08:20:00Z, by: bo, item: tests, is: failed }",
        "- { at: 2026-11-18T08:30:00Z, by: ana, item: tests, is: done }",
        "- { at: 2026-11-18T08:40:00Z, by: bo, item: backup, is: done }",
    ];
    assert_eq!(merged, [expected, expected]);
}
