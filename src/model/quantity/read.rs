//! Text to quantity.
//!
//! Takes a cursor in a folded text, gives the longest quantity that starts there and moves the
//! cursor behind it. It goes back where it cannot go on and is linear in what it reads.

use jiff::civil::Date;

use super::cursor::Cursor;
use super::decimal::{self, Comma, Decimal};
use super::dimension::Dimension;
use super::flaw::{Flaw, quote};
use super::unit::{self, Known, Unit};
use super::{Amount, Quantity, suffix, version};
use crate::diagnostic::Phrase;

/// Words for small numbers; a metric such as `at least one replica` needs no more.
pub(crate) const NUMBER_WORDS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// What to write for `€500` and `500 €`.
pub(crate) const CURRENCY: &str = "write the currency as a word behind the number, such as `500 EUR`";

/// Whether a character is the sign of a currency.
pub(crate) fn is_currency(c: char) -> bool {
    c == '$' || c == '£' || c == '¥' || ('\u{20A0}'..='\u{20CF}').contains(&c)
}

/// A quantity, and whether a plus sign after it says "or more".
pub(crate) struct Taken {
    pub(crate) quantity: Quantity,
    pub(crate) plus: bool,
}

/// The whole text as one quantity.
pub(crate) fn whole(text: &str) -> Result<Quantity, Flaw> {
    let mut cursor = Cursor::new(text);
    let Taken { quantity, plus } = take(&mut cursor, Comma::Groups)?;
    if plus {
        let flaw = Flaw::new(0..cursor.at(), Phrase::label("flaw-bar").with("text", quote(text)));
        return Err(flaw.help(format!("write `>= {quantity}` for a bar, `{quantity}` for a value")));
    }
    if cursor.is_done() {
        return Ok(quantity);
    }
    let (word, range) = cursor.next_word();
    let message =
        Phrase::label("flaw-unexpected").with("word", quote(word)).with("after", quantity.to_string());
    Err(Flaw::new(range, message))
}

/// Whether a quantity could start here: a digit, a sign or point before one, `v` before one, or a
/// number word.
pub(crate) fn starts(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    if ahead.starts_with_digit() || number_word(&mut { ahead }).is_some() {
        return true;
    }
    let version = ahead.eat("v") || ahead.eat("V");
    let signed = version || ahead.eat("-") || ahead.eat("+");
    let point = !version && ahead.eat(".");
    (signed || point) && ahead.starts_with_digit()
}

/// The quantity at the cursor.
pub(crate) fn take(cursor: &mut Cursor<'_>, comma: Comma) -> Result<Taken, Flaw> {
    cursor.skip_spaces();
    let bare = |amount| Quantity { amount, unit: Unit::Bare };
    if let Some(date) = date(cursor)? {
        return Ok(Taken { quantity: bare(Amount::Date(date)), plus: false });
    }
    if let Some(version) = version::read_evident(cursor)? {
        let plus = cursor.eat("+");
        return Ok(Taken { quantity: bare(Amount::Version(Box::new(version))), plus });
    }
    let Some(number) = read_number(cursor, comma)? else {
        return Err(no_quantity(cursor));
    };
    if let Some(of) = second_term(cursor)? {
        let unit = suffix::things(cursor).map_or(Unit::Bare, Unit::Noun);
        return Ok(Taken {
            quantity: Quantity { amount: Amount::Ratio(Box::new((number, of))), unit },
            plus: false,
        });
    }
    let early = eat_plus(cursor);
    let unit = suffix::unit_after(cursor, early && !number.is_whole())?;
    let quantity = compound(cursor, Quantity::number(number, unit))?;
    Ok(Taken { quantity, plus: early || eat_plus(cursor) })
}

fn no_quantity(cursor: &Cursor<'_>) -> Flaw {
    let (word, range) = cursor.next_word();
    let message = match word.is_empty() {
        true => Phrase::label("flaw-no-quantity"),
        false => Phrase::label("flaw-not-quantity").with("word", quote(word)),
    };
    Flaw::new(range, message).help(match word.starts_with(is_currency) {
        true => CURRENCY,
        false => "a quantity is a number with its unit, such as `500 ms`",
    })
}

/// `50+`, but not the sign of `50 +3`.
fn eat_plus(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let found = ahead.eat("+") && !ahead.starts_with_digit();
    if found {
        *cursor = ahead;
    }
    found
}

