//! `runsheet diff`: what differs between two releases, revisions or runbooks.
//!
//! Takes two names, prints the differences with what was weakened first. Differences are an answer
//! and no finding: the exit code is 0 with and without them.

mod human;
mod json;
mod markdown;
mod side;

use std::sync::Arc;

use super::terminal::plural;
use super::{Outcome, Place};
use crate::cli::{Diff, DiffFormat};
use crate::config::Labels;
use crate::error::{Error, Result};
use crate::model::runbook::Runbook;
use crate::release::compare::{self, Change, Group};
use side::{Side, What};

/// Two sides and what differs.
struct Report {
    before: Side,
    after: Side,
    compared: Vec<Compared>,
}

/// A runbook that differs.
struct Compared {
    id: String,
    title: String,
    presence: Presence,
    changes: Vec<Change>,
}

/// On which sides a runbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Both,
    OnlyBefore,
    OnlyAfter,
}

pub(crate) fn run(arguments: &Diff, place: &Place<'_>) -> Result<Outcome> {
    let sides = side::Sides::new(place)?;
    let before = sides.of(&arguments.before)?;
    let after = arguments.after.as_deref().map_or_else(|| Ok(sides.now()), |name| sides.of(name))?;
    for note in before.notes.iter().chain(&after.notes) {
        place.terminal.say(note);
    }
    let compared = compare(&before, &after)?;
    let report = Report { before, after, compared };
    match arguments.output_format {
        DiffFormat::Human => place.terminal.show(&human::render(&report)),
        DiffFormat::Json => place.terminal.answer(&json::render(&report)?),
        DiffFormat::Markdown => place.terminal.answer(&markdown::render(&report)),
    }?;
    place.terminal.say(&summary(&report));
    Ok(Outcome::Fine)
}

/// What changed from one release to another, a line each; what weakens the runbook comes first.
///
/// # Errors
/// When one of them cannot be compared.
pub(crate) fn lines(place: &Place<'_>, before: &str, after: &str, labels: &Labels) -> Result<Vec<String>> {
    let sides = side::Sides::new(place)?;
    let compared = compare(&sides.of(before)?, &sides.of(after)?)?;
    Ok(compared.iter().flat_map(|compared| compared.lines(labels)).collect())
}

/// Changes of one runbook or release, a line each; what weakens it comes first.
pub(crate) fn worded(changes: Vec<Change>) -> Vec<String> {
    Compared { id: String::new(), title: String::new(), presence: Presence::Both, changes }
        .lines(Labels::english())
}

/// A change for programs.
///
/// # Errors
/// When it cannot be written as JSON, which would be a mistake of the program.
pub(crate) fn machine(change: &Change) -> Result<serde_json::Value> {
    serde_json::to_value(json::change(change)).map_err(|error| Error::usage(error.to_string()))
}

/// Pairs what the two sides hold.
fn compare(before: &Side, after: &Side) -> Result<Vec<Compared>> {
    let found = match (&before.what, &after.what) {
        (What::All(old), What::All(new)) => {
            let mut found = all(&old.runbooks, &new.runbooks);
            of_releases(compare::plans_and_journals(old, new), &new.runbooks, &mut found);
            return Ok(found);
        }
        (What::Release(old), What::Release(new)) => {
            let runbook = after.one().or_else(|| before.one());
            return Ok(runbook
                .map(|runbook| both(runbook, compare::releases(old, new)))
                .into_iter()
                .collect());
        }
        (What::All(old), _) => (after.one().and_then(|one| same_id(&old.runbooks, one)), after.one()),
        (_, What::All(new)) => (before.one(), before.one().and_then(|one| same_id(&new.runbooks, one))),
        _ => (before.one(), after.one()),
    };
    match found {
        (Some(old), Some(new)) => Ok(vec![both(new, compare::runbooks(old, new))]),
        (Some(there), None) => Err(missing(after, there)),
        (None, Some(there)) => Err(missing(before, there)),
        (None, None) => Ok(Vec::new()),
    }
}

