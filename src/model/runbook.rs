//! A runbook, resolved.
//!
//! Takes and gives data only. A runbook is resolved once with its defaults, and once more for each
//! release with the values of that release.

use jiff::civil::Date;

use super::document::{Action, Phase, Status};
use super::parameter::Values;
use super::prose::{Prose, Text};
use super::quantity::Quantity;
use super::seal::Digest;
use super::section::{Bar, Criterion, Item, Reference, Section};
use super::threshold::{Builtin, Threshold};
use super::time::{Duration, DurationRange};
use crate::source::{FileId, Span, Spanned};

/// A procedure.
#[derive(Debug, Clone)]
pub struct Runbook {
    /// Path below `runbooks/` without its ending: `orders-api`, `common/tls`.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// Whether all of it could be read, and all that it takes from others: else what it lacks is not known
    /// to be missing.
    pub whole: bool,
    /// The first line of the document.
    pub span: Span,
    /// Title.
    pub title: Text,
    /// What is deployed.
    pub product: Option<Text>,
    /// Where to.
    pub environment: Option<Text>,
    /// Revision.
    pub revision: Option<String>,
    /// How far the document has come; `None` where it does not say.
    pub status: Option<Status>,
    /// Who answers for the document.
    pub owners: Vec<Reference>,
    /// For example `internal`.
    pub classification: Option<Text>,
    /// How long it takes.
    pub duration: Option<Spanned<DurationRange>>,
    /// Day of the last review.
    pub reviewed: Option<Spanned<jiff::civil::Date>>,
    /// One paragraph.
    pub summary: Option<Prose>,
    /// Introduction.
    pub about: Option<Prose>,
    /// Declared parameters.
    pub parameters: Vec<Parameter>,
    /// Degrees of trouble.
    pub severities: Vec<Severity>,
    /// The sections.
    pub sections: Vec<Section>,
    /// Whom to call next.
    pub escalation: Vec<Escalation>,
    /// Who changed what.
    pub history: Vec<HistoryEntry>,
    /// The values it was resolved with.
    pub values: Values,
    /// Every parameter that a text names, with the place.
    pub uses: Vec<Reference>,
    /// Every parameter without a value that a text of a section from another runbook names, with the place there.
    pub unfilled: Vec<Reference>,
    /// Every id with its place and kind, in written order.
    pub places: Vec<Place>,
    /// Content hash of the document and of the sections that it takes from others.
    pub digest: Digest,
    /// Every link in a text or under `links`, with its place.
    pub links: Vec<Reference>,
}

/// What an id of a runbook names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A section.
    Section,
    /// A check.
    Check,
    /// A step.
    Step,
    /// A trigger.
    Trigger,
    /// A message.
    Message,
    /// A gate.
    Gate,
    /// A table.
    Table,
}

impl PlaceKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Check => "check",
            Self::Step => "step",
            Self::Trigger => "trigger",
            Self::Message => "message",
            Self::Gate => "gate",
            Self::Table => "table",
        }
    }
}

/// An id and what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The id.
    pub id: String,
    /// How many bytes of it name the sections around that the runbook takes more than once.
    pub prefix: u16,
    /// What it names.
    pub kind: PlaceKind,
    /// Where the id is written, or the title it comes from.
    pub span: Span,
}

impl Place {
    /// The id that it has where it is written: without the names of sections around that are taken more than
    /// once.
    pub fn own_id(&self) -> &str {
        self.id.get(usize::from(self.prefix)..).unwrap_or(&self.id)
    }
}

/// A value that differs from release to release.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: Spanned<String>,
    /// What it is.
    pub about: Option<Text>,
    /// What a value looks like.
    pub example: Option<String>,
    /// The value it was resolved with: the release's, or the default.
    pub value: Option<String>,
}

/// A degree of trouble.
#[derive(Debug, Clone)]
pub struct Severity {
    /// Its name.
    pub name: Spanned<String>,
    /// How to recognise it.
    pub means: Option<Text>,
    /// Time to react.
    pub respond: Option<Spanned<Duration>>,
    /// What to do.
    pub actions: Vec<Spanned<Action>>,
}

/// One step of the escalation path.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// Who is called.
    pub role: Reference,
    /// How long this step may take.
    pub within: Option<Spanned<Duration>>,
    /// What this step decides or does.
    pub about: Option<Text>,
}

/// One entry of the history.
#[derive(Debug, Clone)]
pub struct HistoryEntry {
    /// Day.
    pub date: Option<Spanned<jiff::civil::Date>>,
    /// The revision that came out of it.
    pub revision: Option<String>,
    /// Who.
    pub author: Option<Reference>,
    /// What changed.
    pub change: Prose,
}

/// How a review stands on a day.
#[derive(Debug, Clone)]
pub struct Review {
    /// Days since it; negative where it is still to come.
    pub age: i64,
    /// How old it may be.
    pub limit: Threshold,
    /// Whether it is older.
    pub stale: bool,
}

/// How long a review lasts where the runbook does not say.
const LASTS: &str = "age <= 365d";

impl Runbook {
    /// Every section at every level, parents first.
    pub fn all_sections(&self) -> Vec<&Section> {
        let mut found = Vec::new();
        for section in &self.sections {
            section.walk(&mut |section| found.push(section));
        }
        found
    }

    /// Every check, step and sub-check with the section it stands in, in written order.
    pub fn all_items(&self) -> Vec<(&Section, &Item)> {
        let mut found = Vec::new();
        for section in self.all_sections() {
            for item in section.items() {
                item.walk(&mut |item| found.push((section, item)));
            }
        }
        found
    }

    /// The section of an id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.all_sections().into_iter().find(|section| section.id == id)
    }

    /// What an id names.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    /// How its last review stands on a day; nothing where it has none.
    pub fn review(&self, today: Date) -> Option<Review> {
        let age = i64::from(today.since(self.reviewed.as_ref()?.value).ok()?.get_days());
        let of_sections = self.all_sections().into_iter().flat_map(Section::bars);
        let of_items = self.all_items().into_iter().flat_map(|(_, item)| &item.bars);
        let pass = |bar: &Bar| match &bar.criterion {
            Criterion::Threshold(threshold) => Some(threshold.clone()),
            Criterion::Levels { levels, .. } => levels.pass.clone(),
            Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
        };
        let is_age = |bar: &Threshold| bar.builtin() == Some(Builtin::Age);
        let own = of_sections.chain(of_items).filter_map(pass).find(is_age);
        let limit = own.or_else(|| Threshold::parse(LASTS).ok())?;
        let stale = age >= 0 && !limit.meets(&Quantity::days(age)).unwrap_or(true);
        Some(Review { age, limit, stale })
    }

    /// The topmost sections of phase `before`: what a gate without `requires` is judged on.
    pub fn before(&self) -> Vec<&Section> {
        fn collect<'a>(section: &'a Section, found: &mut Vec<&'a Section>) {
            if section.phase == Phase::Before {
                found.push(section);
            } else {
                section.sections().for_each(|inner| collect(inner, found));
            }
        }
        let mut found = Vec::new();
        self.sections.iter().for_each(|section| collect(section, &mut found));
        found
    }
}
