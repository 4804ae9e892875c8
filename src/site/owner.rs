//! The page of a role, team or person: what it answers for, everywhere.
//!
//! Takes an owner of the view, gives its page.

use serde::Serialize;

use super::contact::Contact;
use super::frame::{About, Frame};
use super::item::{Backlink, backlinks};
use super::markup::{Pen, Reference};
use super::theme::Html;
use super::{Desk, outline};
use crate::error::Result;
use crate::view::{self, plain};

/// What `owner.html` knows as `content`.
#[derive(Debug, Clone, Serialize)]
struct Owner<'a> {
    /// Id.
    id: &'a str,
    /// Title or name.
    title: &'a str,
    /// `role`, `team`, `person`.
    kind: &'a str,
    /// What for.
    about: Option<Html>,
    /// Ways to be reached.
    contact: Contact<'a>,
    /// Members of a team.
    members: Vec<Reference<'a>>,
    /// Roles held.
    holds: Vec<Reference<'a>>,
    /// What it answers for, by document.
    documents: Vec<Duties<'a>>,
}

/// What a party answers for in one document.
#[derive(Debug, Clone, Serialize)]
struct Duties<'a> {
    /// The document.
    document: Reference<'a>,
    /// Anchor on the page.
    anchor: String,
    /// How many duties there are in all.
    count: usize,
    /// The duties of one kind together.
    groups: Vec<DutyGroup<'a>>,
}

/// Duties of one kind.
#[derive(Debug, Clone, Serialize)]
struct DutyGroup<'a> {
    /// `duty-owns`, `duty-signs`, …
    key: &'static str,
    /// `answers for`, `signs`, …
    how: &'a str,
    /// What.
    duties: Vec<Backlink<'a>>,
}

/// The page of an owner.
pub(super) fn page(desk: &Desk<'_>, owner: &view::Owner) -> Result<String> {
    let pen = desk.pen(&owner.path);
    let about = About { kind: "owner", path: &owner.path, title: &owner.title, source: None };
    let content = Owner::new(pen, owner);
    let entry = |duties: &Duties<'_>| outline::entry(duties.document.text, &duties.anchor);
    let entries = content.documents.iter().map(entry).collect();
    let frame = Frame::new(desk, about, content)
        .below(pen, "owners", "_owners")
        .described(plain(&owner.about))
        .contents(entries);
    desk.theme.render("owner.html", &frame)
}

impl<'a> Owner<'a> {
    fn new(pen: Pen<'a>, owner: &'a view::Owner) -> Self {
        Self {
            id: &owner.id,
            title: &owner.title,
            kind: owner.kind,
            about: pen.some_line(&owner.about),
            contact: Contact::new(pen, &owner.contact),
            members: pen.mentions(&owner.members),
            holds: pen.mentions(&owner.holds),
            documents: owner.duties.iter().map(|duties| Duties::new(pen, duties)).collect(),
        }
    }
}

impl<'a> Duties<'a> {
    fn new(pen: Pen<'a>, duties: &'a view::Duties) -> Self {
        let mut groups: Vec<DutyGroup<'a>> = Vec::new();
        for (duty, link) in duties.duties.iter().zip(backlinks(pen, &duties.duties)) {
            match groups.iter_mut().find(|group| group.key == duty.how) {
                Some(group) => group.duties.push(link),
                None => groups.push(DutyGroup { key: duty.how, how: link.how, duties: vec![link] }),
            }
        }
        let anchor = format!("_{}", duties.document.id);
        Self { document: pen.mention(&duties.document), anchor, count: duties.duties.len(), groups }
    }
}
