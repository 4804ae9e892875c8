//! The page of a role, team or person: what it answers for, everywhere.
//!
//! Takes an owner of the view, gives its page.

use serde::Serialize;

use super::between::Between;
use super::contact::Contact;
use super::engine::Html;
use super::frame::{About, Frame};
use super::item::Backlink;
use super::markup::{Pen, Reference};
use super::{Desk, OWNERS, RELEASES, link, outline};
use crate::error::Result;
use crate::view::{self, plain};

/// So many releases that have not ended are on the page of an owner, the newest ones.
const OPEN: usize = 20;

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
    /// In which releases it holds what, or is held by whom: release, role and holder.
    held: Vec<(Reference<'a>, Reference<'a>, Reference<'a>)>,
    /// In how many more.
    more_held: usize,
    /// What waits for it in releases that have not ended, by release.
    open: Vec<Duties<'a>>,
    /// In how many more something does.
    more_open: usize,
    /// Where all releases are listed.
    all_releases: String,
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
pub(super) fn page(desk: &Desk<'_>, between: &Between<'_, view::Owner>) -> Result<String> {
    let owner = between.this;
    let pen = desk.pen(&owner.path);
    let about = About { kind: "owner", path: &owner.path, title: &owner.title, source: None };
    let content = Owner::new(pen, owner);
    let entry = |duties: &Duties<'_>| outline::entry(duties.document.text, &duties.anchor);
    let entries = content.open.iter().chain(&content.documents).map(entry).collect();
    let frame = Frame::new(desk, about, content)
        .within(pen, pen.labels.word("owners"), OWNERS)
        .between(pen, between)
        .described(plain(&owner.contact.about))
        .contents(entries);
    desk.theme.engine.render("owner.html", &frame)
}

impl<'a> Owner<'a> {
    fn new(pen: Pen<'a>, owner: &'a view::Owner) -> Self {
        Self {
            id: &owner.id,
            title: &owner.title,
            kind: owner.kind,
            about: pen.some_line(&owner.contact.about),
            contact: Contact::new(pen, &owner.contact),
            members: pen.mentions(&owner.members),
            holds: pen.mentions(&owner.holds),
            held: owner.held.iter().take(OPEN).map(|held| held_in(pen, held)).collect(),
            more_held: owner.held.len().saturating_sub(OPEN),
            open: owner.open.iter().take(OPEN).map(|duties| Duties::new(pen, duties, "_open-")).collect(),
            more_open: owner.open.len().saturating_sub(OPEN),
            all_releases: link::page(pen.page, RELEASES, ""),
            documents: owner.duties.iter().map(|duties| Duties::new(pen, duties, "_")).collect(),
        }
    }
}

/// Release, role and holder.
fn held_in<'a>(pen: Pen<'a>, held: &'a view::Held) -> (Reference<'a>, Reference<'a>, Reference<'a>) {
    (pen.mention(&held.release), pen.mention(&held.role), pen.mention(&held.by))
}

impl<'a> Duties<'a> {
    /// The anchor is the id of the document after `prefix`, which no id of an author begins with.
    fn new(pen: Pen<'a>, duties: &'a view::Duties, prefix: &str) -> Self {
        let mut groups: Vec<DutyGroup<'a>> = Vec::new();
        let page = duties.document.to.page();
        for duty in &duties.duties {
            let href = link::page(pen.page, page, &duty.anchor);
            let link = Backlink { how: pen.labels.word(duty.how), text: &duty.text, href };
            match groups.iter_mut().find(|group| group.key == duty.how) {
                Some(group) => group.duties.push(link),
                None => groups.push(DutyGroup { key: duty.how, how: link.how, duties: vec![link] }),
            }
        }
        let anchor = format!("{prefix}{}", duties.document.id).replace(char::is_whitespace, "-");
        Self { document: pen.mention(&duties.document), anchor, count: duties.duties.len(), groups }
    }
}
