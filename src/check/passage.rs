//! What a runbook says, passage by passage: every name of somebody, every text with its place.
//!
//! Takes a resolved runbook, gives its parts in written order. It judges nothing.

use std::collections::BTreeSet;

use crate::model::roster::PartyKind;
use crate::model::runbook::Runbook;
use crate::model::section::{Block, Contacts, Item, Reference, Section};

/// As what somebody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Duty {
    /// Answers for something.
    Owner,
    /// Confirms, signs, decides, is asked or called.
    Role,
    /// Is listed as a way to reach somebody.
    Contact,
    /// Holds or backs up a role.
    Holder,
    /// Belongs to a team.
    Member,
}

impl Duty {
    /// The noun for it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Role => "role",
            Self::Contact => "contact",
            Self::Holder => "holder",
            Self::Member => "member",
        }
    }

    /// The noun with its article.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Owner => "an owner",
            Self::Role => "asked to act",
            Self::Contact => "a contact",
            Self::Holder => "a holder",
            Self::Member => "a member",
        }
    }

    /// What can be named there.
    pub(super) fn kinds(self) -> &'static [PartyKind] {
        use PartyKind::{Contact, Person, Role, Team};
        match self {
            Self::Owner => &[Role, Team, Person],
            Self::Role | Self::Contact => &[Role, Team, Person, Contact],
            Self::Holder => &[Person, Team],
            Self::Member => &[Person],
        }
    }

    /// The same in words.
    pub(super) fn wanted(self) -> &'static str {
        match self {
            Self::Owner => "a role, team or person",
            Self::Role => "a role, team or person",
            Self::Contact => "a role, team, person or contact",
            Self::Holder => "a person or team",
            Self::Member => "a person",
        }
    }
}

/// Somebody, named in a runbook.
pub(crate) struct Named<'a> {
    /// As what.
    pub(super) duty: Duty,
    /// Who, and where it is written.
    pub(crate) reference: &'a Reference,
}

/// Everybody that a runbook names, as they were written.
pub(crate) fn named(runbook: &Runbook) -> Vec<Named<'_>> {
    let mut found = Names(Vec::new());
    found.add(Duty::Owner, &runbook.owners);
    for section in runbook.all_sections() {
        found.section(section);
    }
    for step in &runbook.escalation {
        found.add(Duty::Role, [&step.role]);
    }
    found.0
}

/// Everybody whom a runbook mentions, each once.
pub(super) struct Mentions {
    /// Those whom it gives something to do.
    pub(super) named: BTreeSet<String>,
    /// Those who changed it, or are written to.
    pub(super) others: BTreeSet<String>,
    /// Whether it shows the whole roster.
    pub(super) everybody: bool,
}

impl Mentions {
    pub(super) fn of(runbook: &Runbook) -> Self {
        let sections = runbook.all_sections();
        let all = |block: &Block| matches!(block, Block::Contacts(Contacts::All(_)));
        let authors = runbook.history.iter().filter_map(|entry| entry.author.as_ref());
        let messages = sections.iter().flat_map(|section| section.messages());
        let others = authors.chain(messages.flat_map(|message| &message.to));
        Self {
            named: named(runbook).into_iter().map(|named| named.reference.name.clone()).collect(),
            others: others.map(|other| other.name.clone()).collect(),
            everybody: sections.iter().any(|section| section.blocks.iter().any(all)),
        }
    }
}

struct Names<'a>(Vec<Named<'a>>);

impl<'a> Names<'a> {
    fn add(&mut self, duty: Duty, references: impl IntoIterator<Item = &'a Reference>) {
        self.0.extend(references.into_iter().map(|reference| Named { duty, reference }));
    }

    fn section(&mut self, section: &'a Section) {
        self.add(Duty::Owner, &section.owners);
        for block in &section.blocks {
            match block {
                Block::Checks(items) | Block::Steps(items) => {
                    items.iter().for_each(|item| item.walk(&mut |item| self.item(item)));
                }
                Block::Triggers(triggers) => {
                    triggers.iter().for_each(|trigger| self.add(Duty::Role, &trigger.authority));
                }
                Block::Messages(messages) => {
                    // Those who inherit the section's owner name nobody themselves.
                    let own = messages.iter().filter(|message| message.answers != section.answers);
                    own.for_each(|message| self.add(Duty::Owner, &message.answers[..]));
                }
                Block::Approvals(approvals) => {
                    approvals.iter().for_each(|approval| self.add(Duty::Role, &approval.roles));
                }
                Block::Gate(gate) => {
                    self.add(Duty::Role, gate.polls.iter().chain(&gate.decides).chain(&gate.escalates));
                }
                Block::Contacts(contacts) => self.add(Duty::Contact, contacts.names()),
                _ => {}
            }
        }
    }

    fn item(&mut self, item: &'a Item) {
        self.add(Duty::Owner, &item.owners);
        self.add(Duty::Role, &item.confirm);
    }
}
