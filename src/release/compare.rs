//! What differs between two runbooks, and whether it asks for more or for less.
//!
//! Takes two resolved runbooks or releases, gives their differences in a fixed order: what was
//! weakened first. It reads no files and no clock, and words nothing beyond the values themselves. A text
//! that differs only by the value of a parameter is the same text.

mod approval;
mod bar;
mod block;
mod document;
mod entry;
mod item;
mod note;
mod release;
mod section;
mod text;

use crate::diagnostic::Phrase;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use entry::{Entry, Node};
use note::{About, Notes};
pub use release::plans_and_journals;
use text::Texts;

/// What a difference means, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Less is asked for: a bar, a level, an approval, a confirmation, the reach of a gate.
    Loosened,
    /// Something of the way back is gone.
    RollbackRemoved,
    /// It is gone.
    Removed,
    /// More is asked for.
    Tightened,
    /// It is new.
    Added,
    /// It stands elsewhere.
    Moved,
    /// Another value, neither more nor less.
    Changed,
    /// Other words.
    Reworded,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 8] = [
        Self::Loosened,
        Self::RollbackRemoved,
        Self::Removed,
        Self::Tightened,
        Self::Added,
        Self::Moved,
        Self::Changed,
        Self::Reworded,
    ];

    /// The label that says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Loosened => "diff-loosened",
            Self::RollbackRemoved => "diff-rollback-removed",
            Self::Removed => "diff-removed",
            Self::Tightened => "diff-tightened",
            Self::Added => "diff-added",
            Self::Moved => "diff-moved",
            Self::Changed => "diff-changed",
            Self::Reworded => "diff-reworded",
        }
    }

    /// The word for it, as programs and the command line have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Loosened => "loosened",
            Self::RollbackRemoved => "rollback removed",
            Self::Removed => "removed",
            Self::Tightened => "tightened",
            Self::Added => "added",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Reworded => "reworded",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it means.
    pub group: Group,
    /// `runbook`, `section`, `check`, `step`, `trigger`, `message`, `gate`, `table`, `release`, `plan` or `journal`.
    pub kind: &'static str,
    /// The id; an approval is found by the id of its section.
    pub id: String,
    /// The title without marks.
    pub title: String,
    /// Id of the section that it stands in; empty for a topmost section and for the document.
    pub section: String,
    /// The key that differs; `None` where the whole was added, removed or moved.
    pub key: Option<&'static str>,
    /// What it was; for something that moved, where it stood.
    pub before: Option<Phrase>,
    /// What it is.
    pub after: Option<Phrase>,
    /// Where it came or went with what it stands in: the id of the outermost of that.
    pub inside: Option<String>,
}

/// The differences of two runbooks.
pub fn runbooks(before: &Runbook, after: &Runbook) -> Vec<Change> {
    let texts = Texts { same_values: before.values == after.values };
    let mut notes = Notes::default();
    document::compare((before, after), texts, &mut notes);
    let (old, new) = (entry::entries(before), entry::entries(after));
    let (old_by_key, new_by_key) = (entry::by_key(&old), entry::by_key(&new));
    let moved = entry::moved(&old, &new);
    for entry in &new {
        match old_by_key.get(&entry.key()) {
            Some(was) => {
                same(was, entry, &Pair { before, after, texts }, &mut notes);
                if let Some((group, from, to)) = moved.get(&entry.key()) {
                    notes.about(entry.about()).note(*group, None, Some(from.clone()), Some(to.clone()));
                }
            }
            None => notes.about(entry.about()).whole(Group::Added, entry.within(&new_by_key, &old_by_key)),
        }
    }
    for entry in old.iter().filter(|entry| !new_by_key.contains_key(&entry.key())) {
        notes.about(entry.about()).whole(entry.loss(), entry.within(&old_by_key, &new_by_key));
    }
    approval::compare((&old, &old_by_key), (&new, &new_by_key), &mut notes);
    notes.sorted()
}

/// The differences of two releases: those of their runbooks, and who holds which role.
pub fn releases(before: &Release, after: &Release) -> Vec<Change> {
    let mut changes = match (&before.runbook, &after.runbook) {
        (Some(before), Some(after)) => runbooks(before, after),
        _ => Vec::new(),
    };
    let mut notes = Notes::default();
    document::plan(before, after, &mut notes);
    changes.extend(notes.sorted());
    changes.sort_by_key(|change| change.group);
    changes
}

/// The runbooks that two entries stand in.
struct Pair<'a> {
    before: &'a Runbook,
    after: &'a Runbook,
    texts: Texts,
}

/// What differs in something that is there on both sides.
fn same(was: &Entry<'_>, is: &Entry<'_>, pair: &Pair<'_>, notes: &mut Notes) {
    let about: About<'_> = is.about();
    let mut noter = notes.about(about);
    let texts = pair.texts;
    match (&was.node, &is.node) {
        (Node::Section(a), Node::Section(b)) => {
            section::compare((a, b), (was.outer_phase, is.outer_phase), texts, &mut noter);
        }
        (Node::Item(a), Node::Item(b)) => item::compare((a, b), texts, &mut noter),
        (Node::Trigger(a), Node::Trigger(b)) => block::trigger((a, b), texts, &mut noter),
        (Node::Message(a, from), Node::Message(b, to)) => {
            block::message((a, b), (from, to), texts, &mut noter);
        }
        (Node::Gate(a), Node::Gate(b)) => block::gate((a, b), pair, &mut noter),
        (Node::Table(a), Node::Table(b)) => block::table((a, b), texts, &mut noter),
        // Entries are paired by what they are and by id.
        _ => {}
    }
}
