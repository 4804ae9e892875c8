//! Forms whose operator does not stand before the value: `zero restarts`, `all 20 tables exist`,
//! `30 s or less`, `50+ connections`.
//!
//! Takes a cursor, gives the threshold, or `None` where the text has another form.

use super::Threshold;
use super::named;
use super::operator::{self, Operator};
use super::read::{CHANGES, behind, check_parentheses, cleaned, finish};
use super::tail;
use super::value::Value;
use crate::model::quantity::{Comma, Cursor, Flaw, Quantity, take};

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
    // `no longer than 5 min` and `no más de 5` count nothing.
    let mut comparative = ahead;
    comparative.skip_spaces();
    comparative.take_while(char::is_alphabetic);
    if comparative.eat_any(&["than", "de"])
        || CHANGES.iter().any(|change| { ahead }.eat_words(change))
        || ahead.peek().is_some_and(|c| !c.is_whitespace())
    {
        return None;
    }
    ahead.skip_spaces();
    let start = ahead.at();
    let stop = tail::phrase_end(&ahead);
    let (metric, forbids) = cleaned(ahead.between(start..stop).rest(), "=");
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
pub(crate) fn open(cursor: &Cursor<'_>, context: Option<&str>) -> Option<Result<Threshold, Flaw>> {
    let (start, quantity, operator, mut after) = find_open(cursor)?;
    let before = cursor.between(cursor.at()..start);
    let (metric, forbids) = cleaned(before.rest(), "=");
    if let Err(flaw) = check_parentheses(&before) {
        return Some(Err(flaw));
    }
    let operator = if forbids { operator.negated() } else { operator };
    let wanted = metric.is_none() && context.is_none();
    let metric = metric.map(|metric| of_version(metric, &quantity));
    let values = vec![Value::Quantity(quantity)];
    let behind = behind(&mut after, &values, wanted);
    Some(behind.and_then(|(found, tail)| finish(&after, metric.or(found), (operator, values), tail)))
}

/// The metric of an open bar, named a version where `13+` must be one: the words say so, or the
/// number has a point. Only then is it read so again.
pub(crate) fn of_version(metric: String, quantity: &Quantity) -> String {
    let said = metric.split(' ').any(|word| word.eq_ignore_ascii_case("version"));
    let version = quantity.is_bare() && (said || quantity.to_string().contains('.'));
    if version && !named::is_version(&metric) { format!("{metric} version") } else { metric }
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