/// Digits or a number word, with the multiplier that touches them.
fn read_number(cursor: &mut Cursor<'_>, comma: Comma) -> Result<Option<Decimal>, Flaw> {
    let start = cursor.at();
    if let Some(number) = number_word(cursor) {
        return Ok(Some(number));
    }
    let Some(number) = decimal::read(cursor, comma)? else {
        return Ok(None);
    };
    let mut ahead = *cursor;
    let places = match ahead.peek() {
        Some('k' | 'K') => 3,
        Some('M') => 6,
        _ => return Ok(Some(number)),
    };
    ahead.skip(1);
    if ahead.peek().is_some_and(char::is_alphanumeric) {
        return Ok(Some(number));
    }
    *cursor = ahead;
    let too_large = || too_large(cursor, start);
    number.shifted(places).ok_or_else(too_large).map(Some)
}

fn too_large(cursor: &Cursor<'_>, start: usize) -> Flaw {
    let message = Phrase::label("flaw-too-large").with("text", quote(cursor.since(start)));
    Flaw::new(start..cursor.at(), message)
}

/// A number written as a word, `zero` to `ten`.
pub(crate) fn number_word(cursor: &mut Cursor<'_>) -> Option<Decimal> {
    if cursor.starts_with_digit() {
        return None;
    }
    let at = NUMBER_WORDS.iter().position(|word| cursor.eat_words(word))?;
    Some(Decimal::whole(i128::try_from(at).ok()?))
}

fn date(cursor: &mut Cursor<'_>) -> Result<Option<Date>, Flaw> {
    let Some(text) = cursor.rest().get(..10) else {
        return Ok(None);
    };
    let shape = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shape || cursor.rest()[10..].starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let range = cursor.at()..cursor.at() + 10;
    let date = text.parse().map_err(|_| {
        Flaw::new(range, Phrase::label("flaw-no-date").with("text", quote(text)))
            .help("a date is a year, a month and a day, such as `2027-03-01`")
    })?;
    cursor.skip(10);
    Ok(Some(date))
}

/// The `20` of `19/20`, `19 / 20` and `19 of 20`.
fn second_term(cursor: &mut Cursor<'_>) -> Result<Option<Decimal>, Flaw> {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let joined = ahead.eat("/") || ahead.eat_words("of");
    ahead.skip_spaces();
    if !joined || !ahead.starts_with_digit() {
        return Ok(None);
    }
    let start = ahead.at();
    let of = decimal::read(&mut ahead, Comma::Ends)?;
    if of.is_some_and(Decimal::is_zero) {
        return Err(Flaw::new(start..ahead.at(), Phrase::label("flaw-over-zero")));
    }
    *cursor = ahead;
    Ok(of)
}

/// `1h30m`: a duration that goes on in a smaller unit.
fn compound(cursor: &mut Cursor<'_>, first: Quantity) -> Result<Quantity, Flaw> {
    let start = cursor.at();
    let mut sum = first;
    while let Some((number, unit)) = duration_part(&sum) {
        let mut ahead = *cursor;
        ahead.skip_spaces();
        let Some(next) = next_part(&mut ahead, unit) else {
            break;
        };
        let factor = unit.num / next.1.num;
        let total = number.times_plus(factor, next.0);
        sum = Quantity::number(total.ok_or_else(|| too_large(&ahead, start))?, Unit::Known(next.1));
        *cursor = ahead;
    }
    Ok(sum)
}

fn duration_part(quantity: &Quantity) -> Option<(Decimal, &'static Known)> {
    match (&quantity.amount, &quantity.unit) {
        (Amount::Number(number), Unit::Known(known)) if known.dimension == Dimension::Duration => {
            Some((*number, known))
        }
        _ => None,
    }
}

fn next_part(ahead: &mut Cursor<'_>, larger: &Known) -> Option<(Decimal, &'static Known)> {
    if !ahead.starts_with_digit() {
        return None;
    }
    let number = decimal::read(ahead, Comma::Ends).ok().flatten()?;
    ahead.skip_spaces();
    let word = ahead.take_while(|c| c.is_alphabetic());
    let known = unit::lookup(word)?;
    let smaller = known.dimension == Dimension::Duration && known.num < larger.num;
    (smaller && larger.num % known.num == 0).then_some((number, known))
}
