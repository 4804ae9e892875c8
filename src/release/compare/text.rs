//! When two texts are the same.
//!
//! Takes texts with their parameters, gives whether they differ. Between documents with different
//! values the words as they were written count: a new version number is one change, not a hundred.

use crate::model::parameter::Piece;
use crate::model::prose::{Prose, Text};
use crate::model::section::Reference;
use crate::source::Spanned;

/// How texts of two documents are held against each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts {
    /// Whether every parameter has the same value in both.
    pub(super) same_values: bool,
}

impl Texts {
    pub(super) fn differ(self, before: Option<&Text>, after: Option<&Text>) -> bool {
        match (before, after) {
            (Some(a), Some(b)) => a.source != b.source || (self.same_values && a.plain() != b.plain()),
            (a, b) => a.is_some() != b.is_some(),
        }
    }

    pub(super) fn prose_differs(self, before: Option<&Prose>, after: Option<&Prose>) -> bool {
        match (before, after) {
            (Some(a), Some(b)) => a.source != b.source || (self.same_values && a.content != b.content),
            (a, b) => a.is_some() != b.is_some(),
        }
    }

    pub(super) fn pieces_differ(self, before: &[Piece], after: &[Piece]) -> bool {
        if self.same_values {
            return before != after;
        }
        let written = |pieces: &[Piece]| -> Vec<String> {
            let word = |piece: &Piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Parameter { name, .. } => format!("{{{{ {name} }}}}"),
            };
            pieces.iter().map(word).collect()
        };
        written(before) != written(after)
    }

    /// Both texts in words, where they differ; twice nothing where they do not.
    pub(super) fn pair(
        self,
        before: Option<&Text>,
        after: Option<&Text>,
    ) -> (Option<String>, Option<String>) {
        if !self.differ(before, after) {
            return (None, None);
        }
        let (a, b) = (before.map(Text::plain), after.map(Text::plain));
        // Where only marks differ, the marks are what there is to see.
        if a == b { (before.map(source), after.map(source)) } else { (a, b) }
    }

    pub(super) fn lists_differ(self, before: &[Text], after: &[Text]) -> bool {
        before.len() != after.len()
            || before.iter().zip(after).any(|(before, after)| self.differ(Some(before), Some(after)))
    }
}

fn source(text: &Text) -> String {
    text.source.to_string()
}

/// The words of several texts; as they were written, so that a parameter's value is no difference.
pub(super) fn sources(texts: &[Text]) -> Vec<String> {
    texts.iter().map(source).collect()
}

/// `dba, qa-lead`, or nothing.
pub(super) fn names(references: &[Reference]) -> Option<String> {
    let names: Vec<&str> = references.iter().map(|reference| reference.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The name of something else.
pub(super) fn name(reference: Option<&Reference>) -> Option<String> {
    reference.map(|reference| reference.name.clone())
}

/// A value as it prints.
pub(super) fn shown<T: ToString>(value: Option<&Spanned<T>>) -> Option<String> {
    value.map(|value| value.value.to_string())
}
