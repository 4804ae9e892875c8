//! Syntax errors of YAML, for the people who made them.
//!
//! Takes a text, the byte at which the parser gave up and what it said; gives the place that has to
//! be changed, what is wrong there, and advice. A parser gives up where it can read no further, which
//! is often lines after the mistake: an open quote, a tab, a dash without its space.

use std::ops::Range;

use super::{FaultKind, stray};

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
        let help = lone_line(&place, message)
            .or_else(|| trailing(&place, message))
            .or_else(|| escape(message))
            .or_else(|| value(&place))
            .or_else(|| indentation(&place, message))
            .or_else(|| entry(&place, message));
        Explained { range: at..at + width, message: message.to_owned(), help }
    })
}

/// Where the parser gave up, with the lines around.
struct Place<'a> {
    text: &'a str,
    at: usize,
    /// Where the line starts.
    start: usize,
    line: &'a str,
}

impl<'a> Place<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
        Self { text, at, start, line: text[start..].lines().next().unwrap_or_default() }
    }

    /// The lines above with their first bytes, the nearest first.
    fn above(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let mut end = self.start;
        let text = self.text;
        std::iter::from_fn(move || {
            let line = text.get(..end.checked_sub(1)?)?;
            end = line.rfind('\n').map_or(0, |at| at + 1);
            Some((end, line[end..].trim_end_matches('\r')))
        })
    }

    /// This line and those above, without empty ones and comments.
    fn written(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let here = std::iter::once((self.start, self.line));
        here.chain(self.above()).filter(|(_, line)| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#')
        })
    }
}

/// The value of a line: what stands behind its dashes and its key.
fn value_of(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    let quoted = rest.starts_with(['"', '\'', '{', '[', '`', '*', '&', '!', '%', '@', '|', '>']);
    let rest = if quoted { rest } else { rest.split_once(": ").map_or(rest, |(_, value)| value) };
    rest.trim()
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
    match lines.find_map(|(start, line)| stray::odd_space(place.text, start..start + line.len()))? {
        (range, FaultKind::Syntax { message, help }) => Some(Explained { range, message, help }),
        _ => None,
    }
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
