//! A release whose journal is open for the next line.
//!
//! Takes the name of a release and who records when, gives its plan and runbook, and appends lines.

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::author::author;
use super::{Place, clock, journal, subject};
use crate::cli::Stamp;
use crate::error::{Error, Result};
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::pipeline::{self, Project};
use crate::release::{About, Line};

/// Two clocks may differ by so much before a time counts as one to come.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A release and the project it stands in.
pub(crate) struct Logbook<'a> {
    place: &'a Place<'a>,
    project: Project,
    release: Release,
    now: Timestamp,
}

impl<'a> Logbook<'a> {
    /// Opens the release `name`.
    ///
    /// # Errors
    /// When there is none of that name, or the project cannot be read.
    pub(crate) fn open(place: &'a Place<'a>, name: &str) -> Result<Self> {
        let project = pipeline::load(place.root, &place.root.join("output"))?;
        let release = subject::release(&project, name)?.clone();
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
        self.release.runbook.as_ref().ok_or_else(|| {
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
            self.warn(&format!("`{}` is not in the roster", by.name));
        }
        Ok(Line::new(self.at(stamp)?, by.name, about))
    }

    /// When the event is said to have happened; the clock counts whole seconds.
    ///
    /// # Errors
    /// When the time cannot be read.
    pub(crate) fn at(&self, stamp: &Stamp) -> Result<Timestamp> {
        let now = Timestamp::from_second(self.now.as_second()).unwrap_or(self.now);
        match &stamp.at {
            Some(text) => clock::typed(text, &self.zone(), now),
            None => Ok(now),
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
        self.place.terminal.say(&format!("recorded in {}: {written}", self.release.name));
        Ok(())
    }

    pub(crate) fn warn(&self, text: &str) {
        self.place.terminal.warn(text);
    }

    fn path(&self) -> PathBuf {
        let name = format!("{}.journal.yaml", self.release.name);
        self.place.root.join("content/releases").join(name)
    }
}
