//! Content hashes: what a signature is bound to and what a printed sheet is traced by.
//!
//! Takes YAML trees, gives BLAKE3 over what they say: keys and texts in their order. Comments,
//! quotes and line breaks do not count, a word in a step does. The hash is made from the tree and not
//! from the model, so that a new version of the program leaves old signatures standing.

use std::fmt::Write as _;
use std::slice;

use foldhash::HashMap;

use super::release::Seal;
use crate::source::{Node, Span, Value};

/// A BLAKE3 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Over a tree.
    pub(super) fn of(node: &Node<'_>) -> Self {
        // A document is about as long as its text, whatever node it is.
        let mut bytes = Vec::with_capacity(2 * (node.span.end - node.span.start) as usize);
        feed(&mut bytes, node);
        Self(*blake3::hash(&bytes).as_bytes())
    }

    /// Over several hashes, in order.
    pub(super) fn join(parts: &[Self]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&part.0);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// The first sixteen hex digits in groups of four: `7f3a-91c2-0b4d-e811`.
    pub fn seal(&self) -> Seal {
        let mut text = String::with_capacity(19);
        for (at, byte) in self.0.iter().take(8).enumerate() {
            if at > 0 && at % 2 == 0 {
                text.push('-');
            }
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Seal(text)
    }
}

/// One byte for the kind, the length, then what is inside, so that no two trees read alike.
fn feed(bytes: &mut Vec<u8>, node: &Node<'_>) {
    let (kind, length) = match &node.value {
        Value::Scalar { text, .. } => (b's', text.len()),
        Value::List(items) => (b'l', items.len()),
        Value::Map(entries) => (b'm', entries.len()),
    };
    bytes.push(kind);
    bytes.extend((length as u64).to_le_bytes());
    match &node.value {
        Value::Scalar { text, .. } => bytes.extend_from_slice(text.as_bytes()),
        Value::List(items) => items.iter().for_each(|item| feed(bytes, item)),
        Value::Map(entries) => {
            for (key, value) in entries {
                feed(bytes, key);
                feed(bytes, value);
            }
        }
    }
}

/// The hash of each section below a node, at every level, by the place of the section.
pub(super) fn sections(node: &Node<'_>, found: &mut HashMap<Span, Digest>) {
    match &node.value {
        Value::Scalar { .. } => {}
        Value::List(items) => items.iter().for_each(|item| sections(item, found)),
        Value::Map(entries) => {
            for (key, value) in entries {
                if matches!(&key.value, Value::Scalar { text, .. } if text == "sections") {
                    // One stands for a list of one.
                    let items =
                        if let Value::List(items) = &value.value { items } else { slice::from_ref(value) };
                    found.extend(items.iter().map(|item| (item.span, Digest::of(item))));
                }
                sections(value, found);
            }
        }
    }
}
