//! The short form: `[metric] operator value [unit] [for duration]`.
//!
//! Takes one folded text, gives the one threshold it is or what is wrong with it. Everything must
//! be used up: text that is only partly a threshold is not one.

use super::Threshold;
use super::denied;
use super::free::read_free;
use super::operator::{self, Found, Operator};
use super::slip;
use super::tail::{self, Tail, joined};
use super::unsigned::{counted, open};
use super::value::{self, Bar, Value};
use crate::model::quantity::{
    CURRENCY, Cursor, Dimension, Flaw, is_currency, is_multiplier, is_noun, quote, starts_quantity,
};

/// Labels that say only that a threshold follows.
const LABELS: &[&str] = &["expected", "target", "threshold", "goal"];

/// Words before an operator that belong to neither side.
pub(super) const COPULAS: &[&str] = &[
    "has to",
    "have to",
    "needs to",
    "expected to",
    "should",
    "must",
    "shall",
    "be",
    "is",
    "are",
    "stays",
    "of",
    "for",
];

/// Signs between a metric and its operator that belong to neither.
pub(super) const BETWEEN: [char; 8] = [' ', ':', '-', '–', ',', ';', '~', '*'];

/// Changes that may be forbidden: `no increase over 5 %`.
pub(crate) const CHANGES: &[&str] =
    &["increase", "decrease", "rise", "drop", "change", "growth", "regression"];

/// The whole text as one threshold. With a `context`, the metric the text is written under, it
/// needs no metric of its own.
pub(crate) fn whole(text: &str, context: Option<&str>) -> Result<Threshold, Flaw> {
    let cursor = strip_labels(Cursor::new(strip_end(text)));
    if cursor.is_done() {
        return Err(Flaw::new(cursor.at()..cursor.at(), "a threshold is missing"));
    }
    let sign = operator::find_sign(&cursor);
    if let Some(flaw) = sign.as_ref().and_then(|sign| slip::around(&cursor, sign)) {
        return Err(flaw);
    }
    if sign.is_none()
        && let Some(found) = counted(&cursor)
    {
        return found;
    }
    let found = sign.or_else(|| operator::find_word(&cursor));
    match found {
        Some(found) => with_operator(&cursor, &found, context),
        None => open(&cursor, context)
            .unwrap_or_else(|| Err(slip::instead(&cursor).unwrap_or_else(|| no_operator(&cursor)))),
    }
}

/// A threshold, and what stands in it, may end like a sentence.
pub(crate) fn strip_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || ".?!;:,".contains(c))
}

fn no_operator(cursor: &Cursor<'_>) -> Flaw {
    let start = cursor.end() - cursor.rest().trim_start().len();
    let text = cursor.rest().trim();
    let flaw = Flaw::new(start..start + text.len(), format!("{} has no operator", quote(text)));
    if let Some(range) = range(text) {
        return flaw.help(format!("both ends of a range follow `between`: `{range}`"));
    }
    match interval(text) {
        Some(bar) => flaw.help(format!("how often is told by `every`; as a bar it is `{bar}`")),
        None if text.contains('±') => flaw.help("write both ends: `clock offset between -5 and 5 ms`"),
        None => flaw,
    }
}

/// `CPU 40-60 %`, `5..10 ms`, `40 % to 60 %` with the operator that it lacks, where it is a bar then.
fn range(text: &str) -> Option<String> {
    let (before, to) = [" to ", "..", "–", "-"].iter().find_map(|joint| text.rsplit_once(joint))?;
    let before = before.trim_end();
    let starts = before.rmatch_indices(' ').map(|(at, _)| at).take(2);
    let bar = |at: usize| {
        let bar = format!("{} between {} and {}", before[..at].trim_end(), before[at..].trim(), to.trim());
        Threshold::parse(&bar).is_ok().then_some(bar)
    };
    starts.filter(|at| before[*at..].trim_start().starts_with(|c: char| c.is_ascii_digit())).find_map(bar)
}

