//! Journal lines as text → candidates, and read events → lines.
//!
//! Takes a text, gives a candidate for each entry, in order. What the journal's own reader makes of an
//! entry is what is written anew, so that nothing else gets in with it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::{Candidate, Origin, Sameness};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model;
use crate::model::release::{Act, Event};
use crate::release::{About, ItemEvent, Line};
use crate::source::{Kind, Source, Sources};

/// What the comment that names the release begins with.
const HEAD: &str = "# runsheet ";

/// The entries of `text`; `zone` is where the release is run.
pub fn entries(text: &str, zone: &TimeZone) -> Vec<Candidate> {
    let path = "import";
    let sources = Sources::new(vec![Source::new(path, Kind::Journal, text.to_owned())]);
    let Some(file) = sources.find(path) else { return Vec::new() };
    let (journal, found) = model::journal(&sources, file, zone);
    let mut faults: Vec<Diagnostic> =
        found.into_iter().filter(|found| found.severity == Severity::Error).collect();
    let mut read: Vec<(u32, Result<Line, String>)> = Vec::new();
    for event in &journal.events {
        let inside =
            |fault: &Diagnostic| event.span.start <= fault.span.start && fault.span.start < event.span.end;
        let wrong = faults.iter().find(|fault| inside(fault)).map(|fault| fault.message.clone());
        faults.retain(|fault| !inside(fault));
        read.push((event.span.start, wrong.map_or_else(|| retell(event, zone), Err)));
    }
    let source = sources.get(file);
    let mut lines = BTreeSet::new();
    for fault in faults {
        if lines.insert(source.position(fault.span.start).0) {
            read.push((fault.span.start, Err(fault.message)));
        }
    }
    let torn = |why: &str| Err(format!("it is no line of a journal: {why}"));
    read.extend(journal.torn.iter().map(|line| (line.span.start, torn(&line.value))));
    read.sort_by_key(|(start, _)| *start);
    let origins = origins(source);
    let candidate = |(start, line)| {
        let number = source.position(start).0;
        let origin = origins.iter().rev().find(|(head, _)| *head < number).map(|(_, origin)| origin.clone());
        Candidate { place: format!("line {number}"), line, origin, sameness: Sameness::Line }
    };
    read.into_iter().map(candidate).collect()
}

/// The comments `# runsheet RELEASE SEAL` with the numbers of their lines; each counts until the next.
fn origins(source: &Source) -> Vec<(usize, Origin)> {
    let head = |number: usize| {
        let rest = source.text[source.line(number)].strip_prefix(HEAD)?.trim();
        let (release, seal) = match rest.rsplit_once(' ') {
            Some((release, seal)) if is_seal(seal) => (release.trim(), seal),
            _ => (rest, ""),
        };
        Some((number, Origin { release: release.to_owned(), seal: seal.to_owned() }))
    };
    (1..=source.lines()).filter_map(head).collect()
}

fn is_seal(text: &str) -> bool {
    let group = |group: &str| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('-').count() == 4 && text.split('-').all(group)
}

/// An event as the line that records it.
///
/// # Errors
/// When the event does not say enough to be written.
pub fn retell(event: &Event, zone: &TimeZone) -> Result<Line, String> {
    let mut line = Line::new(event.at, event.by.name.clone(), about(&event.act)?);
    if let Act::Item { until: Some(until), .. } = &event.act {
        line.until = Some(end(until.value, zone));
    }
    line.why.clone_from(&event.why);
    line.evidence.clone_from(&event.evidence);
    line.note.clone_from(&event.note);
    line.signature.clone_from(&event.signature);
    Ok(line)
}

fn about(act: &Act) -> Result<About, String> {
    let text = |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    Ok(match act {
        Act::Item { item, state, actual, metric, field, confirm, .. } => About::Item(ItemEvent {
            item: item.name.clone(),
            state: *state,
            metric: text(metric),
            actual: text(actual),
            field: field.as_ref().map(|(name, value)| (name.value.clone(), value.value.clone())),
            confirm: confirm.as_ref().map(|role| role.name.clone()),
        }),
        Act::Message { message, state } => {
            let missing = || format!("`{}` is a message and does not say that it `is: sent`", message.name);
            About::Message { message: message.name.clone(), state: state.ok_or_else(missing)? }
        }
        Act::Trigger { trigger, state, actual } => {
            About::Trigger { trigger: trigger.name.clone(), state: *state, actual: text(actual) }
        }
        Act::Sign { role, choice, seal } => About::Sign {
            role: role.name.clone(),
            choice: choice.value.clone(),
            seal: text(seal).unwrap_or_default(),
        },
        Act::Gate { gate, choice } => About::Gate { gate: gate.name.clone(), choice: choice.value.clone() },
        Act::Log { text } => About::Log { text: text.clone() },
        Act::Outcome { outcome } => About::Outcome { outcome: outcome.value.clone() },
    })
}

/// The end of a waiver: the day that it ends with, else the instant.
fn end(until: Timestamp, zone: &TimeZone) -> String {
    let local = until.to_zoned(zone.clone());
    match local.date().yesterday() {
        Ok(day) if local.time() == Time::midnight() => day.to_string(),
        _ => until.to_string(),
    }
}
