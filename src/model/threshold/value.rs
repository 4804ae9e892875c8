//! What stands on the right of an operator: quantities, sets, ranges, and words.
//!
//! Takes a cursor behind the operator, gives the values. A text that starts like a number must be
//! one: a mistyped unit is never taken for a word.

use std::fmt;

use super::named::split_codes;
use super::operator::Operator;
use super::tail;
use crate::model::quantity::{Comma, Cursor, Flaw, Quantity, quote, starts_quantity, take};

/// One value of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A quantity.
    Quantity(Quantity),
    /// A word to be equal to, whatever its case: `healthy`, `A+`.
    Text(String),
}

impl Value {
    /// The quantity, when it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Quantity(quantity) => Some(quantity),
            Self::Text(_) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Text(text) if is_plain(text) => f.write_str(text),
            Self::Text(text) => write!(f, "\"{text}\""),
        }
    }
}

/// Whether a text reads back as itself without quotes.
fn is_plain(text: &str) -> bool {
    const READ: &[&str] = &["or", "for", "over", "during", "in", "within", "from", "sustained", "measured"];
    text.starts_with(|c: char| c.is_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || "-+._ ".contains(c))
        && !text.split(' ').any(|word| READ.iter().any(|read| word.eq_ignore_ascii_case(read)))
        && !starts_quantity(&Cursor::new(text))
}

/// What the values are read for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar<'a> {
    pub(crate) operator: Operator,
    pub(crate) metric: Option<&'a str>,
}

impl Bar<'_> {
    /// Whether the metric is an HTTP status, whose `200/301` is a set and not a ratio.
    fn is_status(&self) -> bool {
        let metric = self.metric.unwrap_or_default().to_lowercase();
        metric.split(|c: char| !c.is_alphanumeric()).any(|w| w == "status" || w == "http")
    }
}

/// The operator and values behind an operator; `in 60..3600 s` turns into a range.
pub(crate) fn read(cursor: &mut Cursor<'_>, bar: Bar<'_>) -> Result<(Operator, Vec<Value>), Flaw> {
    cursor.skip_spaces();
    cursor.eat("~");
    match bar.operator {
        Operator::Between => read_between(cursor),
        Operator::In => read_in(cursor, bar),
        Operator::Equal | Operator::NotEqual => {
            let value = read_equal(cursor, bar)?;
            Ok((bar.operator, vec![value]))
        }
        operator => {
            let quantity = measured(cursor)?;
            Ok((operator, vec![Value::Quantity(quantity)]))
        }
    }
}

fn read_between(cursor: &mut Cursor<'_>) -> Result<(Operator, Vec<Value>), Flaw> {
    let first = take(cursor, Comma::Groups)?.quantity;
    if !eat_range(cursor) && !cursor.eat_words("and") {
        let (word, range) = cursor.next_word();
        let message = match word {
            "" => "the end of the range is missing".to_owned(),
            _ => format!("expected `and` before {}", quote(word)),
        };
        return Err(Flaw::new(range, message).help("write `between 60 and 3600 s`"));
    }
    let second = take(cursor, Comma::Groups)?.quantity;
    Ok(range(first, second))
}

fn range(first: Quantity, second: Quantity) -> (Operator, Vec<Value>) {
    let first = first.in_unit_of(&second);
    (Operator::Between, vec![Value::Quantity(first), Value::Quantity(second)])
}

fn eat_range(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let found = ["..", "…", "–", "-"].iter().any(|sign| ahead.eat(sign)) || ahead.eat_words("to");
    if found {
        *cursor = ahead;
    }
    found
}

fn read_in(cursor: &mut Cursor<'_>, bar: Bar<'_>) -> Result<(Operator, Vec<Value>), Flaw> {
    let start = cursor.at();
    let close = if cursor.eat("[") {
        Some("]")
    } else if cursor.eat("{") {
        Some("}")
    } else {
        None
    };
    let mut values = vec![read_item(cursor, bar)?];
    if let [Value::Quantity(first)] = values.as_slice()
        && eat_range(cursor)
    {
        let first = first.clone();
        let found = range(first, take(cursor, Comma::Ends)?.quantity);
        return eat_close(cursor, close).map(|()| found);
    }
    while eat_separator(cursor, bar) {
        values.push(read_item(cursor, bar)?);
    }
    eat_close(cursor, close)?;
    // Without its metric, `200/301` is known as a set by its two codes.
    values = values.into_iter().flat_map(split_codes).collect();
    match values.as_slice() {
        [Value::Text(_)] => Ok((Operator::Equal, values)),
        [Value::Quantity(only)] if !only.is_bare() && !only.is_version() => {
            let message = format!("`in` needs a set or a range, `{only}` is one value");
            let flaw = Flaw::new(start..cursor.at(), message);
            // With more words behind it, it is not known what the value is.
            let whole = cursor.is_done();
            let help = || format!("write `within {only}`, `= {only}` or `in {only}, …`");
            Err(if whole { flaw.help(help()) } else { flaw })
        }
        _ => Ok((Operator::In, values)),
    }
}

