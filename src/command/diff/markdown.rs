//! Differences for a pull request.
//!
//! Takes the differences, gives Markdown in which what authors wrote stays text.

use super::{Compared, Presence, Report};
use crate::diagnostic::Phrase;
use crate::release::compare::{Change, Group};

pub(super) fn render(report: &Report) -> String {
    let (before, after) = (plain(&report.before.words()), plain(&report.after.words()));
    let mut out = format!("## Changes: {before} → {after}\n");
    for compared in &report.compared {
        let name = format!("{} ({})", plain(&compared.title), code(&compared.id));
        out.push_str(&format!("\n### {name}\n"));
        match compared.presence {
            Presence::OnlyBefore => out.push_str("\nThe runbook is **removed**.\n"),
            Presence::OnlyAfter => out.push_str("\nThe runbook is added.\n"),
            Presence::Both => Group::ALL.into_iter().for_each(|group| push_group(&mut out, compared, group)),
        }
    }
    if report.compared.iter().all(|one| one.presence == Presence::Both && one.changes.is_empty()) {
        out.push_str("\nNo differences.\n");
    }
    out
}

fn push_group(out: &mut String, compared: &Compared, group: Group) {
    let shown = compared.shown(group);
    if shown.is_empty() {
        return;
    }
    let word = group.word();
    let mark = if group <= Group::RollbackRemoved { "⚠ " } else { "" };
    let capital: String =
        word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    out.push_str(&format!("\n**{mark}{capital}**\n\n"));
    for change in shown {
        out.push_str(&format!("- {}{}\n", head(change), values(change, compared)));
    }
}

fn head(change: &Change) -> String {
    let name = match change.kind {
        "runbook" | "release" => change.kind.to_owned(),
        kind => format!("{kind} {}", code(&change.id)),
    };
    match (change.key, &change.before) {
        (Some(key), _) => format!("{name}, {key}"),
        (None, Some(_)) => name,
        (None, None) => format!("{name} ({})", plain(&change.title)),
    }
}

fn values(change: &Change, compared: &Compared) -> String {
    let words = |value: &Option<Phrase>| value.as_ref().map(ToString::to_string);
    let (before, after) = (words(&change.before), words(&change.after));
    match (change.key, before.as_deref(), after.as_deref()) {
        (None, Some(before), Some(after)) => format!(" from {before} to {after}"),
        (None, ..) => {
            let place = &change.section;
            let place = if place.is_empty() { String::new() } else { format!(" in {}", code(place)) };
            match compared.folded(change) {
                0 => place,
                number => format!("{place}, with {number} inside"),
            }
        }
        (Some(_), None, None) => String::new(),
        (Some(_), before, after) => {
            let many = |text: Option<&str>| text.is_some_and(|text| text.contains('\n'));
            if many(before) || many(after) {
                return block(before, after);
            }
            let quoted = |value: Option<&str>| value.map_or_else(|| "none".to_owned(), code);
            format!(": {} → {}", quoted(before), quoted(after))
        }
    }
}

/// Several lines, as a list entry's block of code.
fn block(before: Option<&str>, after: Option<&str>) -> String {
    let fence = "`".repeat(longest_run(before).max(longest_run(after)).max(2) + 1);
    let lines = |sign: char, text: Option<&str>| -> String {
        text.unwrap_or_default().lines().map(|line| format!("  {sign} {line}\n")).collect()
    };
    format!(":\n\n  {fence}diff\n{}{}  {fence}", lines('-', before), lines('+', after))
}

/// The longest run of backticks.
fn longest_run(text: Option<&str>) -> usize {
    let runs = text.unwrap_or_default().split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// A code span, whatever is in it.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let fence = "`".repeat(longest_run(Some(&text)) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text that no sign in it turns into marks.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '@' => {
                out.extend(['\\', c])
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
