//! Mappings, key by key: what is not known is told, and a misspelt key read as the one that was meant.
//!
//! Takes the entries of a mapping and the keys that are known, gives keys and values to serde. What it finds goes
//! to the faults of its decoder.

use std::cell::RefCell;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess};

use super::{Decoder, Stop};
use crate::source::node::Entry;
use crate::source::spelling::closest;
use crate::source::{Fault, FaultKind, Node, Span, Value};

/// What other tools and people call a key, and its name here; where that is no key, the pair says nothing.
const OTHERS: &[(&str, &str)] = &[
    ("name", "title"),
    ("description", "about"),
    ("desc", "about"),
    ("notes", "about"),
    ("assignee", "owner"),
    ("responsible", "owner"),
    ("accountable", "owner"),
    ("team", "owner"),
    ("tasks", "steps"),
    ("actions", "steps"),
    ("items", "checks"),
    ("checklist", "checks"),
    ("signatures", "approvals"),
    ("sign-off", "approvals"),
    ("sign-offs", "approvals"),
    ("criteria", "thresholds"),
    ("success-criteria", "thresholds"),
    ("command", "run"),
    ("commands", "run"),
    ("cmd", "run"),
    ("script", "run"),
    ("script", "code"),
    ("command", "code"),
    ("host", "on"),
    ("result", "expect"),
    ("output", "expect"),
    ("verify", "expect"),
    ("rollback", "on-failure"),
    ("priority", "level"),
    ("if", "when"),
    ("then", "action"),
    ("approver", "role"),
    ("text", "body"),
    ("recipients", "to"),
    ("question", "ask"),
    ("yes", "then"),
    ("no", "else"),
    ("href", "url"),
    ("headers", "columns"),
    ("header", "columns"),
];

/// A mapping on its way into a type.
pub(super) struct Map<'a> {
    entries: &'a [Entry<'a>],
    left: std::slice::Iter<'a, Entry<'a>>,
    value: Option<Found<'a>>,
    known: Option<&'static [&'static str]>,
    /// The keys for which misspelt ones were taken.
    meant: Vec<&'static str>,
    /// Whether a title is asked for, and neither that nor an id is there.
    nameless: bool,
    /// Whether the key before was a word behind a comma.
    bare: bool,
    faults: &'a RefCell<Vec<Fault>>,
}

/// A value that was not read yet.
struct Found<'a> {
    key: Span,
    node: &'a Node<'a>,
    /// That the key is misspelt.
    doubt: Option<Fault>,
}

impl<'a> Map<'a> {
    /// The mapping of `entries`, of which `known` may stand there; all keys where nothing is known.
    pub(super) fn new(
        entries: &'a [Entry<'a>],
        known: Option<&'static [&'static str]>,
        faults: &'a RefCell<Vec<Fault>>,
    ) -> Self {
        let names_itself = |(key, _): &Entry<'_>| matches!(key.as_str(), Some("id" | "title"));
        let nameless =
            known.is_some_and(|known| known.contains(&"title")) && !entries.iter().any(names_itself);
        Self {
            entries,
            left: entries.iter(),
            value: None,
            known,
            meant: Vec::new(),
            nameless,
            bare: false,
            faults,
        }
    }

    /// What is wrong with a key that is not known; with the one that it is taken for where that is near and
    /// is not there, so that nothing is missed that hangs on it.
    fn doubt(&mut self, entry: &Entry<'a>, known: &'static [&'static str]) -> (Fault, Option<&'static str>) {
        let (key, value) = entry;
        let name = key.as_str().unwrap_or_default();
        let near = meant(name, known);
        let lossy = self.nameless || !matches!(value.value, Value::Scalar { .. });
        // `{ about: Customers, press }`
        let bare = near.is_none() && value.is_null() && value.span.start == key.span.end
            || name.starts_with(|c: char| c.is_ascii_digit());
        let kind = FaultKind::UnknownKey { key: name.to_owned(), known, near, lossy, bare };
        let is_free = |near: &&str| {
            !self.meant.contains(near) && !self.entries.iter().any(|(key, _)| key.as_str() == Some(near))
        };
        let meant = near.filter(is_free);
        self.meant.extend(meant);
        (Fault::new(key.span, kind), meant)
    }
}

/// The known key that a word most likely stands for.
pub(super) fn meant(word: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let ours = OTHERS.iter().find(|(other, ours)| *other == word && known.contains(ours));
    ours.map(|(_, ours)| *ours).or_else(|| closest(word, known.iter().copied()))
}

impl<'de> MapAccess<'de> for Map<'_> {
    type Error = Stop;

    /// Skips and records keys that nobody knows; keys that start with `x-` are the author's own.
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        while let Some(entry) = self.left.next() {
            let (key, node) = entry;
            let mut name = key.as_str().unwrap_or_default();
            let mut doubt = None;
            if let Some(known) = self.known.filter(|known| !known.contains(&name)) {
                if name.starts_with("x-") {
                    continue;
                }
                match self.doubt(entry, known) {
                    (fault, Some(meant)) => (name, doubt) = (meant, Some(fault)),
                    (fault, None) => {
                        let bare = matches!(fault.kind, FaultKind::UnknownKey { bare: true, .. });
                        // Of several words behind commas the first says it.
                        if !(bare && self.bare) {
                            self.faults.borrow_mut().push(fault);
                        }
                        self.bare = bare;
                        continue;
                    }
                }
            }
            self.bare = false;
            self.value = Some(Found { key: key.span, node, doubt });
            let key: StrDeserializer<'_, Stop> = name.into_deserializer();
            return seed.deserialize(key).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Stop> {
        let Some(Found { key, node, doubt }) = self.value.take() else {
            return Err(de::Error::custom("a value without a key"));
        };
        let Some(mut doubt) = doubt else {
            return seed.deserialize(Decoder { node, key: Some(key), faults: self.faults });
        };
        let found = RefCell::new(Vec::new());
        let value = seed.deserialize(Decoder { node, key: Some(key), faults: &found });
        let inside = found.into_inner();
        // A value of the wrong shape says that the key was meant otherwise.
        let fits = |fault: &Fault| fault.span != node.span;
        if let FaultKind::UnknownKey { lossy, .. } = &mut doubt.kind {
            *lossy &= !inside.iter().all(fits);
        }
        let mut faults = self.faults.borrow_mut();
        faults.push(doubt);
        faults.extend(inside.into_iter().filter(fits));
        value
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}
