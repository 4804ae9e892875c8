//! A record put into a larger text, in the place of an earlier one.
//!
//! Takes a text that people wrote and the record of a release, gives the text with that record in it,
//! in the line ends of the text. What stands outside of the marks is never touched.

use std::ops::Range;

use super::{end, escape};

/// A line that begins a record, or ends one.
struct Mark {
    line: usize,
    begins: bool,
    /// Without the blanks around it.
    at: Range<usize>,
}

/// `text` with the record of the same release replaced, or put at the end where there is none.
///
/// # Errors
/// When the text holds the marks of another number of records than none or one: where they are.
pub fn place(text: &str, release: &str, record: &str) -> Result<String, String> {
    let record = match text.contains("\r\n") {
        true => record.trim_end().replace('\n', "\r\n"),
        false => record.trim_end().to_owned(),
    };
    let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    match marks(text, release).as_slice() {
        [] if text.trim().is_empty() => Ok(format!("{record}{line}")),
        [] => Ok(format!("{}{line}{line}{record}{line}", text.trim_end())),
        [Mark { begins: true, at: from, .. }, Mark { begins: false, at: to, .. }] => {
            Ok(format!("{}{record}{}", &text[..from.start], &text[to.end..]))
        }
        marks => Err(marks.iter().map(Mark::words).collect::<Vec<_>>().join(", ")),
    }
}

/// The marks of a release's records, in order.
fn marks(text: &str, release: &str) -> Vec<Mark> {
    let begin = format!("<!-- runsheet:begin {} ", escape::comment(release));
    let end = end(release);
    let mut marks = Vec::new();
    let mut from = 0;
    for (line, whole) in (1..).zip(text.split_inclusive('\n')) {
        let start = whole.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        let at = from + whole.len() - start.len();
        let (bare, begins) = (start.trim_end(), start.starts_with(&begin));
        if bare == end || (begins && bare.ends_with(" -->")) {
            marks.push(Mark { line, begins, at: at..at + bare.len() });
        }
        from += whole.len();
    }
    marks
}

impl Mark {
    fn words(&self) -> String {
        format!("line {} {}", self.line, if self.begins { "begins one" } else { "ends one" })
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    const RECORD: &str = "<!-- runsheet:begin v1 s -->\nnew\n<!-- runsheet:end v1 -->\n";

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        for (text, placed) in [
            ("", "B\nnew\nE\n"),
            ("hello", "hello\n\nB\nnew\nE\n"),
            ("a\r\nb\r\n", "a\r\nb\r\n\r\nB\r\nnew\r\nE\r\n"),
            ("a\nB\nold\nE\nz", "a\nB\nnew\nE\nz"),
            ("\u{feff}  B \r\nold\r\n E\r\nz\r\n", "\u{feff}  B\r\nnew\r\nE\r\nz\r\n"),
            ("see `B` and E\n", "see `B` and E\n\nB\nnew\nE\n"),
        ] {
            let long = |text: &str| {
                text.replace('B', "<!-- runsheet:begin v1 s -->").replace('E', "<!-- runsheet:end v1 -->")
            };
            let (text, placed) = (long(text), long(placed));
            assert_eq!(place(&text, "v1", RECORD).as_deref(), Ok(placed.as_str()));
            assert_eq!(place(&placed, "v1", RECORD).as_deref(), Ok(placed.as_str()), "twice is once");
        }
    }
}
