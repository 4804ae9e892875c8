//! What is written to the terminal, and with which colours.
//!
//! Takes texts, writes answers to standard output and everything else to standard error. A closed
//! pipe ends the output, not the program.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::ColorChoice;

use crate::cli::When;
use crate::diagnostic::Report;
use crate::error::{Error, Result};

/// The two streams and their colours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    choice: ColorChoice,
}

impl Terminal {
    pub(crate) fn new(when: When) -> Self {
        let choice = match when {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        Self { choice }
    }

    /// Writes an answer to standard output, whatever is quoted in it.
    ///
    /// # Errors
    /// As those of `show`.
    pub(crate) fn answer(self, text: &str) -> Result<()> {
        self.show(&harmless(text))
    }

    /// Writes to standard output what has colours of its own, and quotes nothing as it was written.
    ///
    /// # Errors
    /// When it cannot be written, as on a full disk; whoever relies on the exit code has to know.
    pub(crate) fn show(self, text: &str) -> Result<()> {
        let mut out = anstream::AutoStream::new(std::io::stdout().lock(), self.choice);
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            // Nobody is left to be told when the reader has gone.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|error| Error::io("write", "standard output", error)),
        }
    }

    /// Writes a line to standard error.
    pub(crate) fn say(self, text: &str) {
        let mut out = anstream::AutoStream::new(std::io::stderr().lock(), self.choice);
        let _ = writeln!(out, "{text}");
    }

    /// Writes a warning to standard error.
    pub(crate) fn warn(self, text: &str) {
        self.say(&format!("\u{1b}[1;33mwarning\u{1b}[0m: {}", harmless(text)));
    }

    /// Says why the program could not go on.
    pub(crate) fn fail(self, error: &Error) {
        self.say(&format!("\u{1b}[1;31merror\u{1b}[0m: {}", harmless(&error.to_string())));
    }

    /// Whether progress may be drawn.
    pub(crate) fn shows_progress(self) -> bool {
        std::io::stderr().is_terminal()
    }
}

/// A text in lines that cannot steer the terminal, whoever wrote what is quoted in it.
pub(crate) fn harmless(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
    text.replace(steers, "\u{fffd}")
}

/// A text on one line: what is quoted in it cannot pass for a line of ours.
pub(crate) fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], " ")
}

/// `1 error and 2 warnings`
pub(crate) fn count(report: &Report) -> String {
    let (errors, warnings) = (report.errors(), report.warnings());
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (_, 0) => plural(errors, "error"),
        (0, _) => plural(warnings, "warning"),
        _ => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// `1 runbook`, `2 runbooks`
pub(crate) fn plural(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}
