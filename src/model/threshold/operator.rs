//! The operators of a threshold, as signs and as words.
//!
//! Takes a folded text, gives the first operator in it and where it stands. It decides only where
//! an operator is; what stands beside it is read elsewhere.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use crate::model::quantity::{Cursor, starts_quantity};
use crate::model::time::Duration;

/// How a value must stand to the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// One of a set: `in 200, 301`
    In,
    /// In a range, both ends included: `between 60 s and 3600 s`
    Between,
}

impl Operator {
    /// The operator as it prints.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::In => "in",
            Self::Between => "between",
        }
    }

    /// Whether a value that stands so to the single value of the bar meets it.
    pub(crate) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Equal | Self::In | Self::Between => order.is_eq(),
            Self::NotEqual => order.is_ne(),
        }
    }

    /// Whether more is better or less is: the side on which the bar bounds a value.
    pub(crate) fn bounds_above(self) -> Option<bool> {
        match self {
            Self::Less | Self::AtMost => Some(true),
            Self::Greater | Self::AtLeast => Some(false),
            _ => None,
        }
    }

    /// The operator on the other side: more for less.
    pub(crate) fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            other => other,
        }
    }

    /// The operator of "no increase over 5 %": what is left when the condition must not hold.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Greater => Self::AtMost,
            Self::AtLeast => Self::Less,
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            other => other,
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

/// An operator in a text.
pub(crate) struct Found {
    pub(crate) operator: Operator,
    /// The bytes of the operator itself.
    pub(crate) range: Range<usize>,
}

/// Operators before a value. Where one begins another, the longer comes first.
const WORDS: &[(&str, Operator)] = &[
    ("less than or equal to", Operator::AtMost),
    ("greater than or equal to", Operator::AtLeast),
    ("no more than", Operator::AtMost),
    ("not more than", Operator::AtMost),
    ("no later than", Operator::AtMost),
    ("not older than", Operator::AtMost),
    ("no older than", Operator::AtMost),
    ("no less than", Operator::AtLeast),
    ("not less than", Operator::AtLeast),
    ("no fewer than", Operator::AtLeast),
    ("no earlier than", Operator::AtLeast),
    ("at least", Operator::AtLeast),
    ("at most", Operator::AtMost),
    ("more than", Operator::Greater),
    ("greater than", Operator::Greater),
    ("higher than", Operator::Greater),
    ("longer than", Operator::Greater),
    ("older than", Operator::Greater),
    ("larger than", Operator::Greater),
    ("bigger than", Operator::Greater),
    ("less than", Operator::Less),
    ("fewer than", Operator::Less),
    ("lower than", Operator::Less),
    ("smaller than", Operator::Less),
    ("shorter than", Operator::Less),
    ("newer than", Operator::Less),
    ("younger than", Operator::Less),
    ("up to", Operator::AtMost),
    ("the minimum is", Operator::AtLeast),
    ("the maximum is", Operator::AtMost),
    ("a minimum of", Operator::AtLeast),
    ("minimum of", Operator::AtLeast),
    ("minimum is", Operator::AtLeast),
    ("minimum", Operator::AtLeast),
    ("a maximum of", Operator::AtMost),
    ("maximum of", Operator::AtMost),
    ("maximum is", Operator::AtMost),
    ("maximum", Operator::AtMost),
    ("max", Operator::AtMost),
    ("exceeds", Operator::Greater),
    ("exceeding", Operator::Greater),
    ("exceed", Operator::Greater),
    ("over", Operator::Greater),
    ("above", Operator::Greater),
    ("under", Operator::Less),
    ("below", Operator::Less),
    ("within the last", Operator::AtMost),
    ("within last", Operator::AtMost),
    ("within", Operator::AtMost),
    ("from the last", Operator::AtMost),
    ("from last", Operator::AtMost),
    ("equal to", Operator::Equal),
    ("equals", Operator::Equal),
    ("exactly", Operator::Equal),
    ("between", Operator::Between),
    ("mindestens", Operator::AtLeast),
    ("höchstens", Operator::AtMost),
    ("weniger als", Operator::Less),
    ("mehr als", Operator::Greater),
    ("unter", Operator::Less),
    ("über", Operator::Greater),
    ("au moins", Operator::AtLeast),
    ("au plus", Operator::AtMost),
    ("moins de", Operator::Less),
    ("plus de", Operator::Greater),
    ("al menos", Operator::AtLeast),
    ("como máximo", Operator::AtMost),
    ("menos de", Operator::Less),
    ("más de", Operator::Greater),
    ("mais de", Operator::Greater),
    ("pelo menos", Operator::AtLeast),
    ("не менее", Operator::AtLeast),
    ("не более", Operator::AtMost),
];

/// The operators that are words.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(word, _)| *word)
}

/// Operators of languages that put no space between words.
const UNSPACED: &[(&str, Operator)] = &[
    ("不超过", Operator::AtMost),
    ("至少", Operator::AtLeast),
    ("小于", Operator::Less),
    ("大于", Operator::Greater),
    ("超过", Operator::Greater),
];

/// How far behind `in` the first comma of a set is looked for, in characters.
const SET_LOOKAHEAD: usize = 80;

