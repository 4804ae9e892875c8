//! The tree of a YAML text: every key and value with its place.
//!
//! It is made by the reader and looked at by whoever decodes it; it reads and reports nothing.

use std::borrow::Cow;

use super::Span;

/// What a node costs beside its text when aliases are counted.
const NODE_BYTES: usize = 64;

/// A value of the tree; a text that stands in the file as it is read is not copied.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// Where it stands; an alias stands where `*name` does.
    pub span: Span,
    /// What it is.
    pub value: Value<'a>,
}

/// The three kinds of YAML value.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// A text, and whether it was written without quotes.
    Scalar { text: Cow<'a, str>, plain: bool },
    /// A sequence.
    List(Vec<Node<'a>>),
    /// A mapping in the order in which it was written.
    Map(Vec<Entry<'a>>),
}

/// A key of a mapping and its value.
pub(super) type Entry<'a> = (Node<'a>, Node<'a>);

impl<'a> Node<'a> {
    /// The text of a scalar.
    pub fn as_str(&self) -> Option<&str> {
        self.text().map(AsRef::as_ref)
    }

    /// The same, as it is kept.
    pub(super) fn text(&self) -> Option<&Cow<'a, str>> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written: an empty plain scalar, `~` or `null`.
    pub fn is_null(&self) -> bool {
        let Value::Scalar { text, plain: true } = &self.value else { return false };
        matches!(&**text, "" | "~" | "null" | "Null" | "NULL")
    }

    /// The value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
    }

    /// Nothing, at its place.
    pub(super) fn empty(span: Span) -> Self {
        Self { span, value: Value::Scalar { text: Cow::default(), plain: true } }
    }

    /// What a copy of this node costs in memory, in bytes, roughly.
    pub(super) fn cost(&self) -> usize {
        NODE_BYTES
            + match &self.value {
                Value::Scalar { text, .. } => text.len(),
                Value::List(items) => items.iter().map(Self::cost).sum(),
                Value::Map(entries) => entries.iter().map(|(k, v)| k.cost() + v.cost()).sum(),
            }
    }
}
