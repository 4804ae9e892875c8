//! Changes that mend a finding for certain: `check --fix`.
//!
//! Takes the text of a file and fixes, gives the new text. Everything outside
//! the edited bytes stays as it was, comments and layout included. It may not touch the disk.

use crate::source::{FileId, Span};

/// Replaces the bytes of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A change that mends one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does: `write 6`.
    pub title: String,
    /// The edits, all in one file.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// One replacement.
    pub fn replace(span: Span, text: impl Into<String>, title: impl Into<String>) -> Self {
        Self { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
    }
}

/// The text of `file` with those of `fixes` that are for it, and how many were made.
///
/// Of fixes whose edits touch the same bytes the first in the order of the file is made and the rest
/// is left for the next run, so that no edit is made to bytes it was not written for.
pub fn apply<'a>(file: FileId, text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let mut fixes: Vec<&Fix> = fixes
        .into_iter()
        .filter(|fix| fix.edits.iter().all(|edit| edit.span.file == file && fits(edit, text)))
        .collect();
    fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.span).min());
    let mut made: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in fixes {
        let free = |edit: &Edit| made.iter().all(|other| !touches(other.span, edit.span));
        if !fix.edits.is_empty() && fix.edits.iter().all(free) {
            made.extend(&fix.edits);
            count += 1;
        }
    }
    made.sort_by_key(|edit| edit.span);
    (write(text, &made), count)
}

fn write(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&edit.text);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn fits(edit: &Edit, text: &str) -> bool {
    text.get(edit.span.range()).is_some()
}

/// Whether two edits overlap, or insert at one place.
fn touches(a: Span, b: Span) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(at: std::ops::Range<usize>, text: &str) -> Fix {
        Fix::replace(Span::new(FileId(0), at.start, at.end), text, "write it")
    }

    #[test]
    fn changes_the_bytes_and_nothing_else() {
        let text = "count: 5  # five\r\nnext: 7\n";
        let (new, count) = apply(FileId(0), text, &[fixed(24..25, "8"), fixed(7..8, "12")]);
        assert_eq!((new.as_str(), count), ("count: 12  # five\r\nnext: 8\n", 2));
    }

    #[test]
    fn leaves_the_second_of_two_fixes_for_the_same_bytes() {
        let (new, count) = apply(FileId(0), "abcdef", &[fixed(1..3, "X"), fixed(2..4, "Y")]);
        assert_eq!((new.as_str(), count), ("aXdef", 1));
    }

    #[test]
    fn ignores_what_does_not_fit_the_text() {
        let (new, count) = apply(FileId(0), "é", &[fixed(1..2, "X"), fixed(9..12, "Y")]);
        assert_eq!((new.as_str(), count), ("é", 0));
    }
}
