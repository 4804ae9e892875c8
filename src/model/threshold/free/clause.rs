//! Cutting prose into pieces that hold one criterion each.
//!
//! Takes a cursor, gives cursors in the same text. It knows punctuation, not meaning.

use crate::model::quantity::Cursor;

/// Words that open a criterion and say only how bad it is to miss it, or when it counts.
const OPENINGS: &[&str] =
    &["rollback trigger", "trigger", "critical", "warning", "verification", "if", "when"];

/// Words between two criteria of one clause.
const JOINTS: &[&str] = &["and", "or", "but"];

/// The clauses of a text: between semicolons, arrows, question marks, and the commas and full
/// stops that are no part of a number, a set or a parenthesis.
pub(super) fn split(text: Cursor<'_>) -> Vec<Cursor<'_>> {
    let mut clauses = Vec::new();
    let mut depth = 0_usize;
    let mut start = text.at();
    let mut before = [' '; 2];
    let rest = text.rest();
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let behind = &rest[at + c.len_utf8()..];
        let cut = match c {
            ';' | '→' | '?' | '|' => true,
            ',' => cuts_at_comma(before[1], behind),
            '.' => behind.starts_with(char::is_whitespace) && !before[1].is_whitespace(),
            _ => false,
        };
        if cut && depth == 0 {
            clauses.push(text.between(start..text.at() + at));
            start = text.at() + at + c.len_utf8();
        }
        before = [before[1], c];
    }
    clauses.push(text.between(start..text.end()));
    clauses.retain(|clause| !clause.is_done());
    clauses
}

/// A comma between two bare numbers belongs to a set, one without a space to a number.
fn cuts_at_comma(before: char, behind: &str) -> bool {
    let spaced = behind.starts_with(char::is_whitespace);
    let number = behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
    (spaced || behind.starts_with('"')) && !(before.is_ascii_digit() && number)
}

/// What is inside each outermost parenthesis; one that is not closed reaches to the end.
pub(super) fn groups<'a>(clause: &Cursor<'a>) -> Vec<Cursor<'a>> {
    let mut groups = Vec::new();
    let mut depth = 0_usize;
    let mut start = clause.at();
    for (at, c) in clause.rest().char_indices() {
        match c {
            '(' => {
                if depth == 0 {
                    start = clause.at() + at + 1;
                }
                depth += 1;
            }
            ')' if depth == 1 => {
                groups.push(clause.between(start..clause.at() + at));
                depth = 0;
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if depth > 0 {
        groups.push(clause.between(start..clause.end()));
    }
    groups
}

/// What is before the first parenthesis of a clause, whose `groups` these are.
pub(super) fn outside<'a>(clause: &Cursor<'a>, groups: &[Cursor<'a>]) -> Cursor<'a> {
    groups.first().map_or(*clause, |group| clause.between(clause.at()..group.at() - 1))
}

/// Passes `Rollback trigger: If`.
pub(super) fn strip_opening(mut clause: Cursor<'_>) -> Cursor<'_> {
    loop {
        clause.skip_spaces();
        let mut ahead = clause;
        let Some(opening) = OPENINGS.iter().find(|word| ahead.eat_words(word)) else {
            return clause;
        };
        ahead.take_while(|c| c == '*' || c == ' ');
        if !ahead.eat(":") && !matches!(*opening, "if" | "when") {
            return clause;
        }
        clause = ahead;
    }
}

/// Passes the `and` before the second criterion of a clause.
pub(super) fn strip_joint(mut clause: Cursor<'_>) -> Cursor<'_> {
    while clause.eat_any(JOINTS) {}
    clause
}
