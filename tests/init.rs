//! `runsheet init`: the starter project.

use std::fs;

use crate::project::Project;

#[test]
fn the_starter_builds_without_findings() {
    let project = Project::empty();
    let dir = project.path().to_str().unwrap();
    assert_eq!(project.run(&["init", dir]).code, 0);
    let ran = project.run(&["check"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(ran.err, "checked 1 runbook, 1 release: no findings\n");
    assert_eq!(project.run(&["build"]).code, 0);
}

#[test]
fn nothing_is_overwritten() {
    let project = Project::empty().file("README.md", "mine");
    let ran = project.run(&["init", project.path().to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.err, "kept ROOT/README.md\nwrote 13 files to ROOT; try `runsheet build --root ROOT`\n");
    assert_eq!(fs::read_to_string(project.path().join("README.md")).unwrap(), "mine");
}

#[test]
fn every_document_names_its_schema() {
    let project = Project::empty();
    project.run(&["init", project.path().to_str().unwrap()]);
    for path in ["site.yaml", "roster.yaml", "runbooks/web-shop.yaml", "releases/v1.0.0.yaml"] {
        let path = project.path().join("content").join(path);
        let text = fs::read_to_string(&path).unwrap();
        let schema = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap();
        assert!(path.parent().unwrap().join(schema).is_file(), "{schema}");
    }
}

/// A command that is killed cannot clear away what it had begun.
#[test]
fn what_a_killed_command_leaves_stays_out_of_git() {
    let project = Project::empty();
    project.run(&["init", project.path().to_str().unwrap()]);
    let git = |arguments: &[&str]| {
        let ran =
            std::process::Command::new("git").args(arguments).current_dir(project.path()).output().unwrap();
        String::from_utf8(ran.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    let status = || git(&["status", "--porcelain", "--untracked-files=all"]);
    let before = status();
    project.put(".output.runsheet-new/half.html", b"half");
    project.put("content/releases/.runsheet-aBcDeF", b"half");
    assert_eq!(status(), before);
    assert!(before.contains("?? content/releases/v1.0.0.yaml\n"), "{before}");
}
