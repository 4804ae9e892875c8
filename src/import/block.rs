//! What a checklist is made of, and how it is written again.
//!
//! Holds blocks as they were read, each with its own Markdown.

use super::draft::shown;

/// One block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A heading of level 1 to 6.
    Heading { level: u8, text: String },
    /// A paragraph, a quotation or HTML, as it was written.
    Text(String),
    /// A block of code without its fence.
    Code { language: String, code: String },
    /// A list.
    List(List),
    /// A table, its cells as they were written.
    Table(Table),
}

/// A list with what it was written as.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct List {
    /// Whether it is numbered.
    pub ordered: bool,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// The whole list.
    pub source: String,
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Whether there is a box to tick before it.
    pub task: bool,
    /// Its first paragraph on one line; empty when it begins with something else.
    pub head: String,
    /// What follows.
    pub content: Vec<Block>,
}

/// Head and rows of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// The names of its columns.
    pub head: Vec<String>,
    /// The cells of each row, as many as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Block {
    /// The block as Markdown.
    pub(super) fn markdown(&self) -> String {
        match self {
            Self::Heading { text, .. } => format!("**{text}**"),
            Self::Text(text) => text.clone(),
            Self::Code { language, code } => fenced(language, code),
            Self::List(list) => list.source.clone(),
            Self::Table(table) => table.markdown(),
        }
    }
}

impl Table {
    fn markdown(&self) -> String {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let rule = vec!["---".to_owned(); self.head.len()];
        let rows = self.rows.iter().map(|row| line(row));
        [line(&self.head), line(&rule)].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
    }
}

/// A block of code as Markdown, in a fence that is longer than any within.
pub(super) fn fenced(language: &str, code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}{language}\n{}\n{fence}", shown(code))
}
