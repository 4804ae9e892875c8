//! Quotes that are not closed.
//!
//! Takes the place where the parser gave up and what it said, gives the quote that it is about. A parser
//! reads on to the next quote or the end, so the place is often lines behind.

use super::place::{Place, entry_of, value_of};
use super::{Explained, LINES_BACK};

/// A text whose closing quote is missing; the parser reads on and stumbles lines later.
pub(super) fn open_quote(place: &Place<'_>, message: &str) -> Option<Explained> {
    let about = ["quoted scalar, found unexpected document", "multiline quoted scalar", "unclosed quote"];
    if !about.iter().any(|about| message.contains(about)) {
        return None;
    }
    let at = place.written().take(LINES_BACK).find_map(opens)?;
    never_ends(place.text, at)
}

/// A text whose closing quote is missing, so that the quote which opens another one ends it.
pub(super) fn swallowed(place: &Place<'_>, message: &str) -> Option<Explained> {
    let quote = if message.contains("double-quoted") { '"' } else { '\'' };
    let odd = |line: &str| line.matches(quote).count() % 2 == 1;
    if !message.contains("trailing content after") || !odd(place.line.get(..place.at - place.start)?) {
        return None;
    }
    let (start, line) = place.written().skip(1).take(LINES_BACK).find(|(_, line)| odd(line))?;
    let below = place.text[start..].lines().nth(1)?;
    let entry = entry_of(below);
    let is_entry =
        entry.len() < below.trim_start().len() || entry.contains(": ") || entry.trim_end().ends_with(':');
    if is_entry { never_ends(place.text, start + line.rfind(quote)?) } else { None }
}

/// The quote in a line that opens its value and is not closed there.
fn opens((start, line): (usize, &str)) -> Option<usize> {
    let value = value_of(line);
    let open = value.starts_with(['"', '\'']) && !is_closed(value);
    open.then(|| start + line.trim_end().len() - value.len())
}

fn never_ends(text: &str, at: usize) -> Option<Explained> {
    let quote = text.get(at..=at)?;
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
