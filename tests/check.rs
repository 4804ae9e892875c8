//! `runsheet check`: what it says, in full, and its exit codes.

use crate::project::{Project, Ran};

const ROSTER: &str = "people:\n  ana: { name: Ana Ruiz, email: ana@example.org }\nroles:\n  dba: { title: Database administrator, holder: ana, backup: ana }\n";

#[test]
fn four_mistakes_in_three_files_in_one_run() {
    let project = Project::new()
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/one.yaml", "title: One\nsections:\n  - title: \"Unclosed\n")
        .file(
            "content/runbooks/three.yaml",
            "title: Three\nstatus: issued\nsections:\n  - title: Database\n    thresholds: [checks = 100 %]\n    checks: [Backup]\n  - title: Rollback\n    owner: dba\n    thresholds: [checks = 100 %]\n    steps:\n      - title: Restore\n        expect: Done.\n        on-failure: nowhere\n",
        )
        .file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    let Ran { code, out, err } = project.run(&["check"]);
    let heads: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("error") || line.trim_start().starts_with("-->"))
        .map(str::trim)
        .collect();
    assert_eq!(
        heads,
        [
            "error[invalid-yaml]: invalid YAML: invalid indentation in multiline quoted scalar",
            "--> content/runbooks/one.yaml:4:1",
            "error[missing-owner]: section `Database` has no owner",
            "--> content/runbooks/three.yaml:4:5",
            "error[unknown-reference]: unknown reference `nowhere`",
            "--> content/runbooks/three.yaml:13:21",
            "error[unknown-key]: unknown key `productt`",
            "--> content/runbooks/two.yaml:2:1",
        ]
    );
    assert_eq!(code, 1);
    assert_eq!(err, "checked 2 runbooks, 0 releases: 4 errors\n");
}

#[test]
fn no_project_is_no_finding() {
    let ran = Project::empty().run(&["check"]);
    let err = "error: `ROOT` is not a Runsheet project: it has no `content/site.yaml`\n";
    assert_eq!(ran, Ran { code: 2, out: String::new(), err: err.to_owned() });
}

#[test]
fn a_wrong_command_line_could_not_run() {
    let ran = Project::new().run(&["chekc"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn colour_only_when_it_is_asked_for() {
    let project = Project::new().file("content/runbooks/two.yaml", "title: Two\nproductt: Shop\n");
    assert!(!project.run(&["check"]).out.contains('\u{1b}'));
    assert!(project.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
    assert!(!project.run_with(&["check", "--color", "auto"], &[("NO_COLOR", "1")]).out.contains('\u{1b}'));
}
