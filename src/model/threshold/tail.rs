//! What may follow the value of a threshold: scope, window, and notes in parentheses.
//!
//! Takes a cursor behind the value, gives the parts and leaves the cursor at the first thing that
//! is none of them; whether that is an error is the caller's business.

use std::fmt;

use super::operator;
use super::read::strip_end;
use super::value::Value;
use crate::model::quantity::{Cursor, Flaw, Quantity, starts_quantity};
use crate::model::time::Duration;

/// How the condition relates to its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WindowKind {
    /// It holds all that time: `for 5m`.
    Held,
    /// It is measured across that time: `over 10m`.
    Over,
    /// It counts what happened since then: `in last 48h`.
    Last,
    /// It counts what happens until then: `in first 24h`.
    First,
}

/// The time a condition must hold, or is measured over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// How the condition relates to it.
    pub kind: WindowKind,
    /// Its length.
    pub length: Duration,
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.kind {
            WindowKind::Held => "for",
            WindowKind::Over => "over",
            WindowKind::Last => "in last",
            WindowKind::First => "in first",
        };
        write!(f, "{words} {}", self.length)
    }
}

/// What followed a value.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    pub(crate) scope: Option<String>,
    pub(crate) window: Option<Window>,
    pub(crate) reading: Option<Quantity>,
    pub(crate) note: Option<String>,
}

const HELD: &[&str] = &["for", "für", "por", "pendant", "durante"];
const OVER: &[&str] = &["over", "during"];

/// Words that open a scope: `at 100 users`, `of users`, `remaining`.
const SCOPES: &[&str] = &[
    "at",
    "@",
    "with",
    "without",
    "under",
    "on",
    "to",
    "of",
    "per",
    "across",
    "from",
    "before",
    "after",
    "by",
    "when",
    "while",
    "if",
    "each",
    "total",
    "in total",
    "remaining",
    "free",
    "left",
    "available",
    "used",
    "complete",
    "required",
    "installed",
    "vs",
    "compared to",
];

/// Words that repeat what the operator says.
const ECHOES: &[&str] = &["minimum", "maximum", "max", "at most", "at least", "only"];

/// Reads everything that may follow the values.
pub(crate) fn read(cursor: &mut Cursor<'_>, values: &[Value]) -> Result<Tail, Flaw> {
    let mut tail = Tail::default();
    let mut echoed = false;
    loop {
        cursor.skip_spaces();
        if cursor.rest().is_empty() {
            return Ok(tail);
        }
        if cursor.peek() == Some('(') {
            let inside = parenthesis(cursor)?;
            tail.remark(inside, values);
            continue;
        }
        if tail.window.is_none()
            && let Some(window) = read_window(cursor)?
        {
            tail.window = Some(window);
        } else if cursor.eat_any(ECHOES) {
            echoed = true;
        } else if tail.scope.is_some() || !tail.read_scope(cursor, echoed) {
            return Ok(tail);
        }
    }
}

impl Tail {
    fn read_scope(&mut self, cursor: &mut Cursor<'_>, echoed: bool) -> bool {
        let mut ahead = *cursor;
        let of = { *cursor }.eat_words("of");
        let to = { *cursor }.eat_words("to");
        let found = ahead.eat("@") || ahead.eat_any(SCOPES);
        // `5 minimum of 6` is not five of six, `5 minimum to 6` no range: neither may print as that.
        if !found || of && starts_quantity(&ahead) || to && echoed {
            return false;
        }
        let start = cursor.at();
        let stop = phrase_end(&ahead);
        self.scope = Some(joined(strip_end(cursor.between(start..stop).rest())));
        cursor.skip(stop - start);
        true
    }

    /// A remark is a reading when it is another quantity of the bar's own kind: `80 % (92 %)`.
    pub(crate) fn remark(&mut self, inside: &str, values: &[Value]) {
        let bar = values.first().and_then(Value::quantity);
        let labelled = inside.split_once(':').filter(|(label, _)| is_reading(label));
        let read = labelled.map_or(inside, |(_, value)| value.trim());
        let reading = bar.zip(Quantity::parse(read).ok()).and_then(|(bar, reading)| {
            let other = reading.compare(bar).is_ok_and(|order| order.is_ne());
            (other && reading.is_bare() == bar.is_bare()).then_some(reading)
        });
        match reading {
            Some(reading) if self.reading.is_none() => self.reading = Some(reading),
            _ if inside.trim().is_empty() => {}
            _ => {
                let note = joined(inside);
                self.note = Some(match self.note.take() {
                    Some(before) => format!("{before}; {note}"),
                    None => note,
                });
            }
        }
    }
}

