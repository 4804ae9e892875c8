//! A site, its records and its calendars in another language: no words of the program stay English.
//!
//! The same content is built in English and in the other language. What reads the same in both is the
//! content's own, or one of the words that the two languages share.

use std::collections::BTreeSet;
use std::fs;

use runsheet::config::Labels;
use serde_yaml::Value;

use crate::project::{Project, files};

/// A journal in which everything is said that a judgement can say of the small site.
const JOURNAL: &str = r#"
- { at: 2026-11-18T06:00:00Z, by: ana, item: backup, is: failed, why: Qaaa }
- { at: 2026-11-18T06:02:11Z, by: bo, item: backup, is: done }
- { at: 2026-11-18T06:02:12Z, by: bo, item: backup, metric: age of backup, actual: 3 h }
- { at: 2026-11-18T06:02:13Z, by: bo, item: backup, metric: backup size, actual: 7 MB, note: Qbbb }
- { at: 2026-11-18T06:02:14Z, by: bo, item: backup, metric: Qccc, actual: 7 MB }
- { at: 2026-11-18T06:02:14Z, by: bo, item: backup, field: Qddd, value: "1" }
- { at: 2026-11-18T06:02:15Z, by: bo, item: checksum-matches, is: blocked }
- { at: 2026-11-18T06:03:00Z, by: bo, item: backup, confirm: lead }
- { at: 2026-11-18T06:03:01Z, by: bo, item: backup, confirm: dba }
- { at: 2026-11-18T06:05:00Z, by: ana, item: certificate, actual: 40 d }
- { at: 2026-11-18T06:05:01Z, by: bo, item: certificate, actual: 20 d, is: done, evidence: Qeee }
- { at: 2026-11-18T06:05:02Z, by: bo, item: certificate, is: n/a }
- { at: 2026-11-18T06:06:00Z, by: bo, item: unicode, is: failed }
- { at: 2026-11-18T06:06:01Z, by: ana, item: unicode, is: done }
- { at: 2026-11-18T06:30:00Z, by: ana, sign: dba, choice: approve, seal: 0000-0000-0000-0000 }
- { at: 2026-11-18T06:31:00Z, by: cloud, sign: lead, choice: block }
- { at: 2026-11-18T06:32:00Z, by: bo, sign: dba, choice: Qfff }
- { at: 2026-11-18T07:00:00Z, by: cloud, gate: go-no-go, choice: go }
- { at: 2026-11-18T07:01:00Z, by: ana, event: Qggg }
- { at: 2026-11-18T08:01:00Z, by: ana, item: migrate, is: waived, why: Qhhh, until: 2026-11-17 }
- { at: 2026-11-18T08:02:00Z, by: ana, item: watch, metric: p95, actual: 700 ms }
- { at: 2026-11-18T08:03:00Z, by: bo, item: watch, metric: p95, actual: 1 s }
- { at: 2026-11-18T08:04:00Z, by: bo, trigger: error-rate, is: fired, actual: 7 % }
- { at: 2026-11-18T08:05:00Z, by: bo, trigger: error-rate, is: cleared }
- { at: 2026-11-18T08:06:00Z, by: bo, message: start, is: sent }
- { at: 2026-11-18T08:07:00Z, by: bo, item: Qiii, is: done }
- { at: 2026-11-18T08:08:00Z, by: bo, item: restore, is: pending }
"#;

