//! The calendar of a release: `.ics`, RFC 5545.
//!
//! Takes a release as its readers see it, gives a calendar with the window, the gates and whatever
//! else has a time, for everybody or for one role. Times are in UTC, so that no calendar has to know
//! the zone. An entry keeps its UID from build to build: a calendar that reads the file again moves
//! the entry and does not add a second one. No clock is read and nobody is invited.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::Labels;
use crate::view::{Block, Cadence, Document, Gate, Item, Mention, Message, Section, When, plain};

/// The longest line, in octets, without its line break (RFC 5545, 3.1).
const LINE: usize = 75;

/// What a calendar says beside the release.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// When the entries were made, as they say themselves (DTSTAMP).
    pub stamp: Timestamp,
    /// Address of the site, without a slash at its end; entries have no links without it.
    pub base_url: Option<&'a str>,
    /// The words of the program.
    pub labels: &'a Labels,
}

/// A calendar and its path below the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// `releases/v1.4.0.ics`, or of one role `releases/v1.4.0.dba.ics`.
    pub path: String,
    /// Whose it is: the release, the site, or a role by its title.
    pub of: String,
    /// The text, with CRLF.
    pub text: String,
}

/// The calendar of a release, then one for each role, team or person that has something in it; none
/// for a release without a window.
pub fn render(release: &Document, options: &Options<'_>) -> Vec<Calendar> {
    let entries = entries(release);
    if entries.is_empty() {
        return Vec::new();
    }
    let stem = release.path.trim_end_matches(".html");
    let all: Vec<&Entry<'_>> = entries.iter().collect();
    let name = plain(&release.title);
    let writer = Writer { release, options };
    let mut found = vec![Calendar {
        path: format!("{stem}.ics"),
        text: writer.calendar(&name, &all),
        of: release.name.clone(),
    }];
    for party in parties(&entries) {
        let its = |entry: &&Entry<'_>| entry.kind == "window" || entry.names(&party.id);
        let own: Vec<&Entry<'_>> = entries.iter().filter(its).collect();
        found.push(Calendar {
            path: format!("{stem}.{}.ics", party.id),
            of: party.text.clone(),
            text: writer.calendar(&format!("{name}: {}", party.text), &own),
        });
    }
    found
}

/// Path of the calendar of all releases, below the output folder.
pub const OVERVIEW: &str = "calendar.ics";

/// What the calendar of all releases has of one: its window and its gates.
pub fn milestones(release: &Document, options: &Options<'_>) -> String {
    let mut out = String::new();
    let writer = Writer { release, options };
    let entries = entries(release).into_iter().filter(|entry| matches!(entry.kind, "window" | "gate"));
    entries.for_each(|entry| writer.event(&mut out, &entry));
    out
}

/// The calendar of all releases, by the milestones of each.
pub fn overview(title: &str, milestones: &[String]) -> String {
    calendar(title, |out| out.extend(milestones.iter().map(String::as_str)))
}

/// A calendar around its events.
fn calendar(name: &str, events: impl FnOnce(&mut String)) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN", "VCALENDAR");
    line(&mut out, "VERSION", "2.0");
    line(&mut out, "PRODID", "-//Runsheet//Release calendar//EN");
    line(&mut out, "CALSCALE", "GREGORIAN");
    line(&mut out, "X-WR-CALNAME", &escape(name));
    events(&mut out);
    line(&mut out, "END", "VCALENDAR");
    out
}

/// Something with a time.
struct Entry<'a> {
    /// `window`, `section`, `check`, `step`, `gate` or `message`.
    kind: &'static str,
    id: &'a str,
    title: String,
    when: &'a When,
    /// Its end where that is not the end of `when`: that of a cadence.
    until: Option<Timestamp>,
    cadence: Option<&'a str>,
    /// Who has to do with it, and how, by its label.
    people: Vec<(&'static str, &'a [Mention])>,
    /// Who is told.
    to: &'a [Mention],
}

