//! The fields of a filled sheet → candidates.
//!
//! Takes names and values, gives events in the order of the runbook, and a refusal for each field that
//! says what a journal cannot take from a sheet. A field is named after what it stands beside: a box
//! after its item, and with `-by`, `-time`, `-actual` what belongs to it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Candidate, Origin, Sameness, done};
use crate::model::document::EventState;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Gate, Item, Message, Section, Trigger};
use crate::release::{About, ItemEvent, Line};

/// Who filled it in, and how what was written is read.
pub struct Hand<'a> {
    /// Who did what nobody put a name to.
    pub by: Option<String>,
    /// When what has no time was done.
    pub now: Timestamp,
    /// The id of the roster for a name, else the name.
    pub who: &'a dyn Fn(&str) -> String,
    /// A time as it is written.
    pub when: &'a dyn Fn(&str) -> Option<Timestamp>,
}

/// The fields that were filled in.
pub struct Form<'a> {
    fields: BTreeMap<String, String>,
    origin: Origin,
    hand: &'a Hand<'a>,
    found: Vec<Candidate>,
}

/// Who and when, as written beside a box.
struct Stamp {
    by: Result<String, String>,
    at: Result<Timestamp, String>,
    timed: bool,
}

impl<'a> Form<'a> {
    /// Of a sheet of `origin`; fields without a value do not count.
    pub fn new(fields: Vec<(String, String)>, origin: Origin, hand: &'a Hand<'a>) -> Self {
        let fields = fields.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        Self { fields, origin, hand, found: Vec::new() }
    }

    /// What the sheet says of a runbook.
    pub fn read(mut self, runbook: &Runbook) -> Vec<Candidate> {
        for section in runbook.all_sections() {
            self.section(section);
        }
        for name in std::mem::take(&mut self.fields).into_keys() {
            let why = if name.ends_with("-by") || name.ends_with("-time") {
                "it is filled in, and nothing beside it says what was done"
            } else {
                "it is filled in, and a journal takes no such field from a sheet: record it by hand"
            };
            self.push(name, Err(why.to_owned()), false);
        }
        self.found
    }

    /// What is written in a field; a full stop in a name is a hyphen.
    fn take(&mut self, name: &str) -> Option<String> {
        let value = self.fields.remove(&name.replace('.', "-"))?;
        Some(value.trim().to_owned())
    }

    fn push(&mut self, name: String, line: Result<Line, String>, timed: bool) {
        let sameness = Sameness::Fact { timed };
        let (place, origin) = (format!("field {name}"), Some(self.origin.clone()));
        self.found.push(Candidate { place, line, origin, sameness });
    }

    fn tell(&mut self, name: &str, stamp: &Stamp, about: About) {
        let line = stamp.by.clone().and_then(|by| Ok(Line::new(stamp.at.clone()?, by, about)));
        self.push(name.to_owned(), line, stamp.timed);
    }

    /// Who and when, from what was written.
    fn stamp(&self, by: Option<String>, time: Option<String>) -> Stamp {
        let nobody = || "it is not known who did this: say it with `--by`".to_owned();
        let by = match by {
            Some(name) => Ok((self.hand.who)(&name)),
            None => self.hand.by.clone().ok_or_else(nobody),
        };
        let timed = time.is_some();
        let at = match time {
            Some(text) => (self.hand.when)(&text).ok_or_else(|| format!("`{text}` is not a time")),
            None => Ok(self.hand.now),
        };
        Stamp { by, at, timed }
    }

    /// The values beside these names: who and when, if any of `about` is filled in.
    fn beside(&mut self, about: &[String], [by, time]: [String; 2]) -> Option<Stamp> {
        let filled = about.iter().any(|name| self.fields.contains_key(&name.replace('.', "-")));
        if !filled {
            return None;
        }
        let (by, time) = (self.take(&by), self.take(&time));
        Some(self.stamp(by, time))
    }

