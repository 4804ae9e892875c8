//! Versions: `3.13`, `v1.4.0`, `2.0.0-rc1`, `3.11.x`.
//!
//! Takes text, gives the parts to compare and the text to print. `3.9` comes before `3.13`.

use std::cmp::Ordering;
use std::fmt;

use super::cursor::Cursor;
use super::flaw::{Flaw, quote};
use crate::diagnostic::Phrase;

/// A version as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    text: String,
    parts: Vec<u64>,
    /// What follows a hyphen, or letters straight after the numbers: a version with it comes
    /// before the one without.
    early: String,
}

impl Version {
    /// By parts, a missing one being zero; then `1.4.0-rc1` comes before `1.4.0`.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let length = self.parts.len().max(other.parts.len());
        compare_parts(&self.parts, &other.parts, length).then_with(|| {
            match (self.early.is_empty(), other.early.is_empty()) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) => compare_early(&self.early, &other.early),
            }
        })
    }

    /// How this version stands to a bar, only as finely as the bar is written: `3.13.1` is the
    /// same as the bar `3.13`, and `3.14` is over it.
    pub(crate) fn against(&self, bar: &Self) -> Ordering {
        let coarse = compare_parts(&self.parts, &bar.parts, bar.parts.len());
        if coarse != Ordering::Equal {
            return coarse;
        }
        match self.compare(bar) {
            Ordering::Greater if self.parts.len() > bar.parts.len() => Ordering::Equal,
            order => order,
        }
    }
}

fn compare_parts(left: &[u64], right: &[u64], length: usize) -> Ordering {
    let part = |parts: &[u64], at: usize| parts.get(at).copied().unwrap_or(0);
    (0..length)
        .map(|at| part(left, at).cmp(&part(right, at)))
        .find(|order| *order != Ordering::Equal)
        .unwrap_or(Ordering::Equal)
}

/// `rc2` before `rc10`: numbers inside as numbers, shorter before longer.
fn compare_early(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (Cursor::new(left), Cursor::new(right));
    loop {
        let letters = a.take_while(not_digit).cmp(b.take_while(not_digit));
        let (x, y) = (a.take_while(is_digit), b.take_while(is_digit));
        let (x, y) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
        let order = letters.then(x.len().cmp(&y.len())).then(x.cmp(y));
        if order != Ordering::Equal || (a.is_done() && b.is_done()) {
            return order;
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn not_digit(c: char) -> bool {
    !c.is_ascii_digit()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A version that cannot be taken for a number: it starts with `v` or has two points.
pub(crate) fn read_evident(cursor: &mut Cursor<'_>) -> Result<Option<Version>, Flaw> {
    let mut ahead = *cursor;
    let marked = ahead.eat("v") || ahead.eat("V");
    if !ahead.starts_with_digit() {
        return Ok(None);
    }
    let written = ahead.take_while(|c| c.is_ascii_digit() || c == '.');
    let numbers = written.trim_end_matches('.');
    // `14.4x` is a multiple, and no version.
    let is_open = written.ends_with('.') && numbers.contains('.');
    let wild = is_open && (ahead.eat("x") || ahead.eat("*"));
    if !marked && (numbers.contains("..") || numbers.matches('.').count() < 2 && !wild) {
        return Ok(None);
    }
    read(cursor)
}

/// A version: with `v` or without, of any number of parts.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<Option<Version>, Flaw> {
    let start = cursor.at();
    let mut ahead = *cursor;
    if !ahead.eat("v") {
        ahead.eat("V");
    }
    let mut parts = Vec::new();
    loop {
        let part = ahead.take_while(is_digit);
        if part.is_empty() {
            return Ok(None);
        }
        parts.push(part.parse().map_err(|_| too_long(&ahead, part))?);
        let mut next = ahead;
        if !next.eat(".") || !next.starts_with_digit() {
            break;
        }
        ahead = next;
    }
    let early = read_end(&mut ahead).to_owned();
    *cursor = ahead;
    Ok(Some(Version { text: ahead.since(start).to_owned(), parts, early }))
}

fn too_long(ahead: &Cursor<'_>, part: &str) -> Flaw {
    let range = ahead.at() - part.len()..ahead.at();
    Flaw::new(range, Phrase::label("flaw-long-part").with("part", quote(part)))
}

/// What follows the numbers: a wildcard, a pre-release, build metadata. Gives the pre-release.
fn read_end<'a>(ahead: &mut Cursor<'a>) -> &'a str {
    if ahead.eat(".x") || ahead.eat(".*") {
        return "";
    }
    let mut next = *ahead;
    let hyphen = next.eat("-");
    let letter = next.peek().is_some_and(|c| c.is_ascii_alphabetic());
    let early = match (hyphen, letter) {
        (_, true) => next.take_while(is_label).trim_end_matches(['.', '-']),
        (true, false) if next.starts_with_digit() => next.take_while(is_label),
        _ => "",
    };
    ahead.skip(if early.is_empty() { 0 } else { usize::from(hyphen) + early.len() });
    let mut build = *ahead;
    if build.eat("+") && !build.take_while(is_label).is_empty() {
        *ahead = build;
    }
    early
}

fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.' || c == '-'
}
