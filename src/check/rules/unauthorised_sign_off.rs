//! # unauthorised-sign-off
//!
//! Somebody signs or confirms for a role that they do not hold or that nobody asked; or the second person
//! of the two-person rule is the first one again. A role is held by whom the release names, else by the holder or
//! backup of the roster; members of a team that holds it count, and so does the role itself as `by`.
//!
//! ```yaml
//! # the release says `roles: { qa-lead: bo }`
//! - { at: 2026-12-01T08:40:00Z, by: ana, sign: qa-lead, choice: approve }    # wrong
//! ```

use crate::check::Subject;
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::diagnostic::{Diagnostic, closest, one_of};
use crate::model::release::{Act, Event, Release};
use crate::model::roster::{PartyKind, Roster};
use crate::model::section::Reference;
use crate::release::{self, Authority};

pub(super) const RULE: Rule = Rule {
    name: "unauthorised-sign-off",
    summary: "a signature or confirmation by somebody who may not give it",
    topic: Topic::Release,
    weight: Weight::Always,
    source: include_str!("unauthorised_sign_off.rs"),
    look: Look::Release(look),
};

fn look(subject: &Subject<'_>, release: &Release) -> Vec<Diagnostic> {
    let Some(runbook) = &release.runbook else { return Vec::new() };
    let sections = runbook.all_sections();
    let approvals = sections.iter().flat_map(|section| section.approvals());
    let asked = approvals.flat_map(|approval| &approval.roles).map(|role| role.name.as_str()).collect();
    let roster = &subject.library.roster;
    let authority = Authority::new(roster, &release.roles);
    let judge = Judge { roster, release, authority, asked, whole: runbook.whole };
    let found: Vec<Option<Diagnostic>> =
        release.journal.events.iter().map(|event| judge.event(event)).collect();
    let twice = twice(subject, release, &found);
    found.into_iter().flatten().chain(twice).collect()
}

struct Judge<'a> {
    roster: &'a Roster,
    release: &'a Release,
    authority: Authority<'a>,
    /// The roles of all approvals.
    asked: Vec<&'a str>,
    /// Whether these are all.
    whole: bool,
}

impl Judge<'_> {
    fn event(&self, event: &Event) -> Option<Diagnostic> {
        match &event.act {
            Act::Sign { role, .. } => self.asked(role).or_else(|| self.holds(role, &event.by, "sign")),
            Act::Item { item, confirm: Some(role), .. } => {
                self.second(item, role).or_else(|| self.holds(role, &event.by, "confirm"))
            }
            _ => None,
        }
    }

    /// A role that no approval names.
    fn asked(&self, role: &Reference) -> Option<Diagnostic> {
        let roles = &self.asked;
        if !self.whole || roles.contains(&role.name.as_str()) {
            return None;
        }
        let near = closest(&role.name, roles.iter().copied());
        let label = near.map_or_else(
            || "no approval names this role".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let report = finding(role.span, format!("nobody asked `{}` to sign", role.name)).label(label);
        Some(if roles.is_empty() {
            report
        } else {
            report.help(format!("signatures are asked of {}", one_of(roles.iter().copied())))
        })
    }

    /// A role that does not confirm the item.
    fn second(&self, item: &Reference, role: &Reference) -> Option<Diagnostic> {
        let items = self.release.runbook.iter().flat_map(|runbook| runbook.all_items());
        let (_, asked) = items.into_iter().find(|(_, known)| known.id == item.name)?;
        let names = || asked.confirm.iter().map(|role| role.name.as_str());
        if !self.whole || names().any(|name| name == role.name) {
            return None;
        }
        let message = format!("nobody asked `{}` to confirm `{}`", role.name, item.name);
        let report = finding(role.span, message).label("does not confirm it");
        Some(match one_of(names()) {
            nobody if nobody.is_empty() => report.help("give the item `confirm:` with a role"),
            names => report.help(format!("`{}` is confirmed by {names}", item.name)),
        })
    }

    /// Somebody who does not hold the role.
    fn holds(&self, role: &Reference, by: &Reference, verb: &str) -> Option<Diagnostic> {
        if self.authority.may_speak(&by.name, &role.name) {
            return None;
        }
        let holders = self.holders(&role.name);
        let message = format!("`{}` may not {verb} as `{}`", by.name, role.name);
        let held = holders.iter().filter(|holder| **holder != role.name).copied();
        let help = match one_of(held) {
            nobody if nobody.is_empty() => format!("let a member of `{}` append the event", role.name),
            held => format!("`{}` is held by {held}; let one of them append the event", role.name),
        };
        Some(finding(by.span, message).label("does not hold the role").help(help))
    }

    fn holders<'b>(&'b self, role: &'b str) -> Vec<&'b str> {
        match (self.release.assigned(role), self.roster.find(role)) {
            (Some(assigned), _) => assigned.holders().map(|holder| holder.name.as_str()).collect(),
            (None, Some(party)) if party.kind == PartyKind::Role => {
                party.holder.iter().chain(&party.backup).map(|holder| holder.name.as_str()).collect()
            }
            (None, Some(party)) => vec![party.id.value.as_str()],
            (None, None) => Vec::new(),
        }
    }
}

/// Items that the one who did them confirms too, as the release is judged; where nothing was found wrong with
/// the event before.
fn twice(subject: &Subject<'_>, release: &Release, found: &[Option<Diagnostic>]) -> Vec<Diagnostic> {
    let events = &release.journal.events;
    if !events.iter().any(|event| matches!(event.act, Act::Item { confirm: Some(_), .. })) {
        return Vec::new();
    }
    let assessed = release::assess(release, &subject.library.roster, subject.as_of);
    let confirmed = assessed.items.iter().flat_map(|(id, item)| item.confirmed.iter().map(move |one| (id, one)));
    let right = confirmed.filter(|(_, one)| found.get(one.mark.event).is_some_and(Option::is_none));
    let same = right.filter_map(|(id, one)| Some((id, events.get(one.mark.event)?, events.get(one.did?)?)));
    let report = |(id, event, did): (&String, &Event, &Event)| {
        let message = format!("`{}` did `{id}` and confirms it too", event.by.name);
        finding(event.by.span, message)
            .label("the same person")
            .related(did.by.span, "did it")
            .help("the two-person rule asks for a second person")
    };
    same.map(report).collect()
}
