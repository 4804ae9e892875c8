//! What is wrong with a text that should have been a quantity, a threshold or a time.
//!
//! Takes places and wording, gives a value the decoder can turn into a diagnostic. Knows nothing
//! of files: ranges are bytes of the text that was parsed.

use std::fmt;
use std::ops::Range;

use crate::diagnostic::Phrase;

/// The longest piece of the user's text a message repeats, in characters.
const QUOTED: usize = 48;

/// Why a text could not be read, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Bytes of the text that was parsed.
    pub range: Range<usize>,
    /// Lower case, without a full stop, the user's words in backticks.
    pub message: Phrase,
    /// What to write instead, when that is known.
    pub help: Option<String>,
}

impl Flaw {
    pub(crate) fn new(range: Range<usize>, message: impl Into<Phrase>) -> Self {
        Self { range, message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl std::error::Error for Flaw {}

/// The user's words in backticks: one line, clipped, and without backticks of their own.
pub(crate) fn quote(text: &str) -> String {
    let mut words = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == QUOTED {
            words.push('…');
            break;
        }
        words.push(match c {
            '`' => '\'',
            c if c.is_control() => ' ',
            c => c,
        });
    }
    format!("`{words}`")
}
