//! Ways to reach somebody: in documents, and on the page of all of them.
//!
//! Takes contacts of the view, gives typed template variables with addresses that a browser opens.

use serde::Serialize;

use super::document::Escalation;
use super::engine::Html;
use super::frame::{About, Frame};
use super::markup::{Pen, Reference};
use super::state::web_address;
use super::{CONTACTS, Desk, outline};
use crate::error::Result;
use crate::view;

/// A way to reach somebody.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Contact<'a> {
    /// Who.
    who: Reference<'a>,
    /// `role`, `team`, `person`, `contact`.
    kind: &'a str,
    /// What for.
    about: Option<Html>,
    /// Who holds the role.
    holder: Option<Reference<'a>>,
    /// Who takes over.
    backup: Option<Reference<'a>>,
    /// Mail address.
    email: Option<Address<'a>>,
    /// Telephone number.
    phone: Option<Address<'a>>,
    /// Handle or channel.
    chat: Option<&'a str>,
    /// Web address.
    url: Option<Address<'a>>,
    /// When they can be reached.
    hours: Option<&'a str>,
}

/// An address as it is read and as it is opened.
#[derive(Debug, Clone, Serialize)]
struct Address<'a> {
    text: &'a str,
    href: Option<String>,
}

/// What `contacts.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Contacts<'a> {
    /// Everybody, by kind.
    groups: Vec<Group<'a>>,
    /// Whom to call next.
    paths: Vec<EscalationPath<'a>>,
}

/// A path of calls, with the runbooks that have it.
#[derive(Debug, Serialize)]
struct EscalationPath<'a> {
    steps: Vec<Escalation<'a>>,
    runbooks: Vec<Reference<'a>>,
}

/// Contacts of one kind.
#[derive(Debug, Serialize)]
struct Group<'a> {
    /// `Roles`, `Teams`, `People`, `Outside contacts`.
    title: &'a str,
    /// Anchor.
    anchor: &'static str,
    /// Who.
    contacts: Vec<Contact<'a>>,
}

/// The page of all contacts.
pub(super) fn page(desk: &Desk<'_>, all: &[view::Contact], paths: &[view::EscalationPath]) -> Result<String> {
    let path = CONTACTS;
    let pen = desk.pen(path);
    let kinds = [
        ("role", "roles", "_roles"),
        ("team", "teams", "_teams"),
        ("person", "people", "_people"),
        ("contact", "outside-contacts", "_outside"),
    ];
    let all = contacts(pen, all);
    let group = |(kind, label, anchor): (&str, &'static str, &'static str)| {
        let contacts: Vec<_> = all.iter().filter(|contact| contact.kind == kind).cloned().collect();
        (!contacts.is_empty()).then(|| Group { title: pen.labels.word(label), anchor, contacts })
    };
    let content = Contacts {
        groups: kinds.into_iter().filter_map(group).collect(),
        paths: paths.iter().map(|path| EscalationPath::new(pen, path)).collect(),
    };
    let groups = content.groups.iter().map(|group| (group.title, group.anchor));
    let paths = (!paths.is_empty()).then(|| (pen.labels.word("escalation"), "_escalation"));
    let entries = groups.chain(paths).map(|(title, anchor)| outline::entry(title, anchor)).collect();
    let about = About { kind: "contacts", path, title: desk.theme.labels.word("contacts"), source: None };
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.engine.render("contacts.html", &frame)
}

/// Ways to be reached.
pub(super) fn contacts<'a>(pen: Pen<'a>, contacts: &'a [view::Contact]) -> Vec<Contact<'a>> {
    contacts.iter().map(|contact| Contact::new(pen, contact)).collect()
}

impl<'a> EscalationPath<'a> {
    fn new(pen: Pen<'a>, path: &'a view::EscalationPath) -> Self {
        let steps = path.steps.iter().map(|step| Escalation::new(pen, step)).collect();
        Self { steps, runbooks: pen.mentions(&path.runbooks) }
    }
}

impl<'a> Contact<'a> {
    pub(super) fn new(pen: Pen<'a>, contact: &'a view::Contact) -> Self {
        Self {
            who: pen.mention(&contact.who),
            kind: contact.kind,
            about: pen.some_line(&contact.about),
            holder: contact.holder.as_ref().map(|holder| pen.mention(holder)),
            backup: contact.backup.as_ref().map(|backup| pen.mention(backup)),
            email: contact.email.as_deref().map(|text| Address { text, href: mail(text) }),
            phone: contact.phone.as_deref().map(|text| Address { text, href: telephone(text) }),
            chat: contact.chat.as_deref(),
            url: contact
                .url
                .as_deref()
                .map(|text| Address { text, href: web_address(text).map(str::to_owned) }),
            hours: contact.hours.as_deref(),
        }
    }
}

/// `mailto:`, where the text is an address and cannot add headers.
fn mail(text: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || "@.-_+'".contains(c);
    (text.contains('@') && text.chars().all(plain)).then(|| format!("mailto:{text}"))
}

/// `tel:`, where the text is a number.
fn telephone(text: &str) -> Option<String> {
    let written = |c: char| c.is_ascii_digit() || " +-/().".contains(c);
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (text.chars().all(written) && digits.len() > 2).then(|| format!("tel:{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_become_links() {
        assert_eq!(mail("ana@example.org").as_deref(), Some("mailto:ana@example.org"));
        assert_eq!(mail("ana@example.org?bcc=eve@example.org"), None);
        assert_eq!(mail("ask around"), None);
        assert_eq!(telephone("+34 600 000-001").as_deref(), Some("tel:+34600000001"));
        assert_eq!(telephone("javascript:alert(1)"), None);
        assert_eq!(telephone("112").as_deref(), Some("tel:112"));
    }
}
