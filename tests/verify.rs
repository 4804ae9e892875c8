//! Codes as people type them, and sheets of documents that were renamed since.

use std::fs;

use crate::project::{Project, Ran};
use crate::sheet::{git, said};

const RUNBOOK: &str = "title: Api\nrevision: \"1\"\nstatus: draft\n";

/// A runbook that is committed and printed, and the code of its sheet.
fn printed() -> (Project, String) {
    let project = Project::new().file("content/runbooks/api.yaml", RUNBOOK);
    git(&project, &["init", "-q"]);
    commit(&project);
    assert_eq!(project.run(&["build"]).code, 0);
    fs::copy(project.path().join("output/runbooks/api.pdf"), project.path().join("printed.pdf")).unwrap();
    let ran = verify(&project, "printed.pdf");
    let code = ran.out.trim_end().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(ran, current("api", &code));
    (project, code)
}

fn commit(project: &Project) {
    git(project, &["add", "content"]);
    git(project, &["commit", "-q", "-m", "One"]);
}

fn verify(project: &Project, what: &str) -> Ran {
    let path = project.path().join(what);
    project.run(&["verify", if path.is_file() { path.to_str().unwrap() } else { what }])
}

fn current(name: &str, code: &str) -> Ran {
    Ran { code: 0, out: format!("CURRENT: {name} (Api), revision 1, {code}\n"), err: String::new() }
}

fn found(out: &str) -> Ran {
    Ran { code: 1, out: out.to_owned(), err: String::new() }
}

#[test]
fn a_code_as_it_is_typed() {
    let (project, code) = printed();
    let known = current("api", &code);
    let lookalike = code.replace('0', "O").replace('1', "l");
    let spaced = code.replace('-', " ").to_uppercase();
    let dashed = code.replace('-', "–");
    let address = format!("runsheet:api?seal={code}");
    for typed in [&lookalike, &spaced, &dashed, &address, &code[..9].to_owned()] {
        assert_eq!(verify(&project, typed), known, "{typed}");
    }
    let help = "  = help: the code is at the foot of every page: 16 hex digits, of which 8 are enough\n";
    for typed in [&code[..8], &format!("{code}-0000"), &code.replace('-', "x"), ""] {
        let err = format!("error: `{typed}` is neither a PDF nor the code of a sheet\n{help}");
        assert_eq!(verify(&project, typed), Ran { code: 2, out: String::new(), err });
    }
}

#[test]
fn a_new_name_changes_no_content() {
    let (project, code) = printed();
    git(&project, &["mv", "content/runbooks/api.yaml", "content/runbooks/orders.yaml"]);
    for what in ["printed.pdf", &code] {
        assert_eq!(verify(&project, what), current("orders", &code));
    }
    project.put("content/runbooks/orders.yaml", RUNBOOK.replace("\"1\"", "\"2\"").as_bytes());
    let head =
        said("git", &["-C", project.path().to_str().unwrap(), "log", "-1", "--format=%cs %h", "--abbrev=12"]);
    let (day, hash) = head.trim().split_once(' ').unwrap();
    let stale = format!(
        "STALE: do not use this sheet\n  printed: api (Api), revision 1, {code}, of {day} (commit {hash})\n  now:     no document has this name any more\n"
    );
    for what in ["printed.pdf", &code] {
        assert_eq!(verify(&project, what), found(&stale));
    }
}

#[test]
fn a_history_that_is_cut_off_is_told() {
    let (project, code) = printed();
    project.put("content/runbooks/api.yaml", RUNBOOK.replace("\"1\"", "\"2\"").as_bytes());
    commit(&project);
    let clone = Project::empty();
    let origin = format!("file://{}", project.path().display());
    git(&clone, &["clone", "-q", "--depth", "1", &origin, "."]);
    let help =
        "  = help: git has only the newest commits here: get the others with `git fetch --unshallow`\n";
    let unknown = format!("UNKNOWN: {}\n{help}", code.replace('-', ""));
    assert_eq!(verify(&clone, &code), found(&unknown));
    let ran = clone.run(&["verify", &code, "--output-format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let told = (answer["status"].as_str(), answer["help"].as_str());
    assert_eq!(told, (Some("unknown"), help.trim().strip_prefix("= help: ")));
    let err =
        format!("error: `HEAD~1` is no release and no file here; git knows no revision `HEAD~1`\n{help}");
    assert_eq!(clone.run(&["diff", "HEAD~1"]), Ran { code: 2, out: String::new(), err });
}

#[test]
fn a_repository_that_git_does_not_read_is_told() {
    let (project, _) = printed();
    let other = [("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")];
    let said = "detected dubious ownership in repository at 'ROOT'";
    let unknown = format!("UNKNOWN: 0123456789abcdef\n  = help: git does not tell what it has: {said}\n");
    assert_eq!(project.run_with(&["verify", "0123456789abcdef"], &other), found(&unknown));
    let err = format!("error: `ROOT` is in a git repository that cannot be read: {said}\n");
    let ran = project.run_with(&["diff", "HEAD:content/runbooks/api.yaml"], &other);
    assert_eq!(ran, Ran { code: 2, out: String::new(), err });
}
