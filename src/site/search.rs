//! The search index: what the search field finds, without a server and from the disk.
//!
//! Takes the site of the view, gives a classic script that sets one variable; browsers refuse every
//! other way of loading data from `file:`. Items of a release are not listed again: they carry the
//! ids of its runbook, and the script of the page leads there.
//!
//! The index is an inverted one: the words in order, each with what it shares with the word before it
//! left out, and for each word where it stands. Whatever a script can work out (anchors that are the
//! slug of a title, numbers that count on) is left out.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use super::work::json;
use crate::view::{Finding, Head, Site, plain};

/// Of texts that are not shown, the words up to here count.
const LONGEST: usize = 600;

/// Digits of places: 32 of them end a number, the others say that it goes on.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Kinds of entries with the sign of each in the index.
const KINDS: [(&str, char); 13] = [
    ("runbook", 'b'),
    ("release", 'r'),
    ("section", 's'),
    ("check", 'c'),
    ("step", 'p'),
    ("trigger", 't'),
    ("message", 'm'),
    ("gate", 'g'),
    ("table", 'a'),
    ("page", 'f'),
    ("role", 'o'),
    ("team", 'e'),
    ("person", 'n'),
];

/// What is written.
#[derive(Debug, Serialize)]
struct Written<'a> {
    /// Kinds by their signs.
    kinds: BTreeMap<char, &'static str>,
    /// Path, title and first entry of every page.
    pages: &'a [(String, String, usize)],
    /// Names of owners.
    owners: &'a [String],
    /// Every title once.
    titles: &'a [String],
    /// The sign of the kind of each entry.
    kind: String,
    /// The depth of the number of each entry, `-` where it has none.
    depth: String,
    /// The title of each entry.
    title: String,
    /// The owner of each entry, counted from one.
    owner: String,
    /// Anchors that are not the slug of their title.
    anchors: &'a BTreeMap<usize, String>,
    /// Numbers that do not count on.
    numbers: &'a BTreeMap<usize, String>,
    /// The words: how much of the one before, and the rest.
    words: String,
    /// For each word its places: distances, doubled, and one more where it stands in a title.
    places: String,
}

#[derive(Debug, Default)]
struct Index {
    pages: Vec<(String, String, usize)>,
    owners: Names,
    titles: Names,
    kind: String,
    depth: String,
    title: Vec<usize>,
    owner: Vec<usize>,
    anchors: BTreeMap<usize, String>,
    numbers: BTreeMap<usize, String>,
    counters: Vec<usize>,
    words: BTreeMap<String, Vec<(usize, bool)>>,
}

/// Texts in the order in which they were first seen.
#[derive(Debug, Default)]
struct Names {
    all: Vec<String>,
    places: HashMap<String, usize>,
}

impl Names {
    fn place(&mut self, text: &str) -> usize {
        if let Some(at) = self.places.get(text) {
            return *at;
        }
        self.all.push(text.to_owned());
        self.places.insert(text.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }
}

/// Something that can be found.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    kind: &'static str,
    anchor: &'a str,
    number: &'a str,
    title: &'a str,
    owner: Option<&'a str>,
    /// More to find it by.
    more: &'a str,
}

impl Entry<'_> {
    const PLAIN: Self = Self { kind: "", anchor: "", number: "", title: "", owner: None, more: "" };
}

/// The index of a site as a script.
pub(super) fn index(site: &Site) -> String {
    let mut index = Index::default();
    site.releases().iter().for_each(|release| index.document("release", release));
    for (at, runbook) in site.runbooks().iter().enumerate() {
        index.document("runbook", runbook);
        site.findings(at).iter().for_each(|finding| index.finding(finding));
    }
    for owner in site.owners() {
        index.page(&owner.path, &owner.title);
        let holder = owner.contact.holder.as_ref().map(|holder| holder.text.as_str()).unwrap_or_default();
        index.push(Entry { kind: owner.kind, title: &owner.title, more: holder, ..Entry::PLAIN });
    }
    for page in site.pages() {
        index.page(&page.path, &page.title);
        for heading in &page.headings {
            let (anchor, title) = (heading.anchor.as_str(), heading.text.as_str());
            index.push(Entry { kind: "page", anchor, title, ..Entry::PLAIN });
        }
    }
    format!("window.runsheetIndex={};\n", index.written())
}

