//! Criteria without an operator: `HTTP 200`, `(5/5)`, `Max instances: 10`, `IMMEDIATE`.
//!
//! Takes a clause, gives the criterion it means, where label and words leave no doubt. What looks
//! like a criterion and is none (dates, severities, shares of traffic in a ramp) it leaves alone.

use super::super::Operator;
use super::super::read::{assemble, clean_metric};
use super::super::tail::Tail;
use super::super::value::Value;
use super::{Criterion, Scene};
use crate::model::quantity::{Comma, Cursor, Dimension, Quantity, take};

/// Labels after which a bare value is a bar.
const BAR_LABELS: &[&str] = &["threshold", "target", "slo", "sla", "goal"];

/// Words of metrics of which less is better.
const LESS_IS_BETTER: &[&str] = &[
    "error", "errors", "latency", "time", "lag", "usage", "cpu", "failure", "failures", "downtime", "loss",
    "duration", "delay", "rto", "rpo", "overhead",
];

/// A percentage beside these is a stage of a ramp.
const RAMP: &[&str] = &["traffic", "route", "ramp", "canary", "rollout"];

/// The criterion that a clause without an operator means.
pub(super) fn read(scene: &Scene<'_>) -> Option<Criterion> {
    status(scene)
        .or_else(|| extreme(scene))
        .or_else(|| share(scene))
        .or_else(|| labelled(scene))
        .or_else(|| every(scene))
        .or_else(|| immediate(scene))
}

fn criterion(scene: &Scene<'_>, metric: &str, operator: Operator, values: Vec<Quantity>) -> Criterion {
    let metric = clean_metric(metric).0.or_else(|| scene.context.map(str::to_owned));
    let values = values.into_iter().map(Value::Quantity).collect();
    let metric = metric.filter(|metric| !metric.is_empty());
    let threshold = assemble(metric, operator, values, Tail::default());
    Criterion { threshold, inferred: true, range: scene.clause.at()..scene.clause.end() }
}

/// `HTTP 200`, `Status 200/301`, `429 response`, `exit code 0`.
fn status(scene: &Scene<'_>) -> Option<Criterion> {
    scene.clause.word_starts().find_map(|start| {
        let mut ahead = start;
        let before = start.since(scene.clause.at());
        if ahead.eat_any(&["http status code", "http status", "status code", "http", "status"]) {
            let codes = codes(&mut ahead)?;
            let words = format!("{before} HTTP status");
            return Some(criterion(scene, &words, Operator::In, codes));
        }
        if ahead.eat_any(&["exit code", "exit status", "exit"]) {
            ahead.skip_spaces();
            let code = number(&mut ahead)?;
            let words = format!("{before} exit code");
            return Some(criterion(scene, &words, Operator::Equal, vec![code]));
        }
        let codes = codes(&mut ahead)?;
        let words = format!("{before} HTTP status");
        ahead.eat_words("response").then(|| criterion(scene, &words, Operator::In, codes))
    })
}

/// Status codes with slashes between them.
fn codes(ahead: &mut Cursor<'_>) -> Option<Vec<Quantity>> {
    let mut codes = Vec::new();
    loop {
        ahead.skip_spaces();
        let start = ahead.at();
        let digits = ahead.take_while(|c| c.is_ascii_digit());
        let code = Quantity::parse(digits).ok().filter(|_| ('1'..='5').any(|c| digits.starts_with(c)))?;
        if ahead.at() - start != 3 || ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '.') {
            return None;
        }
        codes.push(code);
        if !ahead.eat("/") {
            return Some(codes);
        }
    }
}

fn number(ahead: &mut Cursor<'_>) -> Option<Quantity> {
    let digits = ahead.take_while(|c| c.is_ascii_digit());
    Quantity::parse(digits).ok()
}

/// `Min instances: 2`, `Max instances: 10`.
fn extreme(scene: &Scene<'_>) -> Option<Criterion> {
    let mut ahead = scene.clause;
    let least = ahead.eat_any(&["minimum", "min"]);
    if !least && !ahead.eat_any(&["maximum", "max"]) {
        return None;
    }
    let metric = ahead.take_while(|c| c != ':').trim();
    ahead.eat(":");
    let quantity = bare(&mut ahead)?;
    let operator = if least { Operator::AtLeast } else { Operator::AtMost };
    Some(criterion(scene, metric, operator, vec![quantity]))
}

