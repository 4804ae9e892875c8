//! Who is who, and who may sign as what.
//!
//! Takes the roster and the roles of a release, gives whether somebody may speak for a role. A role
//! that nobody holds may be signed by anybody, and the record says so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::release::Assignment;
use crate::model::roster::{Party, PartyKind, Roster};

/// How often a role may name another role as its holder.
const DEPTH: usize = 8;

/// Whether somebody may speak for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    /// Holds it.
    Held,
    /// Nobody is known to hold it.
    Unassigned,
    /// Somebody else holds it.
    Refused,
}

/// Who may speak for whom.
#[derive(Debug, Clone)]
pub struct Authority<'a> {
    parties: HashMap<&'a str, &'a Party>,
    roles: HashMap<&'a str, &'a Assignment>,
}

impl<'a> Authority<'a> {
    /// The roster, and the holders that the release names, which go before it.
    pub fn new(roster: &'a Roster, roles: &'a [Assignment]) -> Self {
        let parties = roster.parties.iter().map(|party| (party.id.value.as_str(), party)).collect();
        let roles = roles.iter().map(|assigned| (assigned.role.name.as_str(), assigned)).collect();
        Self { parties, roles }
    }

    /// Whether `by` may speak for `role`: holds it that day, or nobody does.
    pub fn may_speak(&self, by: &str, role: &str) -> bool {
        self.right(by, role) != Right::Refused
    }

    /// The ids of those who may speak for `role`; none where anybody may.
    pub fn speakers(&self, role: &str) -> Vec<String> {
        self.holders(role).into_iter().map(str::to_owned).collect()
    }

    /// The roles behind which one person stands, with that person.
    pub fn persons(&self) -> BTreeMap<String, String> {
        let roles = self.roles.keys().chain(self.parties.keys());
        let persons = roles.map(|role| (*role, self.person(role))).filter(|(role, person)| role != person);
        persons.map(|(role, person)| (role.to_owned(), person.to_owned())).collect()
    }

    /// What right `by` has to speak for `role`.
    pub(super) fn right(&self, by: &str, role: &str) -> Right {
        if by == role {
            return Right::Held;
        }
        let holders = self.holders(role);
        if holders.is_empty() {
            return Right::Unassigned;
        }
        let held = holders.contains(by) || holders.contains(self.person(by));
        if held { Right::Held } else { Right::Refused }
    }

    /// Everybody who may speak for a role, team or person.
    fn holders(&self, role: &str) -> BTreeSet<&'a str> {
        let mut holders = BTreeSet::new();
        self.collect(role, DEPTH, &mut holders);
        holders
    }

    fn collect(&self, id: &str, depth: usize, holders: &mut BTreeSet<&'a str>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if let Some(assigned) = self.roles.get(id) {
            return assigned.holders().for_each(|holder| self.collect_holder(&holder.name, depth, holders));
        }
        let Some(party) = self.parties.get(id) else { return };
        match party.kind {
            PartyKind::Person | PartyKind::Contact => drop(holders.insert(&party.id.value)),
            PartyKind::Team => holders.extend(party.members.iter().map(|member| member.name.as_str())),
            PartyKind::Role => {
                for holder in party.holder.iter().chain(&party.backup) {
                    self.collect_holder(&holder.name, depth, holders);
                }
            }
        }
    }

    /// A holder that the roster does not know is a person all the same.
    fn collect_holder(&self, holder: &'a str, depth: usize, holders: &mut BTreeSet<&'a str>) {
        if self.parties.contains_key(holder) || self.roles.contains_key(holder) {
            self.collect(holder, depth, holders);
        } else {
            holders.insert(holder);
        }
    }

    /// The person behind an id: the only holder of a role, else the id itself.
    pub(super) fn person<'b>(&self, by: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let role = self.roles.contains_key(by)
            || self.parties.get(by).is_some_and(|party| party.kind == PartyKind::Role);
        if !role {
            return by;
        }
        let mut holders = self.first_holder(by).into_iter();
        holders.next().unwrap_or(by)
    }

    /// Who holds a role that day; the backup only steps in.
    fn first_holder(&self, role: &str) -> Option<&'a str> {
        let mut id = role;
        for _ in 0..DEPTH {
            let named = self.roles.get(id).map(|assigned| &assigned.holder);
            let holder = named.or_else(|| self.parties.get(id)?.holder.as_ref());
            let next = holder.map(|holder| holder.name.as_str());
            match next.map(|next| (next, self.parties.get(next).map(|party| party.kind))) {
                Some((next, Some(PartyKind::Role))) => id = next,
                Some((next, Some(PartyKind::Person) | None)) => return Some(next),
                _ => return None,
            }
        }
        None
    }
}
