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

use crate::check::Subject;
use crate::check::hint::Hints;
use crate::check::passage::{Duty, Named, named};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::model::roster::{Party, PartyKind};
use crate::model::section::Reference;
use crate::source::Kind;

pub(super) const RULE: Rule = Rule {
    name: "unknown-owner",
    summary: "a role, team, person or contact that the roster does not have",
    topic: Topic::Reference,
    weight: Weight::Always,
    source: include_str!("unknown_owner.rs"),
    look: Look::Site(look),
};

fn look(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let library = subject.library;
    if library.unread.contains(&Kind::Roster) {
        return Vec::new();
    }
    let hints = Hints::new();
    let judge = |duty, reference| judge(subject, &hints, duty, reference);
    let mut found = Vec::new();
    for runbook in &library.runbooks {
        for Named { duty, reference } in named(runbook) {
            found.extend(judge(duty, reference));
        }
    }
    for party in &library.roster.parties {
        let held = party.holder.iter().chain(&party.backup).map(|holder| (Duty::Holder, holder));
        let members = party.members.iter().map(|member| (Duty::Member, member));
        found.extend(held.chain(members).filter_map(|(duty, name)| judge(duty, name)));
    }
    for (role, holder) in library.releases.iter().flat_map(|release| &release.roles) {
        found.extend(judge(Duty::Role, role));
        found.extend(judge(Duty::Holder, holder));
    }
    found
}

fn judge(subject: &Subject<'_>, hints: &Hints, duty: Duty, reference: &Reference) -> Option<Diagnostic> {
    let fits = |party: &Party| duty.kinds().contains(&party.kind);
    match subject.library.roster.find(&reference.name) {
        None => Some(unknown(subject, hints, duty, reference)),
        Some(party) if !fits(party) => {
            let (name, kind) = (&reference.name, party.kind.word());
            let message = format!("`{name}` is a {kind} and cannot be {}", duty.word());
            let found = finding(reference.span, message).related(party.id.span, format!("this {kind}"));
            Some(found.help(format!("name {}", duty.wanted())))
        }
        Some(_) => None,
    }
}

fn unknown(subject: &Subject<'_>, hints: &Hints, duty: Duty, reference: &Reference) -> Diagnostic {
    let roster = subject.sources.of(Kind::Roster).next();
    let roster = roster.map_or("content/roster.yaml", |(_, source)| source.path.as_str());
    let parties = &subject.library.roster.parties;
    let ids = |kinds: &'static [PartyKind]| {
        parties.iter().filter(move |party| kinds.contains(&party.kind)).map(|party| party.id.value.as_str())
    };
    let near = hints.near(&reference.name, ids(duty.kinds()));
    let label = near.unwrap_or_else(|| format!("not in {roster}"));
    let message = format!("unknown {} `{}`", duty.noun(), reference.name);
    let help = format!("name {} of {roster}, or add it there", duty.wanted());
    finding(reference.span, message).label(label).help(help)
}
