//! # leftover-placeholder
//!
//! A template was copied and one of its blanks was not filled in: `[NAME]`, `TBD`, `XXXXX`, `YYYYMMDD`,
//! `<version>`. In a command it fails at night; in a message it goes out to every customer. What differs from
//! release to release is a parameter, `{{ version }}`, which Runsheet prints as a blank and asks for.
//!
//! ```yaml
//! run: git checkout <version>      # wrong
//! run: git checkout {{ version }}  # right, with `version` under `parameters:`
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::text::{Passage, Use, texts, words};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;

pub(super) const RULE: Rule = Rule {
    name: "leftover-placeholder",
    summary: "a blank of a template that nobody filled in",
    topic: Topic::Hygiene,
    weight: Weight::Gap,
    source: include_str!("leftover_placeholder.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for passage in texts(runbook) {
        for (at, words) in placeholders(&passage) {
            let span = passage.place(around, at, words);
            let message = format!("the placeholder `{words}` was left in the text");
            let help = "write what is meant; for what a release decides declare a parameter: `{{ name }}`";
            found.push(finding(span, message).label("nobody filled this in").help(help));
        }
    }
    found
}

/// Placeholders of one kind that are reported of one text; whoever mends these sees the others.
const MOST: usize = 20;

/// The placeholders of a text, each with the byte at which it begins.
fn placeholders<'a>(passage: &'a Passage<'_>) -> Vec<(usize, &'a str)> {
    let text = &passage.text;
    let mut found: Vec<(usize, &str)> =
        words(text).filter(|(_, word)| is_placeholder(word, text)).take(MOST).collect();
    if passage.used != Use::Subject {
        let named = enclosed(text, '[', ']').filter(|(at, inside)| is_bracketed(text, *at, inside));
        found.extend(named.take(MOST));
    }
    let named = enclosed(text, '<', '>').filter(|(at, inside)| is_angled(text, *at, inside));
    found.extend(named.take(MOST));
    found.sort_unstable();
    found
}

fn is_placeholder(word: &str, text: &str) -> bool {
    let crosses = word.len() >= 3 && word.bytes().all(|byte| byte == b'X');
    match word {
        "TBD" | "TBC" | "TBA" | "TODO" | "FIXME" | "YYYYMMDD" | "YYYY-MM-DD" | "CHANGEME" | "CHANGE_ME" => {
            true
        }
        // `mktemp` replaces the X itself.
        _ if crosses => !text.contains("mktemp"),
        _ => word.ends_with("-XXXXX") || word.ends_with("_YYYYMMDD") || word.ends_with("-YYYYMMDD"),
    }
}

/// Every `open…close` on one line without further brackets inside, with its brackets; a placeholder is
/// short, so the search for its end is.
fn enclosed(text: &str, open: char, close: char) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(open).filter_map(move |(at, _)| {
        let inside = text[at + 1..].char_indices().take(40);
        let (end, last) = inside.into_iter().find(|(_, c)| [open, close, '\n'].contains(c))?;
        (last == close).then(|| (at, &text[at..at + 1 + end + 1]))
    })
}

/// `[NAME]`, but no link, no array index and no mark of a log.
fn is_bracketed(text: &str, at: usize, words: &str) -> bool {
    const MARKS: &[&str] = &[
        "OK", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "DEBUG", "TRACE", "PASS", "FAIL", "FAILED",
        "DONE", "SKIP",
    ];
    let inside = &words[1..words.len() - 1];
    let named = inside.len() > 2
        && inside.starts_with(|c: char| c.is_ascii_uppercase())
        && inside.chars().all(|c| c.is_ascii_uppercase() || matches!(c, ' ' | '_' | '/'));
    let before = text[..at].chars().next_back();
    let after = text[at + words.len()..].chars().next();
    named
        && !MARKS.contains(&inside)
        && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '$' | '}' | ']' | '!' | '`' | '['))
        && !after.is_some_and(|c| matches!(c, '(' | '[' | ':' | '`' | ']'))
}

/// `<version>`, but no tag of HTML or XML, no redirection and no address.
fn is_angled(text: &str, at: usize, words: &str) -> bool {
    const TAGS: &[&str] = &[
        "a", "b", "body", "br", "code", "details", "div", "em", "footer", "form", "h1", "h2", "h3", "head",
        "header", "hr", "html", "i", "img", "input", "li", "link", "main", "meta", "nav", "ol", "p", "pre",
        "script", "section", "span", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td",
        "th", "thead", "title", "tr", "u", "ul",
    ];
    let inside = &words[1..words.len() - 1];
    let named = inside.len() > 1
        && inside.starts_with(|c: char| c.is_ascii_alphabetic())
        && inside.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' '))
        && inside.split(' ').count() <= 3
        && !inside.ends_with(' ');
    named
        && !TAGS.contains(&inside.to_lowercase().as_str())
        && !text[..at].ends_with(|c: char| c == '<' || c == '`' || c.is_alphanumeric())
        && !text[at..].chars().take(400).collect::<String>().contains(&format!("</{inside}>"))
}
