//! `runsheet release show`: where a release stands, for a terminal.
//!
//! Verdict, progress of each section, what blocks, what comes next and whose it is, triggers that are
//! true, who signed. Nothing in it needs colour.

use std::collections::BTreeSet;

use crate::cli::Show;
use crate::command::terminal::one_line;
use crate::command::{Outcome, Place, gate, subject};
use crate::error::Result;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::model::section::{Gate, Item, Section};
use crate::pipeline;
use crate::release::{self, Assessment, Mark, Next, Progress};

/// Signs in a bar.
const WIDTH: usize = 20;
/// How many open items are listed.
const NEXT: usize = 5;
/// A moment as it is shown.
const MINUTE: &str = "%Y-%m-%d %H:%M";

pub(crate) fn run(arguments: &Show, place: &Place<'_>) -> Result<Outcome> {
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let plan = subject::release(&project, &arguments.release)?;
    let runbook = subject::runbook(&project, plan)?;
    let assessed = release::assess(plan, &project.library.roster, gate::as_of(plan)?);
    place.terminal.answer(&Shown { plan, runbook, assessed: &assessed }.text())?;
    Ok(Outcome::Fine)
}

/// What is shown.
struct Shown<'a> {
    plan: &'a Release,
    runbook: &'a Runbook,
    assessed: &'a Assessment,
}

impl Shown<'_> {
    fn text(&self) -> String {
        // Nothing comes next in a release that is over.
        let open = if self.assessed.outcome.is_some() { "Left open" } else { "Next" };
        let parts = [
            ("", self.head()),
            ("Progress", self.progress()),
            ("What blocks", self.reasons()),
            ("Deviations", subject::deviations(self.runbook, self.assessed)),
            (open, self.next()),
            ("Fired", self.fired()),
            ("Signed", self.signed()),
        ];
        let mut text = String::new();
        for (title, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            if !title.is_empty() {
                text.push_str(&format!("\n{title}\n"));
            }
            let indent = if title.is_empty() { "" } else { "  " };
            lines.iter().for_each(|line| text.push_str(&format!("{indent}{}\n", one_line(line).trim_end())));
        }
        text
    }

    fn head(&self) -> Vec<String> {
        let Release { name, version, .. } = self.plan;
        let as_of = subject::local(self.plan, self.assessed.as_of);
        let mut lines = vec![
            format!("{name}: {} {version}", self.runbook.title.plain()),
            format!("{} as of {as_of}", self.assessed.verdict.word()),
        ];
        if let Some(window) = &self.plan.window {
            let end = window.end.as_ref().map(|end| format!(" to {}", end.value.strftime(MINUTE)));
            let (start, end) = (window.start.value.strftime(MINUTE), end.unwrap_or_default());
            lines.push(format!("window {start}{end} {}", window.zone.value));
        }
        for (id, gate) in &self.assessed.gates {
            let called: Vec<String> =
                gate.called.iter().map(|call| format!("{} by {}", call.choice, call.mark.by)).collect();
            let called =
                if called.is_empty() { String::new() } else { format!(", called {}", called.join(", ")) };
            lines.push(format!("gate {id}: {}{called}", gate.verdict.word()));
        }
        if let Some((outcome, mark)) = &self.assessed.outcome {
            lines.push(format!("closed as {outcome}, {}", self.mark(mark)));
        }
        lines
    }

    /// `readiness  [####................]  1 of 4, 1 failed`
    fn progress(&self) -> Vec<String> {
        let all = ("all", self.assessed.progress);
        let asked: Vec<&str> =
            release::asked(self.runbook, self.assessed).iter().map(|section| section.id.as_str()).collect();
        let sections = self.runbook.sections.iter().filter(|section| asked.contains(&section.id.as_str()));
        let of = |section: &Section| self.assessed.sections.get(&section.id).map(|known| known.progress);
        let sections = sections.filter_map(|section| Some((section.id.as_str(), of(section)?)));
        let rows: Vec<(&str, Progress)> =
            sections.chain([all]).filter(|(_, progress)| progress.total > 0).collect();
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        rows.into_iter()
            .map(|(name, progress)| format!("{name:width$}  {}  {}", bar(&progress), counts(&progress)))
            .collect()
    }

    fn reasons(&self) -> Vec<String> {
        let reasons = self.assessed.reasons.iter();
        let line = |reason: &release::Reason| {
            format!(
                "{:9}  {}: {}{}",
                reason.verdict.word(),
                subject::words(self.runbook, &reason.about),
                reason.text,
                subject::recorded(self.plan, reason)
            )
        };
        reasons.map(line).collect()
    }

    /// The first items that wait, and the gate that is to be called before the others.
    fn next(&self) -> Vec<String> {
        let Next { items, gate } = release::next(self.runbook, self.assessed);
        let mut lines: Vec<String> = items.iter().take(NEXT).map(|item| self.line(item)).collect();
        if items.len() > NEXT {
            lines.push(format!("and {} more", items.len() - NEXT));
        }
        lines.extend(gate.map(|gate| self.gate(gate)));
        lines
    }

    /// `gate go-no-go (Go/no-go), UNDECIDED, to be called by lead`
    fn gate(&self, gate: &Gate) -> String {
        let verdict = self.assessed.gates.get(&gate.id).map_or("", |known| known.verdict.word());
        let deciders: Vec<&str> = gate.decides.iter().map(|role| role.name.as_str()).collect();
        let by = if deciders.is_empty() {
            String::new()
        } else {
            format!(", to be called by {}", deciders.join(", "))
        };
        format!("gate {} ({}), {verdict}{by}", gate.id, gate.title.plain())
    }

    /// The roles that have to confirm what is done.
    fn unconfirmed(&self, item: &Item) -> &[String] {
        self.assessed.items.get(&item.id).map_or(&[], |known| &known.unconfirmed)
    }

    /// `[ ] tests (Tests pass), qa-lead`, `[x] migrate (Migrate), to be confirmed by dba`
    fn line(&self, item: &Item) -> String {
        let (id, title) = (&item.id, item.title.plain());
        let awaited = self.unconfirmed(item);
        if !awaited.is_empty() {
            return format!("[x] {id} ({title}), to be confirmed by {}", awaited.join(", "));
        }
        let owners: Vec<&str> = item.answers.iter().map(|owner| owner.name.as_str()).collect();
        let owners = if owners.is_empty() { "nobody answers for it".to_owned() } else { owners.join(", ") };
        format!("[ ] {id} ({title}), {owners}")
    }

    /// The triggers that are true now.
    fn fired(&self) -> Vec<String> {
        let sections = self.runbook.all_sections();
        let triggers = sections.into_iter().flat_map(Section::triggers);
        let mut lines = Vec::new();
        for trigger in triggers {
            let known = self.assessed.triggers.get(&trigger.id).filter(|known| known.fired);
            let Some(last) = known.and_then(|known| known.history.iter().rfind(|event| event.fired)) else {
                continue;
            };
            let value = last.actual.as_ref().map(|(value, _)| format!(" at {value}")).unwrap_or_default();
            let (id, when) = (&trigger.id, trigger.condition.plain());
            lines.push(format!("{id} ({when}){value}, {}", self.mark(&last.mark)));
        }
        lines
    }

    /// Who signed as what, each signature once.
    fn signed(&self) -> Vec<String> {
        let sections = self.runbook.all_sections();
        let approvals = sections.iter().filter_map(|section| self.assessed.sections.get(&section.id));
        let mut seen = BTreeSet::new();
        let mut lines = Vec::new();
        for signature in approvals.flat_map(|known| &known.approvals).flat_map(|known| &known.signatures) {
            if !seen.insert(signature.mark.event) {
                continue;
            }
            let note = match (&signature.note, signature.counts) {
                (Some(note), true) => format!(" ({note})"),
                (Some(note), false) => format!(" (does not count: {note})"),
                (None, _) => String::new(),
            };
            let key = if signature.key { ", SSH signature not verified here" } else { "" };
            let (role, choice) = (&signature.role, &signature.choice);
            lines.push(format!("{role}: {choice}, {}{key}{note}", self.mark(&signature.mark)));
        }
        lines
    }

    /// `2026-12-01 09:02 by ana`
    fn mark(&self, mark: &Mark) -> String {
        format!("{} by {}", subject::local(self.plan, mark.at), mark.by)
    }
}

