//! The whole site, shaped piece by piece as somebody asks.
//!
//! Takes everything that people wrote and the instant of judgement. What pages say of each other is
//! known from the beginning: heads, names and backlinks. A document is shaped when it is asked for and
//! not kept, so that a site takes no more memory than what was written; what is asked for by several
//! pages is made once.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::here::Here;
use super::index::{Index, World};
use super::memory::Memory;
use super::path::page_path;
use super::section::Applied;
use super::waiting::Waiting;
use super::{attention, calendar, document, finding, heading, owner, register};
use crate::config::{Config, Labels};
use crate::model::Library;
use crate::model::page::Page as WrittenPage;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::release::Assessment;
use crate::source::Sources;
use crate::view::{
    Attention, Booking, Contact, Document, EscalationPath, Finding, Head, Owner, Page, Register,
};

/// A document of a site, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentRef {
    /// A runbook, in the order of ids.
    Runbook(usize),
    /// A release, in the order of names.
    Release(usize),
}

/// Everything that is published.
pub struct Site {
    /// Title of the site.
    pub title: String,
    /// `en`
    pub language: String,
    /// For canonical links; `None` keeps every link relative.
    pub base_url: Option<String>,
    library: Library,
    sources: Sources,
    labels: Labels,
    as_of: Option<Timestamp>,
    index: Index,
    assessed: Vec<Arc<Assessment>>,
    followers: BTreeMap<String, Vec<usize>>,
    runbooks: Vec<Arc<Head>>,
    releases: Vec<Arc<Head>>,
    /// Of each of these releases its place in the library, and the runbook with its values.
    followed: Vec<(usize, Arc<Runbook>)>,
    /// Of each runbook its register, once somebody asked for it, under the same rule as `made`.
    registers: Vec<OnceLock<Option<Register>>>,
    /// Pages that nobody wrote.
    generated: Vec<Arc<Page>>,
    made: Made,
}

/// What is made when somebody asks for it first. Nothing here may use other threads: one that waits for
/// them could be given work that waits for this.
#[derive(Default)]
struct Made {
    calendar: OnceLock<Vec<Booking>>,
    attention: OnceLock<Attention>,
    escalations: OnceLock<Vec<EscalationPath>>,
    owners: OnceLock<Vec<Owner>>,
    contacts: OnceLock<Vec<Contact>>,
    people: OnceLock<Vec<(String, String)>>,
    pages: OnceLock<Vec<Page>>,
}

/// Shapes a site, judged as of `as_of`, or of each release's last event.
pub fn shape(library: &Library, sources: &Sources, config: &Config, as_of: Option<Timestamp>) -> Site {
    shape_again((library, sources), config, as_of, &mut Memory::default())
}

/// The same after an earlier one.
pub fn shape_again(
    (library, sources): (&Library, &Sources),
    config: &Config,
    as_of: Option<Timestamp>,
    memory: &mut Memory,
) -> Site {
    memory.forget((library, sources), &config.labels, as_of);
    let index = Index::new(library, memory.links(library, sources));
    let world = World { library, sources, index: &index, labels: &config.labels };
    let assessed = memory.judged(library);
    let plans = library.releases.iter().enumerate();
    let followed: Vec<(usize, Arc<Runbook>)> =
        plans.filter_map(|(at, plan)| Some((at, Arc::clone(plan.runbook.as_ref()?)))).collect();
    let runbooks = memory.runbooks(world);
    let releases = memory.releases(world, &assessed, &followed);
    Site {
        title: config.title.clone(),
        language: config.language.value.clone(),
        base_url: config.base_url.clone(),
        followers: register::followers(library, &assessed),
        library: library.clone(),
        sources: sources.clone(),
        labels: config.labels.clone(),
        as_of,
        index,
        assessed,
        runbooks,
        releases,
        followed,
        registers: library.runbooks.iter().map(|_| OnceLock::new()).collect(),
        generated: Vec::new(),
        made: Made::default(),
    }
}

impl Site {
    /// The site with a page that the program itself wrote.
    pub fn with_page(mut self, page: Arc<Page>) -> Self {
        self.generated.push(page);
        self
    }

