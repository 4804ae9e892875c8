//! `runsheet watch`: a save is seen, a mistake does not end it, its own output does not wake it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::project::Project;
use crate::running::Running;

fn start(project: &Project, extra: &[&str]) -> Running {
    let watching = Running::start(project, &[&["watch", "--no-pdf"], extra].concat());
    let said = watching.line();
    assert!(said.starts_with("built 1 runbook, 1 release: "), "{said}");
    watching
}

/// Whether a page is there and has a text.
fn shows(project: &Project, path: &str, text: &str) -> bool {
    fs::read_to_string(project.path().join("output").join(path)).is_ok_and(|page| page.contains(text))
}

fn page(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join("output").join(path)).unwrap()
}

fn saves_are_seen(extra: &[&str]) {
    let project = Project::small();
    let watching = start(&project, extra);
    project.put("content/pages/policy.md", b"# Another policy\n");
    let said = watching.line();
    assert!(said.starts_with("changed content/pages/policy.md: wrote "), "{said}");
    assert!(page(&project, "pages/policy.html").contains("Another policy"));

    project.put("content/runbooks/broken.yaml", b"titel: A\n");
    let said = watching.line();
    assert_eq!(said, "changed content/runbooks/broken.yaml: 1 error, the last output stands in TIME\n");
    fs::remove_file(project.path().join("content/runbooks/broken.yaml")).unwrap();
    assert_eq!(watching.line(), "changed content/runbooks/broken.yaml: nothing to write in TIME\n");

    // An editor keeps the old file, writes a new one and renames it over the old one.
    project.put("content/pages/policy.md~", b"# Another policy\n");
    project.put("content/pages/#policy.md#", b"# Third p\n");
    let new = project.path().join("content/pages/.policy.md.swp");
    fs::write(&new, "# Third policy\n").unwrap();
    fs::rename(&new, project.path().join("content/pages/policy.md")).unwrap();
    let said = watching.line();
    assert!(said.starts_with("changed content/pages/policy.md: wrote "), "{said}");
    assert!(page(&project, "pages/policy.html").contains("Third policy"));
    assert!(watching.is_quiet(), "its own output woke it");
}

#[test]
fn saves_are_seen_when_the_disk_tells() {
    saves_are_seen(&[]);
}

#[test]
fn saves_are_seen_by_looking_again() {
    saves_are_seen(&["--poll", "--debounce", "100"]);
}

#[test]
fn a_checkout_of_many_files_is_one_batch() {
    let project = Project::small();
    let watching = start(&project, &["--debounce", "400"]);
    for number in 0..30 {
        project.put(&format!("content/pages/new/{number:02}.md"), b"# A page\n");
    }
    let said = watching.line();
    assert!(said.starts_with("changed content/pages/new"), "{said}");
    assert!(page(&project, "pages/new/29.html").contains("A page"));
    fs::rename(project.path().join("content/pages/new"), project.path().join("content/pages/old")).unwrap();
    watching.line_with("changed content/pages/");
    assert!(page(&project, "pages/old/29.html").contains("A page"));
    assert!(!project.path().join("output/pages/new").exists());
    fs::remove_dir_all(project.path().join("content/pages/old")).unwrap();
    watching.line_with("changed content/pages/");
    assert!(!project.path().join("output/pages/old").exists());
    // A folder that was not there when it began is watched, too.
    project.put("content/pages/later/a.md", b"# One\n");
    watching.line_with("changed content/pages/later");
    project.put("content/pages/later/a.md", b"# Two\n");
    watching.line_with("changed content/pages/later/a.md");
    assert!(page(&project, "pages/later/a.html").contains("Two"));
}

#[test]
fn what_came_and_went_in_a_save_is_not_named() {
    let project = Project::small();
    let watching = start(&project, &["--debounce", "200"]);
    project.put("content/pages/sedQx1", b"# Another policy\n");
    let new = project.path().join("content/pages/sedQx1");
    fs::rename(&new, project.path().join("content/pages/policy.md")).unwrap();
    let said = watching.line();
    assert!(said.starts_with("changed content/pages/policy.md: wrote "), "{said}");
    project.put("content/pages/sedQx2", b"");
    fs::remove_file(project.path().join("content/pages/sedQx2")).unwrap();
    assert_eq!(watching.line(), "changed content/pages/sedQx2: nothing to write in TIME\n");
}

#[test]
fn a_theme_that_appears_is_watched() {
    let project = Project::small();
    let watching = start(&project, &["--debounce", "200"]);
    project.put("themes/own/style/own.css", b"body { color: red }\n");
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}theme: own\n").as_bytes());
    let style = |wanted: &str| loop {
        watching.line_with("changed ");
        let styled = |(path, bytes): &(String, Vec<u8>)| {
            path.starts_with("assets/style-") && String::from_utf8_lossy(bytes).contains(wanted)
        };
        if project.tree("output").iter().any(styled) {
            break;
        }
    };
    style("color: red");
    project.put("themes/own/style/own.css", b"body { color: green }\n");
    style("color: green");
}

#[test]
fn what_a_theme_links_to_is_watched() {
    let project = Project::small();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir_all(elsewhere.path().join("style")).unwrap();
    fs::write(elsewhere.path().join("style/own.css"), "body { color: red }\n").unwrap();
    fs::create_dir(project.path().join("themes")).unwrap();
    symlink(elsewhere.path(), project.path().join("themes/own")).unwrap();
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}theme: own\n").as_bytes());
    let watching = start(&project, &[]);
    fs::write(elsewhere.path().join("style/own.css"), "body { color: green }\n").unwrap();
    let said = watching.line();
    assert!(said.contains("style/own.css: wrote "), "{said}");
}