/// Whether a label says that what was measured follows: `(Current: 98 %)`.
fn is_reading(label: &str) -> bool {
    ["current", "currently", "actual", "now"].iter().any(|word| label.trim().eq_ignore_ascii_case(word))
}

/// One line, single spaces.
pub(crate) fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is inside the parenthesis at the cursor, which moves behind it.
pub(crate) fn parenthesis<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Flaw> {
    let start = cursor.at();
    let mut depth = 0_usize;
    for (at, c) in cursor.rest().char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            cursor.skip(at + 1);
            return Ok(cursor.between(start + 1..start + at).rest());
        }
    }
    Err(Flaw::new(start..start + 1, "the parenthesis is not closed"))
}

/// The window at the cursor. Where its words are there and a number that is no duration follows,
/// that is a flaw; where they mean something else, there is no window.
pub(crate) fn read_window(cursor: &mut Cursor<'_>) -> Result<Option<Window>, Flaw> {
    let mut ahead = *cursor;
    let sustained = ahead.eat_any(&["sustained", "measured", "averaged", "stable"]);
    ahead.skip_spaces();
    // What goes before the time in a language without spaces needs none behind it either.
    let held = ahead.eat_any(HELD) || ahead.eat("持续");
    let over = !held && ahead.eat_any(OVER);
    let inside = !held && !over && ahead.eat_any(&["in", "within", "from"]);
    ahead.eat_words("the");
    let kind = if (over || inside) && ahead.eat_any(&["last", "past", "previous"]) {
        WindowKind::Last
    } else if (held || over || inside) && ahead.eat_words("first") {
        WindowKind::First
    } else if held {
        WindowKind::Held
    } else if over {
        WindowKind::Over
    } else {
        return Ok(None);
    };
    skip_bound(&mut ahead);
    if !ahead.starts_with_digit() {
        return Ok(None);
    }
    match Duration::read(&mut ahead) {
        Ok(length) => {
            *cursor = ahead;
            Ok(Some(Window { kind, length }))
        }
        Err(flaw) if sustained || matches!(kind, WindowKind::Held | WindowKind::Last) => Err(flaw),
        Err(_) => Ok(None),
    }
}

/// The `>` of `sustained for > 5 minutes` says nothing the window does not say itself.
fn skip_bound(ahead: &mut Cursor<'_>) {
    ahead.skip_spaces();
    if let Some((_, length)) = operator::sign(ahead.rest()) {
        ahead.skip(length);
    } else {
        ahead.eat_any(&["at least", "more than", "over"]);
    }
    ahead.skip_spaces();
}

/// Where a phrase ends: before a window, a parenthesis, a comma or a semicolon.
pub(crate) fn phrase_end(cursor: &Cursor<'_>) -> usize {
    let cut = cursor.rest().find(['(', ';', ',']).map_or(cursor.end(), |at| cursor.at() + at);
    trimmed(cursor, window_start(&cursor.between(cursor.at()..cut)).unwrap_or(cut))
}

/// Where a text value ends: before a window or a parenthesis, and in a set before `or`.
pub(crate) fn text_end(cursor: &Cursor<'_>, set: bool) -> usize {
    let cut = cursor.rest().find('(').map_or(cursor.end(), |at| cursor.at() + at);
    let text = cursor.between(cursor.at()..cut);
    let or = text.word_starts().find(|start| set && { *start }.eat_words("or"));
    let text = text.between(cursor.at()..or.map_or(cut, |or| or.at()));
    trimmed(cursor, window_start(&text).unwrap_or(text.end()))
}

/// Where the first window in a text starts. The window may reach past the cursor's end.
fn window_start(text: &Cursor<'_>) -> Option<usize> {
    text.word_starts().find(|start| !matches!(read_window(&mut { *start }), Ok(None))).map(|start| start.at())
}

fn trimmed(cursor: &Cursor<'_>, stop: usize) -> usize {
    cursor.at() + cursor.between(cursor.at()..stop).rest().trim_end().len()
}
