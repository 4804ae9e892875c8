//! How much a finding weighs: the rule's own weight, the life of the document, the site's wish.
//!
//! Takes the configuration, gives levels; names that are no rules come back as findings.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::rule::{Life, Rule, Weight, finding};
use super::{RULES, Subject, rule};
use crate::config::{Config, RuleLevel};
use crate::diagnostic::{Diagnostic, Severity, closest};
use crate::model::release::{Act, Release};
use crate::model::time::Moment;
use crate::source::FileId;

/// The levels of one site.
pub(super) struct Levels<'a> {
    config: &'a Config,
}

impl<'a> Levels<'a> {
    pub(super) fn new(config: &'a Config) -> Self {
        Self { config }
    }

    /// What the site says of a rule. A fault of reading stays what it is: nothing can be said of a
    /// document that is not understood.
    fn wish(&self, name: &str) -> Option<RuleLevel> {
        if rule(name).is_none_or(|rule| rule.weight == Weight::Fault) {
            return None;
        }
        self.config.rules.iter().rev().find(|(known, _)| known.value == name).map(|(_, level)| *level)
    }

    /// Whether a rule is looked for at all.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.wish(name) != Some(RuleLevel::Off)
    }

    /// The findings of `rule` in a document, as much as they weigh there; how far the document has come
    /// is asked only where something was found.
    pub(super) fn weigh(
        &self,
        rule: &Rule,
        found: Vec<Diagnostic>,
        life: impl Fn() -> Life,
    ) -> Vec<Diagnostic> {
        if found.is_empty() {
            return found;
        }
        let own = |weight: Weight| match self.wish(rule.name) {
            Some(RuleLevel::Off) => None,
            Some(RuleLevel::Warning) => Some(Severity::Warning),
            Some(RuleLevel::Error) => Some(Severity::Error),
            None => weight.severity(life()),
        };
        let weighed = |found: Diagnostic| {
            let severity = own(if found.doubt { Weight::Doubt } else { rule.weight })?;
            Some(Diagnostic { rule: rule.name, severity, ..found })
        };
        found.into_iter().filter_map(weighed).collect()
    }

    /// Gives a finding of the stages before its level; `false` where it is off.
    pub(super) fn apply(&self, found: &mut Diagnostic) -> bool {
        match self.wish(found.rule) {
            Some(RuleLevel::Off) => return false,
            Some(RuleLevel::Warning) => found.severity = Severity::Warning,
            Some(RuleLevel::Error) => found.severity = Severity::Error,
            None => {}
        }
        true
    }

    /// Names under `rules:` that are no rules, and faults that somebody wants to be less.
    pub(super) fn unknown(&self, subject: &Subject<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (name, _) in &subject.config.rules {
            match rule(name) {
                None => found.push(unknown_rule(name, name.span)),
                Some(known) if known.weight == Weight::Fault => {
                    let message = format!("the level of `{}` cannot be changed", known.name);
                    found.push(Diagnostic::warning("unknown-rule", name.span, message).help(
                        "nothing can be said about a document that cannot be read: mend it, or remove this line",
                    ));
                }
                Some(_) => {}
            }
        }
        found
    }
}

/// A name that is no rule, with the nearest one.
pub(super) fn unknown_rule(name: &str, span: crate::source::Span) -> Diagnostic {
    let near = closest(name, RULES.iter().map(|rule| rule.name));
    let label =
        near.map_or_else(|| "no rule has this name".to_owned(), |near| format!("did you mean `{near}`?"));
    let found = finding(span, format!("unknown rule `{name}`")).label(label);
    let found = found.help("`runsheet explain` prints the table of all rules");
    Diagnostic { rule: "unknown-rule", severity: Severity::Error, ..found }
}

/// How far a release has come: it is held to everything from its first gate on. A gate counts from
/// its time in the plan, or from what was called at it; without a gate the window's start counts.
pub(super) fn life(subject: &Subject<'_>, release: &Release) -> Life {
    let over = |act: &Act| matches!(act, Act::Gate { .. } | Act::Outcome { .. });
    if release.journal.events.iter().any(|event| over(&event.act)) {
        return Life::Issued;
    }
    match first_gate(release) {
        Some(gate) if gate <= subject.as_of => Life::Issued,
        _ => Life::Draft,
    }
}

/// How far the document in a file has come; what is neither runbook nor release is in force.
pub(super) fn life_of(subject: &Subject<'_>, file: FileId) -> Life {
    let library = subject.library;
    if let Some(runbook) = library.runbooks.iter().find(|runbook| runbook.file == file) {
        return runbook.status.into();
    }
    let of = |release: &&Arc<Release>| release.file == file || release.journal.file == Some(file);
    library.releases.iter().find(of).map_or(Life::Issued, |release| life(subject, release))
}

fn first_gate(release: &Release) -> Option<Timestamp> {
    let t = release.window.as_ref()?.t()?;
    let sections = release.runbook.iter().flat_map(|runbook| runbook.all_sections());
    let gates = sections.flat_map(|section| section.gates());
    let offsets = gates.filter_map(|gate| gate.at.as_ref().map(|at| at.value)).filter_map(Moment::offset);
    let offset = offsets.min().unwrap_or(0).min(0);
    t.checked_add(SignedDuration::from_secs(offset)).ok()
}
