//! Words of the program: every one that pages ask for exists, none is there for nothing, and a whole
//! site reads in its language.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use runsheet::config::Labels;

use crate::project::Project;

/// The texts below a folder of this repository with one of the endings.
fn texts(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| endings.iter().any(|ending| own == *ending)) {
                found.push((path.display().to_string(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// The quoted words that stand before or after `mark`.
fn quoted<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let starts = text.match_indices(open).map(|(at, _)| at + open.len());
    starts.filter_map(|at| text[at..].split_once(close).map(|(key, _)| key)).collect()
}

/// Keys by where they are asked for, as far as they are written out.
fn asked() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut add = |path: &str, keys: Vec<&str>| {
        let plain = |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        found.extend(keys.into_iter().filter(plain).map(|key| (path.to_owned(), key.to_owned())));
    };
    for (path, text) in texts("themes/default/templates", &["html"]) {
        let keys = text.match_indices("\" | label").map(|(at, _)| text[..at].rsplit('"').next().unwrap());
        add(&path, keys.collect());
    }
    for (path, text) in
        ["themes/default/script", "src/serve"].iter().flat_map(|folder| texts(folder, &["js"]))
    {
        add(&path, quoted(&text, "label(\"", "\""));
    }
    for (path, text) in texts("src", &["rs"]).into_iter().filter(|(path, _)| !path.contains("label.rs")) {
        for call in [".word(\"", "fill(\"", "Phrase::label(\"", ".below(pen, \"", "how: \""] {
            add(&path, quoted(&text, call, "\""));
        }
        for call in ["self.strong(\"", "self.labelled(\"", "self.shout(\""] {
            add(&path, quoted(&text, call, "\""));
        }
        for heads in quoted(&text, "self.heads(&[", "]") {
            add(&path, quoted(heads, "\"", "\""));
        }
        // Words of states: the key that classes have, then the label.
        for rest in text.split("word(labels, \"").chain(text.split("word(pen.labels, \"")).skip(1) {
            add(&path, rest.split('"').nth(2).into_iter().collect());
        }
    }
    found
}

#[test]
fn every_label_that_is_asked_for_exists() {
    let known: BTreeSet<&str> = Labels::english().keys().collect();
    let missing: Vec<_> = asked().into_iter().filter(|(_, key)| !known.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_label_is_there_for_nothing() {
    let mut sources = texts("themes/default", &["html", "js"]);
    sources.extend(texts("src/serve", &["js"]));
    for folder in ["command", "model", "pipeline", "record", "release", "sheet", "site", "view"] {
        sources.extend(texts(&format!("src/{folder}"), &["rs"]));
    }
    let used = |key: &str| {
        // `("verdict-" ~ release.verdict.key) | label`
        let family = key.split_once('-').map(|(family, _)| format!("(\"{family}-\" ~"));
        let quoted = format!("\"{key}\"");
        sources.iter().any(|(_, text)| {
            text.contains(&quoted) || family.as_ref().is_some_and(|family| text.contains(family.as_str()))
        })
    };
    let unused: Vec<&str> = Labels::english().keys().filter(|key| !used(key)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

/// The page of a release in a language.
fn release(language: &str, theme: &[(&str, &str)]) -> String {
    let project = Project::small();
    let config = project.path().join("content/site.yaml");
    let mut site = fs::read_to_string(&config).unwrap().replace("language: en", "");
    site.push_str(&format!("\nlanguage: {language}\n"));
    if !theme.is_empty() {
        site.push_str("theme: own\n");
    }
    for (path, text) in theme {
        let path = project.path().join("themes/own").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(config, site).unwrap();
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let page = fs::read_to_string(project.path().join("output/releases/v1.html")).unwrap();
    format!("{}\n{page}", ran.out)
}

#[test]
fn a_site_speaks_its_language() {
    let german = release("de", &[]);
    assert!(german.contains("<html lang=\"de\">"));
    for words in
        ["2 Punkte sprechen dagegen.", ">NO-GO<", "Bestanden, wenn", "alle 15m", "bei Fehlschlag von"]
    {
        assert!(german.contains(words), "{words}");
    }
    let spanish = release("es-MX", &[]);
    assert!(spanish.contains("<html lang=\"es-MX\">") && spanish.contains("2 puntos están en contra."));
}

#[test]
fn a_theme_has_words_of_its_own() {
    let french = release("fr", &[("labels/fr.yaml", "passes-when: Réussi quand\n")]);
    assert!(french.starts_with('\n') && french.contains("Réussi quand"), "{}", &french[..300]);
    let none = release("fr", &[("style/own.css", "")]);
    assert!(none.starts_with("warning[unknown-language]: there are no labels in `fr`"), "{}", &none[..300]);
}
