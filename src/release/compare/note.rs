//! The list of differences while it grows.
//!
//! Takes what something was and is, keeps a change where the two differ.

use super::{Change, Group};
use crate::diagnostic::Phrase;

/// What a change is about.
#[derive(Debug, Clone)]
pub(super) struct About<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a str,
    pub(super) title: String,
    pub(super) section: &'a str,
}

/// The differences so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    changes: Vec<Change>,
}

/// Notes on one thing.
pub(super) struct Noter<'a> {
    changes: &'a mut Vec<Change>,
    about: About<'a>,
}

impl Notes {
    pub(super) fn about<'a>(&'a mut self, about: About<'a>) -> Noter<'a> {
        Noter { changes: &mut self.changes, about }
    }

    /// By gravity; within a group in the order of the documents.
    pub(super) fn sorted(mut self) -> Vec<Change> {
        self.changes.sort_by_key(|change| change.group);
        self.changes
    }
}

impl Noter<'_> {
    pub(super) fn note<T: Into<Phrase>>(
        &mut self,
        group: Group,
        key: Option<&'static str>,
        before: Option<T>,
        after: Option<T>,
    ) {
        self.changes.push(Change {
            group,
            kind: self.about.kind,
            id: self.about.id.to_owned(),
            title: self.about.title.clone(),
            section: self.about.section.to_owned(),
            key,
            before: before.map(Into::into),
            after: after.map(Into::into),
            inside: None,
        });
    }

    /// The whole came or went, on its own or `inside` something that did.
    pub(super) fn whole(&mut self, group: Group, inside: Option<&str>) {
        self.note::<Phrase>(group, None, None, None);
        if let Some(change) = self.changes.last_mut() {
            change.inside = inside.map(str::to_owned);
        }
    }

    /// A value that is neither more nor less.
    pub(super) fn value(&mut self, key: &'static str, before: Option<String>, after: Option<String>) {
        self.weighed(key, (before, after), |_, _| Group::Changed);
    }

    /// A value of which `weigh` says what another one means.
    pub(super) fn weighed(
        &mut self,
        key: &'static str,
        (before, after): (Option<String>, Option<String>),
        weigh: impl FnOnce(Option<&str>, Option<&str>) -> Group,
    ) {
        if before != after {
            let group = weigh(before.as_deref(), after.as_deref());
            self.note(group, Some(key), before, after);
        }
    }

    /// A demand: without it less is asked for, with it more.
    pub(super) fn demand(&mut self, key: &'static str, before: Option<String>, after: Option<String>) {
        self.weighed(key, (before, after), |before, after| match (before, after) {
            (Some(_), None) => Group::Loosened,
            (None, Some(_)) => Group::Tightened,
            _ => Group::Changed,
        });
    }

    /// A number of which less asks for more: the time in which to react.
    pub(super) fn limit<T: PartialOrd + ToString>(
        &mut self,
        key: &'static str,
        before: Option<T>,
        after: Option<T>,
    ) {
        let group = match (&before, &after) {
            (Some(before), Some(after)) if after > before => Group::Loosened,
            (Some(_), None) => Group::Loosened,
            _ => Group::Tightened,
        };
        let words = |value: Option<T>| value.map(|value| value.to_string());
        self.weighed(key, (words(before), words(after)), |_, _| group);
    }

    /// Each member of a list: one that went asks for less, one that came for more.
    pub(super) fn members(&mut self, key: &'static str, before: &[String], after: &[String]) {
        for gone in before.iter().filter(|one| !after.contains(one)) {
            self.note(Group::Loosened, Some(key), Some(gone.clone()), None);
        }
        for new in after.iter().filter(|one| !before.contains(one)) {
            self.note(Group::Tightened, Some(key), None, Some(new.clone()));
        }
    }

    /// A text: other words, or one that was not there.
    pub(super) fn reworded(&mut self, key: &'static str, differs: bool) {
        if differs {
            self.note::<Phrase>(Group::Reworded, Some(key), None, None);
        }
    }
}
