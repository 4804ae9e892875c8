//! Labelled lines: `**Command**: …`, `Expected: …`.
//!
//! Takes a line, gives label and value, and what the label means. Whoever calls decides what becomes of a label that
//! means nothing here.

use super::block::{Block, Entry, Table};
use crate::model::identity::slug;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A command.
    Run,
    /// What is seen when it went well.
    Expect,
    /// A bar.
    Threshold,
    /// A bar that is bad news when it is met.
    Abort,
    /// Who answers.
    Owner,
    /// What must be attached.
    Evidence,
    /// A caution.
    Warning,
    /// More words.
    About,
    /// When.
    At,
    /// How long.
    Duration,
    /// Who else confirms.
    Confirm,
}

/// The labels that people write, by their slugs.
const LABELS: [(Meaning, &str); 11] = [
    (Meaning::Run, "command commands cmd run execute script"),
    (
        Meaning::Expect,
        "expected expect expected-result expected-output expected-outcome result verification verify success-criteria criteria acceptance-criteria",
    ),
    (
        Meaning::Threshold,
        "threshold thresholds target limit minimum maximum metric metrics sla slo acceptable",
    ),
    (
        Meaning::Abort,
        "critical abort abort-if abort-at abort-when rollback rollback-if rollback-at rollback-when rollback-threshold",
    ),
    (
        Meaning::Owner,
        "owner owners owned-by document-owner runbook-owner checklist-owner responsible responsible-party assigned assigned-to assignee who verified-by performed-by lead",
    ),
    (Meaning::Evidence, "evidence document screenshot proof attach attachment"),
    (Meaning::Warning, "warning caution danger"),
    (
        Meaning::About,
        "note notes detail details description about why purpose remark remarks comment comments",
    ),
    (Meaning::At, "at when time start start-time"),
    (Meaning::Duration, "duration estimated-duration estimated-time time-estimate length"),
    (Meaning::Confirm, "confirmed-by reviewed-by second-person witness"),
];

/// What a label means.
pub(super) fn meaning(label: &str) -> Option<Meaning> {
    let label = slug(label);
    LABELS.iter().find(|(_, known)| known.split(' ').any(|known| known == label)).map(|(meaning, _)| *meaning)
}

/// Label and value of a line: `**Label**: value`, `**Label:** value`, and with `plain` also `Label: value`. The value
/// may be empty.
pub(super) fn split(line: &str, plain: bool) -> Option<(&str, &str)> {
    let line = line.trim();
    let bold = line.trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric()).trim_start();
    if let Some((label, value)) = bold.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
        let (label, value) = (label.trim(), value.trim());
        let inside = label.strip_suffix(':');
        let value = if inside.is_some() { Some(value) } else { value.strip_prefix(':').map(str::trim) };
        return value
            .map(|value| (inside.unwrap_or(label).trim(), value))
            .filter(|(label, _)| !label.is_empty());
    }
    let colon = line.split_once(": ").or_else(|| line.split_once('：'));
    let (label, value) = colon.or_else(|| line.strip_suffix(':').map(|label| (label, "")))?;
    let label = label.trim_end();
    let is_label = |label: &str| {
        label.starts_with(char::is_alphabetic)
            && label.split(' ').count() <= 4
            && label.chars().all(|c| c.is_alphanumeric() || " /&-'()".contains(c))
    };
    (plain && is_label(label)).then_some((label, value.trim()))
}

/// Columns of a table of facts.
const NAMES: [&str; 7] = ["", "field", "property", "attribute", "key", "item", "parameter"];
const VALUES: [&str; 6] = ["", "value", "details", "detail", "information", "description"];

/// The labels and values of a paragraph, a list or a table that is nothing else. A single line needs emphasis to count, or a label
/// that is no sentence.
pub(super) fn facts(block: &Block) -> Option<Vec<(&str, &str)>> {
    match block {
        Block::Text(text) => lines(text, text.contains('\n') || is_key(text)),
        Block::List(list) if !list.ordered => {
            let is_line = |entry: &&Entry| !entry.task && entry.content.is_empty();
            list.entries
                .iter()
                .map(|entry| Some(entry).filter(is_line).and_then(|entry| split(&entry.head, true)))
                .collect()
        }
        Block::Table(Table { head, rows }) => {
            let [name, value] = head.as_slice() else { return None };
            let is_of_facts = NAMES.contains(&slug(name).as_str()) && VALUES.contains(&slug(value).as_str());
            if is_of_facts { rows.iter().map(|row| pair(row)).collect() } else { None }
        }
        _ => None,
    }
}

