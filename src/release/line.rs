//! An event → one line of the journal.
//!
//! Takes an event as it was typed, gives the line without its line break, in the order of keys and
//! with the quotes of a journal that a person keeps. Whatever the texts hold, it is one line, and every
//! reader of YAML 1.1 or 1.2 gives them back.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::document::EventState;
use crate::model::release::{Act, Event};

/// An event before it is written; `Display` gives its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Who: the id of a person or role, or a name that the roster does not know.
    pub by: String,
    /// What.
    pub about: About,
    /// Reason.
    pub why: Option<String>,
    /// End of a waiver: a date or an instant.
    pub until: Option<String>,
    /// What proves it.
    pub evidence: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// A signature over the line as it is without this key.
    pub signature: Option<String>,
}

/// What an event records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// About a check, a step or a section.
    Item(ItemEvent),
    /// About a message.
    Message { message: String, state: EventState },
    /// About a trigger.
    Trigger { trigger: String, state: Option<EventState>, actual: Option<String> },
    /// A signature.
    Sign { role: String, choice: String, seal: String },
    /// What was called at a gate.
    Gate { gate: String, choice: String },
    /// A line of the log.
    Log { text: String },
    /// How it ended.
    Outcome { outcome: String },
}

/// What is recorded about a check, a step or a section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemEvent {
    /// Its id.
    pub item: String,
    /// New state.
    pub state: Option<EventState>,
    /// Which threshold `actual` is for, where there are several.
    pub metric: Option<String>,
    /// Measured value.
    pub actual: Option<String>,
    /// A blank and what is written in it.
    pub field: Option<(String, String)>,
    /// Role as which a second person confirms.
    pub confirm: Option<String>,
}

impl Line {
    /// An event that says no more than what it is about.
    pub fn new(at: Timestamp, by: String, about: About) -> Self {
        Self { at, by, about, why: None, until: None, evidence: None, note: None, signature: None }
    }

    /// The line of a sign-off without its signature: what that is made over. Everything of the event
    /// that counts is in it. `None` for other events.
    pub fn unsigned(event: &Event) -> Option<Self> {
        let Act::Sign { role, choice, seal } = &event.act else { return None };
        let about = About::Sign {
            role: role.name.clone(),
            choice: choice.value.clone(),
            seal: seal.as_ref().map(|seal| seal.value.clone()).unwrap_or_default(),
        };
        Some(Self {
            why: event.why.clone(),
            evidence: event.evidence.clone(),
            note: event.note.clone(),
            ..Self::new(event.at, event.by.name.clone(), about)
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "- {{ at: {}, by: {}", self.at, scalar(&self.by))?;
        let remarks = [
            ("why", &self.why),
            ("until", &self.until),
            ("evidence", &self.evidence),
            ("note", &self.note),
            ("signature", &self.signature),
        ];
        let remarks = remarks.into_iter().map(|(key, value)| (key, value.as_deref()));
        for (key, value) in self.about.pairs().into_iter().chain(remarks) {
            if let Some(value) = value {
                write!(f, ", {key}: {}", scalar(value))?;
            }
        }
        f.write_str(" }")
    }
}

/// A key of an event with its value, where there is one.
type Pair<'a> = (&'static str, Option<&'a str>);

impl About {
    /// Whether it could change what was decided.
    pub fn matters(&self) -> bool {
        match self {
            Self::Item(event) => event.state.is_some(),
            Self::Sign { .. } | Self::Gate { .. } => true,
            Self::Message { .. } | Self::Trigger { .. } | Self::Log { .. } | Self::Outcome { .. } => false,
        }
    }

    fn pairs(&self) -> Vec<Pair<'_>> {
        let is = |state: &EventState| ("is", Some(state.word()));
        match self {
            Self::Item(event) => event.pairs(),
            Self::Message { message, state } => vec![("message", Some(message)), is(state)],
            Self::Trigger { trigger, state, actual } => {
                let state = state.as_ref().map(EventState::word);
                vec![("trigger", Some(trigger)), ("is", state), ("actual", actual.as_deref())]
            }
            Self::Sign { role, choice, seal } => {
                vec![("sign", Some(role)), ("choice", Some(choice)), ("seal", Some(seal))]
            }
            Self::Gate { gate, choice } => vec![("gate", Some(gate)), ("choice", Some(choice))],
            Self::Log { text } => vec![("event", Some(text))],
            Self::Outcome { outcome } => vec![("outcome", Some(outcome))],
        }
    }
}

