//! `runsheet call`: what was called at a gate. It never changes the verdict, it stands beside it.

use super::gate::as_of;
use super::logbook::Logbook;
use super::pick::pick;
use super::{Outcome, Place};
use crate::cli::Call;
use crate::error::Result;
use crate::model::section::Section;
use crate::release::{self, About};

pub(crate) fn run(arguments: &Call, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    let sections = book.runbook()?.all_sections();
    let gates = sections.into_iter().flat_map(Section::gates);
    let gates: Vec<(&str, ())> = gates.map(|gate| (gate.id.as_str(), ())).collect();
    let (id, ()) = pick(&arguments.gate, "gate", &gates)?;
    let about = About::Gate { gate: id.to_owned(), choice: arguments.choice.word().to_owned() };
    let line = book.line(&arguments.stamp, about)?;
    let release = book.release();
    let assessed = release::assess(release, book.roster(), as_of(release)?);
    book.append(&line)?;
    book.doubt_right(&line);
    let verdict = assessed.gates.get(id).map_or(assessed.verdict, |gate| gate.verdict);
    if verdict.denies(arguments.choice.word()) {
        let (name, verdict) = (&release.name, verdict.word());
        book.warn(&format!("the verdict is {verdict}: `runsheet gate {name} {id}` says why"));
    }
    Ok(Outcome::Fine)
}
