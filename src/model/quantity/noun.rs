//! Words that name what is counted: `50 packages`, `100 concurrent users`.
//!
//! Takes words, says whether they can stand where a unit could, and whether two of them count the
//! same things. A word that looks like a mistyped unit is not one of them, however well it would
//! do as a noun: `5 mss` must never pass as five of something.

use super::cursor::Cursor;
use super::unit;

/// A noun phrase has at most this many words.
const WORDS: usize = 3;

/// Words that end a quantity instead of belonging to it.
const STOPS: &[&str] = &[
    "a",
    "above",
    "across",
    "after",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "before",
    "below",
    "billion",
    "by",
    "compared",
    "dozen",
    "during",
    "each",
    "every",
    "for",
    "from",
    "if",
    "in",
    "is",
    "max",
    "maximum",
    "million",
    "minimum",
    "of",
    "on",
    "or",
    "over",
    "per",
    "sustained",
    "than",
    "the",
    "then",
    "thousand",
    "to",
    "total",
    "under",
    "unless",
    "until",
    "when",
    "while",
    "with",
    "within",
    "without",
];

/// Words behind what is counted: `4 cores available` are cores.
const STATES: &[&str] =
    &["remaining", "free", "left", "available", "used", "complete", "required", "installed"];

/// Nouns that happen to lie one letter from a unit, or have no vowel: physical units, which do not convert,
/// and currencies.
const NOUNS: &[&str] = &[
    "apps", "bins", "bits", "bots", "dags", "gears", "hits", "ops", "pins", "pits", "sets", "ways", "wins",
    "v", "kv", "kw", "kwh", "kva", "hz", "khz", "mhz", "ghz", "db", "l", "usd", "gbp", "chf", "jpy", "cny",
    "inr", "sek", "nok", "dkk", "czk", "huf", "pln",
];

/// Words of numbers, which are no nouns: `1.5 million` is not one and a half of something.
const MULTIPLIERS: &[&str] = &["dozen", "thousand", "million", "billion"];

/// Whether a word multiplies the number before it.
pub(crate) fn is_multiplier(word: &str) -> bool {
    MULTIPLIERS.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// The three lists: words that end a quantity, words of states, nouns that lie close to a unit.
pub(crate) fn lists() -> (&'static [&'static str], &'static [&'static str], &'static [&'static str]) {
    (STOPS, STATES, NOUNS)
}

/// Whether a word ends a quantity instead of belonging to it.
pub(crate) fn is_stop(word: &str) -> bool {
    word.len() <= 10 && STOPS.contains(&word.to_lowercase().as_str())
}

/// Whether a word says how the counted things are, and does not name them.
pub(crate) fn is_state(word: &str) -> bool {
    STATES.iter().any(|state| word.eq_ignore_ascii_case(state))
}

/// Whether a word may name what is counted.
pub(crate) fn is_noun(word: &str) -> bool {
    if word.len() <= 6 && NOUNS.contains(&word.to_lowercase().as_str()) {
        return true;
    }
    if is_plural_acronym(word) {
        return true;
    }
    let spoken = word.chars().any(|c| "aeiouyAEIOUY".contains(c) || !c.is_ascii());
    word.chars().count() >= 3
        && spoken
        && !is_stop(word)
        && unit::lookup(word).is_none()
        && unit::nearest(word).is_none()
}

/// `VMs` and `IPs` are things, `GBs` is a mistyped unit.
fn is_plural_acronym(word: &str) -> bool {
    word.strip_suffix('s').is_some_and(|stem| {
        (2..=6).contains(&stem.len())
            && stem.chars().all(|c| c.is_ascii_uppercase())
            && unit::lookup(stem).is_none()
    })
}

/// The noun phrase at the cursor, or `None`.
pub(crate) fn read<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let start = cursor.at();
    let mut ahead = *cursor;
    for count in 0..WORDS {
        let mut next = ahead;
        if count > 0 && !next.skip_spaces() {
            break;
        }
        let word = next.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''));
        let spoken = word.starts_with(char::is_alphabetic) && !word.ends_with('-');
        let cut = next.peek().is_some_and(|c| !c.is_whitespace() && !",;.:)?!/".contains(c));
        if !spoken || !is_noun(word) || is_state(word) || cut {
            break;
        }
        ahead = next;
    }
    (ahead.at() > start).then(|| {
        *cursor = ahead;
        ahead.since(start)
    })
}

/// Whether two phrases count the same things: the words of one are among those of the other, in
/// singular or plural.
pub(crate) fn same(left: &str, right: &str) -> bool {
    let (left, right) = (words(left), words(right));
    left.iter().all(|word| right.contains(word)) || right.iter().all(|word| left.contains(word))
}

fn words(phrase: &str) -> Vec<String> {
    phrase.split_whitespace().map(singular).collect()
}

fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && stem.len() > 1 => stem.to_owned(),
        _ => word,
    }
}
