//! The list of all roles, teams and people.
//!
//! Takes owners of the view, gives the page, and for the home page the same in groups.

use serde::Serialize;

use super::frame::{About, Frame, is_long};
use super::markup::{Pen, Reference};
use super::{Desk, OWNERS, link, outline};
use crate::error::Result;
use crate::view;

/// What `owners.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Owners<'a> {
    groups: Vec<Group<'a>>,
    /// Whether it is longer than what is seen at once: then a field filters it.
    long: bool,
}

/// Owners of one kind.
#[derive(Debug, Serialize)]
pub(super) struct Group<'a> {
    /// `Roles`, `Teams`, `People`.
    title: &'a str,
    /// Anchor.
    anchor: &'static str,
    owners: Vec<Row<'a>>,
}

/// An owner in a list.
#[derive(Debug, Serialize)]
struct Row<'a> {
    title: &'a str,
    href: String,
    holder: Option<Reference<'a>>,
    backup: Option<Reference<'a>>,
    /// How many duties there are in runbooks.
    duties: usize,
    /// How many items of releases wait for them.
    open: usize,
}

/// The page of all owners.
pub(super) fn page(desk: &Desk<'_>, owners: &[view::Owner]) -> Result<String> {
    let pen = desk.pen(OWNERS);
    let content = Owners { groups: groups(pen, owners), long: is_long(owners.len()) };
    let about = About { kind: "owners", path: OWNERS, title: pen.labels.word("owners"), source: None };
    let entries = content.groups.iter().map(|group| outline::entry(group.title, group.anchor)).collect();
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.engine.render("owners.html", &frame)
}

/// Owners by kind.
pub(super) fn groups<'a>(pen: Pen<'a>, owners: &'a [view::Owner]) -> Vec<Group<'a>> {
    let kinds = [("role", "roles", "_roles"), ("team", "teams", "_teams"), ("person", "people", "_people")];
    let group = |(kind, label, anchor): (&str, &'static str, &'static str)| {
        let of_kind = owners.iter().filter(|owner| owner.kind == kind);
        let owners: Vec<_> = of_kind.map(|owner| Row::new(pen, owner)).collect();
        (!owners.is_empty()).then(|| Group { title: pen.labels.word(label), anchor, owners })
    };
    kinds.into_iter().filter_map(group).collect()
}

impl<'a> Row<'a> {
    fn new(pen: Pen<'a>, owner: &'a view::Owner) -> Self {
        let count = |all: &[view::Duties]| all.iter().map(|duties| duties.duties.len()).sum();
        Self {
            title: &owner.title,
            href: link::page(pen.page, &owner.path, ""),
            holder: owner.contact.holder.as_ref().map(|holder| pen.mention(holder)),
            backup: owner.contact.backup.as_ref().map(|backup| pen.mention(backup)),
            duties: count(&owner.duties),
            open: count(&owner.open),
        }
    }
}
