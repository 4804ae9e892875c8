//! What is looked up or written down: contacts, logs, links, tables, and the end of a document.

use super::grid::{Choice, Entry, Grid, cell};
use super::inline::{mention, strong, text};
use super::{Composer, style};
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::Sign;
use crate::view::{Contact, Destination, Inline, Line as Words, LogEntry, Mention, Table};

/// Empty rows for what the list lacked.
const SPARE: usize = 6;

impl Composer<'_> {
    /// Escalation, release log, spare lines, history.
    pub(super) fn rest(&mut self) {
        self.head = None;
        self.escalation();
        if let Some(release) = &self.document.release {
            if !release.deviations.is_empty() {
                self.title(self.word("deviations"), "deviations");
                self.reasons(&release.deviations);
            }
            if !release.events.is_empty() {
                self.title(self.word("event-log"), "events");
                self.events(&release.events);
            }
        }
        self.spare(SPARE);
        self.history();
    }

    /// Whom to call next.
    pub(super) fn escalation(&mut self) {
        let steps = &self.document.escalation;
        if steps.is_empty() {
            return;
        }
        self.title(self.word("escalation"), "escalation");
        let reasons = steps.iter().any(|step| !step.about.is_empty());
        let row = |(at, step): (usize, &crate::view::Escalation)| {
            let name = format!("escalation-{}", at + 1);
            let mut row = vec![
                cell(format!("{}", at + 1)),
                Entry::Words(mention(&step.role)),
                cell(step.within.clone().unwrap_or_default()),
            ];
            row.extend(reasons.then(|| Entry::Words(step.about.clone())));
            row.push(Entry::Write(62.0, name, self.word("called-at").to_owned()));
            row
        };
        let rows = steps.iter().enumerate().map(row).collect();
        let columns = match reasons {
            true => self.heads(&["number", "call", "react-within", "for", "called-at"]),
            false => self.heads(&["number", "call", "react-within", "called-at"]),
        };
        let title = self.word("escalation").to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: style::ROW });
    }

    /// Ways to be reached.
    pub(super) fn contacts(&mut self, contacts: &[Contact]) {
        let held = contacts.iter().any(|contact| contact.holder.is_some() || contact.backup.is_some());
        let backup = self.word("stands-in");
        let row = |contact: &Contact| {
            let role = Mention { holder: None, ..contact.who.clone() };
            let mut who = mention(&role);
            if !contact.about.is_empty() {
                who.push(Inline::Break);
                who.extend(contact.about.iter().cloned());
            }
            let mut row = vec![Entry::Words(who)];
            row.extend(held.then(|| Entry::Words(holders(contact, backup, &Inline::Break))));
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

    /// An empty log.
    pub(super) fn log(&mut self, name: &str, count: usize) {
        let row = |at: usize| {
            let write = |width: f32, key: &'static str| {
                let tip = format!("{} {at}: {}", self.word("log"), self.word(key));
                Entry::Write(width, format!("{name}-{at}-{key}"), tip)
            };
            vec![write(52.0, "time"), write(210.0, "event"), write(70.0, "status"), write(130.0, "notes")]
        };
        let rows = (1..=count).map(row).collect();
        let columns = self.heads(&["time", "event", "status", "notes"]);
        self.grid(Grid { columns, rows, x: 0.0, title: self.word("log").to_owned(), least: style::ROW });
    }

    /// What was recorded, in words.
    fn events(&mut self, events: &[LogEntry]) {
        let row = |event: &LogEntry| {
            let mut what: Words = Vec::new();
            if let Some(about) = &event.about {
                what.extend(mention(about));
                what.push(text(": "));
            }
            what.push(text(&event.text));
            vec![cell(&event.at), Entry::Words(mention(&event.by)), Entry::Words(what)]
        };
        let rows = events.iter().map(row).collect();
        let columns = self.heads(&["time", "by-whom", "what"]);
        self.grid(Grid { columns, rows, x: 0.0, title: self.word("event-log").to_owned(), least: 0.0 });
    }

    /// Web addresses, each with its address in print.
    pub(super) fn links(&mut self, links: &[Inline]) {
        self.flow.structure.open(Role::List);
        for link in links {
            self.flow.structure.open(Role::Item);
            let words = [text("→  "), link.clone()];
            let pieces = self.words(&words, style::TEXT, Role::Body);
            let lines = self.setter.set(&pieces, self.measure);
            self.lines(lines, (0.0, 2.0, Keep::Free));
            self.flow.structure.close();
        }
        self.flow.structure.close();
    }

    /// Tables, with their blank rows.
    pub(super) fn tables(&mut self, tables: &[Table]) {
        for table in tables {
            self.from(table.span);
            let pieces = self.words(&table.title, style::BOLD, Role::Paragraph);
            let lines = self.setter.set(&pieces, self.measure);
            let cell = Cell::new(0.0, self.measure).with(lines);
            let anchors = vec![table.id.clone()];
            self.row(Row { before: 8.0, keep: Keep::Strong, anchors, ..Row::new(vec![cell]) });
            self.written_table = true;
            self.grid(self.table_grid(table));
            self.written_table = false;
        }
    }

    fn table_grid(&self, table: &Table) -> Grid {
        let words = |row: &Vec<Words>| row.iter().map(|cell| Entry::Words(cell.clone())).collect();
        let mut rows: Vec<Vec<Entry>> = table.rows.iter().map(words).collect();
        for at in 1..=table.blank {
            let write = |(column, head): (usize, &Words)| {
                let name = format!("{}-{at}-{}", table.id, column + 1);
                let tip = [("n", at.to_string()), ("what", crate::view::plain(head))];
                Entry::Write(30.0, name, self.fill("table-row", &tip))
            };
            rows.push(table.columns.iter().enumerate().map(write).collect());
        }
        let least = if table.blank > 0 { style::ROW } else { 0.0 };
        let title = crate::view::plain(&table.title);
        Grid { columns: table.columns.clone(), rows, x: 0.0, title, least }
    }

    /// Lines for what the document lacked.
    pub(super) fn spare(&mut self, count: usize) {
        self.title(self.word("spare-lines"), "spare-lines");
        let row = |at: usize| {
            let tip = |key: &'static str| {
                self.fill("spare-line", &[("n", at.to_string()), ("what", self.word(key).to_owned())])
            };
            let write = |width: f32, what: &str, key: &'static str| {
                Entry::Write(width, format!("spare-{at}-{what}"), tip(key))
            };
            let (name, tip) = (format!("spare-{at}"), tip("state-done"));
            let done = vec![Choice { word: String::new(), sign: Sign::Empty, name, tip }];
            vec![
                Entry::Choice(done),
                write(220.0, "what", "what"),
                write(74.0, "actual", "actual"),
                write(50.0, "by", "by-whom"),
                write(50.0, "time", "time"),
            ]
        };
        let rows = (1..=count).map(row).collect();
        let columns = self.heads(&["state-done", "lacked", "actual", "by-whom", "time"]);
        let title = self.word("spare-lines").to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: style::ROW });
    }

    fn history(&mut self) {
        if self.document.history.is_empty() {
            return;
        }
        self.title(self.word("history"), "history");
        for entry in &self.document.history {
            let mut words: Words = Vec::new();
            let facts = [
                entry.date.clone(),
                entry.revision.as_ref().map(|it| format!("{} {it}", self.word("revision"))),
            ];
            let facts: Vec<String> = facts.into_iter().flatten().collect();
            words.push(strong(facts.join(", ")));
            if let Some(author) = &entry.author {
                words.push(text(", "));
                words.extend(mention(author));
            }
            let lines = self.paragraph(&words, self.measure, style::TEXT);
            self.lines(lines, (0.0, 6.0, Keep::Strong));
            self.prose(&entry.change, 12.0, "");
        }
    }
}

