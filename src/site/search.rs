//! The search index: what the search field finds, without a server and from the disk.
//!
//! Takes the site of the view, gives a classic script that sets one variable; browsers refuse every
//! other way of loading data from `file:`. Items of a release are not listed again: they carry the
//! ids of its runbook, and the script of the page leads there.

use serde::Serialize;

use crate::view::{Bar, Block, Code, Document, Item, Mention, Piece, Section, Site, plain};

/// Longer texts are cut: they are there to be found, not to be read.
const LONGEST: usize = 160;

/// The index. Entries are lists instead of maps because that halves its size.
#[derive(Debug, Default, Serialize)]
struct Index {
    /// Path and title of every page.
    pages: Vec<(String, String)>,
    /// Names of owners.
    owners: Vec<String>,
    /// What can be found.
    entries: Vec<Entry>,
}

/// Page, anchor, kind, number, title, owner (or -1), more words to find it by.
#[derive(Debug, Serialize)]
struct Entry(usize, String, &'static str, String, String, i64, String);

/// The index of a site as a script.
pub(super) fn index(site: &Site) -> String {
    let mut index = Index::default();
    for (kind, document) in site.releases.iter().map(|release| ("release", release)) {
        index.document(kind, document, false);
    }
    for (kind, document) in site.runbooks.iter().map(|runbook| ("runbook", runbook)) {
        index.document(kind, document, true);
    }
    for owner in &site.owners {
        let page = index.page(&owner.path, &owner.title);
        let holder = owner.contact.holder.as_ref().map(|holder| holder.text.clone()).unwrap_or_default();
        index.entries.push(Entry(
            page,
            String::new(),
            owner.kind,
            String::new(),
            owner.title.clone(),
            -1,
            holder,
        ));
    }
    for page in &site.pages {
        let at = index.page(&page.path, &page.title);
        for heading in &page.headings {
            let text = heading.text.clone();
            index.entries.push(Entry(
                at,
                heading.anchor.clone(),
                "page",
                String::new(),
                text,
                -1,
                String::new(),
            ));
        }
    }
    script(&index)
}

fn script(index: &Index) -> String {
    let json = serde_json::to_string(index).unwrap_or_default();
    let mut text = String::from("window.runsheetIndex=");
    for c in json.chars() {
        match c {
            // Harmless in a file of its own, and nobody has to think about it again.
            '<' => text.push_str("\\u003c"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            c => text.push(c),
        }
    }
    text.push_str(";\n");
    text
}

impl Index {
    fn page(&mut self, path: &str, title: &str) -> usize {
        self.pages.push((path.to_owned(), title.to_owned()));
        self.pages.len() - 1
    }

    fn owner(&mut self, owners: &[Mention]) -> i64 {
        let Some(first) = owners.first() else { return -1 };
        let at = self.owners.iter().position(|known| *known == first.text).unwrap_or_else(|| {
            self.owners.push(first.text.clone());
            self.owners.len() - 1
        });
        i64::try_from(at).unwrap_or(-1)
    }

    fn document(&mut self, kind: &'static str, document: &Document, whole: bool) {
        let title = plain(&document.title);
        let page = self.page(&document.path, &title);
        let more = format!("{} {} {}", document.name, document.product, document.environment);
        self.entries.push(Entry(page, String::new(), kind, String::new(), title, -1, more));
        if whole {
            document.sections.iter().for_each(|section| self.section(page, section));
        }
    }

    fn section(&mut self, page: usize, section: &Section) {
        let owner = self.owner(&section.owners);
        let mut push = |anchor: &str, kind, number: &str, title: String| {
            let (anchor, number) = (anchor.to_owned(), number.to_owned());
            self.entries.push(Entry(page, anchor, kind, number, title, owner, String::new()));
        };
        push(&section.id, "section", &section.number, plain(&section.title));
        for block in &section.blocks {
            match block {
                Block::Triggers(all) => {
                    all.iter().for_each(|one| push(&one.id, "trigger", "", plain(&one.condition)));
                }
                Block::Messages(all) => {
                    all.iter().for_each(|one| push(&one.id, "message", "", plain(&one.title)));
                }
                Block::Gate(gate) => push(&gate.id, "gate", "", plain(&gate.title)),
                Block::Tables(all) => {
                    all.iter().for_each(|one| push(&one.id, "table", "", plain(&one.title)))
                }
                _ => {}
            }
        }
        for block in &section.blocks {
            match block {
                Block::Sections(inner) => inner.iter().for_each(|inner| self.section(page, inner)),
                Block::Checks(items) | Block::Steps(items) => {
                    items.iter().for_each(|item| self.item(page, item));
                }
                _ => {}
            }
        }
    }

    fn item(&mut self, page: usize, item: &Item) {
        let kind = if item.step { "step" } else { "check" };
        let owner = self.owner(&item.owners);
        let (anchor, number) = (item.id.clone(), item.number.clone());
        self.entries.push(Entry(page, anchor, kind, number, plain(&item.title), owner, more(item)));
        item.checks.iter().for_each(|check| self.item(page, check));
    }
}

/// Bars and the command of an item, cut.
fn more(item: &Item) -> String {
    let bars = item.bars.iter().map(|bar: &Bar| bar.written.clone());
    let run = item.run.iter().map(|code: &Code| Piece::plain(&code.pieces));
    let words: Vec<String> = bars.chain(run).collect();
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}
