//! What `build` leaves on disk: the same bytes from the same input, only what changed, only its own.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use crate::project::{Project, Ran};

#[test]
fn two_builds_are_the_same_bytes() {
    let (one, two) = (Project::small(), Project::small());
    assert_eq!(one.run_with(&["build"], &[("TZ", "Asia/Tokyo")]).code, 0);
    assert_eq!(
        two.run_with(&["build", "--jobs", "1"], &[("TZ", "America/Lima"), ("LANG", "tr_TR.UTF-8")]).code,
        0
    );
    let (one, two) = (one.tree("output"), two.tree("output"));
    let differ: Vec<&String> = one.iter().zip(&two).filter(|(a, b)| a != b).map(|(a, _)| &a.0).collect();
    assert_eq!(differ, Vec::<&String>::new());
    assert_eq!(one.len(), two.len());
}

#[test]
fn the_summary_counts() {
    let ran = Project::small().run(&["build"]);
    let err = "built 1 runbook, 1 release: 19 pages, 10 sheets, 1 record in TIME\n";
    assert_eq!(ran, Ran { code: 0, out: String::new(), err: err.to_owned() });
}

#[test]
fn what_is_the_same_is_not_touched() {
    let project = Project::small();
    project.run(&["build"]);
    let inode = |path: &str| fs::metadata(project.path().join("output").join(path)).unwrap().ino();
    let (page, folder) = (inode("contacts.html"), inode(""));
    project.run(&["build"]);
    assert_eq!((inode("contacts.html"), inode("")), (page, folder));
}

#[test]
fn only_what_a_build_wrote_is_removed() {
    let project = Project::small();
    project.run(&["build"]);
    project.put("output/mine.txt", b"mine");
    project.put("content/pages/other.md", b"# Other\n");
    project.run(&["build"]);
    assert!(project.path().join("output/pages/other.html").is_file());
    fs::remove_file(project.path().join("content/pages/other.md")).unwrap();
    project.run(&["build"]);
    assert!(!project.path().join("output/pages/other.html").exists());
    assert_eq!(fs::read(project.path().join("output/mine.txt")).unwrap(), b"mine");
}

#[test]
fn a_damaged_manifest_removes_nothing() {
    let project = Project::small();
    project.run(&["build"]);
    project.put("output/keep.html", b"keep");
    let forged =
        r#"{ "version": 1, "files": { "../content/site.yaml": "00", "keep.html": "00" }, "documents": [] }"#;
    project.put("output/manifest.json", forged.as_bytes());
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(project.path().join("output/keep.html").is_file());
    assert!(project.path().join("content/site.yaml").is_file());
}

#[test]
fn an_interrupted_build_is_cleared_away() {
    let project = Project::small();
    project.run(&["build"]);
    project.put(".output.runsheet-new/half.html", b"half");
    project.put("content/pages/other.md", b"# Other\n");
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(!project.path().join(".output.runsheet-new").exists());
}

#[test]
fn no_absolute_path_in_any_output() {
    let project = Project::small();
    project.run(&["build"]);
    let root = project.path().to_str().unwrap().as_bytes().to_vec();
    for (path, bytes) in project.tree("output") {
        assert!(!bytes.windows(root.len()).any(|window| window == root), "{path}");
    }
}

/// One of the two would be lost, and which of them a matter of luck.
#[test]
fn no_file_is_written_by_two_documents() {
    let project = Project::empty();
    project.run(&["init", project.path().to_str().unwrap()]);
    let plan = fs::read_to_string(project.path().join("content/releases/v1.0.0.yaml")).unwrap();
    project.put("content/releases/v1.0.0.dba.yaml", plan.as_bytes());
    let ran = project.run(&["build", "--no-pdf"]);
    let err = "error: `releases/v1.0.0.dba.ics` would be two files in one; give one of the documents another name\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, err));
    assert!(!project.path().join("output/index.html").exists());
}
