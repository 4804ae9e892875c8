//! The short form: `[metric] operator value [unit] [for duration]`.
//!
//! Takes one folded text, gives the one threshold it is or what is wrong with it. Everything must
//! be used up: text that is only partly a threshold is not one.

use super::Threshold;
use super::operator::{self, Found, Operator};
use super::tail::{self, Tail, joined};
use super::value::{self, Bar, Value};
use crate::model::quantity::{Comma, Cursor, Flaw, Quantity, is_noun, quote, starts_quantity, take};

/// Labels that say only that a threshold follows.
const LABELS: &[&str] = &["expected", "target", "threshold", "goal"];

/// Words before an operator that belong to neither side.
const COPULAS: &[&str] = &["should", "must", "shall", "be", "is", "are", "stays", "of", "for"];

/// Changes that may be forbidden: `no increase over 5 %`.
const CHANGES: &[&str] = &["increase", "decrease", "rise", "drop", "change", "growth", "regression"];

/// The whole text as one threshold. With a `context`, the metric the text is written under, it
/// needs no metric of its own.
pub(crate) fn whole(text: &str, context: Option<&str>) -> Result<Threshold, Flaw> {
    let cursor = strip_labels(Cursor::new(text));
    if cursor.is_done() {
        return Err(Flaw::new(cursor.at()..cursor.at(), "a threshold is missing"));
    }
    let sign = operator::find_sign(&cursor);
    let plain = sign.is_none();
    if plain && let Some(found) = counted(&cursor) {
        return found;
    }
    let found = sign.or_else(|| operator::find_word(&cursor));
    match found {
        Some(found) => with_operator(&cursor, &found, context),
        None => open(&cursor, context).unwrap_or_else(|| Err(no_operator(&cursor))),
    }
}

fn no_operator(cursor: &Cursor<'_>) -> Flaw {
    let start = cursor.end() - cursor.rest().trim_start().len();
    let text = cursor.rest().trim();
    Flaw::new(start..start + text.len(), format!("{} has no operator", quote(text)))
        .help("write a metric, an operator and a value, such as `error rate < 1 %`")
}