/// Who holds a role, and who stands in; `between` parts them.
pub(super) fn holders(contact: &Contact, backup: &str, between: &Inline) -> Words {
    let mut words = contact.holder.as_ref().map(mention).unwrap_or_default();
    if let Some(person) = &contact.backup {
        let after = (!words.is_empty()).then(|| between.clone());
        words.extend(after.into_iter().chain([text(format!("{backup} "))]));
        words.extend(mention(person));
    }
    words
}

/// A way to reach somebody, as a link; a number stays on one line.
pub(super) fn way(value: &Option<String>, scheme: &str) -> Words {
    let link = |value: &String| {
        let to = Destination::Url(format!("{scheme}{}", value.replace(' ', "")));
        Inline::Link { to, content: vec![text(value.replace(' ', "\u{a0}"))] }
    };
    value.iter().map(link).collect()
}

/// The ways to reach somebody besides the telephone.
pub(super) fn ways(contact: &Contact) -> Vec<Words> {
    std::iter::once(way(&contact.email, "mailto:")).chain(others(contact)).collect()
}

fn others(contact: &Contact) -> Vec<Words> {
    let mut parts: Vec<Words> = Vec::new();
    parts.extend(contact.chat.iter().map(|chat| vec![text(chat)]));
    parts.extend(contact.url.as_ref().map(|_| way(&contact.url, "")));
    parts.extend(contact.hours.iter().map(|hours| vec![text(hours)]));
    parts
}
