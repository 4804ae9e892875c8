//! The page about CI: every command of its two pipelines runs on this repository's content.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;

use crate::project::{Project, files};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The fenced blocks of the page.
fn pipelines() -> Vec<String> {
    let text = fs::read_to_string(root().join("content/pages/ci.md")).unwrap();
    let blocks = text.split("```yml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn every_command_of_the_pipelines_runs() {
    let program = Command::cargo_bin("runsheet").unwrap().get_program().to_owned();
    let mut path = Path::new(&program).parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());
    let mut commands = 0;
    for pipeline in pipelines() {
        let mut project = Project::empty();
        for file in files(&root().join("content")) {
            let bytes = fs::read(root().join("content").join(&file)).unwrap();
            project = project.bytes(&format!("content/{file}"), &bytes);
        }
        let project = project.file("body.md", "What is released.\n");
        let lines = pipeline.lines().map(|line| line.trim().trim_start_matches("- "));
        for line in lines.filter(|line| line.starts_with("runsheet ")) {
            let mut shell = Command::new("sh");
            shell.args(["-euc", line]).current_dir(project.path()).env("PATH", &path);
            shell.env("RELEASE", "web-platform-v1.4.0").env("BASE_URL", "https://runbooks.example.org");
            shell.env("GITHUB_STEP_SUMMARY", project.path().join("summary.md"));
            shell.env("SOURCE_DATE_EPOCH", "1795262400");
            let output = shell.output().unwrap();
            assert!(output.status.success(), "{line}: {output:?}");
            commands += 1;
        }
        let body = fs::read_to_string(project.path().join("body.md")).unwrap();
        assert!(body.starts_with("What is released.\n") && body.contains("web-platform-v1.4.0"));
        assert!(project.path().join("public/index.html").is_file());
    }
    assert_eq!(commands, 10);
}

/// Every place that a code host is told, in a repository of which the project is a folder.
#[test]
fn a_project_may_be_a_folder_of_its_repository() {
    let mut project = Project::empty().file(".git/HEAD", "ref: refs/heads/main\n");
    for (path, bytes) in Project::small().tree("") {
        project = project.bytes(&format!("teams/web shop/{path}"), &bytes);
    }
    let project = project.file("teams/web shop/content/pages/wrong.md", "[gone](gone.md)\n");
    let run = |folder: &str, arguments: &[&str]| {
        let mut command = Command::cargo_bin("runsheet").unwrap();
        command.current_dir(project.path().join(folder)).args(arguments);
        command
            .env("SOURCE_DATE_EPOCH", "1795262400")
            .env("GITHUB_STEP_SUMMARY", project.path().join("summary.md"));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let place = "file=teams/web shop/content/pages/wrong.md,line=1,endLine=1,col=1,endColumn=16,";
    let roots =
        [(".", "teams/web shop"), ("teams/other/..", "./web shop/."), ("teams/web shop/content", "..")];
    fs::create_dir(project.path().join("teams/other")).unwrap();
    for (folder, root) in roots {
        let told = run(folder, &["--root", root, "check", "--output-format", "github"]);
        assert!(told.starts_with(&format!("::error {place}title=broken-link::")), "{told}");
    }
    let summary = fs::read_to_string(project.path().join("summary.md")).unwrap();
    assert!(summary.contains("| teams/web shop/content/pages/wrong.md:1:1 | error |"), "{summary}");
    let gate = run("teams/web shop", &["gate", "v1", "--output-format", "github"]);
    assert!(gate.contains("::error file=teams/web shop/content/runbooks/"), "{gate}");
}

#[test]
fn the_pipelines_are_yaml() {
    let pipelines = pipelines();
    assert_eq!(pipelines.len(), 2);
    for pipeline in pipelines {
        let read: serde_yaml::Value = serde_yaml::from_str(&pipeline).unwrap();
        assert!(read.as_mapping().is_some_and(|mapping| mapping.len() > 3));
    }
}
