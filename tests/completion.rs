//! Completions, as shells ask for them.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;

use crate::project::{Project, Ran};

/// What Bash offers after these words, one a line; the last word is the one that is typed.
fn bash(project: &Project, words: &[&str]) -> Vec<String> {
    let script = r#"
        source <(runsheet completions bash)
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9
        _clap_complete_runsheet runsheet "${COMP_WORDS[COMP_CWORD]}" ""
        for word in "${COMPREPLY[@]}"; do printf '%s\n' "$word"; done
    "#;
    let program = Command::cargo_bin("runsheet").unwrap();
    let folder = Path::new(program.get_program()).parent().unwrap().to_owned();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("bash");
    shell.args(["--norc", "-c", script, "bash", "runsheet"]).args(words);
    let output = shell.current_dir(project.path()).env("PATH", path).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{words:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The same without flags, which follow what stands for an argument.
fn names(project: &Project, words: &[&str]) -> Vec<String> {
    bash(project, words).into_iter().filter(|word| !word.starts_with('-')).collect()
}

#[test]
fn bash_offers_what_the_project_has() {
    let project = Project::small();
    for (line, offered) in [
        ("rec", "record"),
        ("record ", "v1"),
        ("gate ", "v1"),
        ("diff ", "v1 content/runbooks/shop.yaml"),
        ("record v1 re", "restore readiness reference"),
        ("record v1 backup ", "done failed blocked n/a waived pending"),
        ("record v1 nothing ", "done failed blocked n/a waived pending sent fired cleared"),
        ("record v1 error-rate ", "fired cleared"),
        ("record v1 start ", "sent"),
        ("record v1 start s", "sent"),
        ("record v1 backup done --by ", "ana bo lead dba"),
        ("record v1 backup done --confirm ", "lead"),
        ("sign v1 ", "dba lead"),
        ("sign v1 dba ", "approve block"),
        ("call v1 ", "go-no-go"),
        ("call v1 go-no-go ", "go no-go"),
        ("gate v1 ", "go-no-go"),
        ("release sh", "show"),
        ("release show ", "v1"),
        ("release close v1 ", "success rollback"),
        ("release new v2 --runbook ", "shop"),
        ("release new v2 --role ", "lead= dba="),
        ("release new v2 --runbook shop --parameter ", "version= host="),
        ("release new v2 --zone Europe/Mad", "Europe/Madrid"),
        ("explain vague", "vague-criterion"),
        ("check --output-format json", "json json-lines"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let expected: Vec<&str> = offered.split_whitespace().collect();
        assert_eq!(names(&project, &words), expected, "{line:?}");
    }
}

#[test]
fn bash_gets_names_with_blanks_in_quotes() {
    let project = Project::small();
    assert_eq!(
        names(&project, &["record", "v1", "backup", "--metric", ""]),
        [r"age\ of\ backup", r"backup\ size"]
    );
    assert_eq!(names(&project, &["record", "v1", "backup", "--field", "B"]), [r"Backup\ file"]);
}

#[test]
fn another_folder_and_no_project() {
    let (project, empty) = (Project::small(), Project::empty());
    let root = project.path().to_str().unwrap();
    assert_eq!(names(&empty, &["--root", root, "record", ""]), ["v1"]);
    assert_eq!(names(&empty, &["record", ""]), Vec::<String>::new());
    assert_eq!(names(&empty, &["reco"]), ["record"]);
}

#[test]
fn other_shells_are_told_what_a_name_means() {
    let asked = |shell: &str, words: &[&str]| {
        let mut program = Command::cargo_bin("runsheet").unwrap();
        let index = words.len().to_string();
        let project = Project::small();
        program
            .current_dir(project.path())
            .env("RUNSHEET_COMPLETE", shell)
            .env("_CLAP_COMPLETE_INDEX", index);
        let output = program.args(["--", "runsheet"]).args(words).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    };
    let out = "dba\tDatabase administrator\n".to_owned();
    assert_eq!(asked("fish", &["sign", "v1", "d"]), Ran { code: 0, out, err: String::new() });
    let out = "dba:Database administrator".to_owned();
    assert_eq!(asked("zsh", &["sign", "v1", "d"]), Ran { code: 0, out, err: String::new() });
    let known = "unknown shell `dash`, expected one of `bash`, `elvish`, `fish`, `powershell`, `zsh`";
    assert_eq!(
        asked("dash", &["sign"]),
        Ran { code: 2, out: String::new(), err: format!("error: {known}\n") }
    );
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Project::empty().run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        let asks = ran.out.lines().filter(|line| line.contains("RUNSHEET_COMPLETE")).count();
        assert!(
            asks > 0 && ran.out.contains(&format!("\"{shell}\"")) || shell == "fish",
            "{shell}: {}",
            ran.out
        );
    }
}