/// A quantity that is not the start of a longer expression.
fn bare(ahead: &mut Cursor<'_>) -> Option<Quantity> {
    ahead.skip_spaces();
    let taken = ahead.starts_with_digit().then(|| take(ahead, Comma::Groups).ok())??;
    let joined = ahead.peek().is_some_and(|c| c.is_alphanumeric() || "-/–:".contains(c));
    (!joined && !taken.plus).then_some(taken.quantity)
}

/// All of them: `100 %`, and in a parenthesis or behind `Target:` `5/5`; and `6 times`.
fn share(scene: &Scene<'_>) -> Option<Criterion> {
    if names(scene.clause.rest(), RAMP) {
        return None;
    }
    let start = scene.clause.word_starts().find(Cursor::starts_with_digit)?;
    let mut ahead = start;
    let quantity = bare(&mut ahead)?;
    let label = scene.text.between(scene.text.at()..start.at()).rest().to_lowercase();
    let asked = scene.context.is_some() || label.contains("target:");
    let whole = quantity.to_whole().is_some_and(std::cmp::Ordering::is_eq);
    let meant = match quantity.dimension() {
        Dimension::Percent => whole,
        Dimension::Ratio => whole && asked,
        Dimension::Count => start.at() == scene.clause.at() && ahead.is_done() && quantity.unit()? == "times",
        _ => false,
    };
    let behind = ahead.rest();
    let before = start.since(scene.clause.at());
    let metric = if clean_metric(before).0.is_some() { before } else { behind };
    let metric = metric.split(" with ").next().unwrap_or(metric);
    meant.then(|| criterion(scene, metric, Operator::Equal, vec![quantity]))
}

/// `Threshold: 50% of total available`, `Availability SLO: 99.9% uptime`.
fn labelled(scene: &Scene<'_>) -> Option<Criterion> {
    let start = scene.clause.word_starts().find(Cursor::starts_with_digit)?;
    let before = scene.text.between(scene.text.at()..start.at()).rest().trim_end();
    let label = before.strip_suffix(':')?.trim_matches([' ', '*', '-']).to_lowercase();
    let label = BAR_LABELS.iter().find(|word| label.ends_with(**word))?;
    let mut ahead = start;
    let quantity = bare(&mut ahead)?;
    let less = names(before, LESS_IS_BETTER) || names(ahead.rest(), LESS_IS_BETTER);
    let operator = if less { Operator::AtMost } else { Operator::AtLeast };
    let own = start.since(scene.clause.at()).trim_end_matches([' ', ':']);
    let own = own.get(..own.len().saturating_sub(label.len())).unwrap_or(own);
    let metric = if own.trim().is_empty() { ahead.rest() } else { own };
    let metric = metric.trim().strip_prefix("of ").unwrap_or(metric);
    Some(criterion(scene, metric, operator, vec![quantity]))
}

/// `at least every 120 minutes` bounds an interval from above.
fn every(scene: &Scene<'_>) -> Option<Criterion> {
    scene.clause.word_starts().find_map(|start| {
        let mut ahead = start;
        let quantity = ahead.eat_words("at least every").then(|| bare(&mut ahead))??;
        let metric = format!("{} interval", start.since(scene.clause.at()));
        (quantity.dimension() == Dimension::Duration)
            .then(|| criterion(scene, &metric, Operator::AtMost, vec![quantity]))
    })
}

/// `IMMEDIATE` as a whole clause is a deadline of no minutes.
fn immediate(scene: &Scene<'_>) -> Option<Criterion> {
    let word = scene.clause.rest().trim().trim_end_matches(['.', '!']);
    let whole = ["immediate", "immediately"].iter().any(|w| word.eq_ignore_ascii_case(w));
    let nothing = Quantity::parse("0 min").ok()?;
    whole.then(|| criterion(scene, "response time", Operator::AtMost, vec![nothing]))
}

/// Whether a text has one of these words, whatever its case.
fn names(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| words.iter().any(|wanted| word.eq_ignore_ascii_case(wanted)))
}

/// The unit that a field name ends with: `latency_ms`.
pub(super) fn unit_in_name(metric: &str) -> Option<Quantity> {
    let unit = match metric.rsplit_once('_')?.1 {
        "ms" | "millis" | "milliseconds" => "ms",
        "s" | "sec" | "seconds" => "s",
        "bytes" => "B",
        "percent" | "pct" => "%",
        _ => return None,
    };
    Quantity::parse(&format!("1 {unit}")).ok()
}
