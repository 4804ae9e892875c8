//! Who there is: people, teams, roles and outside contacts under one set of ids.
//!
//! Takes and gives data only.

use std::collections::BTreeMap;

use super::prose::Text;
use super::section::Reference;
use crate::source::{Span, Spanned};

/// Everybody, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// All of them.
    pub parties: Vec<Party>,
    /// Where the first of each id stands.
    by_id: BTreeMap<String, usize>,
}

/// What kind of party an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartyKind {
    /// A person.
    Person,
    /// A team.
    Team,
    /// A role.
    Role,
    /// Somebody outside the organisation.
    Contact,
}

impl PartyKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Team => "team",
            Self::Role => "role",
            Self::Contact => "contact",
        }
    }
}

/// A person, team, role or contact.
#[derive(Debug, Clone)]
pub struct Party {
    /// Id, with its place.
    pub id: Spanned<String>,
    /// What it is.
    pub kind: PartyKind,
    /// Name or title.
    pub title: Text,
    /// What for.
    pub about: Option<Text>,
    /// Who holds the role by default.
    pub holder: Option<Reference>,
    /// Who takes over.
    pub backup: Option<Reference>,
    /// Members of the team.
    pub members: Vec<Reference>,
    /// Mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Handle or channel.
    pub chat: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// When they can be reached.
    pub hours: Option<String>,
    /// The whole entry.
    pub span: Span,
}

impl Party {
    /// Whether there is any way to reach this party itself.
    pub fn reachable(&self) -> bool {
        [&self.email, &self.phone, &self.chat, &self.url].into_iter().any(Option::is_some)
    }
}

impl Roster {
    /// The party of an id.
    pub fn find(&self, id: &str) -> Option<&Party> {
        self.by_id.get(id).map(|at| &self.parties[*at])
    }

    /// Adds a party behind the others.
    pub(super) fn add(&mut self, party: Party) {
        self.by_id.entry(party.id.value.clone()).or_insert(self.parties.len());
        self.parties.push(party);
    }

    /// The parties that can own something, by id: everybody but outside contacts.
    pub fn owners(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| party.kind != PartyKind::Contact)
    }
}