impl Entry<'_> {
    fn names(&self, id: &str) -> bool {
        self.people.iter().any(|(_, mentions)| mentions.iter().any(|mention| mention.id == id))
    }
}

/// Everybody whom an entry names, in the order of their ids; names that are no id have no calendar.
fn parties<'a>(entries: &[Entry<'a>]) -> Vec<&'a Mention> {
    let named = |mention: &&Mention| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        !mention.id.is_empty() && mention.id.chars().all(plain)
    };
    let people = entries.iter().flat_map(|entry| entry.people.iter());
    let mut found: Vec<&Mention> = people.flat_map(|(_, mentions)| mentions.iter()).filter(named).collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

/// The window first, then everything in the order of the document.
fn entries(release: &Document) -> Vec<Entry<'_>> {
    let Some(start) = release.release.as_ref().and_then(|state| state.start.as_ref()) else {
        return Vec::new();
    };
    let window = Entry {
        kind: "window",
        id: "",
        title: plain(&release.title),
        when: start,
        until: None,
        cadence: None,
        people: Vec::new(),
        to: &[],
    };
    let mut found = vec![window];
    release.sections.iter().for_each(|one| section(one, &mut found));
    found.retain(|entry| entry.when.instant.is_some());
    found
}

fn section<'a>(section: &'a Section, found: &mut Vec<Entry<'a>>) {
    if let Some(when) = &section.at {
        found.push(Entry {
            kind: "section",
            id: &section.id,
            title: format!("{} {}", section.number, plain(&section.title)),
            when,
            until: None,
            cadence: None,
            people: vec![("owner", &section.owners)],
            to: &[],
        });
    }
    for block in &section.blocks {
        match block {
            Block::Sections(inner) => inner.iter().for_each(|one| self::section(one, found)),
            Block::Checks(items) | Block::Steps(items) => {
                items.iter().for_each(|one| item(one, section.at.as_ref(), found));
            }
            Block::Gate(one) => found.extend(gate(one)),
            Block::Messages(all) => {
                found.extend(all.iter().filter_map(|one| message(one, section.at.as_ref())));
            }
            _ => {}
        }
    }
}

/// An item with a time of its own or a cadence, which begins with its section.
fn item<'a>(item: &'a Item, start: Option<&'a When>, found: &mut Vec<Entry<'a>>) {
    let begin = item.at.as_ref().or_else(|| item.cadence.as_ref().and(start));
    if let Some(when) = begin {
        found.push(Entry {
            kind: if item.step { "step" } else { "check" },
            id: &item.id,
            title: format!("{} {}", item.number, plain(&item.title)),
            when,
            until: end(item.cadence.as_ref()),
            cadence: item.cadence.as_ref().map(|cadence| cadence.every.as_str()),
            people: vec![("owner", &item.owners), ("ics-confirms", &item.confirm)],
            to: &[],
        });
    }
    item.checks.iter().for_each(|check| self::item(check, start, found));
}

fn gate(gate: &Gate) -> Option<Entry<'_>> {
    Some(Entry {
        kind: "gate",
        id: &gate.id,
        title: gate.words.clone(),
        when: gate.at.as_ref()?,
        until: None,
        cadence: None,
        people: vec![
            ("ics-polls", &gate.polls),
            ("decides", &gate.decides),
            ("ics-escalates", &gate.escalates),
        ],
        to: &[],
    })
}

fn message<'a>(message: &'a Message, start: Option<&'a When>) -> Option<Entry<'a>> {
    let begin = message.at.as_ref().or_else(|| message.cadence.as_ref().and(start));
    Some(Entry {
        kind: "message",
        id: &message.id,
        title: message.words.clone(),
        when: begin?,
        until: end(message.cadence.as_ref()),
        cadence: message.cadence.as_ref().map(|cadence| cadence.every.as_str()),
        people: vec![("ics-sends", &message.owners)],
        to: &message.to,
    })
}

