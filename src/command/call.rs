//! `runsheet call`: what was called at a gate. It never changes the verdict, it stands beside it.

use super::logbook::Logbook;
use super::pick::pick;
use super::{Outcome, Place};
use crate::cli::Call;
use crate::error::Result;
use crate::model::section::Section;
use crate::release::About;

pub(crate) fn run(arguments: &Call, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    let sections = book.runbook()?.all_sections();
    let gates = sections.into_iter().flat_map(Section::gates);
    let gates: Vec<(&str, ())> = gates.map(|gate| (gate.id.as_str(), ())).collect();
    let (id, ()) = pick(&arguments.gate, "gate", &gates)?;
    let about = About::Gate { gate: id.to_owned(), choice: arguments.choice.word().to_owned() };
    let line = book.line(&arguments.stamp, about)?;
    book.append(&line)?;
    book.doubt_right(&line);
    Ok(Outcome::Fine)
}
