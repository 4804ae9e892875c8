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

use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::roster::{Party, PartyKind, Roster};
use crate::model::runbook::Runbook;
use crate::model::section::Section;

pub(super) const RULE: Rule = Rule {
    name: "missing-owner",
    summary: "a section for which nobody answers",
    topic: Topic::Ownership,
    weight: Weight::Must,
    source: include_str!("missing_owner.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let mut lone = Vec::new();
    runbook.sections.iter().for_each(|section| collect(section, &mut lone));
    if lone.is_empty() {
        return Vec::new();
    }
    let roles = roles(around.roster());
    lone.into_iter().map(|section| report(section, around.roster_path(), &roles)).collect()
}

/// Collects the outermost sections that nobody answers for.
fn collect<'a>(section: &'a Section, lone: &mut Vec<&'a Section>) {
    if section.lost {
        return;
    }
    if section.answers.is_empty() {
        lone.push(section);
    } else {
        section.sections().for_each(|inner| collect(inner, lone));
    }
}

fn report(section: &Section, roster: &str, roles: &[(&str, Vec<String>)]) -> Diagnostic {
    let message = format!("section `{}` has no owner", section.title.plain());
    let help = match example(roles, section) {
        Some(role) => format!("add `owner:` with a role from {roster}, for example `{role}`"),
        None => format!("add `owner:` with a role, and the role to {roster}"),
    };
    finding(section.span, message).label("nobody answers for this section").help(help)
}

/// The roles of the roster with the words that say what they are about.
fn roles(roster: &Roster) -> Vec<(&str, Vec<String>)> {
    let roles = roster.parties.iter().filter(|party| party.kind == PartyKind::Role);
    let telling = |word: &String| word.len() > 2 && !COMMON.contains(&word.as_str());
    let named = |role: &Party| format!("{} {}", role.id.value, role.title.plain());
    let words = |role: &Party| lower_words(&named(role)).into_iter().filter(telling).collect();
    roles.map(|role| (role.id.value.as_str(), words(role))).collect()
}

fn lower_words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
}

/// A role that shares a word with the section, else the first one.
fn example<'a>(roles: &[(&'a str, Vec<String>)], section: &Section) -> Option<&'a str> {
    let title = lower_words(&section.title.plain());
    let fits = roles.iter().find(|(_, words)| words.iter().any(|word| title.contains(word)));
    fits.or(roles.first()).map(|(role, _)| *role)
}

/// Words of titles that say nothing about the subject.
const COMMON: [&str; 6] = ["lead", "the", "and", "for", "team", "manager"];
