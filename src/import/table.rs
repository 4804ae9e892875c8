//! A table → checks, approvals or a table.
//!
//! Takes head and rows, gives what they are by the names of the columns: a column of boxes beside one of things to look
//! at makes checks, so does one of what is expected of the things in the first column, and a column of signatures makes
//! approvals. Columns that are only gaps to fill in go, the journal and
//! the sheets have them; every other cell stays.

use super::block::{Entry, Table};
use super::draft::{self, Approval, Item, Part};
use super::heading::clean;
use super::item;
use super::label::{self, Meaning, code, is_blank};
use super::outline::one_line;
use super::role::Roles;
use crate::model::identity::slug;

/// Columns that hold what is looked at.
const THINGS: [&str; 12] = [
    "item",
    "check",
    "task",
    "requirement",
    "test",
    "action",
    "step",
    "criterion",
    "criteria",
    "metric",
    "service",
    "description",
];

/// Columns that hold how it stands.
const STATES: [&str; 9] =
    ["status", "done", "pass", "passed", "pass-fail", "complete", "completed", "verified", "result"];

/// What stands in such a column: ticks, which are for the journal.
const TICKS: &str = "done pass passed fail failed yes no ok open todo to do pending complete completed not started in \
                     progress n/a tbd / -";

/// Columns that number what is done in turn.
const TURNS: [&str; 4] = ["step", "step-no", "order", "sequence"];

/// Columns that make a table one of signatures.
const SIGNATURES: [&str; 7] =
    ["signature", "sign-off", "signoff", "signed", "approval", "approved", "approve"];

/// Columns that hold who signs, the best first.
const SIGNERS: [&str; 5] = ["stakeholder", "role", "approver", "title", "name"];

/// Reads a table of a section that is called `section`.
pub(super) fn read(table: &Table, section: &str, roles: &mut Roles<'_>) -> Part {
    let names: Vec<String> = table.head.iter().map(|name| slug(&clean(name))).collect();
    let column =
        |wanted: &[&str]| wanted.iter().find_map(|name| names.iter().position(|known| known == name));
    if column(&SIGNATURES).is_some()
        && let Some(signer) = column(&SIGNERS)
    {
        return approvals(table, signer, roles);
    }
    let in_turn = column(&TURNS).is_some();
    let is_of_items = column(&STATES).is_some() || in_turn && column(&["command", "commands"]).is_some();
    let is_first =
        |thing: usize| thing == usize::from(table.head.first().is_some_and(|name| is_number(name)));
    let is_expected = |thing: usize| {
        is_first(thing) && table.head.iter().enumerate().any(|(at, name)| at != thing && is_bar(name))
    };
    if let Some(thing) = column(&THINGS).filter(|thing| is_of_items || is_expected(*thing)) {
        let items = table.rows.iter().map(|row| item(&table.head, row, thing, roles)).collect();
        return if in_turn { Part::Steps(items) } else { Part::Checks(items) };
    }
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let columns =
        table.head.iter().map(|name| if name.is_empty() { "—".to_owned() } else { plain(name) }).collect();
    Part::Tables(vec![draft::Table { title: section.to_owned(), columns, rows }])
}

/// A row as a check or a step.
fn item(head: &[String], row: &[String], thing: usize, roles: &mut Roles<'_>) -> Item {
    let title = row.get(thing).map_or_else(String::new, |cell| plain(cell));
    let mut item = item::read(&Entry { task: true, head: title, content: Vec::new() }, roles);
    let cells = head
        .iter()
        .zip(row)
        .enumerate()
        .filter(|(at, (name, cell))| *at != thing && !is_blank(cell) && !is_of_journal(name, cell));
    // A bar is read before what stands against it.
    let (bars, others): (Vec<_>, Vec<_>) = cells.map(|(_, cell)| cell).partition(|(name, _)| is_bar(name));
    for (name, cell) in bars.into_iter().chain(others) {
        item.cell(&clean(name), &plain(cell), roles);
    }
    item
}

/// Whether a column says what is expected.
fn is_bar(name: &str) -> bool {
    matches!(label::meaning(&clean(name)), Some(Meaning::Expect | Meaning::Threshold))
}

/// Whether a column numbers its rows.
fn is_number(name: &str) -> bool {
    name == "#" || ["no", "nr"].contains(&slug(&clean(name)).as_str())
}

/// Whether a cell only numbers its row or says how it stands.
fn is_of_journal(name: &str, cell: &str) -> bool {
    let is_turn = cell.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_tick = |word: &str| TICKS.split(' ').any(|tick| tick == word) || is_blank(word);
    let column = slug(&clean(name));
    match column.as_str() {
        _ if is_number(name) => true,
        column if TURNS.contains(&column) => is_turn,
        column if STATES.contains(&column) => plain(cell).to_lowercase().split(' ').all(is_tick),
        _ => false,
    }
}

impl Item {
    /// A cell below the name of its column.
    fn cell(&mut self, name: &str, cell: &str, roles: &mut Roles<'_>) {
        let meaning = label::meaning(name);
        match meaning {
            Some(Meaning::Owner) if roles.add(cell, &mut self.owner) => {}
            Some(Meaning::Confirm) if roles.add(cell, &mut self.confirm) => {}
            Some(meaning) if self.schedule(meaning, cell) => {}
            Some(Meaning::Run) if code(cell).is_some() && self.run.is_none() => {
                self.run = code(cell).map(|command| draft::Command::Plain(command.to_owned()));
            }
            Some(Meaning::Expect | Meaning::Threshold) if self.bars(cell) => {}
            Some(Meaning::Expect | Meaning::Threshold) if self.expect.is_none() => {
                self.expect = Some(cell.to_owned())
            }
            Some(Meaning::Abort) if self.abort(name, cell) => {}
            Some(Meaning::Warning) if self.warning.is_none() => self.warning = Some(cell.to_owned()),
            Some(Meaning::Evidence) if self.evidence.is_none() => self.evidence = Some(cell.to_owned()),
            Some(Meaning::About) if self.about.is_empty() => cell.clone_into(&mut self.about),
            _ if self.is_against(cell) => self.tell(&format!("{name}: {cell}")),
            _ => self.fields.add(name, cell),
        }
    }
}

/// A row for each who signs.
fn approvals(table: &Table, signer: usize, roles: &mut Roles<'_>) -> Part {
    let mut approvals: Vec<Approval> = Vec::new();
    for row in &table.rows {
        let cell = row
            .get(signer)
            .filter(|cell| !is_blank(cell))
            .or_else(|| row.iter().find(|cell| !is_blank(cell)));
        let Some(role) = cell.map(|cell| roles.id(&plain(cell))).filter(|role| !role.is_empty()) else {
            continue;
        };
        if approvals.iter().all(|known| known.role != role) {
            approvals.push(Approval { role });
        }
    }
    Part::Approvals(approvals)
}

/// A cell without emphasis and boxes.
fn plain(cell: &str) -> String {
    let mut text = cell.replace("**", "").replace(['☐', '☑', '□', '⬜'], "");
    for line_break in ["<br>", "<br/>", "<br />"] {
        text = text.replace(line_break, "; ");
    }
    one_line(&text)
}
