//! The roster.
//!
//! Takes the written roster, gives everybody under one set of ids; an id that two kinds of party
//! share is reported, because an owner would not know which is meant.

use super::{reference, references};
use crate::diagnostic::Diagnostic;
use crate::model::document;
use crate::model::identity::{is_kebab, slug};
use crate::model::parameter::Values;
use crate::model::prose::Text;
use crate::model::roster::{Party, PartyKind, Roster};
use crate::source::{Entries, Field, Short, Span, Spanned};

/// Resolves the roster.
pub(in crate::model) fn roster(written: &document::Roster) -> (Roster, Vec<Diagnostic>) {
    let mut builder = Builder { roster: Roster::default(), found: Vec::new() };
    builder.all(&written.people, PartyKind::Person, |person, party| Party {
        title: text(&person.name).unwrap_or_default(),
        ..reached(party, [&person.email, &person.phone, &person.chat, &person.hours])
    });
    builder.all(&written.teams, PartyKind::Team, |team, party| Party {
        title: text(&team.title).unwrap_or_default(),
        members: references(&team.members),
        ..reached(party, [&team.email, &team.phone, &team.chat, &team.hours])
    });
    builder.all(&written.roles, PartyKind::Role, |role, party| Party {
        title: text(&role.title).unwrap_or_default(),
        about: text(&role.about),
        holder: reference(&role.holder),
        backup: reference(&role.backup),
        ..reached(party, [&role.email, &role.phone, &role.chat, &role.hours])
    });
    builder.all(&written.contacts, PartyKind::Contact, |contact, party| Party {
        title: text(&contact.title).unwrap_or_default(),
        about: text(&contact.about),
        url: contact.url.get().cloned(),
        ..reached(party, [&contact.email, &contact.phone, &contact.chat, &contact.hours])
    });
    (builder.roster, builder.found)
}

struct Builder {
    roster: Roster,
    found: Vec<Diagnostic>,
}

impl Builder {
    fn all<T>(
        &mut self,
        written: &Field<Entries<Short<T>>>,
        kind: PartyKind,
        read: impl Fn(&T, Party) -> Party,
    ) {
        for (id, field) in written.get().map(|all| all.0.as_slice()).unwrap_or_default() {
            // Under the id that it should have, so that names of it are not wrong because of one mistake.
            let id = &Spanned::new(id.span, if is_kebab(id) { id.value.clone() } else { self.mended(id) });
            self.check_id(id, kind);
            let Some(entry) = field.get() else { continue };
            let mut party = read(&entry.0, blank(id, kind, id.span.to(field.span())));
            if party.title.source.is_empty() {
                let key = if kind == PartyKind::Person { "name" } else { "title" };
                let message = format!("the {} `{}` has no `{key}`", kind.word(), id.value);
                let help = format!("add `{key}:`");
                self.found.push(Diagnostic::error("missing-key", id.span, message).help(help));
                party.title = Text::literal(id, id.span);
            }
            self.roster.add(party);
        }
    }

    /// The id that a wrong one should be.
    fn mended(&mut self, id: &Spanned<String>) -> String {
        let right = slug(id);
        let found = Diagnostic::error("invalid-id", id.span, format!("`{}` is not kebab-case", id.value));
        self.found.push(found.help(format!("write it as `{right}`")));
        right
    }

    fn check_id(&mut self, id: &Spanned<String>, kind: PartyKind) {
        if let Some(first) = self.roster.find(id) {
            let message = format!("`{}` is a {} and a {}", id.value, first.kind.word(), kind.word());
            let found = Diagnostic::error("duplicate-id", id.span, message).label("second use of the id");
            self.found.push(found.related(first.id.span, "first used here"));
        }
    }
}

fn blank(id: &Spanned<String>, kind: PartyKind, span: Span) -> Party {
    Party {
        id: id.clone(),
        kind,
        title: Text::default(),
        about: None,
        holder: None,
        backup: None,
        members: Vec::new(),
        email: None,
        phone: None,
        chat: None,
        url: None,
        hours: None,
        span,
    }
}

/// Mail address, telephone number, chat, hours.
fn reached(party: Party, ways: [&Field<String>; 4]) -> Party {
    let [email, phone, chat, hours] = ways.map(|way| way.get().cloned());
    Party { email, phone, chat, hours, ..party }
}

fn text(field: &Field<String>) -> Option<Text> {
    field.spanned().map(|text| Text::parse(text.value, text.span, &Values::default()))
}
