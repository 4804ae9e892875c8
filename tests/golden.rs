//! One small site in all three outputs, compared in full.
//!
//! `UPDATE=1 cargo test` writes the goldens anew; they are read in the diff.

use std::process::Command;

use crate::conform::faults;
use crate::project::{Project, golden};

fn built() -> Project {
    let project = Project::small();
    let ran = project.run(&["build"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    project
}

#[test]
fn pages() {
    let project = built();
    for (path, bytes) in project.tree("output") {
        if path.ends_with(".html") {
            golden(&format!("golden/{path}"), &without_hashes(&String::from_utf8(bytes).unwrap()));
        }
    }
}

#[test]
fn records() {
    let project = built();
    for (path, bytes) in project.tree("output") {
        if path.ends_with(".md") {
            golden(&format!("golden/{path}"), &String::from_utf8(bytes).unwrap());
        }
    }
}

#[test]
fn sheets() {
    let project = built();
    for (path, bytes) in project.tree("output") {
        if path.ends_with(".pdf") {
            let file = project.path().join("output").join(&path);
            let text = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output().unwrap();
            assert!(text.status.success());
            golden(&format!("golden/{path}.txt"), &String::from_utf8(text.stdout).unwrap());
            let valid = Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
            assert!(valid.status.success(), "{}", String::from_utf8_lossy(&valid.stdout));
            assert_eq!(faults(&bytes), Vec::<String>::new(), "{path}");
        }
    }
}

#[test]
fn nothing_missing_nothing_extra() {
    let files: Vec<String> =
        built().tree("output").into_iter().map(|(path, _)| without_hash(&path)).collect();
    golden("golden/files.txt", &(files.join("\n") + "\n"));
}

/// Assets carry a hash of their content in their names: `site-0123abcd.css`.
fn without_hash(path: &str) -> String {
    match (path.starts_with("assets/"), path.rsplit_once('-'), path.rsplit_once('.')) {
        (true, Some((name, _)), Some((_, ending))) => format!("{name}-HASH.{ending}"),
        _ => path.to_owned(),
    }
}

/// A page without the hashes of the assets it loads, so that a word in a script is no change of a page.
fn without_hashes(page: &str) -> String {
    let mut parts = page.split("assets/");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find('"').unwrap_or(part.len());
        out += "assets/";
        out += without_hash(&format!("assets/{}", &part[..end])).trim_start_matches("assets/");
        out += &part[end..];
    }
    out
}
