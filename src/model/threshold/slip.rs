//! Slips of the pen in an operator: `=>`, `<>`, `&lt;=`, `at lest`.
//!
//! Takes a folded text in which an operator stands or should stand, gives the flaw that leads to the right
//! one, or nothing where the operator is right. It never reads a slip as what may be meant by it.

use std::ops::Range;

use super::operator::{self, Found};
use crate::diagnostic::closest;
use crate::model::quantity::{Cursor, Flaw, quote, starts_quantity};

/// What is written for an operator in other places, or by a slip; without the spaces in it.
const SLIPS: &[(&str, &str)] = &[
    ("=>", ">="),
    ("=<", "<="),
    ("<>", "!="),
    ("><", "!="),
    ("=!", "!="),
    ("/=", "!="),
    ("!==", "!="),
    ("===", "="),
    (">==", ">="),
    ("<==", "<="),
    ("≥=", ">="),
    ("≤=", "<="),
    (">>", ">"),
    ("<<", "<"),
    ("≥≥", ">="),
    ("≤≤", "<="),
    ("&lt;=", "<="),
    ("&gt;=", ">="),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&le;", "<="),
    ("&ge;", ">="),
    ("&ne;", "!="),
    ("≲", "<="),
    ("≳", ">="),
    ("≯", "<="),
    ("≮", ">="),
    ("‹", "<"),
    ("›", ">"),
];

/// Comparisons whose side depends on what is measured, and which lie near to one that does not.
const SPEEDS: &[&str] = &["slower than", "faster than"];

/// The signs that operators are made of.
const SIGNS: [char; 6] = ['<', '>', '=', '≤', '≥', '≠'];

/// What is wrong with a sign: it is part of a longer run, which is no operator.
pub(super) fn around(cursor: &Cursor<'_>, found: &Found) -> Option<Flaw> {
    let before = cursor.between(cursor.at()..found.range.start).rest();
    let start = found.range.start - lead(before);
    let mut after = cursor.from(found.range.end);
    loop {
        let mut ahead = after;
        ahead.skip_spaces();
        let bang = after.rest().starts_with('!');
        if !bang && !ahead.rest().starts_with(SIGNS) {
            break;
        }
        ahead.skip(ahead.peek().map_or(0, char::len_utf8));
        after = ahead;
    }
    let run = start..after.at();
    (run != found.range).then(|| flaw(cursor, run))
}

/// The bytes at the end of a text that belong to the sign behind it.
fn lead(before: &str) -> usize {
    let mut entities = ["&lt;", "&gt;"].into_iter().filter(|entity| before.ends_with(entity));
    let bang = before.trim_end();
    let spaced = |sign: &str| bang.strip_suffix(sign).is_some_and(|rest| rest.ends_with(' '));
    match entities.next_back() {
        Some(entity) => entity.len(),
        None if spaced("!") => before.len() - bang.len() + 1,
        // A path may be a slash with a space behind it.
        None if before.ends_with(" /") => 1,
        None => 0,
    }
}

/// A slip in a text in which no operator was found.
pub(super) fn instead(cursor: &Cursor<'_>) -> Option<Flaw> {
    let sign = SLIPS.iter().find_map(|(slip, _)| {
        let start = cursor.at() + cursor.rest().find(slip)?;
        let end = start + slip.len();
        starts_quantity(&cursor.from(end)).then(|| flaw(cursor, start..end))
    });
    sign.or_else(|| word(cursor))
}

/// One word or two before a quantity that are nearly an operator.
fn word(cursor: &Cursor<'_>) -> Option<Flaw> {
    let starts: Vec<Cursor<'_>> = cursor.word_starts().collect();
    let value = starts.iter().position(|start| starts_quantity(start))?;
    let end = |cursor: &Cursor<'_>| {
        let text = cursor.between(cursor.at()..starts[value].at()).rest().trim_end();
        cursor.at() + text.len()
    };
    [2, 1].into_iter().find_map(|words| {
        let start = starts.get(value.checked_sub(words)?)?;
        let range = start.at()..end(start);
        let written = cursor.between(range.clone()).rest().to_lowercase();
        if SPEEDS.contains(&&*written) {
            return Some(
                no_operator(cursor, range).help("write `<` or `>`: a fast answer takes little time"),
            );
        }
        let meant = closest(&written, operator::words())?;
        Some(no_operator(cursor, range).help(format!("did you mean `{meant}`?")))
    })
}

fn flaw(cursor: &Cursor<'_>, range: Range<usize>) -> Flaw {
    let written: String = cursor.between(range.clone()).rest().split_whitespace().collect();
    let help = match SLIPS.iter().find(|(slip, _)| *slip == written) {
        Some((_, meant)) => format!("did you mean `{meant}`?"),
        None if operator::sign(&written).is_some_and(|(_, length)| length == written.len()) => {
            format!("write `{written}` without a space in it")
        }
        None => "operators are `<`, `<=`, `>`, `>=`, `=`, `!=`, `in` and `between`".to_owned(),
    };
    no_operator(cursor, range).help(help)
}

fn no_operator(cursor: &Cursor<'_>, range: Range<usize>) -> Flaw {
    let written = quote(cursor.between(range.clone()).rest());
    Flaw::new(range, format!("{written} is not an operator"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::threshold::Threshold;

    #[test]
    fn every_slip_leads_to_an_operator() {
        for (slip, meant) in SLIPS {
            let text = format!("latency {slip} 5 ms");
            let flaw = Threshold::parse(&text).unwrap_err();
            assert_eq!(flaw.message.to_string(), format!("`{slip}` is not an operator"));
            assert_eq!(flaw.help.as_deref(), Some(&*format!("did you mean `{meant}`?")), "{text}");
            assert_eq!(&text[flaw.range], *slip);
            let right = Threshold::parse(&format!("latency {meant} 5 ms")).unwrap();
            assert_eq!(right.to_string(), format!("latency {meant} 5 ms"));
        }
    }

    #[test]
    fn what_stands_beside_an_operator_is_no_slip() {
        for text in [
            "a -> b < 5 ms",
            "path /api/ = 200",
            "time of GET / < 300 ms",
            "state = !important",
            "level != -5",
            "size >5 GB",
        ] {
            assert!(Threshold::parse(text).is_ok(), "{text}");
        }
    }
}
