//! A release whose journal is open for the next line.
//!
//! Takes the name of a release and who records when, gives its plan and runbook, and appends lines.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::author::author;
use super::{Place, clock, journal, subject};
use crate::cli::Stamp;
use crate::diagnostic::one_of;
use crate::error::{Error, Result};
use crate::model::release::{Act, Release};
use crate::model::roster::Roster;
use crate::model::runbook::Runbook;
use crate::model::section::Section;
use crate::pipeline::{self, Project};
use crate::release::{About, Authority, Line, SKEW};

/// A release and the project it stands in.
pub(crate) struct Logbook<'a> {
    place: &'a Place<'a>,
    project: Project,
    release: Arc<Release>,
    now: Timestamp,
}

impl<'a> Logbook<'a> {
    /// Opens the release `name`.
    ///
    /// # Errors
    /// When there is none of that name, or the project cannot be read.
    pub(crate) fn open(place: &'a Place<'a>, name: &str) -> Result<Self> {
        let project = pipeline::load(place.root, &place.root.join("output"))?;
        let release = Arc::clone(subject::release(&project, name)?);
        Ok(Self { place, project, release, now: clock::today()? })
    }

    pub(crate) fn release(&self) -> &Release {
        &self.release
    }

    /// The runbook with the values of the release.
    ///
    /// # Errors
    /// When it does not exist or cannot be read.
    pub(crate) fn runbook(&self) -> Result<&Runbook> {
        let (name, id) = (&self.release.name, &self.release.runbook_id.name);
        self.release.runbook.as_deref().ok_or_else(|| {
            let message = format!("release `{name}` needs the runbook `{id}`, which cannot be read");
            Error::usage_help(message, "`runsheet check` says why")
        })
    }

    /// The time zone in which the release is run.
    pub(crate) fn zone(&self) -> TimeZone {
        let window = self.release.window.as_ref().map(|window| window.time_zone.clone());
        let site = || TimeZone::get(&self.project.config.zone).ok();
        window.or_else(site).unwrap_or(TimeZone::UTC)
    }

    /// The day of an instant, where the release is run.
    pub(crate) fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone()).date()
    }

    /// An event by whom and when the command line says, else by git and the clock.
    ///
    /// # Errors
    /// When the time cannot be read or nobody is named.
    pub(crate) fn line(&self, stamp: &Stamp, about: About) -> Result<Line> {
        let by = author(stamp.by.as_deref(), self.place.root, &self.project.library.roster)?;
        if !by.known {
            self.stranger(&by.name);
        }
        Ok(Line::new(self.at(stamp)?, by.name, about))
    }

    /// Who is meant, else who git says is there; a name that the roster does not have stays as it is.
    ///
    /// # Errors
    /// When nobody is named.
    pub(crate) fn author(&self, given: Option<&str>) -> Result<String> {
        author(given, self.place.root, self.roster()).map(|author| author.name)
    }

    /// Who there is.
    pub(crate) fn roster(&self) -> &Roster {
        &self.project.library.roster
    }

    /// Now, in whole seconds.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.as_second()).unwrap_or(self.now)
    }

    /// When the event is said to have happened; the clock counts whole seconds.
    ///
    /// # Errors
    /// When the time cannot be read.
    pub(crate) fn at(&self, stamp: &Stamp) -> Result<Timestamp> {
        match &stamp.at {
            Some(text) => clock::typed(text, &self.zone(), self.now()),
            None => Ok(self.now()),
        }
    }

    /// Appends an event and says so.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn append(&self, line: &Line) -> Result<()> {
        let written = line.to_string();
        journal::append(self.place.root, &self.path(), std::slice::from_ref(&written))?;
        if line.at.duration_since(self.now) > SKEW {
            self.warn(&format!("{} is still to come", line.at));
        }
        self.doubt_end(&[line]);
        self.place.terminal.say(&format!("recorded in {}: {written}", self.release.name));
        Ok(())
    }

    /// Appends several events in one write; whoever asked has shown them.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn append_all(&self, lines: &[&Line]) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let written: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
        journal::append(self.place.root, &self.path(), &written)
    }

    /// Warns of those whom the roster does not have, of times still to come, of a release that was over, and
    /// of what counts for nothing.
    pub(crate) fn doubt(&self, lines: &[&Line]) {
        let strangers = lines.iter().map(|line| line.by.as_str());
        let strangers: BTreeSet<&str> = strangers.filter(|by| self.roster().find(by).is_none()).collect();
        strangers.into_iter().for_each(|name| self.stranger(name));
        let to_come = lines.iter().map(|line| line.at).filter(|at| at.duration_since(self.now) > SKEW);
        to_come.for_each(|at| self.warn(&format!("{at} is still to come")));
        self.doubt_end(lines);
        lines.iter().for_each(|line| self.doubt_right(line));
    }

    /// Warns when the release was over before events that may change what was decided.
    fn doubt_end(&self, lines: &[&Line]) {
        let ends = self.release.journal.events.iter().filter_map(|event| match &event.act {
            Act::Outcome { outcome } => Some((event.at, &outcome.value)),
            _ => None,
        });
        let Some((at, outcome)) = ends.max_by_key(|(at, _)| *at) else { return };
        if lines.iter().any(|line| line.at > at && line.about.matters()) {
            let name = &self.release.name;
            self.warn(&format!("`{name}` was closed as `{outcome}` at {at}, before this"));
        }
    }

    /// Warns when whoever is named may speak for none of the roles that an event takes.
    pub(crate) fn doubt_right(&self, line: &Line) {
        let (roles, what) = match &line.about {
            About::Sign { role, .. } => (vec![role.as_str()], "the signature does not count"),
            About::Gate { gate, .. } => (self.deciders(gate), "the record says who decides at this gate"),
            About::Item(event) => {
                (event.confirm.as_deref().into_iter().collect(), "the confirmation does not count")
            }
            _ => return,
        };
        let authority = Authority::new(self.roster(), &self.release.roles);
        if roles.is_empty() || roles.iter().any(|role| authority.may_speak(&line.by, role)) {
            return;
        }
        self.warn(&format!("`{}` does not hold {}: {what}", line.by, one_of(roles)));
    }

    /// The roles that decide at a gate.
    fn deciders(&self, id: &str) -> Vec<&str> {
        let sections = self.release.runbook.iter().flat_map(|runbook| runbook.all_sections());
        let gate = sections.flat_map(Section::gates).find(|gate| gate.id == id);
        gate.into_iter().flat_map(|gate| &gate.decides).map(|role| role.name.as_str()).collect()
    }

    fn stranger(&self, name: &str) {
        self.warn(&format!("`{name}` is not in the roster"));
    }

    pub(crate) fn warn(&self, text: &str) {
        self.place.terminal.warn(text);
    }

    fn path(&self) -> PathBuf {
        let name = format!("{}.journal.yaml", self.release.name);
        self.place.root.join("content/releases").join(name)
    }
}
