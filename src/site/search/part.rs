//! The search index as scripts: the first with pages and words, and for a large site parts that are
//! loaded when a search needs them.
//!
//! Takes an index, gives texts. Each word leaves out what it shares with the word before it, and
//! whatever a script can work out is left out: anchors that are the slug of a title, numbers that
//! count on.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use foldhash::HashMap;
use serde::Serialize;

use super::super::work::json;
use super::{Entry, Index, KINDS, Names, Places};
use crate::view::Site;

/// Up to as many pages the index is one file.
const FEW: usize = 256;
/// Pages whose entries are one part: 4 runbooks like the real ones are 60 kB, 20 kB as they are sent.
const PAGES: usize = 4;
/// Pages for each part of the places of words.
const PLACES: usize = 16;

/// Digits of numbers: 32 of them end one, the others say that it goes on.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// The files of a search index; it is made when the first of them is asked for.
pub(in crate::site) struct Parts {
    index: OnceLock<Written>,
    paths: Vec<String>,
    /// Where each path is among them.
    places: HashMap<String, usize>,
}

/// The texts of the files.
#[derive(Debug)]
struct Written {
    first: String,
    places: Vec<String>,
    entries: Vec<String>,
}

/// The first file.
#[derive(Debug, Serialize)]
struct First<'a> {
    /// Kinds by their signs.
    kinds: BTreeMap<char, &'static str>,
    /// Path, title and first entry of every page.
    pages: Vec<(&'a str, &'a str, usize)>,
    /// How many entries there are.
    length: usize,
    /// How many pages the entries of one part are of.
    each: usize,
    /// Names of owners.
    owners: &'a [String],
    /// The words: how much of the one before, and the rest.
    words: String,
    /// The first word of each part of the places.
    starts: Vec<usize>,
    /// Changes with the parts, so that none is taken from another index.
    stamp: String,
    /// The parts, where they are not in files of their own.
    places: Vec<String>,
    /// The parts, where they are not in files of their own.
    entries: Vec<Entries>,
}

/// The entries of some pages.
#[derive(Debug, Default, Serialize)]
pub(super) struct Entries {
    /// Every title once.
    titles: Vec<String>,
    /// The sign of the kind of each entry.
    kind: String,
    /// The depth of the number of each entry, `-` where it has none.
    depth: String,
    /// The title of each entry.
    title: String,
    /// The owner of each entry, counted from one.
    owner: String,
    /// Anchors that are not the slug of their title, by the place of the entry.
    anchors: BTreeMap<usize, String>,
    /// Numbers that do not count on, by the place of the entry.
    numbers: BTreeMap<usize, String>,
}

impl Parts {
    /// The files for a site.
    pub(in crate::site) fn new(site: &Site) -> Self {
        let pages = site.documents().count() + site.owner_count() + site.page_count();
        let mut paths = vec![super::super::SEARCH.to_owned()];
        if pages > FEW {
            let part = |kind: &'static str| move |at: usize| format!("assets/search-{kind}-{at}.js");
            paths.extend((0..pages.div_ceil(PLACES)).map(part("places")));
            paths.extend((0..pages.div_ceil(PAGES)).map(part("entries")));
        }
        let places = paths.iter().cloned().zip(0..).collect();
        Self { index: OnceLock::new(), paths, places }
    }

    /// Their paths below the output folder, the one that pages load first.
    pub(in crate::site) fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The text of one of them, for the same site.
    pub(in crate::site) fn text(&self, site: &Site, path: &str) -> String {
        let index = |in_parts| Index::new(site, if in_parts { PAGES } else { usize::MAX });
        let written = |in_parts| Written::new(index(in_parts), in_parts);
        let written = self.index.get_or_init(|| written(self.paths.len() > 1));
        let mut all = std::iter::once(&written.first).chain(&written.places).chain(&written.entries);
        self.places.get(path).and_then(|at| all.nth(*at)).cloned().unwrap_or_default()
    }
}

impl Written {
    fn new(index: Index, in_parts: bool) -> Self {
        let Index { pages, owners, length, closed, words, .. } = index;
        let (each, wanted) =
            if in_parts { (PAGES, pages.len().div_ceil(PLACES)) } else { (pages.len().max(1), 1) };
        // They are in no order yet: each is looked up often, and sorted once.
        let words = BTreeMap::from_iter(words);
        let listed = list(&words);
        let (starts, places) = places(words, wanted);
        let mut first = First {
            kinds: KINDS.into_iter().map(|(kind, sign)| (sign, kind)).collect(),
            pages: pages.iter().map(|page| (page.path.as_str(), page.title.as_str(), page.first)).collect(),
            length,
            each,
            owners: &owners.all,
            words: listed,
            starts,
            stamp: String::new(),
            places: Vec::new(),
            entries: Vec::new(),
        };
        if !in_parts {
            (first.places, first.entries) = (places, closed);
            return Self { first: script("runsheetIndex", &first), places: Vec::new(), entries: Vec::new() };
        }
        let (places, entries) = (scripts("places", places), scripts("entries", closed));
        let mut hasher = blake3::Hasher::new();
        places.iter().chain(&entries).for_each(|text| {
            hasher.update(text.as_bytes());
        });
        first.stamp = hasher.finalize().to_hex()[..10].to_owned();
        Self { first: script("runsheetIndex", &first), places, entries }
    }
}

