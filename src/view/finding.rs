//! What a search finds in a document.
//!
//! Takes and gives data only; `view::shape` makes it.

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `section`, `check`, `step`, `trigger`, `message`, `gate` or `table`.
    pub kind: &'static str,
    /// Its anchor on the page of the document.
    pub anchor: String,
    /// `3.1.4`, or nothing for what has no number.
    pub number: String,
    /// Its title without marks.
    pub title: String,
    /// Who answers first.
    pub owner: Option<String>,
    /// More to find it by: bars and the command of an item.
    pub more: String,
}