fn eat_close(cursor: &mut Cursor<'_>, close: Option<&str>) -> Result<(), Flaw> {
    cursor.skip_spaces();
    match close {
        Some(bracket) if !cursor.eat(bracket) => {
            let (_, range) = cursor.next_word();
            Err(Flaw::new(range, format!("`{bracket}` is missing after the set")))
        }
        _ => Ok(()),
    }
}

fn eat_separator(cursor: &mut Cursor<'_>, bar: Bar<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let found = ahead.eat(",") || ahead.eat("|") || (bar.is_status() && ahead.eat("/"));
    let found = ahead.eat_words("or") || found;
    if found {
        *cursor = ahead;
    }
    found
}

fn read_item(cursor: &mut Cursor<'_>, bar: Bar<'_>) -> Result<Value, Flaw> {
    cursor.skip_spaces();
    if bar.is_status()
        && let Some(code) = take_code(cursor)
    {
        return Ok(Value::Quantity(code));
    }
    if starts_quantity(cursor) {
        return take(cursor, Comma::Ends).map(|taken| Value::Quantity(taken.quantity));
    }
    read_text(cursor, bar, |c| ",|]})".contains(c))
}

/// An HTTP status is digits alone; what follows a slash is the next one. `3.13` is no status.
fn take_code(cursor: &mut Cursor<'_>) -> Option<Quantity> {
    let mut ahead = *cursor;
    let code = Quantity::parse(ahead.take_while(|c| c.is_ascii_digit())).ok()?;
    if ahead.rest().starts_with('.') {
        return None;
    }
    *cursor = ahead;
    Some(code)
}

fn read_equal(cursor: &mut Cursor<'_>, bar: Bar<'_>) -> Result<Value, Flaw> {
    if starts_quantity(cursor) && (bar.metric.is_none() || !is_code(cursor)) {
        return measured(cursor).map(Value::Quantity);
    }
    read_text(cursor, bar, |_| false)
}

/// A quantity, which `1e-9` is not.
fn measured(cursor: &mut Cursor<'_>) -> Result<Quantity, Flaw> {
    if is_code(cursor) {
        let (word, range) = cursor.next_word();
        let flaw = Flaw::new(range, format!("{} is not a quantity", quote(word)));
        return Err(flaw.help("write the number out, such as `0.001`"));
    }
    Ok(take(cursor, Comma::Groups)?.quantity)
}

/// Whether `8f14e45f` or `1e-9` stands here, which only begins with a number: all behind that is taken for a noun.
fn is_code(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let start = ahead.at();
    // Most values have no digit behind a letter, and are not read twice.
    let (word, _) = ahead.next_word();
    let letter = word.find(char::is_alphabetic);
    if letter.is_none_or(|at| !word[at..].contains(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let Ok(taken) = take(&mut ahead, Comma::Groups) else { return false };
    let digits = taken.quantity.things().is_some_and(|noun| noun.contains(|c: char| c.is_ascii_digit()));
    digits && !ahead.since(start).contains(' ')
}

/// Words up to a closing character, a parenthesis, a window, or the word `or` in a set.
fn read_text(cursor: &mut Cursor<'_>, bar: Bar<'_>, closes: impl Fn(char) -> bool) -> Result<Value, Flaw> {
    let (word, range) = cursor.next_word();
    if bar.metric.is_none() || word.is_empty() {
        // Without a metric a word compares with nothing; the quantity reader says what is wrong.
        take(cursor, Comma::Groups)?;
        return Err(Flaw::new(range, format!("{} is not a quantity", quote(word))));
    }
    if cursor.eat("\"") {
        return read_quoted(cursor, range.start);
    }
    let start = cursor.at();
    let stop = cursor.rest().find(closes).map_or(cursor.end(), |at| start + at);
    let ahead = cursor.between(start..stop);
    let stop = tail::text_end(&ahead, bar.operator == Operator::In);
    let text = cursor.between(start..stop).rest().split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.contains(['"', '<', '>', '=', '≤', '≥', '≠']) {
        let flaw = Flaw::new(start..stop.max(range.end), format!("{} is not a value", quote(&text)));
        return Err(flaw.help("a value is a quantity, or words in plain letters"));
    }
    cursor.skip(stop - start);
    Ok(Value::Text(text))
}

fn read_quoted(cursor: &mut Cursor<'_>, start: usize) -> Result<Value, Flaw> {
    let text = cursor.take_while(|c| c != '"');
    if !cursor.eat("\"") {
        return Err(Flaw::new(start..cursor.at(), "the closing quote is missing"));
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Flaw::new(start..cursor.at(), "the value is empty"));
    }
    Ok(Value::Text(text))
}
