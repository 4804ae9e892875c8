//! Syntax errors of YAML, for the people who made them.
//!
//! Takes a text, the byte at which the parser gave up and what it said; gives the place that has to
//! be changed, what is wrong there, and advice. A parser gives up where it can read no further, which
//! is often lines after the mistake: an open quote, a tab, a dash without its space.

mod advice;
mod bracket;
mod place;
mod quote;

use std::ops::Range;

use self::bracket::{blank, bracket, comment, unclosed};
use self::place::Place;
pub(super) use self::place::{entry_of, value_of};
use self::quote::{open_quote, swallowed};
use super::stray;

/// What is wrong, where, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Explained {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// How many lines back an open quote is looked for.
const LINES_BACK: usize = 400;

/// Explains what a parser said at byte `at` of `text`, within the bracket that opens at byte `open`.
pub(super) fn explain(text: &str, at: usize, message: &str, open: Option<usize>) -> Explained {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let place = Place::new(text, at);
    let found = conflict(&place)
        .or_else(|| fence(&place))
        .or_else(|| nesting(&place, message))
        .or_else(|| control(&place, message))
        .or_else(|| open_quote(&place, message))
        .or_else(|| swallowed(&place, message))
        .or_else(|| tab(&place, message))
        .or_else(|| odd_space(&place))
        .or_else(|| unclosed(&place, message, open))
        .or_else(|| dash(&place))
        .or_else(|| squeezed(&place, message))
        .or_else(|| comment(&place))
        .or_else(|| blank(&place, message))
        .or_else(|| bracket(&place, message));
    found.unwrap_or_else(|| {
        let width = text[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        Explained { range: at..at + width, message: message.to_owned(), help: advice::of(&place, message) }
    })
}

/// A text in quotes as YAML reads it back.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// What git leaves where two branches changed the same lines.
fn conflict(place: &Place<'_>) -> Option<Explained> {
    Some(Explained {
        range: stray::conflict(place.text, place.at)?,
        message: "a merge conflict that was not settled".to_owned(),
        help: Some("keep what is right and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`".to_owned()),
    })
}

/// What stands around YAML in a page of Markdown.
fn fence(place: &Place<'_>) -> Option<Explained> {
    place.line.starts_with("```").then(|| Explained {
        range: place.start..place.start + place.line.trim_end().len(),
        message: "a fence of Markdown".to_owned(),
        help: Some("remove the lines around the YAML that begin with it".to_owned()),
    })
}

/// An indentation that is not of spaces, in this line or the one above.
fn odd_space(place: &Place<'_>) -> Option<Explained> {
    let mut lines = place.written().take(2);
    lines.find_map(|(start, line)| stray::odd_space(place.text, start..start + line.len()))
}

/// Lists and mappings that nest deeper than anybody reads.
fn nesting(place: &Place<'_>, message: &str) -> Option<Explained> {
    message.contains("recursion limit").then(|| Explained {
        range: place.at..place.at,
        message: "lists and mappings nest too deeply".to_owned(),
        help: Some("look for a bracket that is not closed, or write the inner part out elsewhere".to_owned()),
    })
}

/// A character that nobody sees, such as a bell or what a file in UTF-16 is full of.
fn control(place: &Place<'_>, message: &str) -> Option<Explained> {
    let named = message.strip_prefix("unexpected character: ")?;
    // The parser gives up at the start of the text that holds it.
    let mut ahead = place.text[place.at..].char_indices();
    let (at, found) =
        ahead.find(|(_, c)| c.is_control() && named.contains(&c.escape_default().to_string()))?;
    let help = match found {
        '\0' => "remove it; where there are many, the file is UTF-16: save it as UTF-8",
        _ => "remove it, or write it as an escape between double quotes",
    };
    Some(Explained {
        range: place.at + at..place.at + at + found.len_utf8(),
        message: format!("the control character U+{:04X}", u32::from(found)),
        help: Some(help.to_owned()),
    })
}

fn tab(place: &Place<'_>, message: &str) -> Option<Explained> {
    if !message.contains("tab") && !place.line.starts_with('\t') {
        return None;
    }
    let below = place.start + place.line.len();
    let below = place.text[below..].lines().skip(1).scan(below, |start, line| {
        let at = line.as_ptr().addr() - place.text.as_ptr().addr();
        *start = at;
        Some((at, line))
    });
    let mut lines = std::iter::once((place.start, place.line)).chain(below.take(2));
    let at = lines.find_map(|(start, line)| {
        let indent = &line[..line.len() - line.trim_start().len()];
        indent.find('\t').map(|tab| start + tab)
    })?;
    Some(Explained {
        range: at..at + 1,
        message: "a tab in the indentation".to_owned(),
        help: Some("indent with spaces, YAML allows no tabs there".to_owned()),
    })
}

/// `-title: x`: a list item without the space that makes it one.
fn dash(place: &Place<'_>) -> Option<Explained> {
    let (start, line) = place.written().take(2).find(|(_, line)| {
        let mut item = line.trim_start().chars();
        item.next() == Some('-') && item.next().is_some_and(|c| !c.is_whitespace() && c != '-')
    })?;
    let at = start + line.len() - line.trim_start().len();
    let item = line.trim_start().trim_start_matches('-');
    let item = if item.chars().count() > 40 { "…" } else { item };
    Some(Explained {
        range: at..at + 1,
        message: "a list item without a space behind its `-`".to_owned(),
        help: Some(format!("write `- {}`", item.trim_end())),
    })
}

/// `title:Orders API` above a key: YAML takes it for a text that goes on below.
fn squeezed(place: &Place<'_>, message: &str) -> Option<Explained> {
    let (start, line) = place.written().nth(1)?;
    let entry = entry_of(line);
    let (key, value) = entry.split_once(':')?;
    let is_key = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let squeezed = is_key && value.starts_with(|c| c != ' ' && c != '/');
    if !squeezed || !message.contains("not allowed in this context") {
        return None;
    }
    let at = start + line.len() - entry.len();
    Some(Explained {
        range: at..at + key.len() + 1,
        message: "a key without a space behind its colon".to_owned(),
        help: Some(format!("write `{key}: {}`", value.trim())),
    })
}
