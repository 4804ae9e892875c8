//! Differences for a terminal.
//!
//! Takes the differences, gives text with colours, or lines in the language of a record; what authors
//! wrote cannot steer the terminal.

use super::{Compared, Presence, Report};
use crate::config::Labels;
use crate::diagnostic::Phrase;
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
    let teller = Teller { compared, labels: Labels::english() };
    for change in shown {
        out.push_str(&format!("    {}\n", teller.told(change)));
    }
}

/// One change on one line: ``loosened: check `backup`, thresholds …``
pub(super) fn line(change: &Change, compared: &Compared, labels: &Labels) -> String {
    let told = Teller { compared, labels }.told(change);
    let text = format!("{}: {told}", labels.word(change.group.label()));
    text.lines().next().unwrap_or_default().to_owned()
}

/// Tells the changes of a runbook in a language.
struct Teller<'a> {
    compared: &'a Compared,
    labels: &'a Labels,
}

impl Teller<'_> {
    /// ``check `backup`, thresholds: `a` → `b` ``
    fn told(&self, change: &Change) -> String {
        let words = |value: &Option<Phrase>| value.as_ref().map(|value| value.words(self.labels));
        let (before, after) = (words(&change.before), words(&change.after));
        let head = seen(&self.head(change));
        match (change.key, before.as_deref(), after.as_deref()) {
            (None, Some(before), Some(after)) => {
                let blanks = [("what", head.as_str()), ("before", &seen(before)), ("after", &seen(after))];
                self.labels.fill("diff-from", &blanks)
            }
            (None, ..) => self.whole(change, head),
            (Some(_), None, None) => head,
            (Some(_), before, after) => {
                let many = |text: Option<&str>| text.is_some_and(|text| text.contains('\n'));
                if many(before) || many(after) {
                    return format!("{head}:{}{}", lines('-', before), lines('+', after));
                }
                format!("{head}: {} → {}", self.quoted(before), self.quoted(after))
            }
        }
    }

    /// ``check `backup`, thresholds``
    fn head(&self, change: &Change) -> String {
        let kind = self.labels.word(kind(change.kind));
        let name = match change.kind {
            "runbook" | "release" => kind.to_owned(),
            _ => format!("{kind} `{}`", change.id),
        };
        match (change.key, &change.before) {
            (Some(key), _) => format!("{name}, {key}"),
            (None, Some(_)) => name,
            (None, None) => format!("{name} ({})", change.title),
        }
    }

    /// Where something came or went, and how much with it.
    fn whole(&self, change: &Change, head: String) -> String {
        let place = format!("`{}`", seen(&change.section));
        let here = match change.section.is_empty() {
            true => head,
            false => self.labels.fill("diff-in", &[("what", &head), ("place", &place)]),
        };
        match self.compared.folded(change) {
            0 => here,
            number => self.labels.fill("diff-inside", &[("what", &here), ("n", &number.to_string())]),
        }
    }

    fn quoted(&self, value: Option<&str>) -> String {
        value.map_or_else(|| self.labels.word("diff-none").to_owned(), |value| format!("`{}`", seen(value)))
    }
}

/// The label of what a change is about, within a sentence.
fn kind(kind: &str) -> &'static str {
    match kind {
        "runbook" => "diff-runbook",
        "release" => "diff-release",
        "section" => "diff-section",
        "check" => "diff-check",
        "step" => "diff-step",
        "trigger" => "diff-trigger",
        "message" => "diff-message",
        "gate" => "diff-gate",
        "plan" => "diff-plan",
        "journal" => "diff-journal",
        _ => "diff-table",
    }
}

fn lines(sign: char, text: Option<&str>) -> String {
    let lines = text.unwrap_or_default().lines();
    lines.map(|line| format!("\n      {sign} {}", seen(line))).collect()
}

/// Text without what would steer a terminal.
fn seen(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
