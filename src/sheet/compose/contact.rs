//! Whom to call, and how: the escalation path, the tables of contacts, and the contact card.

use super::grid::{Entry, Grid, cell};
use super::inline::{joined, mention, text};
use super::{Composer, GUTTER, style};
use crate::sheet::font::Family;
use crate::sheet::layout::{Cell, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::ZERO_WIDTH_SPACE;
use crate::view::{Block, Contact, Destination, Escalation, Inline, Line as Words, Mention};

impl Composer<'_> {
    /// The escalation path with its numbers, then everybody else, two beside each other.
    pub(super) fn contact_card(&mut self) {
        let sections = &self.document.sections;
        let listed = sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
            Block::Contacts(contacts) => Some(contacts.as_slice()),
            _ => None,
        });
        let contacts = listed.unwrap_or_default();
        self.escalation(contacts);
        let steps = &self.document.escalation;
        let called = |contact: &&Contact| steps.iter().any(|step| step.role.id == contact.who.id);
        let rest: Vec<&Contact> = contacts.iter().filter(|contact| !called(contact)).collect();
        if rest.is_empty() {
            return;
        }
        self.title(self.word("numbers"), "contacts");
        self.flow.structure.open(Role::List);
        for pair in rest.chunks(2) {
            self.contact_pair(pair);
        }
        self.flow.structure.close();
    }

    /// Whom to call next; with the ways to do so where there are contacts.
    pub(super) fn escalation(&mut self, contacts: &[Contact]) {
        let steps = &self.document.escalation;
        if steps.is_empty() {
            return;
        }
        self.title(self.word("escalation"), "escalation");
        let reasons = steps.iter().any(|step| !step.about.is_empty());
        let row = |(at, step): (usize, &Escalation)| {
            let mut row = vec![cell(format!("{}", at + 1))];
            if contacts.is_empty() {
                row.push(Entry::Words(mention(&step.role)));
            } else {
                row.extend(self.reached(step, contacts));
            }
            row.push(cell(step.within.clone().unwrap_or_default()));
            row.extend(reasons.then(|| Entry::Words(step.about.clone())));
            row.push(Entry::Write(50.0, format!("escalation-{}", at + 1), self.word("called-at").to_owned()));
            row
        };
        let rows = steps.iter().enumerate().map(row).collect();
        let mut keys = vec!["number", "call"];
        keys.extend((!contacts.is_empty()).then_some("phone"));
        keys.push("react-within");
        keys.extend(reasons.then_some("for"));
        keys.push("called-at");
        let (columns, title) = (self.heads(&keys), self.word("escalation").to_owned());
        self.grid(Grid { columns, rows, x: 0.0, title, least: style::ROW });
    }

    /// Who is called with all that is known of them, and the number.
    fn reached(&self, step: &Escalation, contacts: &[Contact]) -> [Entry; 2] {
        let contact = contacts.iter().find(|contact| contact.who.id == step.role.id);
        let role = Mention { holder: None, ..step.role.clone() };
        let mut who = vec![Inline::Strong(mention(&role))];
        for words in contact.map(|contact| self.beside(contact)).into_iter().flatten() {
            who.push(Inline::Break);
            who.extend(words);
        }
        let phone = contact.map(|contact| Inline::Strong(way(&contact.phone, "tel:")));
        [Entry::Words(who), Entry::Words(phone.into_iter().collect())]
    }

    /// What a card says of a contact below the name, in lines: who it is, and other ways.
    fn beside(&self, contact: &Contact) -> impl Iterator<Item = Words> + use<> {
        let ways = std::iter::once(way(&contact.email, "mailto:")).chain(others(contact));
        let lines = [
            self.holders(contact.holder.as_ref(), contact.backup.as_ref(), &text(", ")),
            joined(ways.collect()),
        ];
        lines.into_iter().filter(|words| !words.is_empty())
    }

    /// Who, and the number at the end of a line of dots; below them who holds the role and other ways.
    fn contact_pair(&mut self, pair: &[&Contact]) {
        let half = (self.measure - GUTTER) / 2.0;
        let mut cells = Vec::new();
        for (at, contact) in pair.iter().enumerate() {
            let x = at as f32 * (half + GUTTER);
            self.flow.structure.open(Role::Item);
            self.flow.structure.open(Role::Body);
            let role = Mention { holder: None, ..contact.who.clone() };
            let bold = style::SMALL.family(Family::Bold);
            let name = self.words(&mention(&role), bold, Role::Paragraph);
            let phone = way(&contact.phone, "tel:");
            let phone = if phone.is_empty() { Vec::new() } else { self.words(&phone, bold, Role::Paragraph) };
            let mut lines = self.setter.lead(&name, &phone, half);
            for words in self.beside(contact) {
                lines.extend(self.paragraph(&words, half, style::SMALL));
            }
            self.flow.structure.close();
            self.flow.structure.close();
            cells.push(Cell::new(x, half).with(lines).inset(0.0, 2.5));
        }
        self.row(Row { rule: style::THIN, ..Row::new(cells) });
    }

    /// Ways to be reached, as a table.
    pub(super) fn contacts(&mut self, contacts: &[Contact]) {
        let held = contacts.iter().any(|contact| contact.holder.is_some() || contact.backup.is_some());
        let row = |contact: &Contact| {
            let role = Mention { holder: None, ..contact.who.clone() };
            let mut who = mention(&role);
            if !contact.about.is_empty() {
                who.push(Inline::Break);
                who.extend(contact.about.iter().cloned());
            }
            let mut row = vec![Entry::Words(who)];
            let holders = || self.holders(contact.holder.as_ref(), contact.backup.as_ref(), &Inline::Break);
            row.extend(held.then(|| Entry::Words(holders())));
            row.extend([
                Entry::Words(way(&contact.phone, "tel:")),
                Entry::Words(way(&contact.email, "mailto:")),
                Entry::Words(others(contact).join(&Inline::Break)),
            ]);
            row
        };
        let rows = contacts.iter().map(row).collect();
        let keys: &[&str] =
            if held { &["who", "held-by", "phone", "mail"] } else { &["who", "phone", "mail"] };
        let mut columns = self.heads(keys);
        let ways = ["chat", "web", "hours"].map(|key| self.word(key));
        columns.push(vec![text(ways.join(", "))]);
        let title = self.word("contacts").to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: 0.0 });
    }

    /// Who holds a role, and who stands in; `between` parts them.
    pub(super) fn holders(
        &self,
        holder: Option<&Mention>,
        backup: Option<&Mention>,
        between: &Inline,
    ) -> Words {
        let mut words = holder.map(mention).unwrap_or_default();
        if let Some(person) = backup {
            let after = (!words.is_empty()).then(|| between.clone());
            words.extend(after.into_iter().chain([text(format!("{} ", self.word("stands-in")))]));
            words.extend(mention(person));
        }
        words
    }
}

/// A way to reach somebody, as a link; a number stays on one line, and an address is broken behind its `@`.
fn way(value: &Option<String>, scheme: &str) -> Words {
    let link = |value: &String| {
        let to = Destination::Url(format!("{scheme}{}", value.replace(' ', "")));
        let shown = value.replace(' ', "\u{a0}").replace('@', &format!("@{ZERO_WIDTH_SPACE}"));
        Inline::Link { to, content: vec![text(shown)] }
    };
    value.iter().map(link).collect()
}

/// The ways to reach somebody besides telephone and mail.
fn others(contact: &Contact) -> Vec<Words> {
    let mut parts: Vec<Words> = Vec::new();
    parts.extend(contact.chat.iter().map(|chat| vec![text(chat)]));
    parts.extend(contact.url.as_ref().map(|_| way(&contact.url, "")));
    parts.extend(contact.hours.iter().map(|hours| vec![text(hours)]));
    parts
}
