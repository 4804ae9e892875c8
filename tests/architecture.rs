//! The house stands as it was drawn: who imports whom, which file knows which library, how long a
//! file may be.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those that it may import.
const TABLE: &[(&str, &str)] = &[
    ("error", ""),
    ("source", "error"),
    ("diagnostic", "source"),
    ("config", "diagnostic error source"),
    ("model", "diagnostic source"),
    ("release", "diagnostic model source"),
    ("check", "config diagnostic model release source"),
    ("view", "config model release source"),
    ("output", "error source"),
    ("site", "config diagnostic error output source view"),
    ("sheet", "config diagnostic error output source view"),
    ("record", "config diagnostic error output source view"),
    ("import", "diagnostic error model source"),
    ("serve", "error output source"),
    ("pipeline", "check config diagnostic error model output record release sheet site source view"),
    ("cli", "config diagnostic"),
    (
        "command",
        "check cli config diagnostic error import model output pipeline record release serve sheet site source view",
    ),
];

/// Each library with the file or folder that alone knows it.
const LIBRARIES: &[(&str, &str)] = &[
    ("granit_parser", "src/source/yaml.rs"),
    ("pulldown_cmark", "src/model/prose/parse.rs src/import/outline.rs"),
    ("printpdf", "src/sheet/draw"),
    ("lopdf", "src/sheet/draw"),
    ("tera", "src/site/engine.rs"),
    ("annotate_snippets", "src/diagnostic/full.rs"),
    ("walkdir", "src/source/load.rs src/output/write.rs src/site/own.rs"),
    ("notify", "src/serve/watcher.rs"),
    ("axum", "src/serve/server.rs"),
];

fn sources() -> Vec<(String, String)> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(&root.join("src"), &mut paths);
    paths.sort();
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The module below `src/` that a file belongs to.
fn module(path: &str) -> String {
    let inside = path.strip_prefix("src/").unwrap();
    inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// The code without comments and without its unit tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules that `code` names: `crate::model::…`, `use crate::{model, source::Span}`.
fn imports(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.insert(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0, true);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && c.is_alphanumeric() => {
                    found.insert(word(&list[at..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    found.retain(|name| name.chars().next().is_some_and(char::is_lowercase));
    found
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = module(&path);
        // Unit tests make their values with whatever stage gives them, in a file of their own too.
        if matches!(module.as_str(), "lib" | "main") || path.ends_with("/tests.rs") {
            continue;
        }
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{path}: the module `{module}` is not in the table"));
            continue;
        };
        let allowed: BTreeSet<&str> = allowed.split_whitespace().collect();
        for import in imports(&code(&text)) {
            if import != module && !allowed.contains(import.as_str()) {
                wrong.push(format!("{path}: `{module}` may not import `{import}`"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn imports_are_seen() {
    let code = "use crate::model::{self, Library};\nuse crate::{check, source::{Span, Spanned}, Thing};\nlet x = crate::view::shape(); $crate::no();";
    let seen: Vec<String> = imports(code).into_iter().collect();
    assert_eq!(seen, ["check", "model", "source", "view"]);
}

#[test]
fn a_library_is_known_to_one_file() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code = code(&text);
        for (library, homes) in LIBRARIES {
            let named = code.contains(&format!("{library}::"));
            if named && !homes.split_whitespace().any(|home| path.starts_with(home)) {
                wrong.push(format!("{path} knows `{library}`, only {homes} may"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn files_stay_short() {
    let lines = |text: &str| text.split("#[cfg(test)]").next().unwrap().lines().count();
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| lines(text) > 500)
        .map(|(path, text)| format!("{path}: {} lines", lines(&text)))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn nothing_else_stands_at_the_top() {
    let known = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "content",
        "output",
        "src",
        "target",
        "tests",
        "themes",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut other: Vec<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && !known.contains(&name.as_str()))
        .collect();
    other.sort();
    assert_eq!(other, Vec::<String>::new());
}

/// The fuzz package compiles some stages from their sources and lists their libraries anew.
#[test]
fn the_fuzz_package_has_what_its_stages_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let [stages, manifest] =
        ["src/lib.rs", "Cargo.toml"].map(|path| fs::read_to_string(root.join(path)).unwrap());
    let names = |line: &str| line.split_once(" = ").map(|(name, _)| name.replace('-', "_"));
    let listed: BTreeSet<String> = manifest.lines().filter_map(names).collect();
    let own = fs::read_to_string(root.join("../../Cargo.toml")).unwrap();
    let libraries: BTreeSet<String> = own.lines().filter_map(names).collect();
    let mut missing = BTreeSet::new();
    for (path, text) in sources() {
        if stages.contains(&format!("src/{}", module(&path))) && !path.ends_with("tests.rs") {
            let code = code(&text);
            let is_used = |name: &&String| code.contains(&format!("use {name}::"));
            missing.extend(libraries.iter().filter(is_used).filter(|name| !listed.contains(*name)).cloned());
        }
    }
    assert_eq!(missing, BTreeSet::new());
}