impl ItemEvent {
    fn pairs(&self) -> Vec<Pair<'_>> {
        let field = self.field.as_ref();
        vec![
            ("item", Some(&self.item)),
            ("is", self.state.as_ref().map(EventState::word)),
            ("metric", self.metric.as_deref()),
            ("actual", self.actual.as_deref()),
            ("field", field.map(|(name, _)| name.as_str())),
            ("value", field.map(|(_, value)| value.as_str())),
            ("confirm", self.confirm.as_deref()),
        ]
    }
}

/// A text as a scalar in a flow mapping: bare where nobody can misread it, else in double quotes.
pub(super) fn scalar(text: &str) -> Cow<'_, str> {
    if is_bare(text) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// Whether every reader takes the bare text for this very text.
///
/// Dates, instants and whole numbers are read as such by some and still give the same characters.
fn is_bare(text: &str) -> bool {
    if is_canonical(text) {
        return true;
    }
    let starts = text.starts_with(|c: char| c.is_alphanumeric() || "/(_$".contains(c));
    let inside = |c: char| c.is_alphanumeric() || " /()_$.-+%'!?;@&*=<>~".contains(c);
    let spaced = text.ends_with(' ') || text.contains("  ");
    starts && text.chars().all(inside) && !spaced && !is_word(text) && !looks_like_number(text)
}

/// A date, an instant, a seal, or a whole number that no reader rounds.
fn is_canonical(text: &str) -> bool {
    let number = text == "0" || (!text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()));
    let date = || text.parse::<Date>().is_ok_and(|date| date.to_string() == text);
    let instant = || text.parse::<Timestamp>().is_ok_and(|instant| instant.to_string() == text);
    let plain = text.len() <= 30 && text.starts_with(|c: char| c.is_ascii_hexdigit());
    plain && ((number && text.len() <= 15) || date() || instant() || is_seal(text))
}

/// `7f3a-91c2-0b4d-e811`
fn is_seal(text: &str) -> bool {
    let group = |group: &str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_hexdigit());
    text.len() == 19 && text.split('-').all(group)
}

/// A word that is a truth value or nothing in YAML 1.1 or 1.2.
fn is_word(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether some reader may take it for a number or a time: `1.10`, `0x1F`, `1_000`, `08:05`.
fn looks_like_number(text: &str) -> bool {
    let based = ["0x", "0X", "0o", "0O", "0b", "0B"].iter().any(|start| text.starts_with(start));
    let part = |c: char| c.is_ascii_digit() || c.is_ascii_whitespace() || "._+-eETtZz".contains(c);
    text.starts_with(|c: char| c.is_ascii_digit()) && (based || text.chars().all(part))
}

/// In double quotes; what is invisible, breaks lines or turns the writing direction is escaped.
///
/// A comma or brace at the start is escaped too: behind a torn line with an open quote this line's
/// first quote would close it, and the rest could pass for the end of that event.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut begun = false;
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ',' | '}' if !begun => escape(&mut out, c),
            c if is_hidden(c) => escape(&mut out, c),
            c => out.push(c),
        }
        begun |= c != ' ';
    }
    out.push('"');
    out
}

fn escape(out: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a String cannot fail.
    let _ = match code {
        0..=0xFF => write!(out, "\\x{code:02X}"),
        0x100..=0xFFFF => write!(out, "\\u{code:04X}"),
        _ => write!(out, "\\U{code:08X}"),
    };
}

/// Control characters, line breaks of YAML 1.1, marks of writing direction, byte-order marks and what
/// is no character.
fn is_hidden(c: char) -> bool {
    let marks = matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    c.is_control() || marks || c == '\u{FEFF}' || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests;
