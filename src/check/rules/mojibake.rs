//! # mojibake
//!
//! A text in UTF-8 was read as Windows-1252 and saved again, so that `é` became `Ã©` and `’` became `â€™`; or
//! characters were lost and `�` stands in their place. On paper nobody can guess what was meant.
//!
//! `check --fix` mends what can be turned back for certain. A journal is never rewritten; a `�` has lost what
//! it was.
//!
//! ```yaml
//! title: VÃ©rification             # wrong
//! title: Vérification              # right
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{FileId, Kind, Source, Span};

pub(super) const RULE: Rule = Rule {
    name: "mojibake",
    summary: "characters that a wrong encoding has spoiled",
    topic: Topic::Hygiene,
    weight: Weight::Gap,
    source: include_str!("mojibake.rs"),
    look: Look::Text(look),
};

fn look(file: FileId, source: &Source) -> Vec<Diagnostic> {
    let text = &source.text;
    if source.kind == Kind::Other || text.is_ascii() {
        return Vec::new();
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| !c.is_ascii()).map(|at| from + at) {
        let run = text[at..].find(|c: char| c.is_ascii()).map_or(text.len(), |end| at + end);
        found.extend(judge(file, source.kind, text, at..run));
        from = run;
    }
    found
}

/// One run of characters beyond ASCII.
fn judge(file: FileId, kind: Kind, text: &str, run: std::ops::Range<usize>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut from = run.start;
    let pairs = count(&text[run.clone()]);
    while from < run.end {
        let rest = &text[from..run.end];
        let Some(c) = rest.chars().next() else { break };
        let step = match turned_back(rest) {
            Some((good, length)) if is_certain(c) || pairs > 1 => {
                let span = Span::new(file, from, from + length);
                let bad = &rest[..length];
                let report = finding(span, format!("`{bad}` is `{good}` in a wrong encoding")).label("spoiled here");
                found.push(match kind {
                    Kind::Journal => report.help("a journal is never rewritten: append an event that says it right"),
                    _ => report.fix(Fix::replace(span, good, format!("write `{good}`"))).help("`check --fix` turns it back"),
                });
                length
            }
            _ => c.len_utf8(),
        };
        if c == char::REPLACEMENT_CHARACTER {
            let span = Span::new(file, from, from + c.len_utf8());
            let report = finding(span, "a character was lost: `�`").label("what stood here?");
            found.push(report.help("write it again; it cannot be turned back"));
        }
        from += step;
    }
    found
}

/// How many characters of a run can be turned back.
fn count(run: &str) -> usize {
    let mut rest = run;
    let mut count = 0;
    while let Some(c) = rest.chars().next() {
        let length = turned_back(rest).map_or(c.len_utf8(), |(_, length)| {
            count += 1;
            length
        });
        rest = &rest[length..];
    }
    count
}

/// Whether a first character is never followed by such others in a text that is sound.
fn is_certain(c: char) -> bool {
    matches!(c, 'Â' | 'Ã' | 'â' | 'ð')
}

/// The character that the first ones of `text` were, and their length in bytes.
fn turned_back(text: &str) -> Option<(char, usize)> {
    let first = windows_1252(text.chars().next()?)?;
    let needed = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let taken: Vec<char> = text.chars().take(needed).collect();
    let bytes: Option<Vec<u8>> = taken.iter().map(|c| windows_1252(*c)).collect();
    let good = std::str::from_utf8(&bytes?).ok()?.chars().next()?;
    Some((good, taken.iter().map(|c| c.len_utf8()).sum()))
}

/// The byte of a character in Windows-1252, or in Latin-1 where Windows has none.
fn windows_1252(c: char) -> Option<u8> {
    const HIGH: [(char, u8); 27] = [
        ('€', 0x80), ('‚', 0x82), ('ƒ', 0x83), ('„', 0x84), ('…', 0x85), ('†', 0x86), ('‡', 0x87), ('ˆ', 0x88), ('‰', 0x89),
        ('Š', 0x8A), ('‹', 0x8B), ('Œ', 0x8C), ('Ž', 0x8E), ('‘', 0x91), ('’', 0x92), ('“', 0x93), ('”', 0x94), ('•', 0x95),
        ('–', 0x96), ('—', 0x97), ('˜', 0x98), ('™', 0x99), ('š', 0x9A), ('›', 0x9B), ('œ', 0x9C), ('ž', 0x9E), ('Ÿ', 0x9F),
    ];
    match u32::from(c) {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        _ => HIGH.iter().find(|(known, _)| *known == c).map(|(_, byte)| *byte),
    }
}