/// Settled items as `#`, failed and blocked ones as `!`, at least one sign each; open ones as `.`.
fn bar(progress: &Progress) -> String {
    let bad = progress.failed + progress.blocked;
    let good = progress.settled();
    let signs = |count: usize| match count {
        0 => 0,
        count => (count * WIDTH / progress.total.max(1)).max(1),
    };
    let bad = signs(bad).min(WIDTH);
    // A bar is full when everything is settled, and not before.
    let open = signs(progress.pending).min(WIDTH - bad);
    let good = if good == 0 { 0 } else { WIDTH - bad - open };
    let open = WIDTH - bad - good;
    format!("[{}{}{}]", "#".repeat(good), "!".repeat(bad), ".".repeat(open))
}

/// `3 of 5, 1 failed`
fn counts(progress: &Progress) -> String {
    let good = progress.settled();
    let more = [
        (progress.failed, "failed"),
        (progress.blocked, "blocked"),
        (progress.waived, "waived"),
        (progress.not_applicable, "n/a"),
    ];
    let more: Vec<String> = more
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!(", {count} {what}"))
        .collect();
    format!("{good} of {}{}", progress.total, more.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_tell_the_truth() {
        let progress = |done, failed, pending| Progress {
            total: done + failed + pending,
            done,
            failed,
            pending,
            ..Progress::default()
        };
        assert_eq!(bar(&progress(0, 0, 3)), "[....................]");
        assert_eq!(bar(&progress(99, 0, 1)), "[###################.]");
        assert_eq!(bar(&progress(100, 0, 0)), "[####################]");
        assert_eq!(bar(&progress(98, 1, 1)), "[##################!.]");
        assert_eq!(bar(&progress(0, 5, 0)), "[!!!!!!!!!!!!!!!!!!!!]");
    }
}
