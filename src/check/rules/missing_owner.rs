//! # missing-owner
//!
//! Every section, at every level, has an owner: its own or the one of the section around it. The owner of the
//! document does not count, because it answers for the text and not for the work. In the night of the
//! deployment somebody asks "who does this?", and a section without an owner has no answer.
//!
//! Of sections inside each other only the outermost is reported; an owner there is passed on to all of them.
//!
//! ```yaml
//! sections:
//!   - title: Database
//!     owner: dba                   # without this line nobody answers
//!     checks: [Backup restored]
//! ```

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::roster::{Party, PartyKind, Roster};
use crate::model::runbook::Runbook;
use crate::model::section::Section;
use crate::source::Kind;

pub(super) const RULE: Rule = Rule {
    name: "missing-owner",
    summary: "a section for which nobody answers",
    topic: Topic::Ownership,
    weight: Weight::Must,
    source: include_str!("missing_owner.rs"),
    look: Look::Runbook(look),
};

fn look(subject: &Subject<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for section in &runbook.sections {
        visit(section, &mut |section| found.push(report(subject, section)));
    }
    found
}

/// Calls `report` with the outermost sections that nobody answers for.
fn visit(section: &Section, report: &mut impl FnMut(&Section)) {
    if section.answers.is_empty() {
        report(section);
    } else {
        section.sections().for_each(|inner| visit(inner, report));
    }
}

fn report(subject: &Subject<'_>, section: &Section) -> Diagnostic {
    let message = format!("section `{}` has no owner", section.title.plain());
    let roster = subject.sources.of(Kind::Roster).next();
    let roster = roster.map_or("content/roster.yaml", |(_, source)| source.path.as_str());
    let help = match example(&subject.library.roster, section) {
        Some(role) => format!("add `owner:` with a role from {roster}, for example `{}`", role.id.value),
        None => format!("add `owner:` with a role, and the role to {roster}"),
    };
    finding(section.span, message).label("nobody answers for this section").help(help)
}

/// A role that shares a word with the section, else the first one.
fn example<'a>(roster: &'a Roster, section: &Section) -> Option<&'a Party> {
    let title = section.title.plain().to_lowercase();
    let words = |text: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()
    };
    let title = words(&title);
    let fits = |role: &&Party| {
        let named = words(&format!("{} {}", role.id.value, role.title.plain()));
        named.iter().any(|word| word.len() > 2 && !COMMON.contains(&word.as_str()) && title.contains(word))
    };
    let roles = || roster.parties.iter().filter(|party| party.kind == PartyKind::Role);
    roles().find(fits).or_else(|| roles().next())
}

/// Words of titles that say nothing about the subject.
const COMMON: [&str; 6] = ["lead", "the", "and", "for", "team", "manager"];
