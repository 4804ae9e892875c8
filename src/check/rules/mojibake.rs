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

use std::ops::Range;

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
fn judge(file: FileId, kind: Kind, text: &str, run: Range<usize>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut from = run.start;
    while from < run.end {
        let rest = &text[from..run.end];
        let Some(c) = rest.chars().next() else { break };
        let (good, length) = all_turned_back(rest);
        let after = text[from + length..].chars().next();
        if good.chars().count() > 1 || (!good.is_empty() && is_certain(rest, length, after)) {
            found.push(report(Span::new(file, from, from + length), kind, &rest[..length], &good));
            from += length;
            continue;
        }
        if c == char::REPLACEMENT_CHARACTER {
            let span = Span::new(file, from, from + c.len_utf8());
            let report = finding(span, "a character was lost: `\u{FFFD}`").label("what stood here?");
            found.push(report.help("write it again; it cannot be turned back"));
        }
        from += c.len_utf8();
    }
    found
}

fn report(span: Span, kind: Kind, bad: &str, good: &str) -> Diagnostic {
    let report = finding(span, format!("`{bad}` is `{good}` in a wrong encoding")).label("spoiled here");
    match kind {
        Kind::Journal => report.help("a journal is never rewritten: append an event that says it right"),
        _ => report
            .fix(Fix::replace(span, good, format!("write `{good}`")))
            .help("`check --fix` turns it back"),
    }
}

/// What the first characters of a run were, as far as they can be turned back, and their bytes.
fn all_turned_back(run: &str) -> (String, usize) {
    let (mut good, mut length) = (String::new(), 0);
    while let Some((c, step)) = turned_back(&run[length..]) {
        good.push(c);
        length += step;
    }
    (good, length)
}

/// Whether one spoiled character alone is certain: it begins with a letter that is never followed by
/// such a sign, and what looks like a closing quote or dash is followed by a letter.
fn is_certain(run: &str, length: usize, after: Option<char>) -> bool {
    let mut chars = run[..length].chars();
    let first = chars.next().is_some_and(|c| matches!(c, 'Â' | 'Ã' | 'â' | 'ð'));
    let punctuation = |c: char| "‘’“”„‚‹›–—…•»«".contains(c);
    let mark = length < 6 && chars.next().is_some_and(punctuation) && chars.next().is_none();
    first && (!mark || after.is_some_and(|c| c.is_ascii_alphabetic()))
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
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8A),
        ('‹', 0x8B),
        ('Œ', 0x8C),
        ('Ž', 0x8E),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9A),
        ('›', 0x9B),
        ('œ', 0x9C),
        ('ž', 0x9E),
        ('Ÿ', 0x9F),
    ];
    match u32::from(c) {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        _ => HIGH.iter().find(|(known, _)| *known == c).map(|(_, byte)| *byte),
    }
}
