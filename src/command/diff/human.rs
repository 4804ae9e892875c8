//! Differences for a terminal.
//!
//! Takes the differences, gives text with colours; what authors wrote cannot steer the terminal.

use super::{Compared, Presence, Report};
use crate::release::compare::{Change, Group};

/// What was weakened.
const ALARM: &str = "\u{1b}[1;31m";
/// Other headings.
const BOLD: &str = "\u{1b}[1m";
/// Back to plain text.
const PLAIN: &str = "\u{1b}[0m";

pub(super) fn render(report: &Report) -> String {
    let mut out =
        format!("{BOLD}{} → {}{PLAIN}\n", seen(&report.before.words()), seen(&report.after.words()));
    for compared in &report.compared {
        let name = format!("runbook `{}` ({})", seen(&compared.id), seen(&compared.title));
        match compared.presence {
            Presence::OnlyBefore => out.push_str(&format!("\n{ALARM}{name} is removed{PLAIN}\n")),
            Presence::OnlyAfter => out.push_str(&format!("\n{BOLD}{name} is added{PLAIN}\n")),
            Presence::Both => {
                out.push_str(&format!("\n{BOLD}{name}{PLAIN}\n"));
                Group::ALL.into_iter().for_each(|group| push_group(&mut out, compared, group));
            }
        }
    }
    if report.compared.iter().all(|one| one.presence == Presence::Both && one.changes.is_empty()) {
        out.push_str("\nno differences\n");
    }
    out
}

fn push_group(out: &mut String, compared: &Compared, group: Group) {
    let shown = compared.shown(group);
    if shown.is_empty() {
        return;
    }
    let colour = if group <= Group::RollbackRemoved { ALARM } else { BOLD };
    out.push_str(&format!("\n  {colour}{}{PLAIN}\n", group.word()));
    for change in shown {
        out.push_str("    ");
        out.push_str(&seen(&head(change)));
        out.push_str(&values(change, compared));
        out.push('\n');
    }
}

/// One change on one line: ``loosened: check `backup`, thresholds …``
pub(super) fn line(change: &Change, compared: &Compared) -> String {
    let text = format!("{}: {}{}", change.group.word(), head(change), values(change, compared));
    text.lines().next().unwrap_or_default().to_owned()
}

/// ``check `backup`, thresholds``
fn head(change: &Change) -> String {
    let name = match change.kind {
        "runbook" | "release" => change.kind.to_owned(),
        kind => format!("{kind} `{}`", change.id),
    };
    match (change.key, &change.before) {
        (Some(key), _) => format!("{name}, {key}"),
        (None, Some(_)) => name,
        (None, None) => format!("{name} ({})", change.title),
    }
}

/// Everything behind the head of a line.
fn values(change: &Change, compared: &Compared) -> String {
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    match (change.key, before, after) {
        (None, Some(before), Some(after)) => format!(" from {} to {}", seen(before), seen(after)),
        (None, ..) => whole(change, compared),
        (Some(_), None, None) => String::new(),
        (Some(_), before, after) => {
            let many = |text: Option<&str>| text.is_some_and(|text| text.contains('\n'));
            if many(before) || many(after) {
                return format!(":{}{}", lines('-', before), lines('+', after));
            }
            format!(": {} → {}", quoted(before), quoted(after))
        }
    }
}

/// Where something came or went, and how much with it.
fn whole(change: &Change, compared: &Compared) -> String {
    let mut words = String::new();
    if !change.section.is_empty() {
        words.push_str(&format!(" in `{}`", seen(&change.section)));
    }
    match compared.folded(change) {
        0 => {}
        number => words.push_str(&format!(", with {number} inside")),
    }
    words
}

fn quoted(value: Option<&str>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| format!("`{}`", seen(value)))
}

fn lines(sign: char, text: Option<&str>) -> String {
    let lines = text.unwrap_or_default().lines();
    lines.map(|line| format!("\n      {sign} {}", seen(line))).collect()
}

/// Text without what would steer a terminal.
fn seen(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