impl Index {
    fn written(&self) -> String {
        let (mut words, mut places) = (String::new(), String::new());
        let mut before: &str = "";
        for (word, found) in &self.words {
            let shared = before.chars().zip(word.chars()).take_while(|(a, b)| a == b).count().min(35);
            words.push(char::from_digit(u32::try_from(shared).unwrap_or(0), 36).unwrap_or('0'));
            words.extend(word.chars().skip(shared));
            words.push(' ');
            before = word;
            let mut last = 0;
            for (entry, titled) in found {
                digits((entry - last) * 2 + usize::from(*titled), &mut places);
                last = *entry;
            }
            places.push(' ');
        }
        let numbers = |all: &[usize]| {
            let mut text = String::new();
            all.iter().for_each(|number| digits(*number, &mut text));
            text
        };
        json(&Written {
            kinds: KINDS.into_iter().map(|(kind, sign)| (sign, kind)).collect(),
            pages: &self.pages,
            owners: &self.owners.all,
            titles: &self.titles.all,
            kind: self.kind.clone(),
            depth: self.depth.clone(),
            title: numbers(&self.title),
            owner: numbers(&self.owner),
            anchors: &self.anchors,
            numbers: &self.numbers,
            words,
            places,
        })
    }

    fn page(&mut self, path: &str, title: &str) {
        self.pages.push((path.to_owned(), title.to_owned(), self.title.len()));
        self.counters.clear();
    }

    fn push(&mut self, entry: Entry<'_>) {
        let at = self.title.len();
        let sign = KINDS.iter().find(|(kind, _)| *kind == entry.kind).map_or('f', |(_, sign)| *sign);
        self.kind.push(sign);
        self.title.push(self.titles.place(entry.title));
        self.owner.push(entry.owner.map_or(0, |owner| self.owners.place(owner) + 1));
        if entry.anchor != slug(entry.title) {
            self.anchors.insert(at, entry.anchor.to_owned());
        }
        self.number(at, entry.number);
        let owner = entry.owner.unwrap_or_default();
        self.tokens(at, entry.title, true);
        self.tokens(at, owner, false);
        self.tokens(at, entry.more, false);
    }

    /// Numbers count on at their depth; one that does not is kept.
    fn number(&mut self, at: usize, number: &str) {
        let depth = number.split('.').filter(|part| !part.is_empty()).count();
        if depth == 0 || depth > 35 {
            self.depth.push('-');
            return;
        }
        self.depth.push(char::from_digit(u32::try_from(depth).unwrap_or(0), 36).unwrap_or('-'));
        self.counters.resize(depth, 0);
        self.counters[depth - 1] += 1;
        let counted = self.counters.iter().map(usize::to_string).collect::<Vec<_>>().join(".");
        if counted != number {
            self.numbers.insert(at, number.to_owned());
            let parts = number.split('.').map(|part| part.parse().unwrap_or(0));
            self.counters = parts.collect();
        }
    }

    fn tokens(&mut self, at: usize, text: &str, titled: bool) {
        for word in words(text) {
            let found = self.words.entry(word).or_default();
            match found.last_mut() {
                Some((last, in_title)) if *last == at => *in_title |= titled,
                _ => found.push((at, titled)),
            }
        }
    }

    fn document(&mut self, kind: &'static str, document: &Head) {
        let title = plain(&document.title);
        self.page(&document.path, &title);
        let more = format!("{} {} {}", document.name, document.product, document.environment);
        self.push(Entry { kind, title: &title, more: &more, ..Entry::PLAIN });
    }

    fn finding(&mut self, finding: &Finding) {
        let cut = finding.more.char_indices().nth(LONGEST).map_or(finding.more.len(), |(at, _)| at);
        self.push(Entry {
            kind: finding.kind,
            anchor: &finding.anchor,
            number: &finding.number,
            title: &finding.title,
            owner: finding.owner.as_deref(),
            more: &finding.more[..cut],
        });
    }
}

/// A number in digits of 32, the last one last.
fn digits(number: usize, out: &mut String) {
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

/// The words of a text as they are looked up: small letters without marks. Writing without spaces is
/// looked up sign by sign.
fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    let folded = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    for c in folded.flat_map(char::to_lowercase).chain([' ']) {
        let alone = matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}');
        if c.is_alphanumeric() && !alone {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            all.push(std::mem::take(&mut word));
        }
        if alone {
            all.push(c.to_string());
        }
    }
    all
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
    fn words_are_folded() {
        assert_eq!(
            words("Naïve check: p95 < 500ms, pg_dump"),
            ["naive", "check", "p95", "500ms", "pg", "dump"]
        );
        assert_eq!(words("数据库 backup"), ["数", "据", "库", "backup"]);
        assert_eq!(slug("Back up: the Database (1)"), "back-up-the-database-1");
    }

    #[test]
    fn numbers_are_written_in_digits_of_32() {
        let text = |number| {
            let mut out = String::new();
            digits(number, &mut out);
            out
        };
        assert_eq!([0, 31, 32, 1023, 1024].map(text), ["0", "V", "X0", "_V", "XW0"]);
    }
}
