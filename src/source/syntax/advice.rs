//! Advice where the parser says what is wrong at the right place.
//!
//! Takes that place and what the parser said, gives what to do, or nothing.

use super::place::{Place, value_of};
use super::quoted;
use crate::source::stray;

/// What to do about a message of the parser.
pub(super) fn of(place: &Place<'_>, message: &str) -> Option<String> {
    lone_line(place, message)
        .or_else(|| trailing(place, message))
        .or_else(|| escape(message))
        .or_else(|| value(place))
        .or_else(|| indentation(place, message))
        .or_else(|| entry(place, message))
}

/// `about` or `about:text` where a key with its value is expected.
fn lone_line(place: &Place<'_>, message: &str) -> Option<String> {
    if !message.contains("simple key") {
        return None;
    }
    let line = place.line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    match line.split_once(':') {
        Some((_, value)) if value.starts_with(|c: char| c != ' ' && stray::is_blank(c)) => {
            let odd = value.chars().next().map_or(0, u32::from);
            Some(format!("write the space of the space bar behind the colon, not U+{odd:04X}"))
        }
        Some((key, value)) if !value.is_empty() && !value.starts_with(' ') && !key.contains(' ') => {
            Some(format!("a key is followed by a colon and a space: `{key}: {value}`"))
        }
        _ => {
            let help = "write a key with its value, `key: value`; a text that goes on from the line above is \
                        indented deeper than its key";
            Some(help.to_owned())
        }
    }
}

/// `"Ready" means ok`.
fn trailing(place: &Place<'_>, message: &str) -> Option<String> {
    let about = message.contains("trailing content after") && message.contains("quoted scalar");
    let value = about.then(|| value_of(place.line))?;
    // `'DBA's backup'`: the outer quotes are those that were meant.
    let inner = value.get(1..value.len().saturating_sub(1)).filter(|_| value.ends_with(['"', '\'']));
    // As in `"a" && "b"`, an even number of quotes between them belongs together.
    let odd = |inner: &&str| {
        value.starts_with(&value[value.len() - 1..]) && inner.matches(&value[..1]).count() % 2 == 1
    };
    let inner = inner.filter(odd).unwrap_or(value);
    Some(format!("the text ends with its closing quote; put all of it in quotes: {}", quoted(inner)))
}

/// A value that begins or goes on with what means something else in YAML.
fn value(place: &Place<'_>) -> Option<String> {
    let whole = value_of(place.line);
    let flow = whole.starts_with(['{', '[']);
    let here = place.line.get(place.at - place.start..).filter(|_| flow).unwrap_or(whole);
    let value = here.split(['}', ']', ',']).next().filter(|_| flow).unwrap_or(here).trim();
    let first = value.chars().next()?;
    let special = match first {
        '>' | '|' => "starts a block of text",
        '@' | '`' => "is reserved in YAML",
        '%' => "starts a directive",
        '*' => "names an anchor",
        '&' => "defines an anchor",
        '!' => "starts a tag",
        '?' => "starts a key",
        '-' if value.starts_with("- ") && place.line.contains(": - ") => {
            return Some(format!(
                "a list begins below its key, or stands in brackets: [{}]",
                value[2..].trim()
            ));
        }
        _ if value.contains(": ") || value.ends_with(':') && place.line.contains(": ") => {
            return Some(format!("a text with `: ` needs quotes: {}", quoted(value)));
        }
        _ => return None,
    };
    Some(format!("`{first}` {special}; put the value in quotes: {}", quoted(value)))
}

/// `"C:\deploy"`
fn escape(message: &str) -> Option<String> {
    let about = message.contains("escape character") || message.contains("hexadecimal number");
    about.then(|| {
        "a `\\` between double quotes starts an escape: write `\\\\`, or take single quotes".to_owned()
    })
}

/// An entry without its dash, or a key with one.
fn entry(place: &Place<'_>, message: &str) -> Option<String> {
    let dash = place.line.trim_start().starts_with("- ");
    let help = match () {
        () if message.contains("'-' indicator") && !dash => "begin each entry of the list with `- `",
        () if message.contains("did not find expected key") && dash => {
            "remove the `- `, or write keys that follow as entries too"
        }
        () => return None,
    };
    Some(help.to_owned())
}

/// A line that lines up with none of those above.
fn indentation(place: &Place<'_>, message: &str) -> Option<String> {
    let about =
        ["did not find expected key", "expected '-' indicator", "indentation", "not allowed in this context"];
    if !about.iter().any(|about| message.contains(about)) {
        return None;
    }
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let (_, above) = place.written().nth(1)?;
    let (here, above) = (indent(place.line), indent(above));
    if here == above {
        return None;
    }
    Some(format!(
        "line it up with the key or item it belongs to: it is indented by {here}, the line above by {above}"
    ))
}
