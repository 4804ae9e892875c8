//! What everybody answers for, and how they are reached.
//!
//! Takes the library, gives a page for every party of the roster and the list of contacts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::here::Here;
use super::index::World;
use super::path::{owner_path, runbook_path};
use super::section::Shaper;
use super::waiting::Waiting;
use crate::model::roster::{Party, PartyKind, Roster};
use crate::model::runbook::Runbook;
use crate::model::section::{Reference, Section};
use crate::view::{self, Contact, Destination, Duties, Duty, EscalationPath, Head, Mention, Owner};

/// Where a party's page is: contacts outside the organisation stand on the page of contacts.
pub(super) fn destination(party: &Party) -> Destination {
    let id = party.id.value.as_str();
    match party.kind {
        PartyKind::Contact => Destination::Page { path: "contacts.html".to_owned(), anchor: id.to_owned() },
        _ => Destination::Page { path: owner_path(id), anchor: String::new() },
    }
}

/// Everybody's ways to be reached.
pub(super) fn everybody(world: World<'_>) -> Vec<Contact> {
    let here = Here { world, runbook: None, path: "contacts.html", own: None };
    let shaper = Shaper { here, plan: None };
    world.library.roster.parties.iter().map(|party| shaper.contact(party)).collect()
}

/// Id and name of every person.
pub(super) fn people(world: World<'_>) -> Vec<(String, String)> {
    let people = world.library.roster.parties.iter().filter(|party| party.kind == PartyKind::Person);
    people.map(|party| (party.id.value.clone(), party.title.plain())).collect()
}

/// A page for everybody but outside contacts.
pub(super) fn owners(world: World<'_>, waiting: &Waiting) -> Vec<Owner> {
    let roster = &world.library.roster;
    let (mut ledger, held) = (Ledger::of(world), held(roster));
    let owner = |party: &Party| {
        let id = party.id.value.as_str();
        let holds = held.get(id).map(Vec::as_slice).unwrap_or_default();
        Owner { duties: ledger.take(world, id), ..owner(world, party, holds, waiting) }
    };
    roster.owners().map(owner).collect()
}

/// The roles that each party holds or stands in for, and the teams it is a member of, in the order of
/// the roster.
fn held(roster: &Roster) -> BTreeMap<&str, Vec<&str>> {
    let mut held: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for role in &roster.parties {
        for holder in role.holder.iter().chain(&role.backup).chain(&role.members) {
            let roles = held.entry(&holder.name).or_default();
            if roles.last() != Some(&role.id.value.as_str()) {
                roles.push(&role.id.value);
            }
        }
    }
    held
}

/// Every path of calls once, in the order of the runbooks.
pub(super) fn escalations(runbooks: &[Arc<Head>]) -> Vec<EscalationPath> {
    let mut found: BTreeMap<Vec<(&str, Option<&str>)>, usize> = BTreeMap::new();
    let mut paths: Vec<EscalationPath> = Vec::new();
    for runbook in runbooks.iter().filter(|runbook| !runbook.escalation.is_empty()) {
        let steps = runbook.escalation.iter();
        let key = steps.map(|step| (step.role.id.as_str(), step.within.as_deref())).collect();
        let at = *found.entry(key).or_insert(paths.len());
        if at == paths.len() {
            paths.push(EscalationPath { steps: runbook.escalation.clone(), runbooks: Vec::new() });
        }
        let to = Destination::Page { path: runbook.path.clone(), anchor: "_escalation".to_owned() };
        let text = view::plain(&runbook.title);
        paths[at].runbooks.push(Mention { text, id: runbook.name.clone(), to, holder: None });
    }
    paths
}

/// The page of a party without its duties.
fn owner(world: World<'_>, party: &Party, holds: &[&str], waiting: &Waiting) -> Owner {
    let id = &party.id.value;
    let path = owner_path(id);
    let here = Here { world, runbook: None, path: &path, own: None };
    Owner {
        id: id.clone(),
        title: party.title.plain(),
        kind: party.kind.word(),
        contact: Shaper { here, plan: None }.contact(party),
        members: party.members.iter().map(|member| here.party(&member.name)).collect(),
        holds: holds.iter().map(|role| here.party(role)).collect(),
        duties: Vec::new(),
        open: waiting.open(id),
        held: waiting.held(id),
        path: path.clone(),
    }
}

/// Duties by party, and of each party by the places of the runbooks.
#[derive(Default)]
struct Ledger<'a> {
    entries: BTreeMap<&'a str, Vec<(usize, Vec<Duty>)>>,
}

