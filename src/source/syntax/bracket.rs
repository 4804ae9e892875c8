//! Brackets: those that are not closed, and texts that begin with one or hold one.
//!
//! Takes the place where the parser gave up and what it said, gives the place that has to be changed.

use super::place::{Place, entry_of, value_of};
use super::{Explained, LINES_BACK, quoted};

/// `[x] done`, `{{ version }} is out`, a list that is not closed.
pub(super) fn bracket(place: &Place<'_>, message: &str) -> Option<Explained> {
    if message.contains("unclosed bracket") {
        return never_closed(place.text, place.at);
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

/// A bracket that is still open where the lines no longer belong to its value: the parser reads on and
/// stumbles over their keys and dashes, sometimes before it tells of the bracket.
pub(super) fn unclosed(place: &Place<'_>, message: &str, open: Option<usize>) -> Option<Explained> {
    let item = message.contains("only valid inside a block");
    let within = item || message.contains("illegal placement of ':'");
    let open = open.or_else(|| left_open(place).filter(|_| within))?;
    let opening = Place::new(place.text, open);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let entry = opening.line.len() - entry_of(opening.line).len();
    let behind_a_key = open - opening.start > entry;
    let limit = if behind_a_key { entry } else { indent(opening.line) };
    let outside = opening.start < place.start
        && (indent(place.line) <= limit || item && place.line.trim_start().starts_with("- "))
        && !place.line.trim_start().starts_with([']', '}']);
    if outside { never_closed(place.text, open) } else { None }
}

/// The nearest value above that begins with a bracket which is not closed since.
fn left_open(place: &Place<'_>) -> Option<usize> {
    place.above().take(LINES_BACK).find_map(|(start, line)| {
        let value = value_of(line);
        let at = start + line.trim_end().len() - value.len();
        let since = place.text.get(at..place.start)?;
        let open = value.starts_with(['[', '{'])
            && since.matches(['[', '{']).count() > since.matches([']', '}']).count();
        open.then_some(at)
    })
}

fn never_closed(text: &str, at: usize) -> Option<Explained> {
    let open = text[at..].chars().next()?;
    let close = if open == '[' { ']' } else { '}' };
    Some(Explained {
        range: at..at + open.len_utf8(),
        message: format!("the `{open}` that opens here is never closed"),
        help: Some(format!("close it with `{close}`, or put the value in quotes if it is a text")),
    })
}

/// `{ chat: #ops }`: a comment that takes the closing bracket with it.
pub(super) fn comment(place: &Place<'_>) -> Option<Explained> {
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
pub(super) fn blank(place: &Place<'_>, message: &str) -> Option<Explained> {
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
