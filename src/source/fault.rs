//! What can be wrong with a text before anybody asks what it means.
//!
//! Takes nothing, gives `Fault`: data at a place. The sentences are made in `diagnostic`.

use super::Span;

/// What is found where `|` or `>` stands before a list.
pub const LIST_AS_TEXT: &str = "a text with the lines of a list";

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The place.
    pub span: Span,
    /// The kind.
    pub kind: FaultKind,
}

/// The kinds of wrongness of encoding, YAML and shape.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    /// A byte that is not UTF-8.
    Encoding { byte: u8 },
    /// The file has more than `limit` bytes and was not read.
    TooLarge { bytes: u64, limit: u64 },
    /// A symbolic link leads out of the project, or to nowhere.
    Escapes,
    /// The operating system did not let us read it.
    Unreadable { message: String },
    /// The text is not YAML; `message` is the parser's, `help` ours where we know better.
    Syntax { message: String, help: Option<String> },
    /// `---` starts a second document.
    SecondDocument,
    /// `*name` without `&name`.
    UnknownAnchor { name: String },
    /// An alias inside the node that it names.
    CyclicAlias,
    /// Aliases would expand to more than `limit` bytes.
    Expansion { limit: usize },
    /// An unquoted text ends where ` #` starts a comment; `whole` is all of it in quotes.
    CutText { word: String, whole: String },
    /// A key is a list or a mapping; `text` is all of it as it is written.
    KeyNotText { text: String },
    /// The key stands twice in one mapping.
    DuplicateKey { key: String, first: Span },
    /// The key is not one of `known`; it may be meant as `near`.
    /// `lossy` says that something with an id may have stood under it, or that it was to be the title; `bare` that
    /// it is a word behind a comma, without a colon.
    UnknownKey {
        key: String,
        known: &'static [&'static str],
        near: Option<&'static str>,
        lossy: bool,
        bare: bool,
    },
    /// No key of a mapping is one of `known`.
    UnknownKeys { keys: Vec<String>, known: &'static [&'static str], written: Written },
    /// A key that must be there is not.
    MissingKey { key: String },
    /// Another type of value was needed.
    WrongType { expected: String, found: String },
    /// A word that is not one of `known`.
    UnknownWord { word: String, known: Vec<String> },
    /// The value has the right type and cannot be understood.
    Invalid { message: String, help: Option<String> },
}

/// What a mapping was most likely written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A text with `: ` in it; here it is in quotes.
    Text(String),
    /// A list, with names for dashes.
    List,
    /// A mapping, between braces.
    Mapping,
}

impl Fault {
    /// A fault of `kind` at `span`.
    pub fn new(span: Span, kind: FaultKind) -> Self {
        Self { span, kind }
    }

    /// Whether something that others name by its id may be lost with what could not be read. A wrong value
    /// loses only itself.
    pub fn loses_names(&self) -> bool {
        match &self.kind {
            FaultKind::UnknownKey { lossy, .. } => *lossy,
            FaultKind::WrongType { expected, found } => {
                found != "nothing" && (expected.contains("list") || expected.contains("mapping"))
            }
            FaultKind::CutText { .. }
            | FaultKind::UnknownWord { .. }
            | FaultKind::Invalid { .. }
            | FaultKind::MissingKey { .. } => false,
            _ => true,
        }
    }
}
