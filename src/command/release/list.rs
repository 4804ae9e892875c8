//! `runsheet release list`: every release on one line.

use serde_json::json;

use crate::cli::{List, ListFormat};
use crate::command::subject::unread_plans;
use crate::command::terminal::{one_line, plural};
use crate::command::{Outcome, Place, gate};
use crate::error::{Error, Result};
use crate::model::release::Release;
use crate::pipeline;
use crate::release::{Verdict, assess};

/// What a column shows where there is nothing.
const NOTHING: &str = "–";

pub(crate) fn run(arguments: &List, place: &Place<'_>) -> Result<Outcome> {
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let mut listed = Vec::new();
    for release in &project.library.releases {
        let assessment = assess(release, &project.library.roster, gate::as_of(release)?);
        let outcome = assessment.outcome.map(|(outcome, _)| outcome);
        listed.push(Listed { release, verdict: assessment.verdict, outcome });
    }
    match arguments.output_format {
        ListFormat::Json => place.terminal.answer(&json(&listed)?)?,
        ListFormat::Human if listed.is_empty() => {}
        ListFormat::Human => place.terminal.answer(&table(&rows(&listed)))?,
    }
    for path in unread_plans(&project) {
        place.terminal.warn(&format!("`{path}` cannot be read: run `runsheet check`"));
    }
    place.terminal.say(&plural(listed.len(), "release"));
    Ok(Outcome::Fine)
}

/// A release with what is computed of it.
struct Listed<'a> {
    release: &'a Release,
    verdict: Verdict,
    outcome: Option<String>,
}

fn rows(listed: &[Listed<'_>]) -> Vec<[String; 6]> {
    let head = ["release", "runbook", "version", "start", "verdict", "outcome"].map(str::to_owned);
    let row = |Listed { release, verdict, outcome }: &Listed<'_>| {
        [
            release.name.clone(),
            release.runbook_id.name.clone(),
            release.version.clone(),
            start(release),
            verdict.word().to_owned(),
            outcome.clone().unwrap_or(NOTHING.to_owned()),
        ]
        .map(|cell| one_line(&cell))
    };
    std::iter::once(head).chain(listed.iter().map(row)).collect()
}

fn json(listed: &[Listed<'_>]) -> Result<String> {
    let one = |Listed { release, verdict, outcome }: &Listed<'_>| {
        let window = release.window.as_ref();
        json!({
            "release": release.name,
            "runbook": release.runbook_id.name,
            "version": release.version,
            "start": window.and_then(|window| window.t()).map(|start| start.to_string()),
            "zone": window.map(|window| window.zone.value.as_str()),
            "verdict": verdict.word(),
            "outcome": outcome,
        })
    };
    let value = json!({ "version": 1, "releases": listed.iter().map(one).collect::<Vec<_>>() });
    let text = serde_json::to_string_pretty(&value).map_err(|error| Error::usage(error.to_string()))?;
    Ok(text + "\n")
}

/// The start of the window, local, with its zone.
fn start(release: &Release) -> String {
    release.window.as_ref().map_or(NOTHING.to_owned(), |window| {
        let start = window.start.value;
        format!("{} {:02}:{:02} {}", start.date(), start.hour(), start.minute(), window.zone.value)
    })
}

/// Columns two spaces apart.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().enumerate().map(|(column, cell)| format!("{cell:<0$}", width(column))).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}
