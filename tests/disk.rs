//! A disk that refuses: what is not written as a whole is not there, and what was there stays.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt as _;

use crate::project::{Project, files};

/// A starter project.
fn starter() -> Project {
    let project = Project::empty();
    assert_eq!(project.run(&["init", project.path().to_str().unwrap()]).code, 0);
    project
}

/// Runs the program where no file can have more than 512 bytes, as on a disk that is nearly full.
fn cramped(project: &Project, arguments: &[&str]) -> (Option<i32>, String) {
    let program = Command::cargo_bin("runsheet").unwrap().get_program().to_owned();
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""]).arg(program).args(arguments);
    told(shell.current_dir(project.path()).output().unwrap())
}

/// Runs it as somebody for whom permissions count, as they do not for who runs tests in a container.
fn humble(project: &Project, arguments: &[&str]) -> (Option<i32>, String) {
    let program = Command::cargo_bin("runsheet").unwrap().get_program().to_owned();
    let is_root = fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0);
    let mut command = Command::new(if is_root { "setpriv".into() } else { program.clone() });
    if is_root {
        command.arg("--bounding-set=-dac_override,-dac_read_search").arg(program);
    }
    told(command.args(arguments).current_dir(project.path()).output().unwrap())
}

fn told(output: Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn permit(project: &Project, folder: &str, mode: u32) {
    fs::set_permissions(project.path().join(folder), fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_line_that_does_not_fit_is_not_in_the_journal() {
    let project = starter();
    let path = "content/releases/v1.0.0.journal.yaml";
    let before = fs::read_to_string(project.path().join(path)).unwrap();
    let long = "x".repeat(600);
    let refused = "error: could not write `./content/releases/v1.0.0.journal.yaml`: no storage space\n";
    assert_eq!(cramped(&project, &["event", "v1.0.0", &long, "--by", "ana"]), (Some(2), refused.to_owned()));
    let line = |word: &str| format!("- {{ at: 2026-11-20T08:00:00Z, by: ana, event: {word} }}\n");
    project.put("events.yaml", (line("first") + &line(&long)).as_bytes());
    assert_eq!(cramped(&project, &["import-events", "v1.0.0", "events.yaml"]), (Some(2), refused.to_owned()));
    assert_eq!(fs::read_to_string(project.path().join(path)).unwrap(), before);
    let events = project.path().join("events.yaml");
    assert_eq!(project.run(&["import-events", "v1.0.0", events.to_str().unwrap()]).code, 0);
    let after = fs::read_to_string(project.path().join(path)).unwrap();
    assert_eq!(after, before + &line("first") + &line(&long));
}

#[test]
fn a_new_file_is_there_as_a_whole_or_not_at_all() {
    let project = Project::empty();
    let dir = project.path().to_str().unwrap();
    let (code, err) = cramped(&project, &["init", "."]);
    assert_eq!((code, err.starts_with("error: could not write `./README.md`: ")), (Some(2), true), "{err}");
    assert_eq!(files(project.path()), Vec::<String>::new());
    assert_eq!(project.run(&["init", dir]).err, "wrote 14 files to ROOT; try `runsheet build --root ROOT`\n");

    let before = files(project.path());
    let long = format!("version={}", "9".repeat(600));
    let new = ["release", "new", "v2", "--runbook", "web-shop", "--parameter", &long];
    assert_eq!(cramped(&project, &new).0, Some(2));
    let list: String = (0..40).map(|n| format!("- [ ] Check number {n}\n")).collect();
    project.put("list.md", format!("# List\n\n## Checks\n\n{list}").as_bytes());
    assert_eq!(cramped(&project, &["import", "list.md"]).0, Some(2));
    fs::remove_file(project.path().join("list.md")).unwrap();
    assert_eq!(files(project.path()), before);
}

#[test]
fn a_file_that_is_only_a_link_is_there_too() {
    let project = starter();
    symlink("nowhere", project.path().join("content/releases/v2.yaml")).unwrap();
    let ran = project.run(&["release", "new", "v2", "--runbook", "web-shop"]);
    assert_eq!(ran.code, 2);
    assert!(!project.path().join("content/releases/nowhere").exists());
}

#[test]
fn an_output_that_may_not_be_written_to_stays_as_it_is() {
    let project = starter();
    assert_eq!(project.run(&["build"]).code, 0);
    let before = project.tree("output");
    project.put("content/pages/other.md", b"# Other\n");
    permit(&project, "output", 0o555);
    let build = ["build", "--no-cache"];
    let (code, err) = humble(&project, &build);
    let err = err.replace(project.path().to_str().unwrap(), "ROOT");
    let refused = "error: could not write `ROOT/output`: Permission denied (os error 13)\n";
    assert_eq!((code, err.as_str()), (Some(2), refused));
    assert_eq!(project.tree("output"), before);
    // Nothing is left that would keep the next build from beginning.
    permit(&project, "output", 0o755);
    assert_eq!(humble(&project, &build).0, Some(0));
    assert!(!project.path().join(".output.runsheet-new").exists());
}

#[test]
fn an_output_may_be_all_that_can_be_written_to() {
    let project = starter();
    fs::create_dir_all(project.path().join("volume/site")).unwrap();
    permit(&project, "volume", 0o555);
    let build = ["build", "--no-cache", "--output", "volume/site"];
    for text in ["Other", "Another"] {
        project.put("content/pages/other.md", format!("# {text}\n").as_bytes());
        let (code, err) = humble(&project, &build);
        assert_eq!((code, err.starts_with("built ")), (Some(0), true), "{err}");
        let page = fs::read_to_string(project.path().join("volume/site/pages/other.html")).unwrap();
        assert!(page.contains(&format!("<title>{text} ·")), "{page}");
        assert!(!project.path().join("volume/site/.runsheet-new").exists());
    }
    permit(&project, "volume", 0o755);
}
