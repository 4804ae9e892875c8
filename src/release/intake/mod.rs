//! Events from elsewhere → lines for the journal of a release.
//!
//! Takes a release and the events that a site, a sheet or a record brought, gives those that belong
//! and are new, and a reason for each of the others. It writes nothing.

mod check;
mod entry;
mod form;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use entry::{entries, retell};
pub use form::{Form, Hand};

use super::{About, Assessment, Authority, ItemEvent, ItemStatus, Line, assess};
use crate::model::document::EventState;
use crate::model::release::Release;
use crate::model::roster::Roster;
use crate::model::runbook::Runbook;

/// The release that something says it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the release.
    pub release: String,
    /// What its seal was; empty where that is not said.
    pub seal: String,
}

/// What makes an event one that the journal has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// The same line.
    Line,
    /// The same fact, at the same time where one was written down.
    Fact { timed: bool },
    /// The item is done.
    Done,
}

/// An event that may be taken into the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it stands, for people: `line 3`, `box tests`.
    pub place: String,
    /// The event, or why it is none.
    pub line: Result<Line, String>,
    /// What it belongs to, where that is said.
    pub origin: Option<Origin>,
    /// When it is known.
    pub sameness: Sameness,
}

/// What became of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is to be appended.
    Accepted(Box<Line>),
    /// It does not belong.
    Refused { place: String, why: String },
}

/// What became of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// In the order in which they came.
    pub taken: Vec<Taken>,
    /// How many are in the journal already.
    pub known: usize,
}

/// A release with what its journal holds.
pub struct Intake<'a> {
    release: &'a Release,
    runbook: &'a Runbook,
    zone: &'a TimeZone,
    authority: Authority<'a>,
    assessment: Assessment,
    lines: HashSet<String>,
    facts: Vec<(Timestamp, About)>,
}

impl<'a> Intake<'a> {
    /// Of a release with its runbook, judged as of `now`; `zone` is where it is run.
    pub fn new((release, runbook): (&'a Release, &'a Runbook), roster: &'a Roster, at: At<'a>) -> Self {
        let (now, zone) = at;
        let assessment = assess(release, roster, now);
        let told = release.journal.events.iter().map(|event| entry::retell(event, zone));
        let told: Vec<Line> = told.filter_map(Result::ok).collect();
        let lines = told.iter().map(Line::to_string).collect();
        let facts = told.into_iter().map(|line| (line.at, line.about)).collect();
        let authority = Authority::new(roster, &release.roles);
        Self { release, runbook, zone, authority, assessment, lines, facts }
    }

    /// Sorts candidates into what belongs, what does not and what is known.
    pub fn receive(mut self, candidates: Vec<Candidate>) -> Received {
        let mut received = Received::default();
        for Candidate { place, line, origin, sameness } in candidates {
            let judged = self.belongs(origin.as_ref()).and(line).and_then(|line| self.sealed(line, origin));
            match judged {
                Ok(line) if self.knows(&line, sameness) => received.known += 1,
                Ok(line) => match self.refusal(&line) {
                    Some(why) => received.taken.push(Taken::Refused { place, why }),
                    None => {
                        self.lines.insert(line.to_string());
                        self.facts.push((line.at, line.about.clone()));
                        received.taken.push(Taken::Accepted(Box::new(line)));
                    }
                },
                Err(why) => received.taken.push(Taken::Refused { place, why }),
            }
        }
        received
    }

    /// What the boxes of a record say: ticked is done; the boxes of what is done are ticked.
    pub fn boxes(
        &self,
        boxes: &[(String, bool)],
        by: &str,
        (at, origin): (Timestamp, &Origin),
    ) -> Vec<Candidate> {
        let candidate = |(id, ticked): &(String, bool)| {
            let line = match ticked {
                true => Ok(Line::new(at, by.to_owned(), done(id))),
                false if self.is_done(id) => {
                    let name = &self.release.name;
                    let why = "is done, and a journal takes nothing back: to open it again, ";
                    Err(format!("`{id}` {why}`runsheet record {name} {id} pending`"))
                }
                false => return None,
            };
            let (place, origin) = (format!("box {id}"), Some(origin.clone()));
            Some(Candidate { place, line, origin, sameness: Sameness::Done })
        };
        boxes.iter().filter_map(candidate).collect()
    }

    /// Refuses what was made for another release, or before something was changed.
    fn belongs(&self, origin: Option<&Origin>) -> Result<(), String> {
        let Some(Origin { release, seal }) = origin else { return Ok(()) };
        let name = &self.release.name;
        if release != name && *release == self.runbook.id {
            return Err(format!("it is of the runbook `{release}` itself, not of the release `{name}`"));
        }
        if release != name {
            return Err(format!("it is of the release `{release}`, not of `{name}`"));
        }
        let now = &self.release.seal.0;
        if !seal.is_empty() && seal != now {
            return Err(format!(
                "the runbook or the plan has changed since: the seal was {seal} and is {now}"
            ));
        }
        Ok(())
    }

    /// A signature says what was signed, or what it came with does.
    fn sealed(&self, mut line: Line, origin: Option<Origin>) -> Result<Line, String> {
        let now = &self.release.seal.0;
        if let About::Sign { seal, .. } = &mut line.about {
            if seal.is_empty() {
                *seal = origin.map(|origin| origin.seal).unwrap_or_default();
            }
            if seal.is_empty() {
                return Err("the signature has no `seal`: it is not known what was signed".to_owned());
            }
            if seal != now {
                return Err(format!(
                    "something else was signed: the seal is {seal}, that of the release {now}"
                ));
            }
        }
        Ok(line)
    }

    fn knows(&self, line: &Line, sameness: Sameness) -> bool {
        let same = |(at, about): &(Timestamp, About), timed: bool| {
            *about == line.about && (!timed || *at == line.at)
        };
        match (sameness, &line.about) {
            (Sameness::Line, _) => self.lines.contains(&line.to_string()),
            (Sameness::Done, About::Item(event)) => self.is_done(&event.item),
            (Sameness::Fact { .. }, About::Item(event))
                if event.state == Some(EventState::Done) && self.is_done(&event.item) =>
            {
                true
            }
            (Sameness::Fact { timed }, _) => self.facts.iter().any(|fact| same(fact, timed)),
            (Sameness::Done, _) => self.facts.iter().any(|fact| same(fact, false)),
        }
    }

    /// Whether an item counts as done, or was last said to be.
    fn is_done(&self, id: &str) -> bool {
        let status = self.assessment.items.get(id).map(|recorded| recorded.status);
        let states = self.facts.iter().filter_map(|(at, about)| match about {
            About::Item(ItemEvent { item, state: Some(state), .. }) if item == id => Some((at, *state)),
            _ => None,
        });
        // Of several at one instant the last in the file counts.
        let last = states.max_by_key(|(at, _)| **at).map(|(_, state)| state);
        status == Some(ItemStatus::Done) || last == Some(EventState::Done)
    }
}

/// The instant of the intake, and where the release is run.
type At<'a> = (Timestamp, &'a TimeZone);

fn done(id: &str) -> About {
    About::Item(ItemEvent { item: id.to_owned(), state: Some(EventState::Done), ..ItemEvent::default() })
}
