//! A build that makes only what changed leaves the same bytes as one that makes everything; a cache
//! that is damaged, old or of somebody else is not believed.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use assert_cmd::cargo::CommandCargoExt as _;

use crate::generator;
use crate::project::{Project, files};
use crate::random::Dice;

fn project(runbooks: usize) -> Project {
    let project = Project::empty();
    generator::write(project.path(), runbooks).unwrap();
    project
}

fn build(project: &Project, extra: &[&str]) {
    let ran = project.run(&[&["build"], extra].concat());
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

/// Builds what changed, and everything beside it; tells what differs.
fn differences(project: &Project, extra: &[&str]) -> Vec<String> {
    build(project, extra);
    let full = project.path().join("full");
    build(project, &[&["--no-cache", "--output", full.to_str().unwrap()], extra].concat());
    let (some, all) = (project.tree("output"), project.tree("full"));
    let paths = |tree: &[(String, Vec<u8>)]| tree.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&some), paths(&all));
    some.into_iter().zip(all).filter(|(some, all)| some != all).map(|(some, _)| some.0).collect()
}

fn edit(project: &Project, path: &str, change: impl Fn(&str) -> String) {
    let text = fs::read_to_string(project.path().join(path)).unwrap();
    project.put(path, change(&text).as_bytes());
}

fn append(project: &Project, path: &str, line: &str) {
    edit(project, path, |text| text.to_owned() + line);
}

/// One of the edits that people make; none of them stops a build.
fn random_edit(project: &Project, dice: &mut Dice, number: usize) -> String {
    let runbooks: Vec<String> =
        files(project.path()).into_iter().filter(|path| path.starts_with("content/runbooks/")).collect();
    let one = &runbooks[dice.below(runbooks.len())];
    let release = "content/releases/orders-api-00000-v2";
    match number % 11 {
        0 => edit(project, one, |text| text.replacen("title: ", &format!("title: Edited {number} "), 1)),
        1 => edit(project, one, |text| {
            text.replace("yesterday", "last week").replace("#environment", "#tests")
        }),
        2 => append(
            project,
            "content/roster.yaml",
            "  extra: { title: Extra, holder: p-lead-0, backup: p-qa-0 }\n",
        ),
        3 => append(
            project,
            "content/pages/policy.md",
            &format!("\nSee [it](../{}).\n", &one["content/".len()..]),
        ),
        4 => {
            let text = fs::read_to_string(project.path().join(one)).unwrap();
            project.put("content/runbooks/copy.yaml", text.as_bytes());
        }
        5 => edit(project, "content/site.yaml", |text| text.replace("Benchmark", "Another title")),
        6 => append(
            project,
            &format!("{release}.journal.yaml"),
            "- { at: 2026-11-20T10:00:00Z, by: p-lead-0, event: Something }\n",
        ),
        7 => edit(project, "content/roster.yaml", |text| text.replace("name: Bo", "name: Bob")),
        8 => fs::remove_file(project.path().join("content/runbooks/copy.yaml")).unwrap(),
        9 => project.put("content/pages/new.md", b"# Another page\n\n[policy](policy.md)\n"),
        _ => {
            let theme = "{% extends \"default/page.html\" %}{% block title %}X{% endblock %}";
            project.put("themes/own/templates/page.html", theme.as_bytes());
            project.put("themes/own/style/own.css", b"body { color: red }\n");
            append(project, "content/site.yaml", "theme: own\n");
        }
    }
    format!("edit {number}: {one}")
}

