//! # unknown-owner
//!
//! Wherever somebody is named — `owner`, `confirm`, `authority`, `role` and the like of an approval, `polls`,
//! `decides` and `escalates` of a gate, the escalation path, `contacts`, the holders and members in the roster,
//! the roles of a release — the name is an id of the roster. A mistyped name would be printed on the sheet
//! and reach nobody.
//!
//! An owner is a role, a team or a person, never an outside contact: nobody outside can answer for your
//! section. In a release, roles are held by a person or a team.
//!
//! ```yaml
//! owner: databse-admin             # wrong: the roster has `database-admin`
//! ```
//!
//! Where nobody is in the roster yet, or there is none, the first finding lists everybody who is named, as a roster to
//! begin with.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::check::hint::Hints;
use crate::check::passage::{Duty, Named, named};
use crate::check::surroundings::{Surroundings, Whole};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::model::identity::is_kebab;
use crate::model::roster::{Party, Roster};
use crate::model::runbook::Runbook;
use crate::model::section::Reference;
use crate::source::Kind;

pub(super) const RULE: Rule = Rule {
    name: "unknown-owner",
    summary: "a role, team, person or contact that the roster does not have",
    topic: Topic::Reference,
    weight: Weight::Always,
    source: include_str!("unknown_owner.rs"),
    look: Look::Several(&[Look::Runbook(of_runbook), Look::Site(of_site)]),
};

/// So many are listed of those whom a roster lacks.
const LISTED: usize = 20;

fn of_runbook(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    if around.roster().parties.is_empty() {
        return Vec::new();
    }
    let judge = Judge::new(around.roster(), around.roster_path());
    let named = named(runbook).into_iter().filter(|_| around.knows_all());
    named.filter_map(|Named { duty, reference }| judge.name(duty, reference)).collect()
}

fn of_site(whole: &Whole<'_>) -> Vec<Diagnostic> {
    let (subject, library) = (whole.subject, whole.subject.library);
    if library.unread.contains(&Kind::Roster) {
        return Vec::new();
    }
    if library.roster.parties.is_empty() {
        return nobody(subject);
    }
    let judge = Judge::new(&library.roster, subject.roster_path());
    let mut found = Vec::new();
    for party in &library.roster.parties {
        let held = party.holder.iter().chain(&party.backup).map(|holder| (Duty::Holder, holder));
        let members = party.members.iter().map(|member| (Duty::Member, member));
        found.extend(held.chain(members).filter_map(|(duty, name)| judge.name(duty, name)));
    }
    for assigned in library.releases.iter().flat_map(|release| &release.roles) {
        found.extend(judge.name(Duty::Role, &assigned.role));
        found.extend(assigned.holders().filter_map(|holder| judge.name(Duty::Holder, holder)));
    }
    found
}

/// The findings of a site whose roster has nobody: the first proposes one.
fn nobody(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (library, path) = (subject.library, subject.roster_path());
    let in_runbooks = library.runbooks.iter().flat_map(|runbook| named(runbook));
    let roles = library.releases.iter().flat_map(|release| &release.roles);
    let role = |reference| Named { duty: Duty::Role, reference };
    let holder = |reference| Named { duty: Duty::Holder, reference };
    let in_releases = roles.flat_map(|it| std::iter::once(role(&it.role)).chain(it.holders().map(holder)));
    let all: Vec<Named<'_>> = in_runbooks.chain(in_releases).collect();
    // Who holds something is no role; who does something most likely is one.
    let mut lacking: BTreeMap<&str, Duty> = BTreeMap::new();
    for Named { duty, reference } in &all {
        let known = lacking.entry(&reference.name).or_insert(*duty);
        if *duty == Duty::Holder {
            *known = *duty;
        }
    }
    let judge = Judge::new(&library.roster, path);
    let state = if subject.sources.find(path).is_some() { "nobody is in" } else { "there is no" };
    let unknown = |Named { duty, reference }: &Named<'_>| {
        let found = judge.unknown(*duty, reference).label(format!("{state} {path}"));
        Diagnostic { help: None, ..found }
    };
    let mut found: Vec<Diagnostic> = all.iter().map(unknown).collect();
    if let Some(first) = found.iter_mut().min_by_key(|found| (found.span.file, found.span.range().start)) {
        first.help = Some(format!("write {path}, for example\n{}", roster(&lacking)));
    }
    found
}

