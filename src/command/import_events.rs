//! `runsheet import-events`: what was recorded elsewhere, taken into the journal.
//!
//! Takes journal lines, a Markdown record or a filled sheet, told apart by what is in them. Shows each
//! line that is appended and each event that is refused.

use std::path::Path;

use jiff::SignedDuration;

use super::logbook::Logbook;
use super::terminal::plural;
use super::{Outcome, Place, clock, given};
use crate::cli::ImportEvents;
use crate::error::{Error, Result};
use crate::record;
use crate::release::{Candidate, Form, Hand, Intake, Line, Origin, Received, Sameness, Taken, entries};

pub(crate) fn run(arguments: &ImportEvents, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    let runbook = book.runbook()?;
    let zone = book.zone();
    let intake = Intake::new((book.release(), runbook), book.roster(), (book.now(), &zone));
    let candidates = read(arguments, &book, &intake)?;
    let received = intake.receive(candidates);
    show(&received, place)?;
    let lines: Vec<&Line> = received.taken.iter().filter_map(accepted).collect();
    book.doubt(&lines);
    if !arguments.dry_run {
        book.append_all(&lines)?;
    }
    let (count, refused) = (lines.len(), received.taken.len() - lines.len());
    let done = if arguments.dry_run { "would import" } else { "imported" };
    let known = received.known;
    place
        .terminal
        .say(&format!("{done} {}, refused {refused}, {known} known before", plural(count, "event")));
    Ok(if refused == 0 { Outcome::Fine } else { Outcome::Findings })
}

fn accepted(taken: &Taken) -> Option<&Line> {
    match taken {
        Taken::Accepted(line) => Some(&**line),
        Taken::Refused { .. } => None,
    }
}

fn show(received: &Received, place: &Place<'_>) -> Result<()> {
    let mut out = String::new();
    for taken in &received.taken {
        match taken {
            Taken::Accepted(line) => out += &format!("{line}\n"),
            Taken::Refused { place, why } => {
                // What a stranger wrote may not steer the terminal.
                let refused = format!("refused {place}: {why}");
                out.extend(refused.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }));
                out.push('\n');
            }
        }
    }
    place.terminal.answer(&out)
}

/// The events of a file, of whatever kind it is.
fn read(arguments: &ImportEvents, book: &Logbook<'_>, intake: &Intake<'_>) -> Result<Vec<Candidate>> {
    let path = &arguments.file;
    let bytes = given::bytes(path)?;
    let by = arguments.by.as_deref();
    if given::is_pdf(path) || bytes.starts_with(b"%PDF-") {
        return filled(&bytes, path, (book, by));
    }
    if [&b"%FDF-"[..], b"<?xml", b"\xef\xbb\xbf<?xml"].iter().any(|start| bytes.starts_with(start)) {
        let message = format!("`{}` is what was filled in without the sheet", path.display());
        return Err(Error::usage_help(message, "save the filled PDF itself, not the data of its form"));
    }
    let nothing = "is neither journal lines, a Markdown record nor a PDF";
    let text = String::from_utf8(bytes).map_err(|_| Error::place(path, nothing))?;
    let text = text.trim_start_matches('\u{feff}');
    if !text.contains("<!-- runsheet:begin ") {
        if record::is_checklist(text) {
            return Err(Error::usage_help(
                format!("`{}` has boxes to tick, and none of the marks of a record", path.display()),
                format!("tick those that `runsheet markdown {}` prints", book.release().name),
            ));
        }
        return Ok(entries(text, &book.zone()));
    }
    let mut records = record::boxes(text);
    // A text may hold the records of several releases; without one of ours, all are refused.
    if records.iter().any(|record| record.release == book.release().name) {
        records.retain(|record| record.release == book.release().name);
    }
    let by = book.author(by)?;
    let mut candidates = Vec::new();
    for record::Boxes { release, seal, boxes, unclear } in records {
        let origin = Origin { release, seal };
        candidates.extend(intake.boxes(&boxes, &by, (book.now(), &origin)));
        candidates.extend(unclear.into_iter().map(|(number, why)| Candidate {
            place: format!("line {number}"),
            line: Err(why),
            origin: Some(origin.clone()),
            sameness: Sameness::Done,
        }));
    }
    Ok(candidates)
}

/// What is written in the fields of a sheet.
fn filled(bytes: &[u8], path: &Path, (book, by): (&Logbook<'_>, Option<&str>)) -> Result<Vec<Candidate>> {
    let sheet = given::sheet(path, bytes)?;
    let fields = sheet.fields().ok_or_else(|| {
        let message = format!("`{}` has no fields to read", path.display());
        Error::usage_help(
            message,
            "save the filled sheet itself; one that is printed to a file loses its fields",
        )
    })?;
    if fields.is_empty() {
        book.warn(&format!("no field of `{}` is filled in", path.display()));
    }
    let origin = Origin { release: sheet.stamp.name, seal: sheet.stamp.seal };
    let (now, zone) = (book.now(), book.zone());
    let start = book.release().window.as_ref().and_then(|window| window.t());
    let near = start.map_or(now, |start| start.min(now));
    // The day is not written: it is that of the deployment, and never one to come.
    let when = |text: &str| {
        let at = clock::typed(text, &zone, near).ok()?;
        let earlier = now.checked_sub(SignedDuration::from_hours(12)).unwrap_or(now);
        if at <= now { Some(at) } else { clock::typed(text, &zone, earlier).ok() }
    };
    let who = |name: &str| book.author(Some(name)).unwrap_or_else(|_| name.to_owned());
    let by = match by {
        Some(by) => Some(book.author(Some(by))?),
        None => book.author(None).ok(),
    };
    let hand = Hand { by, now, who: &who, when: &when };
    Ok(Form::new(fields, origin, &hand).read(book.runbook()?))
}
