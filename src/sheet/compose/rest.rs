//! What is looked up or written down: logs, links, tables, and the end of a document.

use super::grid::{Choice, Entry, Grid, cell};
use super::inline::{mention, strong, text};
use super::{Composer, style};
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::{NodeId, Role};
use crate::sheet::text::Sign;
use crate::view::{Inline, Line as Words, LogEntry, Table};

/// Empty rows for what the list lacked.
const SPARE: usize = 6;
/// How many of them stay where the others would push a few lines onto a page of their own.
const LEAST: usize = 2;

impl Composer<'_> {
    /// Escalation, release log, spare lines, history.
    pub(super) fn rest(&mut self) {
        self.head = None;
        self.escalation(&[]);
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
        let (first, known) = (self.flow.rows.len(), self.flow.structure.len());
        self.grid(Grid { columns, rows, x: 0.0, title, least: style::ROW });
        let structure = &self.flow.structure;
        let nodes = (known..structure.len()).map(|at| NodeId(at as u32));
        let rows = nodes.filter(|node| structure.role(*node) == Role::TableRow);
        for (row, node) in self.flow.rows[first..].iter_mut().zip(rows).skip(1 + LEAST) {
            row.spare = Some(node);
        }
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