impl<'a> Ledger<'a> {
    fn of(world: World<'a>) -> Self {
        let mut ledger = Self::default();
        for (at, runbook) in world.library.runbooks.iter().enumerate() {
            Clerk { ledger: &mut ledger, world, at, runbook }.write();
        }
        ledger
    }

    /// The duties of a party, which are many: they move out of the ledger.
    fn take(&mut self, world: World<'_>, id: &str) -> Vec<Duties> {
        let duties = |(at, mut duties): (usize, Vec<Duty>)| {
            let runbook = &world.library.runbooks[at];
            let to = Destination::Page { path: runbook_path(&runbook.id), anchor: String::new() };
            let document = Mention { text: runbook.title.plain(), id: runbook.id.clone(), to, holder: None };
            duties.shrink_to_fit();
            Duties { document, duties }
        };
        self.entries.remove(id).into_iter().flatten().map(duties).collect()
    }
}

/// Writes down who answers for what in one runbook.
struct Clerk<'l, 'a> {
    ledger: &'l mut Ledger<'a>,
    world: World<'a>,
    at: usize,
    runbook: &'a Runbook,
}

impl<'a> Clerk<'_, 'a> {
    fn write(&mut self) {
        self.note("duty-document", "", &self.runbook.owners);
        for section in self.runbook.all_sections() {
            self.section(section);
        }
        for (_, item) in self.runbook.all_items() {
            self.note("duty-owns", &item.id, &item.owners);
            self.note("duty-confirms", &item.id, &item.confirm);
        }
        for step in &self.runbook.escalation {
            self.note("duty-called", "_escalation", std::slice::from_ref(&step.role));
        }
    }

    fn section(&mut self, section: &'a Section) {
        self.note("duty-owns", &section.id, &section.owners);
        for trigger in section.triggers() {
            self.note("duty-trigger", &trigger.id, &trigger.authority);
        }
        for message in section.messages() {
            self.note("duty-told", &message.id, &message.to);
            if message.answers != section.answers {
                self.note("duty-sends", &message.id, &message.answers);
            }
        }
        for (n, approval) in section.approvals().enumerate() {
            let anchor = format!("{}-approval-{}", section.id, n + 1);
            let label = self.words(&section.id);
            for role in &approval.roles {
                self.entry(&role.name, "duty-signs", &anchor, label.clone());
            }
        }
        for gate in section.gates() {
            self.note("duty-polled", &gate.id, &gate.polls);
            self.note("duty-gate", &gate.id, &gate.decides);
            self.note("duty-escalates", &gate.id, &gate.escalates);
        }
    }

    fn words(&self, id: &str) -> String {
        match self.world.contents(self.runbook) {
            Some(labels) if !id.is_empty() => labels.words(id).to_owned(),
            _ => self.runbook.title.plain(),
        }
    }

    fn note(&mut self, how: &'static str, id: &str, parties: &'a [Reference]) {
        for party in parties {
            let text = match id {
                "_escalation" => self.world.labels.word("escalation").to_owned(),
                id => self.words(id),
            };
            self.entry(&party.name, how, id, text);
        }
    }

    fn entry(&mut self, party: &'a str, how: &'static str, anchor: &str, text: String) {
        let duty = Duty { how, text, anchor: anchor.to_owned() };
        let runbooks = self.ledger.entries.entry(party).or_default();
        match runbooks.last_mut().filter(|(at, _)| *at == self.at) {
            Some((_, duties)) => duties.push(duty),
            None => runbooks.push((self.at, vec![duty])),
        }
    }
}

impl Shaper<'_> {
    /// How a party is reached: its own ways, else those of who holds it.
    pub(super) fn contact(&self, party: &Party) -> Contact {
        let roster = &self.here.world.library.roster;
        let assigned = self.plan.and_then(|plan| plan.release.assigned(&party.id.value));
        let holder = assigned.map(|it| &it.holder).or(party.holder.as_ref()).map(|holder| &holder.name);
        // Whoever the roster has is there to be called, also where the plan lets nobody else sign.
        let backup = assigned.and_then(|it| it.backup.as_ref()).or(party.backup.as_ref());
        let reached = holder.and_then(|id| roster.find(id));
        let way = |pick: fn(&Party) -> &Option<String>| {
            pick(party).clone().or_else(|| reached.and_then(|holder| pick(holder).clone()))
        };
        Contact {
            who: self.here.party(&party.id.value),
            kind: party.kind.word(),
            about: self.here.optional(party.about.as_ref()),
            holder: holder.map(|id| self.here.party(id)),
            backup: backup.map(|backup| self.here.party(&backup.name)),
            email: way(|party| &party.email),
            phone: way(|party| &party.phone),
            chat: way(|party| &party.chat),
            url: way(|party| &party.url),
            hours: way(|party| &party.hours),
        }
    }
}