    fn world(&self) -> World<'_> {
        World { library: &self.library, sources: &self.sources, index: &self.index, labels: &self.labels }
    }

    /// Runbooks in the order of their ids.
    pub fn runbooks(&self) -> &[Arc<Head>] {
        &self.runbooks
    }

    /// Releases that follow a runbook, in the order of their names.
    pub fn releases(&self) -> &[Arc<Head>] {
        &self.releases
    }

    /// Every document, runbooks before releases.
    pub fn documents(&self) -> impl Iterator<Item = DocumentRef> {
        let runbooks = (0..self.runbooks.len()).map(DocumentRef::Runbook);
        runbooks.chain((0..self.releases.len()).map(DocumentRef::Release))
    }

    /// What is said of a document everywhere. It has to be one of this site.
    pub fn head(&self, document: DocumentRef) -> &Arc<Head> {
        match document {
            DocumentRef::Runbook(at) => &self.runbooks[at],
            DocumentRef::Release(at) => &self.releases[at],
        }
    }

    /// The whole of a document. It has to be one of this site.
    pub fn document(&self, document: DocumentRef) -> Document {
        let head = Arc::clone(self.head(document));
        let (runbook, plan) = match document {
            DocumentRef::Runbook(at) => (&self.library.runbooks[at], None),
            DocumentRef::Release(at) => {
                let (at, runbook) = &self.followed[at];
                let (release, assessed) = (&*self.library.releases[*at], &*self.assessed[*at]);
                (runbook, Some(Applied { release, assessed }))
            }
        };
        document::document(self.world(), head, runbook, plan)
    }

    /// The releases that follow a runbook, in the order of their names.
    pub fn following(&self, runbook: &Head) -> Vec<&Head> {
        let at = self.followers.get(&runbook.name).map(Vec::as_slice).unwrap_or_default();
        let followed = self.followed.iter().zip(&self.releases);
        followed.filter(|((release, _), _)| at.contains(release)).map(|(_, head)| &**head).collect()
    }

    /// What a search finds in the runbook at a place.
    pub fn findings(&self, runbook: usize) -> Vec<Finding> {
        finding::findings(self.world(), &self.library.runbooks[runbook])
    }

    /// What was measured against the bars of the runbook at a place, if it has some.
    pub fn register(&self, runbook: usize) -> Option<&Register> {
        let register = || {
            let runbook = &self.library.runbooks[runbook];
            let followers = self.followers.get(&runbook.id).map(Vec::as_slice).unwrap_or_default();
            let judged: Vec<(&Release, &Assessment)> =
                followers.iter().map(|at| (&*self.library.releases[*at], &*self.assessed[*at])).collect();
            register::register(self.world(), runbook, &judged)
        };
        self.registers[runbook].get_or_init(register).as_ref()
    }

    /// Releases that have a window, in the order of the windows.
    pub fn calendar(&self) -> &[Booking] {
        self.made.calendar.get_or_init(|| calendar::bookings(self.world(), &self.releases))
    }

    /// What somebody has to look at.
    pub fn attention(&self) -> &Attention {
        self.made.attention.get_or_init(|| attention::attention(self.world(), &self.assessed, self.as_of))
    }

    /// Whom to call next, each path once with the runbooks that have it.
    pub fn escalations(&self) -> &[EscalationPath] {
        self.made.escalations.get_or_init(|| owner::escalations(&self.runbooks))
    }

    /// How many owners have a page.
    pub fn owner_count(&self) -> usize {
        self.library.roster.owners().count()
    }

    /// How many free pages there are.
    pub fn page_count(&self) -> usize {
        self.library.pages.len() + self.generated.len()
    }

    /// Whether a release has a window.
    pub fn has_calendar(&self) -> bool {
        let followed = self.followed.iter().map(|(at, _)| &self.library.releases[*at]);
        followed.filter_map(|release| release.window.as_ref()).any(|window| window.t().is_some())
    }

    /// A page for everybody who owns something or is in the roster.
    pub fn owners(&self) -> &[Owner] {
        let owners = || owner::owners(self.world(), &Waiting::of(self.world(), &self.assessed));
        self.made.owners.get_or_init(owners)
    }

    /// Everybody's ways to be reached.
    pub fn contacts(&self) -> &[Contact] {
        self.made.contacts.get_or_init(|| owner::everybody(self.world()))
    }

    /// The people of the roster: id and name.
    pub fn people(&self) -> &[(String, String)] {
        self.made.people.get_or_init(|| owner::people(self.world()))
    }

    /// Free pages, those that the program wrote last.
    pub fn pages(&self) -> &[Page] {
        let pages = || {
            let written = self.library.pages.iter().map(|written| page(self.world(), written));
            written.chain(self.generated.iter().map(|page| (**page).clone())).collect()
        };
        self.made.pages.get_or_init(pages)
    }
}

/// A free page.
fn page(world: World<'_>, written: &WrittenPage) -> Page {
    let path = page_path(&written.id);
    let here = Here { world, runbook: None, path: &path, own: None };
    Page {
        source: world.sources.get(written.file).path.clone(),
        title: written.title.clone(),
        headings: written.headings.iter().map(heading).collect(),
        content: here.prose(Some(&written.prose)),
        backlinks: world.backlinks(&path, ""),
        path,
    }
}

#[cfg(test)]
impl Site {
    /// A site of which only the title is known.
    pub(crate) fn empty(title: &str) -> Self {
        let config = Config { title: title.to_owned(), ..Config::default() };
        shape(&Library::default(), &Sources::default(), &config, None)
    }
}
