//! Operators that are denied: `not above 1 %`, `does not drop below 99 %`, `no greater than 5`.
//!
//! Takes the metric before an operator, gives the metric without the denial, or nothing where none
//! stands there. A denial that is read as part of the metric would turn the bar into its opposite.

use super::read::{BETWEEN, COPULAS, ends_with_word};

/// Words that deny an operator behind them.
const DENIALS: &[&str] = &[
    "not", "never", "cannot", "without", "fails to", "fail to", "nicht", "nie", "niemals", "nunca", "jamais",
    "pas", "не",
];

/// Words that may stand between a denial and an operator in words.
const VERBS: &[&str] = &[
    "allowed to",
    "supposed to",
    "to",
    "ever",
    "stay",
    "remain",
    "drop",
    "drops",
    "fall",
    "falls",
    "go",
    "goes",
    "get",
    "gets",
    "rise",
    "rises",
    "climb",
    "climbs",
    "grow",
    "grows",
    "dip",
    "dips",
    "sink",
    "sinks",
];

/// Words before a denial that go with it: `does not`. Those that go with any operator are not here.
const AUXILIARIES: &[&str] = &["do", "does", "did", "may", "can", "could", "will", "would", "has", "have"];

/// The last word of an operator that compares: `than` of `more than`, `de` of `más de`.
const COMPARED: &[&str] = &["than", "als", "de", "que"];

/// The metric without denials at its end, and whether they turn the operator round. With a sign behind it
/// only the denial itself counts: in `hosts that do not drop < 5` the verb is part of the metric.
pub(super) fn strip<'a>(metric: &'a str, operator: &str) -> (&'a str, bool) {
    let verbs = if operator.starts_with(char::is_alphabetic) { VERBS } else { &[] };
    let compared = COMPARED.iter().any(|word| ends_with_word(operator, word));
    let (mut kept, mut denied) = (metric, false);
    let mut rest = metric;
    loop {
        if let Some(before) = denial(rest, compared) {
            rest = without(before, AUXILIARIES).unwrap_or(before);
            kept = rest;
            denied = !denied;
        } else if let Some(before) = without(rest, verbs).or_else(|| without(rest, COPULAS)) {
            rest = before;
        } else {
            return (kept, denied);
        }
    }
}

/// What is said of somebody's doing: in `pods must not restart more than 3 times` the denial stands before the
/// verb, which stays in the metric. Other denials say which things are meant: `hosts that do not answer`.
pub(super) fn rule(metric: &str, operator: &str) -> Option<String> {
    const RULES: [&str; 4] = ["must not", "may not", "shall not", "should not"];
    if !operator.starts_with(char::is_alphabetic) {
        return None;
    }
    let (before, verb) = metric.rsplit_once(' ')?;
    let who = without(before, &RULES)?;
    Some(format!("{who} {verb}").trim_start().to_owned())
}

/// A text without the denial at its end. `no` and `none` are only before what compares: `build no > 5` is a number.
fn denial(text: &str, compared: bool) -> Option<&str> {
    let no: &[&str] = if compared { &["no", "none"] } else { &[] };
    without(text, DENIALS).or_else(|| without(text, no)).or_else(|| contracted(text))
}

/// `isn't`, `don't`, `can't`: the verb goes with the denial.
fn contracted(text: &str) -> Option<&str> {
    let start = text.rfind(' ').map_or(0, |space| space + 1);
    ["n't", "n’t"].iter().any(|end| text[start..].ends_with(end)).then(|| text[..start].trim_end())
}

/// A text without the word of a list at its end.
fn without<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let word = words.iter().find(|word| ends_with_word(text, word))?;
    Some(text[..text.len() - word.len()].trim_end_matches(BETWEEN))
}
