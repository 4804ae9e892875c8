//! Criteria as people write them in prose: several to a line, behind labels, in parentheses.
//!
//! Takes any text, gives the criteria it finds, in order, and passes over the rest: for an import
//! and for every place where a text is not required to be a threshold. It never fails, and rather
//! finds nothing than something that is not there.

mod clause;
mod implied;
mod leveled;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::operator::{self, Found};
use super::read::{aged, assemble, bounded, clean_metric, metric_behind, strip_labels};
use super::tail::{self, Tail};
use super::unsigned::{counted, find_open, of_version};
use super::value::{self, Bar, Value};
use super::{Levels, Operator, Threshold};
use crate::model::quantity::{Cursor, Flaw, Folded, Quantity, starts_quantity};

/// No clause of prose is longer, in bytes; looking for criteria in one would take squares.
const LONGEST: usize = 1_000;

/// A criterion found in free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What it asks.
    pub threshold: Threshold,
    /// Whether the text has no operator and it was concluded from label and metric.
    pub inferred: bool,
    /// Bytes of the text it was read from.
    pub range: Range<usize>,
}

/// Reads every criterion in a text. Line breaks count as spaces.
pub fn read_free(text: &str) -> Vec<Criterion> {
    let folded = Folded::new(text);
    let mut found = Vec::new();
    passage(Cursor::new(folded.text()), None, &mut found);
    for criterion in &mut found {
        criterion.range = folded.origin(criterion.range.clone());
    }
    found
}

/// Reads the levels that a line gives one metric, where that is all it says of bars: `target < 2 %, critical > 5 %`.
/// The metric is empty where the line leaves it to its place.
pub fn read_levels(text: &str) -> Option<Levels> {
    leveled::read(text)
}

/// The flaw of a text in the short form, with the criteria it holds nevertheless as its help.
pub(super) fn advise(flaw: Flaw, text: &str) -> Flaw {
    if flaw.help.is_some() {
        return flaw;
    }
    if let Some(levels) = leveled::read(text) {
        return flaw.help(format!("write one threshold with levels: {}", long_form(&levels)));
    }
    let found: Vec<String> = read_free(text).iter().map(|found| format!("`{}`", found.threshold)).collect();
    match found.as_slice() {
        [] => {
            let unit =
                text.get(flaw.range.clone()).filter(|_| flaw.message.to_string().starts_with("unknown unit"));
            let own =
                unit.map(|unit| format!("write the unit into the metric, such as `level in {unit} < 5`"));
            let plain = || "write a metric, an operator and a value, such as `error rate < 1 %`".to_owned();
            flaw.help(own.unwrap_or_else(plain))
        }
        [one] => flaw.help(format!("write {one}")),
        several => flaw.help(format!("write one threshold a line: {}", several.join(" and "))),
    }
}

/// Levels as an author writes them in a line of YAML.
fn long_form(levels: &Levels) -> String {
    let bars = [("pass", &levels.pass), ("warn", &levels.warn), ("abort", &levels.abort)];
    let bars = bars.into_iter().filter_map(|(key, bar)| Some(format!("{key}: \"{}\"", bar.as_ref()?)));
    let metric = if levels.metric.is_empty() { "…" } else { &levels.metric };
    let all: Vec<String> = std::iter::once(format!("metric: {metric}")).chain(bars).collect();
    format!("`{{ {} }}`", all.join(", "))
}

/// The clauses of a text, or of a parenthesis with the words before it as `context`.
fn passage(text: Cursor<'_>, context: Option<&str>, found: &mut Vec<Criterion>) {
    let clauses = clause::split(text).into_iter();
    for clause in clauses.filter(|clause| clause.rest().len() <= LONGEST) {
        let clause = strip_labels(clause::strip_opening(strip_labels(clause)));
        let before = found.len();
        explicit(clause, context, found);
        if found.len() > before {
            continue;
        }
        let groups = clause::groups(&clause);
        let outer = clause::outside(&clause, &groups);
        found.extend(implied::read(&Scene { clause: outer, text, context }));
        // One level is enough, and keeps a text of nothing but parentheses linear.
        if context.is_none() {
            let outside = clean_metric(outer.rest()).0.unwrap_or_default();
            for group in groups {
                passage(group, Some(&outside), found);
            }
        }
    }
}

/// A clause that names no operator, and what stands around it.
struct Scene<'a> {
    clause: Cursor<'a>,
    text: Cursor<'a>,
    context: Option<&'a str>,
}

/// Everything in a clause that has an operator, from left to right.
fn explicit(clause: Cursor<'_>, context: Option<&str>, found: &mut Vec<Criterion>) {
    let groups = clause::groups(&clause);
    let mut rest = clause;
    let mut any = false;
    while let Some(sign) = next_sign(&rest, &groups) {
        match comparison(&rest, &sign, context) {
            Some((criterion, after)) => {
                found.push(criterion);
                any = true;
                rest = after;
            }
            None => rest = rest.from(sign.range.end),
        }
    }
    if any {
        return;
    }
    let outer = clause::outside(&clause, &groups);
    let counted = counting(&clause, &outer);
    let word = || {
        let operator = operator::find_word(&outer)?;
        comparison(&clause, &operator, context).map(|(criterion, _)| criterion)
    };
    found.extend(counted.or_else(word).or_else(|| open(&clause, &outer, context)));
}