/// `backup every 15 min` as the bar that it is.
fn interval(text: &str) -> Option<String> {
    let (metric, length) = text.rsplit_once("every ")?;
    let metric = metric.trim_end();
    let bar = format!("{metric}{}interval <= {length}", if metric.is_empty() { "" } else { " " });
    let read = Threshold::parse(&bar).ok()?;
    (read.dimension() == Some(Dimension::Duration)).then_some(bar)
}

/// Passes `Expected:`, `Target:`, leading bullets and boxes to tick.
pub(crate) fn strip_labels(mut cursor: Cursor<'_>) -> Cursor<'_> {
    loop {
        cursor.take_while(|c| c.is_whitespace() || matches!(c, '-' | '–' | ':' | ',' | '*' | ';'));
        if ["[ ]", "[x]", "[X]"].iter().any(|mark| cursor.eat(mark)) {
            continue;
        }
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
    check_single(&before)?;
    let (metric, operator) = bounded(&before, found)?;
    let mut after = cursor.from(found.range.end);
    let bar = Bar { operator, metric: metric.as_deref().or(context) };
    let (operator, values) = value::read(&mut after, bar)?;
    let operator = aged(operator, cursor.between(found.range.clone()).rest(), &values);
    let wanted = metric.is_none() && context.is_none();
    let (found, tail) = behind(&mut after, &values, wanted)?;
    finish(&after, metric.or(found), (operator, values), tail)
}

/// The metric before an operator, and the operator that is meant: `not above` is at most.
pub(crate) fn bounded(before: &Cursor<'_>, found: &Found) -> Result<(Option<String>, Operator), Flaw> {
    let (metric, forbids) = cleaned(before.rest(), before.between(found.range.clone()).rest());
    match found.operator {
        operator @ (Operator::In | Operator::Between) if forbids => {
            let message = format!("what must not be `{operator}` is no bar");
            Err(Flaw::new(found.range.clone(), message).help("say which values pass, or name each with `!=`"))
        }
        operator => Ok((metric, if forbids { operator.negated() } else { operator })),
    }
}

/// The metric without what belongs to the operator that is `written` behind it, and whether the condition is
/// forbidden or denied.
pub(crate) fn cleaned(text: &str, written: &str) -> (Option<String>, bool) {
    let (metric, forbidden) = clean_metric(text);
    let metric = metric.unwrap_or_default();
    let (kept, denied) = denied::strip(&metric, written);
    if let Some(rule) = denied::rule(&metric, written).filter(|_| kept.len() == metric.len()) {
        return (Some(rule), !forbidden);
    }
    if kept.len() == metric.len() {
        return (Some(metric).filter(|metric| !metric.is_empty()), forbidden);
    }
    let (metric, again) = clean_metric(kept);
    (metric, forbidden ^ denied ^ again)
}

/// What `older` and `newer` say of a value that is no length of time: an older version is a smaller one.
pub(crate) fn aged(operator: Operator, written: &str, values: &[Value]) -> Operator {
    let of_age = written.split_whitespace().any(|word| ["older", "newer", "younger"].contains(&word));
    let is_age = |value: &Value| value.quantity().is_some_and(|one| one.dimension() == Dimension::Duration);
    if of_age && !values.iter().any(is_age) { operator.mirrored() } else { operator }
}

/// Puts a threshold together, once nothing is left of its text.
pub(crate) fn finish(
    rest: &Cursor<'_>,
    metric: Option<String>,
    (operator, values): (Operator, Vec<Value>),
    tail: Tail,
) -> Result<Threshold, Flaw> {
    if !rest.is_done() {
        let (word, range) = rest.next_word();
        let flaw = Flaw::new(range, format!("unexpected {} after the value", quote(word)));
        if word.starts_with([',', ';']) || ["and", "or", "/"].contains(&word) {
            return Err(flaw);
        }
        return Err(flaw.help(match word {
            word if word.starts_with(is_currency) => CURRENCY,
            "sustained" | "continuously" | "consistently" => "say for how long: `for 5m`",
            word if is_multiplier(word) => "write the number out, or with `k` or `M`: `1.5M`",
            _ => "what is measured stands before the operator, remarks in parentheses",
        }));
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
    let threshold = Threshold {
        metric: None,
        operator,
        values: values.into(),
        scope: scope.map(Into::into),
        window,
        reading: reading.map(Box::new),
        note: note.map(Into::into),
    };
    match metric {
        Some(metric) => threshold.named(&metric),
        None => threshold,
    }
}

/// A metric does not hold another criterion: `HTTP 200, time < 5 s` are two.
fn check_single(before: &Cursor<'_>) -> Result<(), Flaw> {
    let Some(comma) = before.rest().rfind([',', ';']) else {
        return Ok(());
    };
    let first = before.between(before.at()..before.at() + comma);
    if read_free(first.rest()).is_empty() {
        return Ok(());
    }
    let message = format!("{} is a threshold of its own", quote(first.rest()));
    Err(Flaw::new(first.at()..first.end(), message))
}

pub(crate) fn check_parentheses(before: &Cursor<'_>) -> Result<(), Flaw> {
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
    let mut forbids = false;
    loop {
        let labelled = strip_labels(Cursor::new(metric)).rest();
        let trimmed = labelled.trim_matches(BETWEEN);
        let copula = COPULAS.iter().find(|word| ends_with_word(trimmed, word));
        let kept = &trimmed[..trimmed.len() - copula.map_or(0, |word| word.len())];
        if kept.len() < metric.len() {
            metric = kept;
        } else if let Some(rest) = forbidden(metric) {
            metric = rest;
            forbids = true;
        } else {
            break;
        }
    }
    ((!metric.is_empty()).then(|| metric.to_owned()), forbids)
}

/// Whether a text ends with this word, whatever its case, or is nothing but it.
pub(super) fn ends_with_word(text: &str, word: &str) -> bool {
    let Some(start) = text.len().checked_sub(word.len()) else {
        return false;
    };
    let (before, end) = (&text.as_bytes()[..start], &text.as_bytes()[start..]);
    end.eq_ignore_ascii_case(word.as_bytes()) && before.last().is_none_or(|byte| *byte == b' ')
}

fn forbidden(metric: &str) -> Option<&str> {
    let rest = metric.get(..3).filter(|no| no.eq_ignore_ascii_case("no ")).map(|_| &metric[3..])?;
    // `no increase`, or `no increase in error rate`
    let mut words = rest.split(' ').peekable();
    let forbids = std::iter::from_fn(|| Some((words.next()?, words.peek().copied())))
        .filter(|(_, next)| next.is_none_or(|next| ["in", "of"].contains(&next)))
        .any(|(word, _)| CHANGES.iter().any(|change| word.eq_ignore_ascii_case(change)));
    forbids.then_some(rest)
}

/// What stands behind the values. In `> 30 days remaining` that is the metric, where it is wanted.
pub(crate) fn behind(
    after: &mut Cursor<'_>,
    values: &[Value],
    wanted: bool,
) -> Result<(Option<String>, Tail), Flaw> {
    let mut metric = if wanted { metric_behind(after) } else { None };
    let mut tail = tail::read(after, values)?;
    if wanted && metric.is_none() {
        // In front of it something else may have stood, which prints behind it.
        metric = tail.scope.as_deref().and_then(as_metric);
        tail.scope = tail.scope.filter(|_| metric.is_none());
    }
    Ok((metric, tail))
}

/// The metric behind the value, if one is there.
pub(crate) fn metric_behind(after: &mut Cursor<'_>) -> Option<String> {
    let mut ahead = *after;
    ahead.skip_spaces();
    let stop = tail::phrase_end(&ahead);
    let metric = as_metric(ahead.between(ahead.at()..stop).rest())?;
    after.skip(stop - after.at());
    Some(metric)
}

/// A phrase behind a value as a metric in front of it: only words that read the same there.
fn as_metric(text: &str) -> Option<String> {
    let cursor = Cursor::new(text);
    let first = { cursor }.take_while(char::is_alphanumeric);
    let words = text.chars().all(|c| c.is_alphanumeric() || " -_/".contains(c));
    let operator = operator::find_word(&cursor).is_some();
    if !is_noun(first) || !words || operator || starts_quantity(&cursor) {
        return None;
    }
    let (metric, forbids) = cleaned(text, "=");
    metric.filter(|metric| !forbids && *metric == joined(text))
}
