//! `runsheet call`: what was called at a gate. It never changes the verdict, it stands beside it.

use super::logbook::Logbook;
use super::pick::pick;
use super::{Outcome, Place};
use crate::cli::Call;
use crate::error::Result;
use crate::model::section::{Gate, Section};
use crate::release::About;

pub(crate) fn run(arguments: &Call, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    let sections = book.runbook()?.all_sections();
    let gates = sections.into_iter().flat_map(Section::gates);
    let gates: Vec<(&str, &Gate)> = gates.map(|gate| (gate.id.as_str(), gate)).collect();
    let (id, gate) = pick(&arguments.gate, "gate", &gates)?;
    let about = About::Gate { gate: id.to_owned(), choice: arguments.choice.word().to_owned() };
    let line = book.line(&arguments.stamp, about)?;
    book.append(&line)?;
    let deciding = gate.decides.iter().map(|role| role.name.as_str());
    book.doubt_right(&line.by, deciding, "the record says who decides at this gate");
    Ok(Outcome::Fine)
}