/// The next sign outside parentheses with a quantity behind it.
fn next_sign(rest: &Cursor<'_>, groups: &[Cursor<'_>]) -> Option<Found> {
    let mut rest = *rest;
    loop {
        let sign = operator::find_sign(&rest)?;
        let next = groups.partition_point(|group| group.end() <= sign.range.start);
        let inside = groups.get(next).filter(|group| group.at() <= sign.range.start);
        let mut behind = rest.from(sign.range.end);
        behind.skip_spaces();
        behind.eat("~");
        match inside {
            Some(group) => rest = rest.from(group.end()),
            None if starts_quantity(&behind) => return Some(sign),
            None => rest = rest.from(sign.range.end),
        }
    }
}

/// The criterion around an operator, and the place behind it.
fn comparison<'a>(
    clause: &Cursor<'a>,
    found: &Found,
    context: Option<&str>,
) -> Option<(Criterion, Cursor<'a>)> {
    let before = clause.between(clause.at()..found.range.start);
    let (mut metric, operator) = bounded(&clause::strip_joint(before), found).ok()?;
    let mut after = clause.from(found.range.end);
    let bar = Bar { operator, metric: metric.as_deref() };
    let (operator, values) = value::read(&mut after, bar).ok()?;
    let operator = aged(operator, clause.between(found.range.clone()).rest(), &values);
    if metric.is_none() {
        metric = metric_behind(&mut after);
    }
    let range = clause.at()..after.at();
    let (tail, after) = lenient_tail(after, &values);
    let threshold = finish(metric, context, (operator, values), tail);
    Some((Criterion { threshold, inferred: false, range: range.start..after.at().max(range.end) }, after))
}

/// What follows the values, as far as it can be read.
fn lenient_tail<'a>(after: Cursor<'a>, values: &[Value]) -> (Tail, Cursor<'a>) {
    let mut ahead = after;
    match tail::read(&mut ahead, values) {
        Ok(tail) => (tail, ahead),
        Err(_) => (Tail::default(), after),
    }
}

fn finish(
    metric: Option<String>,
    context: Option<&str>,
    (operator, values): (Operator, Vec<Value>),
    tail: Tail,
) -> Threshold {
    let metric = metric
        .map(|metric| metric.trim_matches(['"', '{', '\'', '[']).to_owned())
        .or_else(|| context.map(str::to_owned))
        .filter(|metric| !metric.is_empty());
    let values = match metric.as_deref().and_then(implied::unit_in_name) {
        Some(unit) => values.into_iter().map(|value| in_unit(value, &unit)).collect(),
        None => values,
    };
    assemble(metric, operator, values, tail)
}

fn in_unit(value: Value, unit: &Quantity) -> Value {
    match value {
        Value::Quantity(quantity) => Value::Quantity(quantity.in_unit_of(unit)),
        text @ Value::Text(_) => text,
    }
}

/// `zero vulnerabilities` and `all 5 jobs exist` anywhere in a clause. A plain `no` says too
/// little to be a number, unless it counts over a window: `no updates in last 48 hours`.
fn counting(clause: &Cursor<'_>, outer: &Cursor<'_>) -> Option<Criterion> {
    let criterion = |start: Cursor<'_>| {
        let threshold = counted(&start)?.ok()?;
        Some(Criterion { threshold, inferred: false, range: start.at()..start.end() })
    };
    let begins = |start: &Cursor<'_>, word: &str| { *start }.eat_words(word);
    let anywhere = outer
        .word_starts()
        .filter(|start| begins(start, "zero") || begins(start, "all"))
        .find_map(|start| criterion(clause.from(start.at())));
    anywhere.or_else(|| {
        let no = begins(clause, "no").then(|| criterion(*clause))??;
        no.threshold.window.is_some().then_some(no)
    })
}

/// `30 seconds or less`, `50+`, `Python 3.10+`.
fn open(clause: &Cursor<'_>, outer: &Cursor<'_>, context: Option<&str>) -> Option<Criterion> {
    let (start, quantity, operator, after) = find_open(outer)?;
    let before = clause.between(clause.at()..start);
    let (metric, _) = clean_metric(before.rest());
    let metric = metric.map(|metric| match metric.to_lowercase().as_str() {
        "every" | "frequency: every" => "interval".to_owned(),
        _ => metric,
    });
    let metric = metric.map(|metric| of_version(metric, &quantity));
    let values = vec![Value::Quantity(quantity)];
    let (tail, after) = lenient_tail(clause.from(after.at()), &values);
    let threshold = finish(metric, context, (operator, values), tail);
    Some(Criterion { threshold, inferred: false, range: clause.at()..after.at() })
}