fn end(cadence: Option<&Cadence>) -> Option<Timestamp> {
    cadence?.until.as_ref()?.instant
}

/// Writes one calendar.
#[derive(Clone, Copy)]
struct Writer<'a> {
    release: &'a Document,
    options: &'a Options<'a>,
}

impl Writer<'_> {
    fn calendar(&self, name: &str, entries: &[&Entry<'_>]) -> String {
        calendar(name, |out| entries.iter().for_each(|entry| self.event(out, entry)))
    }

    fn event(&self, out: &mut String, entry: &Entry<'_>) {
        let Some(begin) = entry.when.instant else { return };
        let end = entry.until.or(entry.when.end).filter(|end| *end > begin);
        line(out, "BEGIN", "VEVENT");
        line(out, "UID", &escape(&self.uid(entry)));
        line(out, "DTSTAMP", &utc(self.options.stamp));
        line(out, "DTSTART", &utc(begin));
        if let Some(end) = end {
            line(out, "DTEND", &utc(end));
        }
        line(out, "SUMMARY", &escape(&self.summary(entry)));
        line(out, "DESCRIPTION", &escape(&self.description(entry)));
        line(out, "CATEGORIES", entry.kind);
        if let Some(base) = self.options.base_url {
            let anchor = if entry.id.is_empty() { String::new() } else { format!("#{}", entry.id) };
            line(out, "URL", &format!("{base}/{}{anchor}", self.release.path));
        }
        // It is something to do, not a time at which nobody may call.
        line(out, "TRANSP", "TRANSPARENT");
        line(out, "END", "VEVENT");
    }

    /// Made of the release, what the entry is and its id.
    fn uid(&self, entry: &Entry<'_>) -> String {
        let runbook =
            self.release.release.as_ref().map(|state| state.runbook.id.as_str()).unwrap_or_default();
        let id = if entry.id.is_empty() { entry.kind } else { entry.id };
        format!("{}/{runbook}/{}/{id}@runsheet", self.release.name, entry.kind)
    }

    /// What it is, and in which release.
    fn summary(&self, entry: &Entry<'_>) -> String {
        let version = self.release.release.as_ref().map(|state| state.version.as_str()).unwrap_or_default();
        match entry.kind {
            "window" => entry.title.clone(),
            "section" | "check" | "step" => format!("{} ({version})", entry.title),
            kind => {
                let key = if kind == "gate" { "gate-named" } else { "message-named" };
                format!("{} ({version})", self.options.labels.fill(key, &[("what", &entry.title)]))
            }
        }
    }

    /// The time as it was written and as it is there, how often, and who.
    fn description(&self, entry: &Entry<'_>) -> String {
        let labels = self.options.labels;
        let mut out = entry.when.written.clone();
        if let Some(local) = &entry.when.local {
            let _ = write!(out, ", {local}");
        }
        if let Some(cadence) = entry.cadence {
            let _ = write!(out, ", {}", labels.fill("every", &[("time", cadence)]));
        }
        for (how, mentions) in entry.people.iter().filter(|(_, mentions)| !mentions.is_empty()) {
            let who: Vec<String> = mentions.iter().map(who).collect();
            let _ = write!(out, "\n{}: {}", labels.word(how), who.join(", "));
        }
        if !entry.to.is_empty() {
            let to: Vec<&str> = entry.to.iter().map(|to| to.text.as_str()).collect();
            let _ = write!(out, "\n{}: {}", labels.word("to"), to.join(", "));
        }
        out
    }
}

fn who(mention: &Mention) -> String {
    match &mention.holder {
        Some(holder) => format!("{} ({holder})", mention.text),
        None => mention.text.clone(),
    }
}

/// `20261118T080000Z`
fn utc(instant: Timestamp) -> String {
    instant.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as RFC 5545, 3.3.11 wants it; other control characters are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One line, folded before its 76th octet and never within a character.
fn line(out: &mut String, name: &str, value: &str) {
    let mut octets = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests;
