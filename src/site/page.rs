//! A page of a site: its path, what it takes, its text.
//!
//! Takes what the view says, gives the key of all that a page is made from, and the page.

use super::between::Between;
use super::pages::{Pages, Shaped};
use super::releases::Following;
use super::{
    CALENDAR, CONTACTS, Desk, HOME, NOT_FOUND, OWNERS, RELEASES, RUNBOOKS, THRESHOLDS, calendar, contact,
    document, frame, free, gate, home, owner, owners, register, releases, runbooks, single, thresholds,
};
use crate::error::Result;
use crate::output::Key;
use crate::view;

/// A page to write, with all that it takes.
#[derive(Clone)]
pub(super) enum Job<'a> {
    Home(&'a view::Site),
    Runbooks(&'a view::Site),
    Releases(&'a view::Site),
    Owners(&'a view::Site),
    Contacts(&'a view::Site),
    NotFound,
    Document(Between<'a, Shaped>, Following<'a>),
    Gate(gate::Subject<'a>),
    Calendar(&'a view::Site),
    Thresholds(&'a view::Site),
    Register(Between<'a, view::Register>, &'a Shaped),
    Owner(Between<'a, view::Owner>),
    Free(Between<'a, view::Page>),
}

/// A page of a site, not made yet.
#[derive(Clone)]
pub struct Page<'a> {
    pub(super) pages: &'a Pages<'a>,
    pub(super) job: Job<'a>,
}

impl Page<'_> {
    /// Its path below the output folder.
    pub fn path(&self) -> &str {
        self.job.path()
    }

    /// The key of its text; `None` where it takes the whole site, and making it costs no more than
    /// looking at all that.
    pub fn key(&self) -> Option<Key> {
        Some(Key::of(&(self.bare_key()?, &self.pages.desk.theme.style.path)))
    }

    /// The key of all that it takes but its style sheet, which a browser can change by itself.
    pub fn bare_key(&self) -> Option<Key> {
        let site = self.pages.key;
        let key = match &self.job {
            Job::Home(_) | Job::Runbooks(_) | Job::Releases(_) | Job::Thresholds(_) => return None,
            Job::Owners(all) => Key::of(&(site, "owners", all.owners())),
            Job::Contacts(all) => Key::of(&(site, all.contacts(), all.escalations())),
            Job::NotFound => Key::of(&(site, "not-found")),
            Job::Document(between, following) => Key::of(&(site, between, following)),
            Job::Gate(subject) => Key::of(&(site, subject)),
            Job::Calendar(all) => Key::of(&(site, all.calendar())),
            Job::Register(register, runbook) => Key::of(&(site, register, runbook)),
            Job::Owner(owner) => Key::of(&(site, owner)),
            Job::Free(between) => Key::of(&(site, between)),
        };
        Some(key)
    }

    /// Path of the release as one file, where that is written of this page.
    pub fn single_path(&self) -> Option<String> {
        let Job::Document(between, ..) = &self.job else { return None };
        let document = &between.this.document;
        let release = document.release.as_ref().filter(|_| self.pages.desk.options.single);
        release.map(|_| single::path(&document.path))
    }

    /// Its text with everything inside that it loads.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn single(&self) -> Result<String> {
        let desk = &self.pages.desk;
        let release = match &self.job {
            Job::Document(between, ..) => between.this.document.release.as_deref(),
            _ => None,
        };
        let folded = single::Folded {
            path: self.path(),
            text: &self.render()?,
            runbook: release.and_then(document::runbook_path),
            base_url: desk.site.base_url,
        };
        Ok(folded.fold(desk.theme, &desk.work.text))
    }

    /// Its text.
    ///
    /// # Errors
    /// When a template of the theme cannot be filled in.
    pub fn render(&self) -> Result<String> {
        let desk = &self.pages.desk;
        match &self.job {
            Job::Home(site) => home::page(desk, site),
            Job::Runbooks(site) => runbooks::page(desk, site),
            Job::Releases(site) => releases::page(desk, site.releases()),
            Job::Owners(site) => owners::page(desk, site.owners()),
            Job::Contacts(site) => contact::page(desk, site.contacts(), site.escalations()),
            Job::NotFound => not_found(desk),
            Job::Document(shaped, following) => document::page(desk, shaped, following),
            Job::Gate(subject) => gate::page(desk, subject),
            Job::Calendar(site) => calendar::page(desk, site.calendar()),
            Job::Thresholds(site) => thresholds::page(desk, site),
            Job::Register(register, runbook) => register::page(desk, register, &runbook.document),
            Job::Owner(owner) => owner::page(desk, owner),
            Job::Free(page) => free::page(desk, page),
        }
    }
}

impl Job<'_> {
    fn path(&self) -> &str {
        match self {
            Self::Home(_) => HOME,
            Self::Contacts(_) => CONTACTS,
            Self::Runbooks(_) => RUNBOOKS,
            Self::Releases(_) => RELEASES,
            Self::Owners(_) => OWNERS,
            Self::NotFound => NOT_FOUND,
            Self::Document(between, ..) => &between.this.document.path,
            Self::Gate(subject) => &subject.gate.this.path,
            Self::Calendar(_) => CALENDAR,
            Self::Thresholds(_) => THRESHOLDS,
            Self::Register(between, _) => &between.this.path,
            Self::Owner(between) => &between.this.path,
            Self::Free(between) => &between.this.path,
        }
    }
}

/// What a server shows for a page that is not there.
fn not_found(desk: &Desk<'_>) -> Result<String> {
    let about = frame::About {
        kind: "not-found",
        path: NOT_FOUND,
        title: desk.theme.labels.word("not-found"),
        source: None,
    };
    desk.theme.engine.render("not-found.html", &frame::Frame::new(desk, about, ()))
}