/// Operators after a value.
const AFTER: &[(&str, Operator)] = &[
    ("or less", Operator::AtMost),
    ("or lower", Operator::AtMost),
    ("or fewer", Operator::AtMost),
    ("or faster", Operator::AtMost),
    ("or sooner", Operator::AtMost),
    ("or more frequent", Operator::AtMost),
    ("or more", Operator::AtLeast),
    ("or higher", Operator::AtLeast),
    ("or later", Operator::AtLeast),
    ("or newer", Operator::AtLeast),
    ("or longer", Operator::AtLeast),
    ("or above", Operator::AtLeast),
    ("or below", Operator::AtMost),
    ("minimum", Operator::AtLeast),
    ("maximum", Operator::AtMost),
    ("max", Operator::AtMost),
];

/// The same in languages that put no space between words.
const UNSPACED_AFTER: &[(&str, Operator)] =
    &[("以上", Operator::AtLeast), ("以下", Operator::AtMost), ("未満", Operator::Less)];

/// The first sign that is an operator; arrows are not.
pub(crate) fn find_sign(cursor: &Cursor<'_>) -> Option<Found> {
    let mut before = ' ';
    let mut skip_to = 0;
    for (at, c) in cursor.rest().char_indices() {
        let place = cursor.from(cursor.at() + at);
        let arrow = place.rest().starts_with("=>") || (c == '>' && before == '-');
        if arrow {
            skip_to = at + "=>".len().min(place.rest().len());
        } else if at >= skip_to
            && let Some((operator, length)) = sign(place.rest())
        {
            return Some(Found { operator, range: place.at()..place.at() + length });
        }
        before = c;
    }
    None
}

/// The sign at the start of a text, with its length.
pub(crate) fn sign(text: &str) -> Option<(Operator, usize)> {
    const SIGNS: &[(&str, Operator)] = &[
        ("<=", Operator::AtMost),
        (">=", Operator::AtLeast),
        ("!=", Operator::NotEqual),
        ("==", Operator::Equal),
        ("<", Operator::Less),
        (">", Operator::Greater),
        ("=", Operator::Equal),
        ("≤", Operator::AtMost),
        ("≥", Operator::AtLeast),
        ("≠", Operator::NotEqual),
    ];
    SIGNS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, op)| (*op, sign.len()))
}

/// The first word operator that has a quantity, or for `in` a list, behind it.
pub(crate) fn find_word(cursor: &Cursor<'_>) -> Option<Found> {
    let spaced = cursor.word_starts().find_map(|start| word_at(&start));
    spaced.or_else(|| {
        UNSPACED.iter().find_map(|(word, operator)| {
            let start = cursor.at() + cursor.rest().find(word)?;
            let range = start..start + word.len();
            starts_quantity(&cursor.from(range.end)).then_some(Found { operator: *operator, range })
        })
    })
}

fn word_at(start: &Cursor<'_>) -> Option<Found> {
    let mut ahead = *start;
    if ahead.eat_words("in") {
        let range = start.at()..ahead.at();
        return starts_set(&ahead).then_some(Found { operator: Operator::In, range });
    }
    if let Some(held) = held_at(start) {
        return Some(held);
    }
    let (_, operator) = WORDS.iter().find(|(word, _)| ahead.eat_words(word))?;
    let end = ahead.at();
    if matches!(operator, Operator::AtLeast | Operator::AtMost) {
        ahead.skip_spaces();
        ahead.eat(":");
    }
    starts_quantity(&ahead).then(|| Found { operator: *operator, range: start.at()..ahead.at().max(end) })
}

/// `stable over 15 minutes`, `healthy for 1 h`: a state that must last at least that long.
fn held_at(start: &Cursor<'_>) -> Option<Found> {
    const STATES: &[&str] = &["stable", "steady", "healthy", "unchanged", "normal"];
    let mut ahead = *start;
    if !ahead.eat_any(STATES) {
        return None;
    }
    ahead.skip_spaces();
    let word = ahead.at();
    if !ahead.eat_any(&["for", "over"]) {
        return None;
    }
    let range = word..ahead.at();
    Duration::read(&mut ahead).ok().map(|_| Found { operator: Operator::AtLeast, range })
}

/// What may follow `in`: a number, a bracket, or words with a comma between them. Words that hold
/// another `in` are not its set: in `bytes in in 5, 6` the second one opens it.
fn starts_set(after: &Cursor<'_>) -> bool {
    let rest = after.rest().trim_start();
    if starts_quantity(after) || rest.starts_with(['[', '{', '"']) {
        return true;
    }
    // A set names its second item soon; without a limit a text full of `in` would take squares.
    let near = rest.char_indices().nth(SET_LOOKAHEAD).map_or(rest, |(end, _)| &rest[..end]);
    let item = near.find(['(', ';', ',']).filter(|stop| near[*stop..].starts_with(','));
    item.is_some_and(|comma| !near[..comma].split(' ').any(|word| word.eq_ignore_ascii_case("in")))
}

/// The operator after a value, which the cursor then has passed.
pub(crate) fn eat_after(cursor: &mut Cursor<'_>) -> Option<Operator> {
    let spaced = AFTER.iter().find(|(word, _)| cursor.eat_words(word));
    spaced.map(|(_, operator)| *operator).or_else(|| {
        let mut ahead = *cursor;
        ahead.skip_spaces();
        let (_, operator) = UNSPACED_AFTER.iter().find(|(word, _)| ahead.eat(word))?;
        *cursor = ahead;
        Some(*operator)
    })
}
