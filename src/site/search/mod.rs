//! The search index: what the search field finds, without a server and from the disk.
//!
//! Takes the site of the view, gives classic scripts that set one variable; browsers refuse every
//! other way of loading data from `file:`. Items of a release are not listed again: they carry the
//! ids of its runbook, and the script of the page leads there.
//!
//! The index is an inverted one: the words in order, and for each word where it stands. `part` writes
//! it down, a large one in parts that are loaded when a search needs them.

mod part;

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization as _;

use crate::view::{Finding, Head, Site, plain};
pub(super) use part::Parts;
use part::{Entries, Open};

/// Of texts that are not shown, the words up to here count.
const LONGEST: usize = 600;

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

/// How much it says of an entry that a word stands there; the scripts know these figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// In its command, its bars or its owner.
    Body = 0,
    /// In its title.
    Title = 1,
    /// At the beginning of its title.
    Begins = 2,
    /// It is the title.
    Whole = 3,
}

/// A page, by its first entry; the next page begins with the entry after its last one.
#[derive(Debug)]
struct Page {
    path: String,
    title: String,
    first: usize,
}

/// Everything that can be found. An entry is written down as it comes, for there are very many.
#[derive(Debug, Default)]
struct Index {
    pages: Vec<Page>,
    /// How many pages the entries of one part are of.
    each: usize,
    owners: Names,
    /// How many entries there are.
    length: usize,
    /// The entries of the last pages.
    open: Open,
    /// Those before them.
    closed: Vec<Entries>,
    words: HashMap<String, Places>,
}

/// Where a word stands, written down as it is found: there are many, and each takes two or three bytes.
#[derive(Debug, Clone, Default)]
struct Places {
    /// All but the last one: distances, four times, and how much each place says.
    text: String,
    /// The entry before the last one.
    before: usize,
    /// The entry where it was found last, and how much that says.
    last: Option<(usize, Rank)>,
}

impl Places {
    /// Another place; of several in one entry the best counts.
    fn push(&mut self, entry: usize, rank: Rank) {
        match &mut self.last {
            Some((last, known)) if *last == entry => *known = rank.max(*known),
            _ => {
                self.close();
                self.last = Some((entry, rank));
            }
        }
    }

    /// Writes the last one down.
    fn close(&mut self) {
        if let Some((entry, rank)) = self.last.take() {
            part::digits((entry - self.before) * 4 + rank as usize, &mut self.text);
            self.before = entry;
        }
    }

    /// All of them.
    fn into_text(mut self) -> String {
        self.close();
        self.text + " "
    }
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

impl Index {
    fn new(site: &Site, each: usize) -> Self {
        let mut index = Self { each, ..Self::default() };
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
        index.close();
        index
    }

    fn page(&mut self, path: &str, title: &str) {
        if self.pages.len().is_multiple_of(self.each) {
            self.close();
        }
        self.open.page();
        self.pages.push(Page { path: path.to_owned(), title: title.to_owned(), first: self.length });
    }

    /// Ends the part that is open, if there is one.
    fn close(&mut self) {
        if !self.pages.is_empty() {
            self.closed.push(std::mem::take(&mut self.open).close());
        }
    }

    fn push(&mut self, entry: Entry<'_>) {
        let at = self.length;
        self.length += 1;
        self.open.push(&entry, entry.owner.map_or(0, |owner| self.owners.place(owner) + 1));
        let title = fold(entry.title);
        let words = || title.split_ascii_whitespace();
        let begins = if words().nth(1).is_none() { Rank::Whole } else { Rank::Begins };
        for (place, word) in words().enumerate() {
            self.note(word, at, if place == 0 { begins } else { Rank::Title });
        }
        for text in [entry.owner.unwrap_or_default(), entry.more] {
            fold(text).split_ascii_whitespace().for_each(|word| self.note(word, at, Rank::Body));
        }
    }

    fn note(&mut self, word: &str, at: usize, rank: Rank) {
        match self.words.get_mut(word) {
            Some(places) => places.push(at, rank),
            None => self.words.entry(word.to_owned()).or_default().push(at, rank),
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

/// The words of a text as they are looked up, with blanks between them: small letters without marks.
/// Writing without spaces is looked up sign by sign.
fn fold(text: &str) -> String {
    // Most texts have no marks to take off.
    if text.is_ascii() {
        let sign = |c: u8| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { b' ' };
        return String::from_utf8(text.bytes().map(sign).collect()).unwrap_or_default();
    }
    let mut words = String::with_capacity(text.len());
    let folded = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    for c in folded.flat_map(char::to_lowercase) {
        let alone = matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}');
        match c {
            c if alone => words.extend([' ', c, ' ']),
            c if c.is_alphanumeric() => words.push(c),
            _ => words.push(' '),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let words = |text| fold(text).split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            words("Naïve check: p95 < 500ms, pg_dump"),
            ["naive", "check", "p95", "500ms", "pg", "dump"]
        );
        assert_eq!(words("Naive check: P95 < 500ms, pg_dump"), words("Naïve check: p95 < 500ms, pg_dump"));
        assert_eq!(words("数据库 backup"), ["数", "据", "库", "backup"]);
    }
}
