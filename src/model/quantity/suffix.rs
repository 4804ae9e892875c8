//! What follows a number: a unit, a rate, or the things that are counted.
//!
//! Takes a cursor behind the number, gives the unit and moves the cursor behind it. A word that is
//! neither a unit nor a noun is a flaw: it is never passed over.

use super::cursor::Cursor;
use super::dimension::Dimension;
use super::flaw::{Flaw, quote};
use super::noun;
use super::unit::{self, NAMED_RATES, Unit};
use crate::diagnostic::Phrase;

/// The things of `19/20 tests`; where none follow, the cursor stays.
pub(crate) fn things(cursor: &mut Cursor<'_>) -> Option<Box<str>> {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let noun = noun::read(&mut ahead)?.into();
    *cursor = ahead;
    Some(noun)
}

/// After `1.2+` no things follow: that is a version, and `enforced` is not its unit.
pub(crate) fn unit_after(cursor: &mut Cursor<'_>, version: bool) -> Result<Unit, Flaw> {
    let mut ahead = *cursor;
    match read_unit(&mut ahead) {
        Ok(Unit::Noun(_)) | Err(_) if version => Ok(Unit::Bare),
        unit => {
            *cursor = ahead;
            unit
        }
    }
}

/// The unit after a number, or none. A word that is no unit and cannot name things is a flaw.
fn read_unit(cursor: &mut Cursor<'_>) -> Result<Unit, Flaw> {
    let mut ahead = *cursor;
    let spaced = ahead.skip_spaces();
    if let Some(unit) = sign(&mut ahead) {
        *cursor = ahead;
        return Ok(unit);
    }
    let start = ahead.at();
    let here = ahead;
    let word = ahead.take_while(|c| c.is_alphabetic());
    if let Some(end) = unspaced(word) {
        return before(cursor, start + end);
    }
    if word.is_empty() {
        return per(cursor, "").map(|unit| unit.unwrap_or(Unit::Bare));
    }
    if let Some(unit) = combined(&mut ahead, word, start)? {
        *cursor = ahead;
        return Ok(unit);
    }
    let joined = ahead.peek().is_some_and(|c| c == '_' || c == '-');
    if let Some(known) = unit::lookup(word).filter(|_| !joined) {
        *cursor = ahead;
        return Ok(Unit::Known(known));
    }
    let whole = { here }.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''));
    if spaced && (noun::is_stop(whole) || noun::is_state(whole)) {
        return Ok(Unit::Bare);
    }
    ahead = here;
    match noun::read(&mut ahead) {
        Some(noun) => {
            let unit = per(&mut ahead, noun)?.unwrap_or_else(|| Unit::Noun(noun.into()));
            *cursor = ahead;
            Ok(unit)
        }
        None => Err(unknown(word, start)),
    }
}

/// Words that follow a unit without a space and are no part of it.
const UNSPACED: [&str; 4] = ["以上", "以下", "未満", "持续"];

/// Where in a word one of them begins.
fn unspaced(word: &str) -> Option<usize> {
    if word.is_ascii() {
        return None;
    }
    UNSPACED.iter().filter_map(|follower| word.find(follower)).min()
}

/// The unit in what is left before an offset.
fn before(cursor: &mut Cursor<'_>, end: usize) -> Result<Unit, Flaw> {
    let mut ahead = cursor.between(cursor.at()..end);
    let unit = read_unit(&mut ahead)?;
    *cursor = cursor.from(ahead.at());
    Ok(unit)
}

/// Units that are signs, and the two words of percentage points.
fn sign(ahead: &mut Cursor<'_>) -> Option<Unit> {
    let symbol = if ahead.eat("%") {
        "%"
    } else if ahead.eat("°C") || ahead.eat("℃") {
        "°C"
    } else if ahead.eat_any(&["percentage points", "percentage point", "percent points"]) {
        "pp"
    } else if ahead.eat_words("per cent") {
        "%"
    } else {
        return None;
    };
    unit::lookup(symbol).map(Unit::Known)
}

/// What `/` and `per` make of a word: `Mb/s`, `req/s`, `requests per minute`, `rpm`.
fn combined(ahead: &mut Cursor<'_>, word: &str, start: usize) -> Result<Option<Unit>, Flaw> {
    if let Some((_, things, time)) = NAMED_RATES.iter().find(|(name, ..)| word.eq_ignore_ascii_case(name)) {
        return Ok(unit::lookup(time).map(|per| unit::rate(things, per)));
    }
    let mut slash = *ahead;
    let whole = slash.eat("/") && !slash.take_while(|c| c.is_alphabetic()).is_empty();
    if whole && let Some(known) = unit::lookup(slash.since(start)) {
        *ahead = slash;
        return Ok(Some(Unit::Known(known)));
    }
    if unit::lookup(word).is_some() || noun::is_stop(word) {
        return Ok(None);
    }
    per(ahead, word)
}

/// `/min` or `per minute` after what is counted.
fn per(cursor: &mut Cursor<'_>, things: &str) -> Result<Option<Unit>, Flaw> {
    let mut ahead = *cursor;
    let slash = {
        ahead.skip_spaces();
        ahead.eat("/")
    };
    if !slash && !ahead.eat_words("per") {
        return Ok(None);
    }
    ahead.skip_spaces();
    let start = ahead.at();
    let word = ahead.take_while(|c| c.is_alphabetic());
    match unit::lookup(word).filter(|known| known.dimension == Dimension::Duration) {
        Some(known) => {
            *cursor = ahead;
            Ok(Some(unit::rate(things, known)))
        }
        // `5 MB per file` is five megabytes with a scope, `5/x` is nothing.
        None if slash && !word.is_empty() => Err(unknown(word, start)),
        None => Ok(None),
    }
}

fn unknown(word: &str, start: usize) -> Flaw {
    let flaw =
        Flaw::new(start..start + word.len(), Phrase::label("flaw-unknown-unit").with("word", quote(word)));
    match unit::nearest(word) {
        _ if word.eq_ignore_ascii_case("x") => {
            flaw.help("write the multiple as a number alone: `2` for `2x`")
        }
        Some(unit) => flaw.help(format!("did you mean `{unit}`?")),
        None => flaw,
    }
}
