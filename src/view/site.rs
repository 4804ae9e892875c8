//! What pages beside those of documents show: owners, escalation, free pages.
//!
//! Takes and gives data only.

use super::block::Contact;
use super::document::{Backlink, Flow, Mention};
use super::head::Escalation;

/// What a role, team or person answers for.
#[derive(Debug, Clone, Hash)]
pub struct Owner {
    /// Id.
    pub id: String,
    /// `owners/dba.html`
    pub path: String,
    /// Title or name.
    pub title: String,
    /// `role`, `team`, `person`.
    pub kind: &'static str,
    /// What for, ways to be reached, holder, backup.
    pub contact: Contact,
    /// Members of a team; roles that a person or team holds.
    pub members: Vec<Mention>,
    /// Roles held.
    pub holds: Vec<Mention>,
    /// What it answers for, by document.
    pub duties: Vec<Duties>,
    /// Items of releases that have not ended and wait for it, by release.
    pub open: Vec<Duties>,
    /// In which of these releases it holds what, or is held by whom.
    pub held: Vec<Held>,
}

/// Who holds a role in a release.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Held {
    /// The release.
    pub release: Mention,
    /// The role.
    pub role: Mention,
    /// Who holds it that day.
    pub by: Mention,
}

/// A path of calls, with the runbooks that have it.
#[derive(Debug, Clone, Hash)]
pub struct EscalationPath {
    /// Whom to call, in this order.
    pub steps: Vec<Escalation>,
    /// The runbooks.
    pub runbooks: Vec<Mention>,
}

/// What a party answers for in one document.
#[derive(Debug, Clone, Hash)]
pub struct Duties {
    /// The document.
    pub document: Mention,
    /// How and what: `duty-owns` section 3, `duty-signs`, `duty-confirms`, …
    pub duties: Vec<Duty>,
}

/// Something that a party answers for; it stands on the page of its document.
#[derive(Debug, Clone, Hash)]
pub struct Duty {
    /// The label that says how: `duty-owns`.
    pub how: &'static str,
    /// What it is called.
    pub text: String,
    /// The anchor on the page.
    pub anchor: String,
}

/// A free page.
#[derive(Debug, Clone, Hash)]
pub struct Page {
    /// `pages/guide/language.html`
    pub path: String,
    /// `content/pages/guide/language.md`
    pub source: String,
    /// Its first heading, else its file name.
    pub title: String,
    /// Headings with their anchors, in order, for the table of contents.
    pub headings: Vec<Heading>,
    /// The text; a `Flow::Heading` takes the next anchor of `headings`.
    pub content: Vec<Flow>,
    /// What mentions it.
    pub backlinks: Vec<Backlink>,
}

/// A heading of a free page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Anchor, unique on the page.
    pub anchor: String,
    /// Text without marks.
    pub text: String,
}