    fn section(&mut self, section: &Section) {
        let bars: Vec<&Bar> = section.bars().collect();
        let names: Vec<String> =
            (1..=bars.len()).map(|at| format!("{}-bar-{at}-actual", section.id)).collect();
        let stamp = self.stamp(None, None);
        for (name, bar) in names.iter().zip(&bars) {
            self.actual(&section.id, name, (bar, bars.len()), &stamp);
        }
        for item in section.items() {
            item.walk(&mut |item| self.item(item));
        }
        section.triggers().for_each(|trigger| self.trigger(trigger));
        section.messages().for_each(|message| self.message(message));
        section.gates().for_each(|gate| self.gate(gate));
    }

    fn item(&mut self, item: &Item) {
        let id = &item.id;
        let actuals: Vec<String> = (1..=item.bars.len())
            .map(|at| if at == 1 { format!("{id}-actual") } else { format!("{id}-{at}-actual") })
            .collect();
        let blanks: Vec<String> = (1..=item.records.len()).map(|at| format!("{id}-field-{at}")).collect();
        let about = [std::slice::from_ref(id), &actuals, &blanks].concat();
        if let Some(stamp) = self.beside(&about, [format!("{id}-by"), format!("{id}-time")]) {
            for (name, bar) in actuals.iter().zip(&item.bars) {
                self.actual(id, name, (bar, item.bars.len()), &stamp);
            }
            for (name, record) in blanks.iter().zip(&item.records) {
                if let Some(value) = self.take(name) {
                    let field = Some((record.title.plain(), value));
                    let about = ItemEvent { item: id.clone(), field, ..ItemEvent::default() };
                    self.tell(name, &stamp, About::Item(about));
                }
            }
            if self.take(id).is_some() {
                self.tell(id, &stamp, done(id));
            }
        }
        for (at, role) in item.confirm.iter().enumerate() {
            self.confirmation(item, &role.name, at + 1);
        }
    }

    fn confirmation(&mut self, item: &Item, role: &str, at: usize) {
        let name = format!("{}-confirm-{at}", item.id);
        if let Some(by) = self.take(&name) {
            let time = self.take(&format!("{name}-time"));
            let stamp = self.stamp(Some(by), time);
            let confirm = Some(role.to_owned());
            let about = ItemEvent { item: item.id.clone(), confirm, ..ItemEvent::default() };
            self.tell(&name, &stamp, About::Item(about));
        }
    }

    /// The value of a bar, one of `bars`: among several it names its metric.
    fn actual(&mut self, id: &str, name: &str, (bar, bars): (&Bar, usize), stamp: &Stamp) {
        let Some(actual) = self.take(name) else { return };
        let metric = bar.metric().filter(|metric| bars > 1 && !metric.is_empty()).map(str::to_owned);
        let about = ItemEvent { item: id.to_owned(), metric, actual: Some(actual), ..ItemEvent::default() };
        self.tell(name, stamp, About::Item(about));
    }

    fn trigger(&mut self, trigger: &Trigger) {
        let id = &trigger.id;
        if self.take(id).is_some() {
            let time = self.take(&format!("{id}-time"));
            let stamp = self.stamp(None, time);
            let state = Some(EventState::Fired);
            self.tell(id, &stamp, About::Trigger { trigger: id.clone(), state, actual: None });
        }
    }

    fn message(&mut self, message: &Message) {
        let id = &message.id;
        let beside = [format!("{id}-by"), format!("{id}-time")];
        if let Some(stamp) = self.beside(std::slice::from_ref(id), beside) {
            self.take(id);
            let about = About::Message { message: id.clone(), state: EventState::Sent };
            self.tell(id, &stamp, about);
        }
    }

    fn gate(&mut self, gate: &Gate) {
        let id = &gate.id;
        let names = [format!("{id}-decision-go"), format!("{id}-decision-no-go")];
        let beside = [format!("{id}-decision-by"), format!("{id}-decision-at")];
        let Some(stamp) = self.beside(&names, beside) else { return };
        let [go, no_go] = &names;
        let choice = match (self.take(go), self.take(no_go)) {
            (Some(_), Some(_)) => {
                let why = "both GO and NO-GO are ticked".to_owned();
                return self.push(format!("{id}-decision"), Err(why), false);
            }
            (Some(_), None) => "go",
            (None, _) => "no-go",
        };
        let about = About::Gate { gate: id.clone(), choice: choice.to_owned() };
        self.tell(&format!("{id}-decision"), &stamp, about);
    }
}
