//! The data that the script of a page works on.
//!
//! Data only, as it is written into the page: `super` gathers it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::view::CompiledBar;

/// What the script knows.
#[derive(Debug, Serialize)]
pub(super) struct Work<'a> {
    /// `runbook` or `release`: only a release has a journal to add to.
    pub(super) kind: &'static str,
    /// Title of the site.
    pub(super) site: &'a str,
    /// Id of the runbook or name of the release.
    pub(super) name: &'a str,
    /// Content hash: what is noted belongs to it.
    pub(super) seal: &'a str,
    /// Time zone of the window.
    pub(super) zone: Option<&'a str>,
    /// T.
    pub(super) start: Option<String>,
    /// Who answers for items: id, title, who holds it.
    pub(super) owners: Vec<(&'a str, &'a str, Option<&'a str>)>,
    /// Who may speak for a role that is asked for; one for which anybody may is not among them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) speakers: &'a BTreeMap<String, Vec<String>>,
    /// The person behind a role.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) persons: &'a BTreeMap<String, String>,
    /// The lines of the journal.
    pub(super) journal: String,
    pub(super) items: Vec<Item<'a>>,
    pub(super) sections: Vec<Place<'a>>,
    pub(super) triggers: Vec<Subject<'a>>,
    pub(super) messages: Vec<Subject<'a>>,
    pub(super) gates: Vec<Gate<'a>>,
    /// Of a release.
    pub(super) approvals: Vec<Approval<'a>>,
}

/// A check or a step. What it is called and where it is in stands on the page, and once is enough;
/// what most items have in common the script knows.
#[derive(Debug, Serialize)]
pub(super) struct Item<'a> {
    pub(super) id: &'a str,
    /// Positions in `owners`.
    pub(super) owners: Vec<usize>,
    /// Whether it decides nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) optional: bool,
    /// Whether nobody asks for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) aside: bool,
    /// The rollback that it belongs to, which counts once somebody has begun it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) back: Option<usize>,
    /// The last gate in front of it, where it waits for one, by its position in `gates`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gate: Option<usize>,
    /// Whether it says when it applies.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) applies: bool,
    /// Its bars; nothing for one that follows from the journal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) bars: Vec<Option<&'a CompiledBar>>,
    /// Its blanks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) records: Vec<Blank>,
    /// Roles of second persons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) confirm: Vec<&'a str>,
    /// Its sub-checks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) checks: Vec<&'a str>,
    /// The state that the program found, as a journal spells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<&'static str>,
}

/// A blank of an item.
#[derive(Debug, Serialize)]
pub(super) struct Blank {
    pub(super) title: String,
    pub(super) kind: &'static str,
}

/// A section with bars of its own.
#[derive(Debug, Serialize)]
pub(super) struct Place<'a> {
    #[serde(flatten)]
    pub(super) subject: Subject<'a>,
    /// Itself and the sections inside that have its phase.
    pub(super) inside: Vec<&'a str>,
    /// Their items, by position.
    pub(super) items: Vec<usize>,
    /// Their approvals, by position.
    pub(super) approvals: Vec<usize>,
}

/// Something else that can be recorded.
#[derive(Debug, Serialize)]
pub(super) struct Subject<'a> {
    pub(super) id: &'a str,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) bars: Vec<Option<&'a CompiledBar>>,
}

/// A gate.
#[derive(Debug, Serialize)]
pub(super) struct Gate<'a> {
    #[serde(flatten)]
    pub(super) subject: Subject<'a>,
    /// Whether it holds up nobody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) aside: bool,
    /// The rollback that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) back: Option<usize>,
}

/// Who signs.
#[derive(Debug, Serialize)]
pub(super) struct Approval<'a> {
    /// Anchor.
    pub(super) id: &'a str,
    pub(super) title: String,
    /// Positions in `owners`.
    pub(super) roles: Vec<usize>,
    pub(super) choices: &'a [String],
    /// How many of the roles must sign.
    pub(super) needed: usize,
    /// Whether it is needed only sometimes.
    pub(super) sometimes: bool,
    pub(super) phase: &'static str,
}
