//! The journal: one event a line.
//!
//! Takes the journal's file, gives its events. A line that cannot be read is kept aside and reported,
//! never fatal: a crash may have torn the last one.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{reference, stray};
use crate::diagnostic::Diagnostic;
use crate::model::document;
use crate::model::release::{Act, Event, Journal, UNMERGED};
use crate::model::torn;
use crate::source::{
    Fault, FaultKind, Field, FileId, Node, Source, Span, Spanned, Value, decode, is_conflict_mark, parse,
    parse_line, parse_parts,
};

/// Reads the journal in `file`; dates of waivers end with their day in `zone`.
pub(in crate::model) fn journal(
    source: &Source,
    file: FileId,
    zone: &TimeZone,
) -> (Journal, Vec<Diagnostic>) {
    let text = &source.text;
    let parts = parse_parts(file, text, |nodes| Reader::new(zone).entries(&nodes));
    let readers = parts.unwrap_or_else(|| vec![Reader::new(zone).whole(source, file)]);
    let mut journal = Journal { file: Some(file), ..Journal::default() };
    let mut found = Vec::new();
    for mut reader in readers {
        journal.events.append(&mut reader.journal.events);
        journal.torn.append(&mut reader.journal.torn);
        found.append(&mut reader.found);
    }
    (journal, found)
}

struct Reader<'a> {
    zone: &'a TimeZone,
    journal: Journal,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn new(zone: &'a TimeZone) -> Self {
        Self { zone, journal: Journal::default(), found: Vec::new() }
    }

    fn entries(mut self, nodes: &[Node<'_>]) -> Self {
        nodes.iter().for_each(|node| self.take(node));
        self
    }

    /// Reads the text as one list, else line by line.
    fn whole(mut self, source: &Source, file: FileId) -> Self {
        let mut faults = Vec::new();
        let root = parse(file, &source.text, &mut faults);
        match root.map(|node| node.value) {
            Some(Value::List(nodes)) if faults.is_empty() => return self.entries(&nodes),
            None if faults.is_empty() => {}
            _ => self.lines(source, file),
        }
        self
    }

    /// Reads line by line what cannot be read as a whole.
    fn lines(&mut self, source: &Source, file: FileId) {
        for number in 1..=source.lines() {
            let range = source.line(number);
            let line = &source.text[range.clone()];
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let mut faults = Vec::new();
            let node = parse_line(file, range.start, line, &mut faults);
            let span = Span::new(file, range.start, range.end);
            match node.map(|node| node.value) {
                // A key that stands twice is wrong as in any other file, and the line can be read.
                Some(Value::List(nodes)) if faults.iter().all(is_duplicate) => {
                    self.found.extend(faults.into_iter().map(Diagnostic::from));
                    nodes.iter().for_each(|node| self.take(node));
                }
                _ => self.journal.torn.push(Spanned::new(span, reason(line, faults))),
            }
        }
    }

    fn take(&mut self, node: &Node<'_>) {
        // A line torn just behind its dash.
        if node.is_null() {
            self.journal.torn.push(Spanned::new(node.span, "it is empty behind its `-`".to_owned()));
            return;
        }
        let mut faults = Vec::new();
        let written: Option<document::Event> = decode(node, &mut faults);
        let sound = faults.is_empty();
        self.found.extend(faults.into_iter().map(Diagnostic::from));
        if let Some(event) = written.and_then(|written| self.event(&written, node.span, sound)) {
            self.journal.events.push(event);
        }
    }

    fn event(&mut self, written: &document::Event, span: Span, sound: bool) -> Option<Event> {
        let at = self.instant(&written.at, span)?;
        let by = reference(&written.by);
        if by.is_none() && sound {
            self.missing(span, "the event does not say `by` whom");
        }
        let act = self.act(written);
        if act.is_none() && sound {
            self.missing(span, "the event says nothing: it has neither `item`, `message`, `trigger`, `sign`, `gate`, `event` nor `outcome`");
        }
        let text = |field: &Field<String>| field.get().cloned();
        let stray = act.as_ref().map(|act| stray::of(written, act, span)).unwrap_or_default();
        Some(Event {
            stray,
            span,
            at,
            by: by?,
            act: act?,
            why: text(&written.why),
            evidence: text(&written.evidence),
            note: text(&written.note),
            signature: text(&written.signature),
        })
    }

    fn act(&mut self, written: &document::Event) -> Option<Act> {
        let state = written.is.get().copied();
        let actual = written.actual.cloned();
        if let Some(item) = reference(&written.item) {
            let metric = written.metric.cloned();
            let field = written.field.cloned().zip(written.value.cloned());
            let (confirm, until) = (reference(&written.confirm), self.end(&written.until));
            return Some(Act::Item { item, state, actual, metric, field, confirm, until });
        }
        if let Some(message) = reference(&written.message) {
            return Some(Act::Message { message, state });
        }
        if let Some(trigger) = reference(&written.trigger) {
            return Some(Act::Trigger { trigger, state, actual });
        }
        let choice = || written.choice.cloned().unwrap_or(Spanned::new(written.sign.span(), String::new()));
        if let Some(role) = reference(&written.sign) {
            return Some(Act::Sign { role, choice: choice(), seal: written.seal.cloned() });
        }
        if let Some(gate) = reference(&written.gate) {
            return Some(Act::Gate { gate, choice: choice() });
        }
        if let Some(text) = written.event.get() {
            return Some(Act::Log { text: text.clone() });
        }
        written.outcome.cloned().map(|outcome| Act::Outcome { outcome })
    }

    fn instant(&mut self, field: &Field<String>, span: Span) -> Option<Timestamp> {
        let Some(text) = field.spanned() else {
            if !field.is_present() {
                self.missing(span, "the event does not say when: it has no `at`");
            }
            return None;
        };
        if let Ok(instant) = text.value.parse() {
            return Some(instant);
        }
        let message = format!("`{}` is not an instant", text.value);
        let help = "write it as `2026-12-01T08:02:11Z`";
        self.found.push(Diagnostic::error("invalid-value", text.span, message).help(help));
        None
    }

    /// The end of a waiver: an instant, or the end of a day.
    fn end(&mut self, field: &Field<String>) -> Option<Spanned<Timestamp>> {
        let text = field.spanned()?;
        let day = |date: Date| date.tomorrow().ok()?.to_zoned(self.zone.clone()).ok();
        let end = match text.value.parse::<Timestamp>() {
            Ok(instant) => Some(instant),
            Err(_) => text.value.parse().ok().and_then(day).map(|zoned| zoned.timestamp()),
        };
        if end.is_none() {
            let message = format!("`{}` is neither a date nor an instant", text.value);
            self.found.push(Diagnostic::error("invalid-value", text.span, message));
        }
        end.map(|end| Spanned::new(text.span, end))
    }

    fn missing(&mut self, span: Span, message: &str) {
        self.found.push(Diagnostic::error("missing-key", span, message));
    }
}

fn is_duplicate(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::DuplicateKey { .. })
}

fn reason(line: &str, faults: Vec<Fault>) -> String {
    if is_conflict_mark(line) {
        return UNMERGED.to_owned();
    }
    let first = faults.into_iter().next().map(Diagnostic::from);
    let told = first.filter(|found| found.rule != "invalid-yaml");
    told.map_or_else(|| torn::why(line), |found| found.message)
}