#[test]
fn pages_after_random_edits_are_those_of_a_full_build() {
    let project = project(5);
    let mut dice = Dice(7);
    assert_eq!(differences(&project, &["--no-pdf"]), Vec::<String>::new());
    for number in 0..11 {
        let what = random_edit(&project, &mut dice, number);
        assert_eq!(differences(&project, &["--no-pdf"]), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn sheets_after_random_edits_are_those_of_a_full_build() {
    let project = project(2);
    let mut dice = Dice(8);
    build(&project, &[]);
    for number in [0, 2, 6, 7] {
        let what = random_edit(&project, &mut dice, number);
        assert_eq!(differences(&project, &[]), Vec::<String>::new(), "{what}");
    }
    assert_eq!(differences(&project, &["--paper", "letter"]), Vec::<String>::new());
}

/// When each file of the output was written, to the nanosecond.
fn times(project: &Project) -> Vec<(String, SystemTime)> {
    let root = project.path().join("output");
    let time = |path: &String| fs::metadata(root.join(path)).unwrap().modified().unwrap();
    files(&root).into_iter().map(|path| (path.clone(), time(&path))).collect()
}

fn rewritten(before: &[(String, SystemTime)], after: &[(String, SystemTime)]) -> Vec<String> {
    after.iter().filter(|file| !before.contains(file)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn only_what_a_change_touches_is_written_again() {
    let project = project(3);
    build(&project, &["--no-pdf"]);
    let before = times(&project);
    edit(&project, "content/runbooks/search-00002.yaml", |text| text.replace("free memory", "spare memory"));
    build(&project, &["--no-pdf"]);
    assert_eq!(
        rewritten(&before, &times(&project)),
        ["assets/search.js", "manifest.json", "runbooks/search-00002.html", "thresholds/search-00002.html"]
    );
    let before = times(&project);
    build(&project, &["--no-pdf"]);
    assert_eq!(rewritten(&before, &times(&project)), Vec::<String>::new());
}

fn cache(project: &Project) -> PathBuf {
    let folder = project.path().join(".runsheet");
    let found: Vec<String> = files(&folder).into_iter().filter(|path| path.starts_with("build-")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    folder.join(&found[0])
}

#[test]
fn the_first_build_is_remembered_by_the_second() {
    let project = project(1);
    assert!(!project.path().join("output").exists());
    // From within the project, as people do.
    let build = || {
        let mut command = std::process::Command::cargo_bin("runsheet").unwrap();
        command.current_dir(project.path()).args(["build", "--no-pdf"]);
        assert_eq!(command.output().unwrap().status.code(), Some(0));
        cache(&project)
    };
    let first = build();
    assert_eq!(build(), first);
}

#[test]
fn a_damaged_cache_is_ignored() {
    let project = Project::small();
    build(&project, &["--no-pdf"]);
    let (whole, output) = (fs::read(cache(&project)).unwrap(), project.tree("output"));
    let line = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let mut damaged = vec![Vec::new(), whole[..whole.len() / 2].to_vec(), b"{}".to_vec(), vec![0xff; 9]];
    for at in [3, 20, line - 5, line + 40, whole.len() / 2, whole.len() - 9] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        damaged.push(bytes);
    }
    damaged.push(String::from_utf8(whole.clone()).unwrap().replace("cache-2", "cache-1").into_bytes());
    for bytes in damaged {
        fs::write(cache(&project), bytes).unwrap();
        fs::remove_file(project.path().join("output/contacts.html")).unwrap();
        build(&project, &["--no-pdf"]);
        assert!(project.tree("output") == output);
        let head = "runsheet-cache-2 ".len() + 64;
        assert_eq!(fs::read(cache(&project)).unwrap()[..head], whole[..head], "it was written again");
    }
}

#[test]
fn the_cache_of_another_project_is_no_help_and_no_harm() {
    let (one, other) = (Project::small(), Project::small());
    edit(&other, "content/site.yaml", |text| text.replace("title: ", "title: Other "));
    build(&one, &["--no-pdf"]);
    build(&other, &["--no-pdf"]);
    fs::copy(cache(&one), cache(&other)).unwrap();
    let output = other.tree("output");
    build(&other, &["--no-pdf"]);
    assert!(other.tree("output") == output);
}

#[test]
fn what_somebody_altered_in_the_output_is_made_again() {
    let project = Project::small();
    build(&project, &["--no-pdf"]);
    let output = project.tree("output");
    let page = project.path().join("output/contacts.html");
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let text = fs::read_to_string(&page).unwrap().replacen("Contacts", "Tcatnocs", 1);
    fs::write(&page, text).unwrap();
    build(&project, &["--no-pdf"]);
    assert!(project.tree("output") == output);
    // The same size and time, but another file.
    let altered = project.path().join("altered");
    fs::write(&altered, vec![b'x'; output.iter().find(|file| file.0 == "contacts.html").unwrap().1.len()])
        .unwrap();
    fs::File::options().write(true).open(&altered).unwrap().set_modified(time).unwrap();
    fs::rename(&altered, &page).unwrap();
    build(&project, &["--no-pdf"]);
    assert!(project.tree("output") == output);
}

#[test]
fn a_build_of_the_same_leaves_the_same_and_says_so() {
    let project = Project::small();
    let told = || {
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        ran.err.split(" in ").next().unwrap_or_default().to_owned()
    };
    let (first, output) = (told(), project.tree("output"));
    assert!(first.starts_with("built 1 runbook, 1 release: "), "{first}");
    assert_eq!(told(), first);
    // Files of every kind, those too that are made by every build in which something changed.
    for (path, _) in &output {
        fs::remove_file(project.path().join("output").join(path)).unwrap();
        assert_eq!(told(), first);
        assert!(project.tree("output") == output, "{path}");
    }
    edit(&project, "content/site.yaml", |text| text.replace("title: ", "title: Other "));
    assert_eq!(told(), first);
    assert!(project.tree("output") != output);
}

#[test]
fn without_a_cache_nothing_is_remembered() {
    let project = Project::small();
    build(&project, &["--no-pdf", "--no-cache"]);
    assert!(!project.path().join(".runsheet").exists());
    build(&project, &["--no-pdf"]);
    assert_eq!(fs::read_to_string(project.path().join(".runsheet/.gitignore")).unwrap(), "*\n");
}

#[test]
fn findings_of_sheets_are_said_by_every_build() {
    let project = Project::small();
    edit(&project, "content/pages/policy.md", |text| text.to_owned());
    edit(&project, "content/runbooks/shop.yaml", |text| text.replacen("title: ", "title: 田 ", 1));
    let first = project.run(&["build"]);
    assert!(first.out.contains("no font has the character `田`"), "{}", first.out);
    assert_eq!(project.run(&["build"]), first);
}

#[test]
fn a_folder_that_takes_no_cache_is_no_obstacle() {
    let project = Project::small().file(".runsheet", "a file where the folder should be\n");
    let ran = project.run(&["build", "--no-pdf"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.starts_with("warning: the next build will make everything again: could not make"),
        "{}",
        ran.err
    );
}
