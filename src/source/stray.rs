//! What stands in a text and is not meant for YAML: comments inside a sentence, tags, conflict markers of git,
//! spaces that are none.
//!
//! Takes a text and a place in it, gives what was lost or is in the way there. It knows no parser.

use std::ops::Range;

use super::FaultKind;
use super::conflict::is_conflict_mark;
use super::syntax::{Explained, quoted};

/// `Posted in #ops`: the comment behind an unquoted text, where nobody meant one. A comment that is meant
/// has a space behind its `#`.
pub(super) fn comment(text: &str, value: Range<usize>) -> Option<(Range<usize>, FaultKind)> {
    let written = text.get(value.clone())?;
    let behind = text.get(value.end..)?;
    let lost = behind.trim_start_matches([' ', '\t']);
    let word = lost.strip_prefix('#').filter(|word| word.starts_with(char::is_alphanumeric))?;
    if written.is_empty() || lost.len() == behind.len() {
        return None;
    }
    let (line, lost) = (behind.lines().next()?, lost.lines().next()?);
    let word = word.lines().next()?;
    let word = format!("#{}", word.split_whitespace().next()?);
    let (start, lost) = (value.end + line.len() - lost.len(), lost.trim_end());
    let before = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = quoted(&format!("{before} {lost}"));
    Some((start..start + lost.len(), FaultKind::CutText { word, whole }))
}

/// `!important` before the value at `start`: a tag of a type that nobody knows, with all of that value.
pub(super) fn tag(text: &str, start: usize) -> Option<Explained> {
    let before = text.get(..start)?;
    let from = before[..before.rfind('!')?].rfind([' ', '\n', '[', ',', '{']).map_or(0, |at| at + 1);
    let line = text[from..].lines().next()?;
    let tag = line.split([' ', ',', ']', '}']).next()?;
    let message = format!("`{tag}` is a tag, and no type of value");
    let help = format!("put the value in quotes if `!` belongs to it: {}", quoted(line));
    Some(Explained { range: from..from + tag.len(), message, help: Some(help) })
}

/// The space in the indentation of a line that YAML takes for a letter, as word processors and chats write it.
pub(super) fn odd_space(text: &str, line: Range<usize>) -> Option<Explained> {
    let written = text.get(line.clone())?;
    let indent = written.find(|c: char| !is_blank(c)).unwrap_or(written.len());
    let (at, found) = written[..indent].char_indices().find(|(_, c)| !c.is_ascii())?;
    let message = format!("a space in the indentation that is none: U+{:04X}", u32::from(found));
    let help = Some("indent with the space of the space bar".to_owned());
    let at = line.start + at;
    Some(Explained { range: at..at + found.len_utf8(), message, help })
}

/// Whether a character looks like a space.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// The first conflict marker of git up to byte `at`.
pub(super) fn conflict(text: &str, at: usize) -> Option<Range<usize>> {
    let end = text[at..].find('\n').map_or(text.len(), |line| at + line);
    let mut start = 0;
    text[..end].split_inclusive('\n').find_map(|line| {
        let from = start;
        start += line.len();
        is_conflict_mark(line).then(|| from..from + line.trim_end().len())
    })
}
