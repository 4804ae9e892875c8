//! Syntax errors of YAML, for the people who made them.
//!
//! Takes a text, the byte at which the parser gave up and what it said; gives the place that has to
//! be changed, what is wrong there, and advice. A parser gives up where it can read no further, which
//! is often lines after the mistake: an open quote, a tab, a dash without its space.

mod advice;
mod place;

use std::ops::Range;

use self::place::{Place, value_of};
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

/// Explains what a parser said at byte `at` of `text`.
pub(super) fn explain(text: &str, at: usize, message: &str) -> Explained {
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
        .or_else(|| tab(&place, message))
        .or_else(|| odd_space(&place))
        .or_else(|| dash(&place))
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

/// A text whose closing quote is missing; the parser reads on and stumbles lines later.
fn open_quote(place: &Place<'_>, message: &str) -> Option<Explained> {
    let about = ["quoted scalar, found unexpected document", "multiline quoted scalar", "unclosed quote"];
    if !about.iter().any(|about| message.contains(about)) {
        return None;
    }
    let (start, line) = place.written().take(LINES_BACK).find(|(_, line)| {
        let value = value_of(line);
        value.starts_with(['"', '\'']) && !is_closed(value)
    })?;
    let at = start + line.trim_end().len() - value_of(line).len();
    let quote = &place.text[at..=at];
    Some(Explained {
        range: at..at + 1,
        message: "the quote that opens here is never closed".to_owned(),
        help: Some(format!("close the text with `{quote}`, or indent the lines in which it goes on")),
    })
}

/// Whether a text that starts with a quote also ends with it.
fn is_closed(value: &str) -> bool {
    let mut rest = value.chars();
    let Some(quote) = rest.next() else { return true };
    let mut escaped = false;
    let mut open = true;
    for c in rest {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => open = !open,
            _ => {}
        }
    }
    !open
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

/// `[x] done`, `{{ version }} is out`, a list that is not closed.
fn bracket(place: &Place<'_>, message: &str) -> Option<Explained> {
    if message.contains("unclosed bracket") {
        let open = place.text[place.at..].chars().next()?;
        let close = if open == '[' { ']' } else { '}' };
        return Some(Explained {
            range: place.at..place.at + open.len_utf8(),
            message: format!("the `{open}` that opens here is never closed"),
            help: Some(format!("close it with `{close}`, or put the value in quotes if it is a text")),
        });
    }
    let value = value_of(place.line);
    let column = place.at - place.start;
    let behind = place.line.get(..column)?.trim_end().ends_with([']', '}']);
    let open = value.chars().next().filter(|c| matches!(c, '[' | '{'))?;
    if !behind || place.line.get(column..)?.starts_with([',', ':', ']', '}']) {
        return None;
    }
    let at = place.start + place.line.find(value)?;
    let starts = if open == '[' { "a list" } else { "a mapping" };
    Some(Explained {
        range: at..at + value.len(),
        message: format!("a value that begins with `{open}` is {starts}, and something follows it"),
        help: Some(format!("put the value in quotes if it is a text: {}", quoted(value))),
    })
}

/// `{ chat: #ops }`: a comment that takes the closing bracket with it.
fn comment(place: &Place<'_>) -> Option<Explained> {
    let open = |text: &str| text.matches(['{', '[']).count() > text.matches(['}', ']']).count();
    let (start, line, at) = place.written().take(3).find_map(|(start, line)| {
        let at = line.find(" #")?;
        let meant = line[at + 2..].starts_with(|c: char| !c.is_whitespace());
        (meant && open(&line[..at]) && line[at..].contains(['}', ']'])).then_some((start, line, at + 1))
    })?;
    let lost = line[at..].split([',', '}', ']']).next().unwrap_or_default().trim_end();
    Some(Explained {
        range: start + at..start + line.trim_end().len(),
        message: "` #` starts a comment, and the rest of the line is lost".to_owned(),
        help: Some(format!("put the value in quotes: {}", quoted(lost))),
    })
}

/// `{ title: Deploy {{ version }}, level: critical }`: a brace ends the text that it stands in.
fn blank(place: &Place<'_>, message: &str) -> Option<Explained> {
    let (before, behind) = place.line.split_at_checked(place.at - place.start)?;
    if !message.contains("flow") || !behind.starts_with("{{") {
        return None;
    }
    let from =
        [": ", ", ", "[", "{"].into_iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max()?;
    let mut end = 0;
    while behind[end..].starts_with("{{") {
        end = behind[end..].find("}}").map_or(behind.len(), |at| end + at + 2);
        let rest = &behind[end..];
        let stop = rest.find([',', '}', ']']).unwrap_or(rest.len());
        end += rest.find("{{").filter(|at| *at < stop).unwrap_or(stop);
    }
    let value = format!("{}{}", &before[from..], &behind[..end]);
    let start = place.start + from;
    Some(Explained {
        range: start..start + value.trim_end().len(),
        message: "a text with `{{` needs quotes between `{ }` and `[ ]`".to_owned(),
        help: Some(format!("put all of it in quotes: {}", quoted(&value))),
    })
}