#[test]
fn a_project_that_goes_away_and_comes_back_is_watched() {
    let outer = Project::small();
    // Longer than the time from one copied file to the next, so that no part of them is built.
    let watching = start(&outer, &["--debounce", "200"]);
    let (content, away) = (outer.path().join("content"), outer.path().join("away"));
    fs::rename(&content, &away).unwrap();
    while !watching.line().contains("is not a Runsheet project") {}
    watching.line_with("changed ");
    fs::create_dir(&content).unwrap();
    for path in crate::project::files(&away) {
        outer.put(&format!("content/{path}"), &fs::read(away.join(&path)).unwrap());
    }
    while !watching.line_with("changed ").contains(": nothing to write") {}
    outer.put("content/pages/policy.md", b"# Back again\n");
    watching.line_with("changed content/pages/policy.md: wrote ");
    assert!(page(&outer, "pages/policy.html").contains("Back again"));
}

#[test]
fn content_that_is_replaced_at_once_is_watched() {
    let project = Project::small();
    let watching = start(&project, &[]);
    let content = project.path().join("content");
    let files = project.tree("content");
    // The new folder often gets the number of the old one.
    for text in ["first", "second", "third"] {
        fs::remove_dir_all(&content).unwrap();
        files.iter().for_each(|(path, bytes)| project.put(&format!("content/{path}"), bytes));
        project.put("content/pages/new.md", format!("# The {text}\n").as_bytes());
        watching.until(|| shows(&project, "pages/new.html", text));
        project.put("content/pages/policy.md", format!("# Policy {text}\n").as_bytes());
        watching.until(|| shows(&project, "pages/policy.html", text));
    }
}

#[test]
fn fonts_of_the_site_are_watched() {
    let project = Project::small();
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}fonts: [fonts/own.ttf]\n").as_bytes());
    let watching = Running::start(&project, &["watch"]);
    assert_eq!(watching.line(), "1 error: nothing was built, the last output stands");
    let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/fonts/NotoEmoji-Regular.ttf");
    project.put("fonts/own.ttf", &fs::read(font).unwrap());
    watching.until(|| project.path().join("output/runbooks/shop.pdf").is_file());
    project.put("fonts/own.ttf", b"no font");
    assert_eq!(
        watching.line_with("changed fonts/own.ttf: 1 "),
        "changed fonts/own.ttf: 1 error, the last output stands in TIME\n"
    );
}

#[test]
fn a_link_is_no_way_to_watch_what_is_elsewhere() {
    let project = Project::small().file("far/away/a.txt", "one");
    symlink("../../far", project.path().join("content/pages/far")).unwrap();
    let watching = Running::start(&project, &["watch", "--no-pdf"]);
    assert_eq!(watching.line(), "1 error: nothing was built, the last output stands");
    project.put("far/away/a.txt", b"two");
    project.put("content/pages/policy.md", b"# Another policy\n");
    assert_eq!(watching.line(), "changed content/pages/policy.md: 1 error, the last output stands in TIME\n");
    fs::remove_file(project.path().join("content/pages/far")).unwrap();
    watching.until(|| shows(&project, "pages/policy.html", "Another policy"));
}

#[test]
fn a_theme_that_is_wrong_at_first_is_waited_for() {
    let project = Project::small();
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}theme: own\n").as_bytes());
    let watching = Running::start(&project, &["watch", "--no-pdf"]);
    watching.line_with("1 error: nothing was built, the last output stands");
    project.put("themes/own/templates/page.html", b"{% wrong");
    watching.line_with("error: theme file `themes/own/templates/page.html`: ");
    watching.line_with("changed themes");
    fs::remove_file(project.path().join("themes/own/templates/page.html")).unwrap();
    watching.until(|| project.path().join("output/index.html").is_file());
    // What another program hides beside the files of a theme is none of them.
    project.put("themes/own/style/._own.css", b"\xff");
    project.put("themes/own/style/own.css", b"body { color: red }\n");
    let styles = || project.tree("output/assets");
    watching.until(|| styles().iter().any(|(_, bytes)| bytes.ends_with(b"body { color: red }\n")));
}

/// Nothing tells when a disk has room again.
#[test]
fn what_the_system_refuses_is_tried_again() {
    let project = Project::small();
    let watching = start(&project, &[]);
    let taken = project.path().join("output/pages/policy.html");
    fs::remove_file(&taken).unwrap();
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("mine"), "").unwrap();
    project.put("content/pages/policy.md", b"# Another policy\n");
    let error = watching.line();
    assert!(error.starts_with("error: could not ") && error.contains("pages/policy.html"), "{error}");
    let said = watching.line();
    let start = "changed content/pages/policy.md: the last output stands in ";
    assert!(said.starts_with(start) && said.ends_with(" s; trying again"), "{said}");
    assert!(watching.is_quiet() && watching.is_quiet(), "it says so again and again");
    fs::remove_file(taken.join("mine")).unwrap();
    fs::remove_dir(&taken).unwrap();
    let said = watching.line();
    assert!(said.starts_with("tried again: wrote "), "{said}");
    assert!(page(&project, "pages/policy.html").contains("Another policy"));
    assert!(watching.is_quiet());
}

#[test]
fn ctrl_c_is_a_fine_end() {
    let project = Project::small();
    let mut watching = start(&project, &[]);
    assert_eq!(watching.interrupt(), Some(0));
}
