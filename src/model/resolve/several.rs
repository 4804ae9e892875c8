//! Sections that a runbook takes more than once.
//!
//! Takes what one reading of a runbook found, gives what the next has to know of it: which sections are
//! there more than once, and then every id. In one of several that has an id of its own, every id begins
//! with that, and a name that something in it has at home leads to what is in it.

use std::collections::HashSet;
use std::mem::take;

use foldhash::HashMap;

use super::{Resolver, reference};
use crate::model::prose::Written;
use crate::model::section::Reference;
use crate::source::{Field, FileId, Span};

/// What an earlier reading of the same runbook found.
#[derive(Default)]
pub(super) struct Known {
    /// The sections that are taken while they, or a part of them, are there already, by where they are written.
    several: HashSet<Span>,
    /// Every id, once these sections have theirs.
    ids: HashMap<String, usize>,
    /// What these sections are called at home, behind the id of each, with that id.
    homes: HashMap<String, String>,
}

impl Known {
    /// Whether a section, by where it is written, is there more than once.
    pub(super) fn is_several(&self, section: Span) -> bool {
        self.several.contains(&section)
    }
}

impl Resolver<'_> {
    /// What the runbook has to be read again for; nothing where there is nothing more to know.
    pub(super) fn learned(&mut self) -> Option<Known> {
        if self.known.several.is_empty() {
            let taken: Vec<Span> = self.taken.iter().map(|(section, _)| *section).collect();
            let several = several(taken, self.scopes[0].file);
            return (!several.is_empty()).then(|| Known { several, ..Known::default() });
        }
        self.waits.then(|| Known {
            several: take(&mut self.known.several),
            ids: take(&mut self.numbers),
            homes: take(&mut self.homes),
        })
    }

    /// From here on every id begins with that of a section, which is called `homes` where it is written.
    pub(super) fn enter(&mut self, id: &str, homes: &[String]) {
        let prefix = format!("{id}-");
        self.homes.extend(homes.iter().map(|home| (format!("{prefix}{home}"), id.to_owned())));
        self.prefixes.push(prefix);
    }

    /// An id as it is called here.
    pub(super) fn prefixed(&self, id: String) -> String {
        self.prefixes.last().map(|prefix| format!("{prefix}{id}")).unwrap_or(id)
    }

    /// What a name leads to in the innermost of several that has something of that name.
    pub(super) fn led(&mut self, name: &str) -> Option<String> {
        if self.prefixes.is_empty() {
            return None;
        }
        let Known { ids, homes, .. } = &self.known;
        self.waits |= ids.is_empty();
        self.prefixes.iter().rev().find_map(|prefix| {
            let id = format!("{prefix}{name}");
            homes.get(&id).cloned().or_else(|| ids.contains_key(&id).then_some(id))
        })
    }

    /// The same for a link as it is written: one to something in the same document.
    pub(super) fn led_link(&mut self, target: &str) -> Option<String> {
        Some(format!("#{}", self.led(target.strip_prefix('#')?)?))
    }

    /// The way to lead links of a text; nothing where they lead where they say.
    pub(super) fn way(&mut self) -> Option<impl FnMut(&Written) -> Written> {
        let is_one = !self.prefixes.is_empty();
        is_one.then_some(|link: &Written| Written {
            target: self.led_link(&link.target).unwrap_or_else(|| link.target.clone()),
            range: link.range.clone(),
        })
    }

    /// A name of something in the runbook as a reference, led as links are.
    pub(super) fn way_to(&mut self, field: &Field<String>) -> Option<Reference> {
        reference(field).map(|named| self.lead(named))
    }

    /// The same for a reference.
    pub(super) fn lead(&mut self, named: Reference) -> Reference {
        let name = self.led(named.name.trim_start_matches('#')).unwrap_or(named.name);
        Reference { name, span: named.span }
    }
}

/// The sections of which a part is taken more than once; what is written in `own` is there once without being
/// taken.
fn several(mut taken: Vec<Span>, own: FileId) -> HashSet<Span> {
    let mut several = HashSet::new();
    // One around another comes right before it, and two of them lie apart or one in the other.
    taken.sort_unstable_by_key(|section| (section.file, section.start, u32::MAX - section.end));
    let mut around: Vec<Span> = Vec::new();
    for section in taken {
        while around.last().is_some_and(|outer| !outer.overlaps(section)) {
            around.pop();
        }
        several.extend(around.last());
        if section.file == own || !around.is_empty() {
            several.insert(section);
        }
        around.push(section);
    }
    several
}