/// Whether a line is one that needs no emphasis to be told from a sentence: `Owner: Operations`.
fn is_key(line: &str) -> bool {
    split(line, true)
        .is_some_and(|(label, _)| matches!(meaning(label), Some(Meaning::Owner | Meaning::Duration)))
}

/// The labels and values of lines that all have one.
pub(super) fn lines(text: &str, plain: bool) -> Option<Vec<(&str, &str)>> {
    text.lines().map(|line| split(line.trim_end_matches(['\\', ' ']), plain)).collect()
}

/// A paragraph without the labelled lines and the lines of code that it ends with, and those lines.
pub(super) fn behind(text: &str) -> (&str, &str) {
    let is_known = |line: &str| split(line, true).is_some_and(|(label, _)| meaning(label).is_some());
    let is_own = |line: &str| code(line).is_some() || split(line, false).is_some() || is_known(line);
    let mut from = text.len();
    while let Some(at) =
        text[..from].rfind('\n').filter(|at| is_own(text[at + 1..from].trim_end_matches('\\')))
    {
        from = at;
    }
    (text[..from].trim_end_matches('\\'), text[from..].trim_start())
}

/// A row as a label with its value.
fn pair(row: &[String]) -> Option<(&str, &str)> {
    let [label, value] = row else { return None };
    let label = label.trim_matches(['*', ':', ' ']);
    (!label.is_empty()).then_some((label, value))
}

/// Whether a value is a gap to fill in: `____`, `[NAME]`, `☐`, nothing.
pub(super) fn is_blank(value: &str) -> bool {
    let value = value.trim();
    let is_bracketed = value.starts_with('[') && value.ends_with(']') && !value[1..].contains('[');
    let is_gap = |c: char| {
        c == '_'
            || c == '-'
            || c == '\\'
            || c == '—'
            || c == '…'
            || c == '.'
            || c == '/'
            || c.is_whitespace()
            || (!c.is_ascii() && !c.is_alphanumeric())
    };
    // `____ **Time:** ____`: several gaps, each but the first with its label.
    let mut outside = value.split("**").step_by(2);
    let is_gaps = value.starts_with('_') && outside.all(|part| part.chars().all(is_gap));
    is_bracketed || is_gaps || value.chars().all(is_gap) || value.split_whitespace().all(is_shortcode)
}

/// What stands behind a box at the start of a line.
pub(super) fn unboxed(line: &str) -> Option<&str> {
    const BOXES: [&str; 11] = ["☐", "☑", "☒", "□", "⬜", "✅", "✓", "✔", "[ ] ", "[x] ", "[X] "];
    let rest = BOXES.iter().find_map(|sign| line.strip_prefix(sign))?;
    Some(rest.trim_start_matches('\u{fe0f}').trim_start())
}

/// Whether a word is the name of a sign: `:white_check_mark:`.
pub(super) fn is_shortcode(word: &str) -> bool {
    let word = word.replace('\\', "");
    let name = word.strip_prefix(':').and_then(|rest| rest.strip_suffix(':')).unwrap_or_default();
    name.contains(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(&byte))
}

/// The one piece of code that a value is.
pub(super) fn code(value: &str) -> Option<&str> {
    let inside = value.trim().strip_prefix('`')?.strip_suffix('`')?;
    (!inside.is_empty() && !inside.contains('`')).then_some(inside.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_both_manners() {
        assert_eq!(split("**Command**: `ls`", false), Some(("Command", "`ls`")));
        assert_eq!(split("**Team Lead:** Ana", false), Some(("Team Lead", "Ana")));
        assert_eq!(split("Expected: 100 %", true), Some(("Expected", "100 %")));
        assert_eq!(split("Expected: 100 %", false), None);
        assert_eq!(split("**Everything is fine**", false), None);
        assert_eq!(split("See https://example.org: it says so", true), None);
    }

    #[test]
    fn gaps_are_known() {
        for gap in ["", "____", ":x:", "\\_\\_", "____ **Time:** ____", "[NAME]", "☐", "__/__/____", "—"]
        {
            assert!(is_blank(gap), "{gap}");
        }
        for value in ["Ana", "> 30 d", "[ana](a.md)", "`ls`", "**Ana**", "08:05:10"] {
            assert!(!is_blank(value), "{value}");
        }
    }
}
