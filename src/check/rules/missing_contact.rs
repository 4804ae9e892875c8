//! # missing-contact
//!
//! A role answers for something, and nobody can be called: no one holds it, or whoever does has neither mail,
//! telephone nor chat. The roster is on the printed sheet; this line of it would be empty.
//!
//! So is a contact outside that a section lists under `contacts:`, with neither of them and no address on
//! the web, and a message of an issued runbook without `to:` and `channel:`.
//!
//! A role without a holder is right where the releases name one, as long as at least one release of the
//! runbook does.
//!
//! ```yaml
//! people:
//!   ana: { name: Ana Ruiz, phone: "+34 600 000 001" }
//! roles:
//!   dba: { title: Database administrator, holder: ana }
//! ```

use std::collections::HashSet;

use crate::check::passage::{Duty, named};
use crate::check::rule::{Look, Rule, Topic, Weight, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::document::Status;
use crate::model::roster::{Party, PartyKind, Roster};
use crate::model::runbook::Runbook;
use crate::model::section::{Message, Reference};

pub(super) const RULE: Rule = Rule {
    name: "missing-contact",
    summary: "somebody who answers for a section and cannot be reached",
    topic: Topic::Ownership,
    weight: Weight::Doubt,
    source: include_str!("missing_contact.rs"),
    look: Look::Runbook(look),
};

fn look(around: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    // Who holds the role may stand in what could not be read.
    if !around.knows_all() {
        return Vec::new();
    }
    let roster = around.roster();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for named in named(runbook) {
        let reference = named.reference;
        // Among contacts a role may stand for the record; somebody outside stands there to be called.
        let Some(party) = roster.find(&reference.name) else { continue };
        let listed = named.duty == Duty::Contact && party.kind != PartyKind::Contact;
        if listed || !seen.insert(reference.name.as_str()) {
            continue;
        }
        if !can_be_reached(roster, party) && !is_named_later(around, party) {
            found.push(report(party, reference));
        }
    }
    if runbook.status == Some(Status::Issued) {
        let sections = runbook.all_sections();
        found.extend(sections.iter().flat_map(|section| section.messages()).filter_map(to_nobody));
    }
    found
}

/// Whether there is any way to the party, its holders or its members.
fn can_be_reached(roster: &Roster, party: &Party) -> bool {
    let people = party.holder.iter().chain(&party.backup).chain(&party.members);
    let people = people.filter_map(|name| roster.find(&name.name));
    let direct = |party: &Party| {
        let members = party.members.iter().filter_map(|name| roster.find(&name.name));
        party.reachable() || members.into_iter().any(Party::reachable)
    };
    party.reachable() || people.into_iter().any(direct)
}

/// Whether a release of the runbook says who holds the role, or may have meant to by a name that is reported.
fn is_named_later(around: &Surroundings<'_>, party: &Party) -> bool {
    let is_it = |role| role == party.id.value || around.roster().find(role).is_none();
    party.kind == PartyKind::Role && around.filled().any(is_it)
}

/// A message of an issued runbook that says neither to whom it goes nor by which way.
fn to_nobody(message: &Message) -> Option<Diagnostic> {
    (message.to.is_empty() && message.channels.is_empty()).then(|| {
        let report = finding(message.span, format!("the message `{}` goes to nobody", message.title.plain()));
        report.label("neither a recipient nor a channel").help("add `to:` with who gets it, or `channel:`")
    })
}

fn report(party: &Party, reference: &Reference) -> Diagnostic {
    let (id, kind) = (&party.id.value, party.kind.word());
    let nobody = party.kind == PartyKind::Role && party.holder.is_none() && party.backup.is_none();
    let message = if nobody {
        format!("nobody holds the role `{id}`, and no contact reaches it")
    } else {
        format!("the {kind} `{id}` cannot be reached")
    };
    let help = match (party.kind, nobody) {
        (PartyKind::Role, true) => "add `holder:` to the role, or a `phone`, `email` or `chat` of its own",
        (PartyKind::Role, false) => "give the holder a `phone`, `email` or `chat`",
        (PartyKind::Contact, _) => "add a `phone`, `email`, `chat` or `url`",
        _ => "add a `phone`, `email` or `chat`",
    };
    let report = finding(reference.span, message).label("named here first");
    report.related(party.id.span, "declared here").help(help)
}
