//! Where the program is run: the folder of the project, one within it, or none.

use std::path::Path;

use crate::project::Project;

/// Runs the program in a folder, without `--root`.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("runsheet"));
    let ran = command.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

#[test]
fn a_folder_within_the_project() {
    let project = Project::new()
        .file("content/runbooks/deep/a.yaml", "title: A\nowner: nobody\nstatus: draft\n")
        .file("content/runbooks/b.yaml", "title: B\nowner: nobody\nstatus: draft\n");
    let (deep, above) =
        (project.path().join("content/runbooks/deep"), project.path().join("content/runbooks"));
    let found = |name: &str| {
        format!("content/runbooks/{name}.yaml:2:8: error[unknown-owner] unknown owner `nobody`\n")
    };
    let checked = |errors: &str| format!("checked 2 runbooks, 0 releases: {errors}\n");
    for folder in [project.path(), &above, &deep] {
        let all = (1, found("b") + &found("deep/a"), checked("2 errors"));
        assert_eq!(run(folder, &["check", "--output-format", "concise"]), all);
    }
    for path in [".", "a.yaml", "content/runbooks/deep"] {
        assert_eq!(
            run(&deep, &["check", "--output-format", "concise", path]),
            (1, found("deep/a"), checked("1 error"))
        );
    }
}

#[test]
fn a_folder_that_is_in_no_project() {
    let project = Project::empty().file("notes/a.txt", "");
    let none = "error: `.` is not a Runsheet project: it has no `content/site.yaml`\n  = help: `runsheet init DIR` writes one to begin with\n";
    assert_eq!(run(&project.path().join("notes"), &["check"]), (2, String::new(), none.to_owned()));
}