/// A roster of those whom it lacks.
fn roster(lacking: &BTreeMap<&str, Duty>) -> String {
    let names = || lacking.iter().filter(|(name, _)| is_kebab(name)).take(LISTED);
    let mut text = String::new();
    for (group, key, of_people) in [("people", "name", true), ("roles", "title", false)] {
        let of_group = names().filter(|(_, duty)| (**duty == Duty::Holder) == of_people);
        for (at, (name, _)) in of_group.enumerate() {
            let head = if at == 0 { format!("{group}:\n") } else { String::new() };
            let _ = writeln!(text, "{head}  {name}: {{ {key}: {} }}", spoken(name));
        }
    }
    match lacking.len() - names().count() {
        0 => {}
        more => text.push_str(&format!("# and {more} more\n")),
    }
    text.trim_end().to_owned()
}

/// `Deployment lead` of `deployment-lead`
fn spoken(id: &str) -> String {
    let mut letters = id.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.collect::<String>() + &letters.as_str().replace('-', " ")
}

struct Judge<'a> {
    roster: &'a Roster,
    /// Where it is written.
    path: &'a str,
    hints: Hints,
}

impl<'a> Judge<'a> {
    fn new(roster: &'a Roster, path: &'a str) -> Self {
        Self { roster, path, hints: Hints::new() }
    }

    fn name(&self, duty: Duty, reference: &Reference) -> Option<Diagnostic> {
        let fits = |party: &Party| duty.kinds().contains(&party.kind);
        match self.roster.find(&reference.name) {
            None => Some(self.unknown(duty, reference)),
            Some(party) if !fits(party) => {
                let (name, kind) = (&reference.name, party.kind.word());
                let message = format!("`{name}` is a {kind} and cannot be {}", duty.word());
                let found = finding(reference.span, message).related(party.id.span, format!("this {kind}"));
                Some(found.help(format!("name {}", duty.wanted())))
            }
            Some(_) => None,
        }
    }

    fn unknown(&self, duty: Duty, reference: &Reference) -> Diagnostic {
        let (roster, parties) = (self.path, &self.roster.parties);
        let fitting = parties.iter().filter(|party| duty.kinds().contains(&party.kind));
        let near = || self.hints.near(&reference.name, fitting.map(|party| party.id.value.as_str()));
        let spoken = self.meant(duty, &reference.name).map(|id| format!("did you mean `{id}`?"));
        let label = spoken.or_else(near).unwrap_or_else(|| format!("not in {roster}"));
        let message = format!("unknown {} `{}`", duty.noun(), reference.name);
        let help = match self.several(duty, &reference.name) {
            Some(ids) => format!("write several as a list: `[{}]`", ids.join(", ")),
            None => format!("name {} of {roster}, or add it there", duty.wanted()),
        };
        finding(reference.span, message).label(label).help(help)
    }

    /// The id of somebody who is called by name or title, or between quotes of a word processor.
    fn meant(&self, duty: Duty, name: &str) -> Option<&'a str> {
        let name = name.trim_matches(|c: char| c.is_whitespace() || "\"'“”„‘’«»@".contains(c)).to_lowercase();
        let called = |party: &&Party| {
            duty.kinds().contains(&party.kind)
                && (party.id.value == name || party.title.source.to_lowercase() == name)
        };
        self.roster.parties.iter().find(called).map(|party| party.id.value.as_str())
    }

    /// The ids of `dba, cto` or `dba and cto`, where all of them are known and may stand in a list.
    fn several(&self, duty: Duty, names: &str) -> Option<Vec<&'a str>> {
        let listed = duty != Duty::Role && duty != Duty::Holder;
        let apart = names.replace(" and ", ",");
        let parts = apart.split([',', '&', '+', '/']).filter(|_| listed);
        let ids: Vec<&str> = parts.map(|name| self.meant(duty, name)).collect::<Option<_>>()?;
        (ids.len() > 1).then_some(ids)
    }
}