fn missing(side: &Side, runbook: &Runbook) -> Error {
    Error::usage(format!("`{}` has no runbook `{}`", side.name, runbook.id))
}

fn same_id<'a>(runbooks: &'a [Arc<Runbook>], one: &Runbook) -> Option<&'a Runbook> {
    runbooks.iter().find(|runbook| runbook.id == one.id).map(AsRef::as_ref)
}

fn both(runbook: &Runbook, changes: Vec<Change>) -> Compared {
    Compared { id: runbook.id.clone(), title: runbook.title.plain(), presence: Presence::Both, changes }
}

/// Every runbook of two states of the project, by id; those without a difference are left out.
fn all(old: &[Arc<Runbook>], new: &[Arc<Runbook>]) -> Vec<Compared> {
    let only = |runbook: &Runbook, presence| Compared { presence, ..both(runbook, Vec::new()) };
    let mut found: Vec<Compared> = new
        .iter()
        .map(|runbook| match same_id(old, runbook) {
            Some(was) => both(runbook, compare::runbooks(was, runbook)),
            None => only(runbook, Presence::OnlyAfter),
        })
        .collect();
    let gone = old.iter().filter(|runbook| same_id(new, runbook).is_none());
    found.extend(gone.map(|runbook| only(runbook, Presence::OnlyBefore)));
    found.retain(|one| one.presence != Presence::Both || !one.changes.is_empty());
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// Adds what differs in releases to what differs in their runbooks.
fn of_releases(differ: Vec<(String, Vec<Change>)>, runbooks: &[Arc<Runbook>], found: &mut Vec<Compared>) {
    for (id, changes) in differ {
        if let Some(known) = found.iter_mut().find(|one| one.id == id && one.presence == Presence::Both) {
            known.changes.extend(changes);
            known.changes.sort_by_key(|change| change.group);
            continue;
        }
        let runbook = runbooks.iter().find(|runbook| runbook.id == id);
        let title = runbook.map_or_else(|| id.clone(), |runbook| runbook.title.plain());
        found.push(Compared { id, title, presence: Presence::Both, changes });
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
}

impl Compared {
    /// Every change that is shown on its own, a line each.
    fn lines(&self, labels: &Labels) -> Vec<String> {
        let of = |group| self.shown(group).into_iter().map(|change| human::line(change, self, labels));
        Group::ALL.into_iter().flat_map(of).collect()
    }

    /// The changes of a group that are shown on their own: what came or went with something else is
    /// counted there, unless it weakens.
    fn shown(&self, group: Group) -> Vec<&Change> {
        let weakens = group <= Group::RollbackRemoved;
        let of_group = self.changes.iter().filter(|change| change.group == group);
        of_group.filter(|change| weakens || change.inside.is_none()).collect()
    }

    /// How much came or went inside of what `change` is about, and is not shown.
    fn folded(&self, change: &Change) -> usize {
        if change.key.is_some() || change.before.is_some() {
            return 0;
        }
        let inside =
            |one: &&Change| one.inside.as_ref() == Some(&change.id) && one.group > Group::RollbackRemoved;
        self.changes.iter().filter(inside).count()
    }
}

/// `4 differences: 1 loosened, 3 reworded`
fn summary(report: &Report) -> String {
    let changes = || report.compared.iter().flat_map(|compared| &compared.changes);
    let of = |presence| report.compared.iter().filter(|compared| compared.presence == presence).count();
    let (gone, come) = (of(Presence::OnlyBefore), of(Presence::OnlyAfter));
    let mut words: Vec<String> = Vec::new();
    for (number, word) in [(gone, "removed"), (come, "added")] {
        if number > 0 {
            words.push(format!("{} {word}", plural(number, "runbook")));
        }
    }
    for group in Group::ALL {
        let number = changes().filter(|change| change.group == group).count();
        if number > 0 {
            words.push(format!("{number} {}", group.word()));
        }
    }
    match changes().count() + gone + come {
        0 => "no differences".to_owned(),
        number => format!("{}: {}", plural(number, "difference"), words.join(", ")),
    }
}