/// A script for each part; a part is gone when its script is there.
fn scripts(kind: &str, parts: Vec<impl Serialize>) -> Vec<String> {
    let part = |(at, part)| script(&format!("runsheetIndex.{kind}[{at}]"), &part);
    let mut scripts = Vec::with_capacity(parts.len());
    scripts.extend(parts.into_iter().enumerate().map(part));
    scripts
}

/// A script that sets one variable.
fn script(name: &str, value: &impl Serialize) -> String {
    format!("window.{name}={};\n", json(value))
}

/// Every word: how much it shares with the one before, and the rest.
fn list(words: &BTreeMap<String, Places>) -> String {
    let mut out = String::new();
    let mut before: &str = "";
    for word in words.keys() {
        let shared = before.chars().zip(word.chars()).take_while(|(a, b)| a == b).count().min(35);
        out.push(char::from_digit(u32::try_from(shared).unwrap_or(0), 36).unwrap_or('0'));
        out.extend(word.chars().skip(shared));
        out.push(' ');
        before = word;
    }
    out
}

/// For each word its places, in `wanted` parts of about the same length, with the first word of each.
fn places(words: BTreeMap<String, Places>, wanted: usize) -> (Vec<usize>, Vec<String>) {
    let all: Vec<String> = words.into_values().map(Places::into_text).collect();
    let length: usize = all.iter().map(String::len).sum();
    let mut starts = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    let mut written = 0;
    for (word, text) in all.into_iter().enumerate() {
        if parts.is_empty() || (written * wanted >= length * parts.len() && parts.len() < wanted) {
            starts.push(word);
            parts.push(String::new());
        }
        written += text.len();
        parts.last_mut().into_iter().for_each(|part| part.push_str(&text));
    }
    parts.resize(wanted, String::new());
    (starts, parts)
}

/// The entries of some pages while they are written down.
#[derive(Debug, Default)]
pub(super) struct Open {
    entries: Entries,
    titles: Names,
    /// The number before this one.
    counters: Vec<usize>,
}

impl Open {
    /// Another page begins, and its numbers with it.
    pub(super) fn page(&mut self) {
        self.counters.clear();
    }

    /// An entry; its owner is counted from one, none is nobody.
    pub(super) fn push(&mut self, entry: &Entry<'_>, owner: usize) {
        let some = &mut self.entries;
        let at = some.kind.len();
        some.kind.push(KINDS.iter().find(|(kind, _)| *kind == entry.kind).map_or('f', |(_, sign)| *sign));
        digits(self.titles.place(entry.title), &mut some.title);
        digits(owner, &mut some.owner);
        if entry.anchor != slug(entry.title) {
            some.anchors.insert(at, entry.anchor.to_owned());
        }
        self.number(entry.number, at);
    }

    /// Numbers count on at their depth; one that does not is kept.
    fn number(&mut self, written: &str, at: usize) {
        let Self { entries: some, counters, .. } = self;
        let depth = written.split('.').filter(|part| !part.is_empty()).count();
        if depth == 0 || depth > 35 {
            some.depth.push('-');
            return;
        }
        some.depth.push(char::from_digit(u32::try_from(depth).unwrap_or(0), 36).unwrap_or('-'));
        counters.resize(depth, 0);
        counters[depth - 1] += 1;
        let counted = counters.iter().map(usize::to_string).collect::<Vec<_>>().join(".");
        if counted != written {
            some.numbers.insert(at, written.to_owned());
            *counters = written.split('.').map(|part| part.parse().unwrap_or(0)).collect();
        }
    }

    /// What was written down.
    pub(super) fn close(self) -> Entries {
        Entries { titles: self.titles.all, ..self.entries }
    }
}

/// A number in digits of 32, the last one last.
pub(super) fn digits(number: usize, out: &mut String) {
    let mut shift = (usize::BITS - number.leading_zeros()).saturating_sub(1) / 5;
    loop {
        let digit = (number >> (5 * shift)) & 31;
        let goes_on = if shift > 0 { 32 } else { 0 };
        out.push(char::from(DIGITS[digit + goes_on]));
        if shift == 0 {
            return;
        }
        shift -= 1;
    }
}

/// Letters and digits of ASCII with hyphens between them, as the script makes it.
fn slug(title: &str) -> String {
    let parts = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_digits_of_32() {
        let text = |number| {
            let mut out = String::new();
            digits(number, &mut out);
            out
        };
        assert_eq!([0, 31, 32, 1023, 1024].map(text), ["0", "V", "X0", "_V", "XW0"]);
        assert_eq!(slug("Back up: the Database (1)"), "back-up-the-database-1");
    }

    #[test]
    fn places_come_in_parts_that_lose_no_word() {
        let mut index = Index::default();
        for (at, word) in ["a", "b", "c", "d"].into_iter().enumerate() {
            index.note(word, at, super::super::Rank::Body);
        }
        let (starts, parts) = places(index.words.into_iter().collect(), 2);
        assert_eq!((starts, parts), (vec![0, 2], vec!["0 4 ".to_owned(), "8 C ".to_owned()]));
        assert_eq!(places(BTreeMap::new(), 2), (vec![], vec![String::new(), String::new()]));
    }
}
