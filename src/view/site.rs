//! The whole site as a reader sees it.
//!
//! Takes and gives data only.

use super::attention::Attention;
use super::block::Contact;
use super::calendar::Booking;
use super::document::{Backlink, Document, Escalation, Flow, Mention};
use super::register::Register;

/// Everything that is published.
#[derive(Debug, Clone, Hash)]
pub struct Site {
    /// Title of the site.
    pub title: String,
    /// `en`
    pub language: String,
    /// For canonical links; `None` keeps every link relative.
    pub base_url: Option<String>,
    /// Runbooks in the order of their ids.
    pub runbooks: Vec<Document>,
    /// Releases in the order of their names.
    pub releases: Vec<Document>,
    /// Releases that have a window, in the order of the windows.
    pub calendar: Vec<Booking>,
    /// What was measured against the bars of each runbook that has some, in the order of runbooks.
    pub registers: Vec<Register>,
    /// What somebody has to look at.
    pub attention: Attention,
    /// Whom to call next, each path once with the runbooks that have it.
    pub escalations: Vec<EscalationPath>,
    /// A page for everybody who owns something or is in the roster.
    pub owners: Vec<Owner>,
    /// Everybody's ways to be reached.
    pub contacts: Vec<Contact>,
    /// The people of the roster: id and name.
    pub people: Vec<(String, String)>,
    /// Free pages.
    pub pages: Vec<Page>,
}

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
    pub duties: Vec<Backlink>,
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