/// Passes `Expected:`, `Target:` and leading bullets.
pub(crate) fn strip_labels(mut cursor: Cursor<'_>) -> Cursor<'_> {
    loop {
        cursor.take_while(|c| c.is_whitespace() || matches!(c, '-' | '–' | ':' | ',' | '*' | ';'));
        let mut ahead = cursor;
        let label = ahead.eat_any(LABELS) && {
            ahead.skip_spaces();
            ahead.eat(":")
        };
        if !label {
            return cursor;
        }
        cursor = ahead;
    }
}

/// A metric, an operator, values, and what may follow.
fn with_operator(cursor: &Cursor<'_>, found: &Found, context: Option<&str>) -> Result<Threshold, Flaw> {
    let before = cursor.between(cursor.at()..found.range.start);
    check_parentheses(&before)?;
    let (mut metric, forbids) = clean_metric(before.rest());
    let operator = if forbids { found.operator.negated() } else { found.operator };
    let mut after = cursor.from(found.range.end);
    let bar = Bar { operator, metric: metric.as_deref().or(context) };
    let (operator, values) = value::read(&mut after, bar)?;
    if metric.is_none() && context.is_none() {
        metric = metric_behind(&mut after);
    }
    let tail = tail::read(&mut after, &values)?;
    finish(&after, metric, (operator, values), tail)
}

/// Puts a threshold together, once nothing is left of its text.
fn finish(
    rest: &Cursor<'_>,
    metric: Option<String>,
    (operator, values): (Operator, Vec<Value>),
    tail: Tail,
) -> Result<Threshold, Flaw> {
    if !rest.is_done() {
        let (word, range) = rest.next_word();
        let flaw = Flaw::new(range, format!("unexpected {} after the value", quote(word)));
        return Err(flaw.help("what is measured stands before the operator, remarks in parentheses"));
    }
    Ok(assemble(metric, operator, values, tail))
}

/// A threshold from its parts; a version is read as one when the metric says so.
pub(crate) fn assemble(
    metric: Option<String>,
    operator: Operator,
    values: Vec<Value>,
    tail: Tail,
) -> Threshold {
    let Tail { scope, window, reading, note } = tail;
    let threshold = Threshold { metric: None, operator, values, scope, window, reading, note };
    match metric {
        Some(metric) => threshold.named(&metric),
        None => threshold,
    }
}

fn check_parentheses(before: &Cursor<'_>) -> Result<(), Flaw> {
    let mut open = Vec::new();
    for (at, c) in before.rest().char_indices() {
        match c {
            '(' => open.push(before.at() + at),
            ')' => drop(open.pop()),
            _ => {}
        }
    }
    match open.first() {
        Some(at) => Err(Flaw::new(*at..*at + 1, "the parenthesis is not closed before the operator")),
        None => Ok(()),
    }
}

/// The metric without what belongs to the operator, and whether the condition is forbidden.
pub(crate) fn clean_metric(text: &str) -> (Option<String>, bool) {
    let text = joined(text);
    let mut metric = text.as_str();
    loop {
        let trimmed = metric.trim_matches([' ', ':', '-', '–', ',', ';', '~', '*']);
        let copula = COPULAS.iter().find(|word| ends_with_word(trimmed, word));
        let kept = &trimmed[..trimmed.len() - copula.map_or(0, |word| word.len())];
        if kept.len() == metric.len() {
            break;
        }
        metric = kept;
    }
    let mut forbids = false;
    while let Some(rest) = forbidden(metric) {
        metric = rest;
        forbids = true;
    }
    ((!metric.is_empty()).then(|| metric.to_owned()), forbids)
}

/// Whether a text ends with this word, whatever its case, or is nothing but it.
fn ends_with_word(text: &str, word: &str) -> bool {
    let Some(start) = text.len().checked_sub(word.len()) else {
        return false;
    };
    let (before, end) = (&text.as_bytes()[..start], &text.as_bytes()[start..]);
    end.eq_ignore_ascii_case(word.as_bytes()) && before.last().is_none_or(|byte| *byte == b' ')
}

fn forbidden(metric: &str) -> Option<&str> {
    let rest = metric.get(..3).filter(|no| no.eq_ignore_ascii_case("no ")).map(|_| &metric[3..])?;
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    CHANGES.iter().any(|change| last.eq_ignore_ascii_case(change)).then_some(rest)
}

/// In `> 30 days remaining` the metric stands behind the value.
pub(crate) fn metric_behind(after: &mut Cursor<'_>) -> Option<String> {
    let mut ahead = *after;
    ahead.skip_spaces();
    let start = ahead.at();
    let first = { ahead }.take_while(char::is_alphanumeric);
    let stop = tail::phrase_end(&ahead);
    let text = ahead.between(start..stop).rest();
    let words = text.chars().all(|c| c.is_alphanumeric() || " -_/".contains(c));
    if !is_noun(first) || !words || starts_quantity(&ahead) {
        return None;
    }
    let (metric, forbids) = clean_metric(text);
    // The metric is printed in front, where these would be read as something else.
    let plain = metric.as_deref().filter(|metric| !forbids && *metric == text);
    let metric = plain.map(str::to_owned)?;
    after.skip(stop - after.at());
    Some(metric)
}

/// Forms without an operator that count: `zero restarts`, `no failed jobs`, `all 20 tables exist`.
pub(crate) fn counted(cursor: &Cursor<'_>) -> Option<Result<Threshold, Flaw>> {
    let mut ahead = *cursor;
    let number = if ahead.eat_words("all") {
        ahead.skip_spaces();
        ahead.starts_with_digit().then(|| digits(&mut ahead))??
    } else if ahead.eat_any(&["zero", "no", "0"]) {
        Quantity::count(0)
    } else {
        return None;
    };
    let mut comparative = ahead;
    if comparative.eat_any(&["more than", "less than", "fewer than", "later than", "older than"])
        || CHANGES.iter().any(|change| comparative.eat_words(change))
        || ahead.peek().is_some_and(|c| !c.is_whitespace())
    {
        return None;
    }
    ahead.skip_spaces();
    let start = ahead.at();
    let stop = tail::phrase_end(&ahead);
    let (metric, forbids) = clean_metric(ahead.between(start..stop).rest());
    if forbids || !metric.as_ref()?.starts_with(|c: char| c.is_alphanumeric() || c == '`') {
        return None;
    }
    ahead.skip(stop - start);
    let values = vec![Value::Quantity(number)];
    let tail = tail::read(&mut ahead, &values);
    Some(tail.and_then(|tail| finish(&ahead, metric, (Operator::Equal, values), tail)))
}

fn digits(ahead: &mut Cursor<'_>) -> Option<Quantity> {
    let digits = ahead.take_while(|c| c.is_ascii_digit() || c == ',');
    Quantity::parse(digits).ok().filter(Quantity::is_bare)
}

/// Forms whose operator follows the value: `30 s or less`, `50+ connections`.
fn open(cursor: &Cursor<'_>, context: Option<&str>) -> Option<Result<Threshold, Flaw>> {
    let (start, quantity, operator, mut after) = find_open(cursor)?;
    let before = cursor.between(cursor.at()..start);
    let (mut metric, forbids) = clean_metric(before.rest());
    if let Err(flaw) = check_parentheses(&before) {
        return Some(Err(flaw));
    }
    let operator = if forbids { operator.negated() } else { operator };
    if metric.is_none() && context.is_none() {
        metric = metric_behind(&mut after);
    }
    let values = vec![Value::Quantity(quantity)];
    let tail = tail::read(&mut after, &values);
    Some(tail.and_then(|tail| finish(&after, metric, (operator, values), tail)))
}

/// The first quantity with an operator behind it: where it starts, and the place behind both.
pub(crate) fn find_open<'a>(cursor: &Cursor<'a>) -> Option<(usize, Quantity, Operator, Cursor<'a>)> {
    let mut inside = false;
    // Not inside `1.2.3` or `1,000`: a number is tried once, from its start.
    let starts = cursor.word_starts().filter(move |start| {
        let number = start.starts_with_digit();
        let first = number && !inside;
        let word = { *start }.take_while(|c| c.is_ascii_digit()).len();
        let mut behind = start.from(start.at() + word);
        inside = number && (behind.eat(".") || behind.eat(",")) && behind.starts_with_digit();
        first
    });
    starts.into_iter().find_map(|start| {
        let mut after = start;
        let taken = take(&mut after, Comma::Groups).ok()?;
        let behind = operator::eat_after(&mut after);
        let operator = if taken.plus { Operator::AtLeast } else { behind? };
        Some((start.at(), taken.quantity, operator, after))
    })
}
