//! The levels of one metric as people write them in a line: `error rate: target < 2 %, critical > 5 %`.
//!
//! Takes a text, gives the levels it means, or nothing where a clause says no level or speaks of another metric.

use super::super::read::{BETWEEN, ends_with_word};
use super::super::{Levels, Threshold};
use super::{clause, explicit};
use crate::model::quantity::{Cursor, Folded};

/// The level that a clause speaks of.
#[derive(Clone, Copy)]
enum Word {
    Pass,
    Warn,
    Abort,
}

/// What people call the levels.
const WORDS: &[(&str, Word)] = &[
    ("target", Word::Pass),
    ("normal", Word::Pass),
    ("acceptable", Word::Pass),
    ("expected", Word::Pass),
    ("healthy", Word::Pass),
    ("green", Word::Pass),
    ("pass", Word::Pass),
    ("ok", Word::Pass),
    ("warning", Word::Warn),
    ("warn", Word::Warn),
    ("alert", Word::Warn),
    ("yellow", Word::Warn),
    ("amber", Word::Warn),
    ("critical", Word::Abort),
    ("rollback if", Word::Abort),
    ("rollback", Word::Abort),
    ("abort", Word::Abort),
    ("red", Word::Abort),
];

/// Reads the levels of a text, which has at least an abort bar and another. The metric is empty where the
/// place of the text says it.
pub(super) fn read(text: &str) -> Option<Levels> {
    let folded = Folded::new(text);
    let mut levels = Levels { metric: String::new(), pass: None, warn: None, abort: None };
    for (at, clause) in clauses(Cursor::new(folded.text())).iter().enumerate() {
        let Some((word, bar)) = bar(*clause, at == 0)? else { continue };
        let metric = bar.metric().unwrap_or_default();
        if levels.metric.is_empty() {
            levels.metric = metric.to_owned();
        } else if !metric.is_empty() && !levels.metric.eq_ignore_ascii_case(metric) {
            return None;
        }
        let place = match word {
            Word::Pass => &mut levels.pass,
            Word::Warn => &mut levels.warn,
            Word::Abort => &mut levels.abort,
        };
        if place.replace(Threshold { metric: None, ..bar }).is_some() {
            return None;
        }
    }
    let abort = levels.abort.clone()?;
    turn_warning(&mut levels, &abort);
    (levels.pass.is_some() && !levels.overlap()).then_some(levels)
}

/// A warning that is bad when true, as the abort bar is, passes with a note up to the abort; without
/// a bar to pass, what does not warn passes.
fn turn_warning(levels: &mut Levels, abort: &Threshold) {
    let side = abort.operator.bounds_above();
    let same_side = |warn: &Threshold| side.is_some() && warn.operator.bounds_above() == side;
    if let Some(warning) = levels.warn.take_if(|warn| same_side(warn)) {
        levels.pass.get_or_insert_with(|| opposite(&warning));
        levels.warn = Some(opposite(abort));
    }
}

/// The bar that is met by what misses this one, whatever the time.
fn opposite(bar: &Threshold) -> Threshold {
    Threshold { operator: bar.operator.negated(), window: None, note: None, ..bar.clone() }
}

/// The clauses of a text, each before the ones in its parentheses.
fn clauses(text: Cursor<'_>) -> Vec<Cursor<'_>> {
    let mut all = Vec::new();
    for clause in clause::split(text) {
        let groups = clause::groups(&clause);
        all.push(clause::outside(&clause, &groups));
        all.extend(groups);
    }
    all
}

/// The level and the bar of a clause: `Some(None)` of one without a criterion, `None` where it is not clear.
/// The `first` may leave its level out, and tells what passes.
fn bar(clause: Cursor<'_>, first: bool) -> Option<Option<(Word, Threshold)>> {
    let mut found = Vec::new();
    explicit(clause, None, &mut found);
    let bar = match found.pop() {
        None => return Some(None),
        Some(only) if found.is_empty() => only.threshold,
        Some(_) => return None,
    };
    let metric = bar.metric.as_deref().unwrap_or_default().trim_matches(BETWEEN);
    let (word, metric) = match labelled(metric) {
        Some(known) => known,
        None if first => (Word::Pass, metric),
        None => return None,
    };
    let metric = (!metric.is_empty()).then(|| metric.into());
    Some(Some((word, Threshold { metric, ..bar })))
}

/// The level in the words before an operator, and what is left of them: `Error rate: target`, `Critical: error
/// rate`. `Critical errors` are no level.
fn labelled(metric: &str) -> Option<(Word, &str)> {
    WORDS.iter().find_map(|(word, level)| {
        let front = metric.get(..word.len()).filter(|front| front.eq_ignore_ascii_case(word));
        let behind = front.and_then(|_| metric[word.len()..].trim_start().strip_prefix(':'));
        let before = ends_with_word(metric, word).then(|| &metric[..metric.len() - word.len()]);
        Some((*level, before.or(behind)?.trim_matches(BETWEEN)))
    })
}
