//! `runsheet release list`: every release on one line.

use crate::command::terminal::plural;
use crate::command::{Outcome, Place, gate};
use crate::error::Result;
use crate::model::release::Release;
use crate::pipeline;
use crate::release::assess;

/// What a column shows where there is nothing.
const NOTHING: &str = "–";

pub(crate) fn run(place: &Place<'_>) -> Result<Outcome> {
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let head = ["release", "runbook", "version", "start", "verdict", "outcome"].map(str::to_owned);
    let mut rows = vec![head];
    for release in &project.library.releases {
        let assessment = assess(release, &project.library.roster, gate::as_of(release)?);
        let outcome = assessment.outcome.map_or(NOTHING.to_owned(), |(outcome, _)| outcome);
        rows.push([
            release.name.clone(),
            release.runbook_id.name.clone(),
            release.version.clone(),
            start(release),
            assessment.verdict.word().to_owned(),
            outcome,
        ]);
    }
    if rows.len() > 1 {
        place.terminal.answer(&table(&rows));
    }
    place.terminal.say(&plural(rows.len() - 1, "release"));
    Ok(Outcome::Fine)
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
