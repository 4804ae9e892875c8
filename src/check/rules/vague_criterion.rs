//! # vague-criterion
//!
//! "Sufficient disk space", "response times normal", "resources appropriate": every reader agrees, and each means
//! something else. A criterion has a number (`free disk > 20 GB`) or says how it is seen (`shown-by:`).
//!
//! States, conditions of triggers and what a step expects are looked at; an item that has a threshold, a
//! command or a place to look is not vague, whatever its words.
//!
//! ```yaml
//! thresholds: { state: memory is sufficient }                                     # wrong
//! thresholds: free memory > 2 GB                                                  # right
//! thresholds: { state: memory is sufficient, shown-by: green panel of the host }  # right
//! ```

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::text::words;
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Criterion, Item, Section, Trigger};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    name: "vague-criterion",
    summary: "a criterion that everybody reads in another way",
    topic: Topic::Measure,
    weight: Weight::Gap,
    source: include_str!("vague_criterion.rs"),
    look: Look::Runbook(look),
};

/// Words that promise a measure and give none.
const VAGUE: &[&str] = &[
    "acceptable",
    "adequate",
    "adequately",
    "appropriate",
    "appropriately",
    "excessive",
    "excessively",
    "normal",
    "normally",
    "reasonable",
    "reasonably",
    "satisfactory",
    "significant",
    "significantly",
    "sufficient",
    "sufficiently",
    "unacceptable",
    "unusual",
    "unusually",
];

/// The same in several words.
const PHRASES: &[&str] =
    &["as needed", "as appropriate", "as necessary", "good enough", "too high", "too long", "too slow"];

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let judge = Judge(around);
    let mut found = Vec::new();
    for section in runbook.all_sections() {
        judge.section(section, &mut found);
    }
    for (_, item) in runbook.all_items() {
        judge.item(item, &mut found);
    }
    found
}

struct Judge<'a>(&'a Surroundings<'a>);

impl Judge<'_> {
    fn section(&self, section: &Section, found: &mut Vec<Diagnostic>) {
        section.bars().for_each(|bar| found.extend(self.state(bar)));
        for Trigger { condition, bar, .. } in section.triggers() {
            if bar.is_none() {
                found.extend(self.report(&condition.source, condition.span, "the condition"));
            }
        }
    }

    fn item(&self, item: &Item, found: &mut Vec<Diagnostic>) {
        item.bars.iter().for_each(|bar| found.extend(self.state(bar)));
        let seen = !item.bars.is_empty()
            || item.run.is_some()
            || !item.evidence.is_empty()
            || !item.checks.is_empty();
        if seen {
            return;
        }
        match &item.expect {
            Some(expect) => found.extend(self.report(&expect.source, expect.span, "what is expected")),
            None => found.extend(self.report(&item.title.source, item.title.span, "the criterion")),
        }
    }

    fn state(&self, bar: &Bar) -> Option<Diagnostic> {
        match &bar.criterion {
            Criterion::State { state, shown_by: None } => self.report(&state.source, state.span, "the state"),
            _ => None,
        }
    }

    fn report(&self, text: &str, span: Span, what: &str) -> Option<Diagnostic> {
        if text.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let (at, vague) = vague(text)?;
        let span = self.0.locate(span, text, at..at + vague.len());
        let message = format!("{what} is vague: `{vague}`");
        let help = "say how much, `free disk > 20 GB`, or how it is seen: `{ state: …, shown-by: … }`";
        Some(finding(span, message).label("everybody reads this in another way").help(help))
    }
}

/// The first vague words of a text.
fn vague(text: &str) -> Option<(usize, &str)> {
    let lower = text.to_lowercase();
    let single = words(text).find(|(_, word)| VAGUE.iter().any(|vague| vague.eq_ignore_ascii_case(word)));
    let phrase = PHRASES.iter().filter_map(|phrase| {
        let at = lower.find(phrase)?;
        Some((at, text.get(at..at + phrase.len())?))
    });
    single.into_iter().chain(phrase).min()
}