/// What was built in `language`, as path and text.
fn built(language: &str) -> Vec<(String, String)> {
    let project = Project::small();
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}language: {language}\n").as_bytes());
    let plan = fs::read_to_string(project.path().join("content/releases/v1.yaml")).unwrap();
    project.put("content/releases/v2.yaml", plan.as_bytes());
    project.put("content/releases/v2.journal.yaml", JOURNAL.trim_start().as_bytes());
    // What the journal says is wrong in places: that is what it is for.
    let rules = ["unknown-item", "unauthorised-sign-off", "waiver-without-reason", "invalid-event"];
    let levels: String = rules.iter().map(|rule| format!("  {rule}: warning\n")).collect();
    let site = format!("{site}language: {language}\nrules:\n{levels}");
    project.put("content/site.yaml", site.as_bytes());
    let ran = project.run(&["build", "--no-pdf"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let output = project.path().join("output");
    let wanted = |path: &String| {
        [".html", ".md", ".ics"].iter().any(|ending| path.ends_with(ending)) && path != "rules.html"
    };
    let paths = files(&output).into_iter().filter(wanted);
    paths.map(|path| (path.clone(), fs::read_to_string(output.join(&path)).unwrap())).collect()
}

/// The texts of a page that somebody sees or hears, code aside.
fn seen(page: &str) -> Vec<String> {
    let body = page.split_once("<body").map_or(page, |(_, body)| body);
    let mut found = Vec::new();
    let mut hidden = 0;
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split([' ', '\n']).next().unwrap();
        match name {
            "script" | "style" | "code" | "pre" => hidden += 1,
            "/script" | "/style" | "/code" | "/pre" => hidden -= 1,
            _ => {}
        }
        for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            found.extend(tag.split(attribute).nth(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
        if hidden == 0 {
            found.push(text.to_owned());
        }
    }
    found
}

/// The words of a text in small letters, one space between them.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphabetic());
    words.filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The texts of a file.
fn texts(path: &str, text: &str) -> Vec<String> {
    let text =
        ["&amp;", "&lt;", "&gt;", "&quot;"].iter().fold(text.to_owned(), |text, c| text.replace(c, " "));
    if path.ends_with(".html") {
        return seen(&text);
    }
    if path.ends_with(".ics") {
        let unfolded = text.replace("\r\n ", "").replace("\\n", ":");
        let told =
            unfolded.lines().filter(|line| line.starts_with("SUMMARY") || line.starts_with("DESCRIPTION"));
        return told.flat_map(|line| line.split(':').skip(1)).map(str::to_owned).collect();
    }
    // A record has ids in comments, tags, and the addresses of its links.
    let bare = text.replace("](", "<").replace(')', ">");
    let shown = bare.split('<').map(|part| part.rsplit_once('>').map_or(part, |(_, text)| text));
    let prose = shown.flat_map(|part| part.split('`').step_by(2).flat_map(|part| part.split(['*', '\n'])));
    prose.map(str::to_owned).collect()
}

/// Texts that the languages share, and those that people wrote.
fn known(language: &str) -> String {
    let english = Labels::english();
    let other = Labels::of(language);
    let shared = english.keys().filter(|key| english.word(key) == other.word(key));
    let mut known: Vec<String> = shared.map(|key| words(english.word(key))).collect();
    let project = Project::small();
    let texts =
        files(project.path()).into_iter().map(|path| fs::read_to_string(project.path().join(path)).unwrap());
    known.extend(texts.chain([JOURNAL.to_owned()]).flat_map(|text| {
        match serde_yaml::from_str::<Value>(&text) {
            Ok(value) => content(&value),
            Err(_) => vec![words(&text)],
        }
    }));
    // Verdicts and zones are the same everywhere; the page of the rules is English. The second line
    // begins with words that German has too.
    known.push("no go . undecided . utc . cet . mb . ics . markdown . runsheet . rules".to_owned());
    known.push("gate go no go . parameter host . parameter version".to_owned());
    known.join(" . ")
}

/// The words of a file, scalar by scalar.
fn content(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![words(text)],
        Value::Sequence(all) => all.iter().flat_map(content).collect(),
        Value::Mapping(map) => {
            map.iter().flat_map(|(key, value)| [content(key), content(value)].concat()).collect()
        }
        _ => Vec::new(),
    }
}

fn english_in(language: &str) -> Vec<String> {
    let (english, other) = (built("en"), built(language));
    assert_eq!(english.len(), other.len());
    let known = known(language);
    let mut left = BTreeSet::new();
    for ((path, english), (_, other)) in english.iter().zip(&other) {
        let phrases = |text: &str| -> BTreeSet<String> {
            let address = |part: &&str| part.contains("://") || part.contains('@');
            let bare =
                |text: &String| text.split(' ').filter(|part| !address(part)).collect::<Vec<_>>().join(" ");
            let texts: Vec<String> = texts(path, text).iter().map(bare).collect();
            let ends = |c: char| ",;:|()·".contains(c) || c.is_numeric();
            let parts = texts.iter().flat_map(|text| text.split(ends));
            parts.map(words).filter(|phrase| !phrase.is_empty()).collect()
        };
        let same = phrases(english).intersection(&phrases(other)).cloned().collect::<Vec<_>>();
        left.extend(
            same.into_iter()
                .filter(|phrase| !known.contains(phrase))
                .map(|phrase| format!("{phrase} ({path})")),
        );
    }
    left.into_iter().collect()
}

#[test]
fn nothing_stays_english_on_a_german_site() {
    assert_eq!(english_in("de"), [""; 0]);
}

#[test]
fn nothing_stays_english_on_a_spanish_site() {
    assert_eq!(english_in("es"), [""; 0]);
}

/// No blank of a label is left open anywhere.
#[test]
fn every_blank_is_filled_in() {
    for (path, text) in ["en", "de"].iter().flat_map(|language| built(language)) {
        for part in texts(&path, &text) {
            let open = part.split('{').skip(1).find(|rest| {
                let name = rest.split('}').next().unwrap();
                rest.contains('}') && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase())
            });
            assert_eq!(open, None, "{path}: {part}");
        }
    }
}
