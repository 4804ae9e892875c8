//! Labelled lines: `**Command**: …`, `Expected: …`.
//!
//! Takes a line, gives label and value, and what the label means. Whoever calls decides what becomes of a label that
//! means nothing here.

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
const LABELS: [(Meaning, &[&str]); 10] = [
    (Meaning::Run, &["command", "commands", "cmd", "run", "execute", "script"]),
    (
        Meaning::Expect,
        &[
            "expected",
            "expect",
            "expected-result",
            "expected-output",
            "expected-outcome",
            "result",
            "verification",
            "verify",
            "success-criteria",
            "criteria",
            "acceptance-criteria",
        ],
    ),
    (
        Meaning::Threshold,
        &[
            "threshold",
            "thresholds",
            "target",
            "limit",
            "minimum",
            "maximum",
            "metric",
            "metrics",
            "sla",
            "slo",
            "critical",
            "acceptable",
        ],
    ),
    (
        Meaning::Owner,
        &[
            "owner",
            "owners",
            "responsible",
            "responsible-party",
            "assigned",
            "assigned-to",
            "assignee",
            "who",
            "verified-by",
            "performed-by",
            "lead",
        ],
    ),
    (Meaning::Evidence, &["evidence", "document", "screenshot", "proof", "attach", "attachment"]),
    (Meaning::Warning, &["warning", "caution", "danger"]),
    (
        Meaning::About,
        &[
            "note",
            "notes",
            "detail",
            "details",
            "description",
            "about",
            "why",
            "purpose",
            "remark",
            "remarks",
            "comment",
            "comments",
        ],
    ),
    (Meaning::At, &["at", "when", "time", "start", "start-time"]),
    (Meaning::Duration, &["duration", "estimated-duration", "estimated-time", "time-estimate", "length"]),
    (Meaning::Confirm, &["confirmed-by", "reviewed-by", "second-person", "witness"]),
];

/// What a label means.
pub(super) fn meaning(label: &str) -> Option<Meaning> {
    let label = slug(label);
    LABELS.iter().find(|(_, known)| known.contains(&label.as_str())).map(|(meaning, _)| *meaning)
}

/// Label and value of a line: `**Label**: value`, `**Label:** value`, and with `plain` also `Label: value`. The value
/// may be empty.
pub(super) fn split(line: &str, plain: bool) -> Option<(&str, &str)> {
    let line = line.trim();
    if let Some((label, value)) = line.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
        let (label, value) = (label.trim(), value.trim());
        let inside = label.strip_suffix(':');
        let value = if inside.is_some() { Some(value) } else { value.strip_prefix(':').map(str::trim) };
        return value
            .map(|value| (inside.unwrap_or(label).trim(), value))
            .filter(|(label, _)| !label.is_empty());
    }
    let (label, value) = line.split_once(": ").or_else(|| line.strip_suffix(':').map(|label| (label, "")))?;
    let is_label = |label: &str| {
        label.starts_with(char::is_alphabetic)
            && label.split(' ').count() <= 4
            && label.chars().all(|c| c.is_alphanumeric() || " /&-'()".contains(c))
    };
    (plain && is_label(label)).then_some((label, value.trim()))
}

/// The labels and values of a paragraph that is nothing else.
pub(super) fn facts(text: &str) -> Option<Vec<(&str, &str)>> {
    text.lines().map(|line| split(line.trim_end_matches(['\\', ' ']), false)).collect()
}

/// Whether a value is a gap to fill in: `____`, `[NAME]`, `☐`, nothing.
pub(super) fn is_blank(value: &str) -> bool {
    let value = value.trim();
    let is_bracketed = value.starts_with('[') && value.ends_with(']') && !value[1..].contains('[');
    let is_gap = |c: char| {
        c == '_'
            || c == '-'
            || c == '—'
            || c == '…'
            || c == '.'
            || c == '/'
            || c.is_whitespace()
            || (!c.is_ascii() && !c.is_alphanumeric())
    };
    is_bracketed || value.chars().all(is_gap)
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
        for gap in ["", "____", "[NAME]", "☐", "__/__/____", "—"] {
            assert!(is_blank(gap), "{gap}");
        }
        for value in ["Ana", "> 30 d", "[ana](a.md)", "`ls`"] {
            assert!(!is_blank(value), "{value}");
        }
    }
}
