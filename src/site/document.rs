//! Pages of runbooks and releases.
//!
//! Takes a document of the view, gives its page.

use serde::Serialize;

use super::between::Between;
use super::engine::Html;
use super::frame::{About, Frame, Step};
use super::item::{Backlink, Fact, backlinks};
use super::markup::{Pen, Reference};
use super::pages::{Beside, Shaped};
use super::part::{Part, parts};
use super::release::{Release, Row};
use super::releases::{self, Following};
use super::timeline::Timeline;
use super::word::{self, Word};
use super::{Desk, RELEASES, RUNBOOKS, link, outline};
use crate::error::Result;
use crate::view::{self, Destination, plain};

/// What `runbook.html` and `release.html` know as `content`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    /// Id of the runbook or name of the release.
    name: &'a str,
    /// Title.
    title: Html,
    /// Draft, issued or retired.
    status: Word<'a>,
    /// Product, environment, revision, …
    facts: Vec<Fact<'a>>,
    /// One paragraph.
    summary: Option<Html>,
    /// Introduction.
    about: Option<Html>,
    /// Numbers of what is in it: label and count.
    counts: Vec<(&'static str, usize)>,
    /// Values that differ from release to release.
    parameters: Vec<Parameter<'a>>,
    /// Degrees of trouble.
    severities: Vec<Severity<'a>>,
    /// The sections and what they hold, printed part by part by the component `part`.
    sections: Html,
    /// The sections against the clock.
    timeline: Option<Timeline<'a>>,
    /// Whom to call next.
    escalation: Vec<Escalation<'a>>,
    /// Who changed what.
    history: Vec<History<'a>>,
    /// Content hash.
    seal: &'a str,
    /// What mentions this document.
    backlinks: Vec<Backlink<'a>>,
    /// The printed sheet, where one is built.
    sheet: Option<String>,
    /// The Markdown record, where one is built.
    record: Option<String>,
    /// The whole release as one file, where one is built.
    single: Option<String>,
    /// What else is made of it: packets of roles, cards, calendars.
    beside: Vec<Step>,
    /// What that is called, by what is among it: `More sheets`, `More sheets and calendars`.
    beside_title: &'a str,
    /// What the script of the page works on, where something is to be done.
    work: Option<Html>,
    /// Releases that follow this runbook: those that have not ended and the newest of the others.
    releases: Vec<Row<'a>>,
    /// How many more do.
    more_releases: usize,
    /// Where all of them are listed.
    all_releases: String,
    /// State and plan, if this is a release.
    release: Option<Release<'a>>,
}

#[derive(Debug, Serialize)]
struct Parameter<'a> {
    name: &'a str,
    about: Option<Html>,
    example: Option<&'a str>,
    value: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Severity<'a> {
    name: &'a str,
    anchor: String,
    means: Html,
    respond: Option<&'a str>,
    actions: Vec<Word<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Escalation<'a> {
    role: Reference<'a>,
    within: Option<&'a str>,
    /// How long after the first call this one is made.
    after: Option<&'a str>,
    about: Option<Html>,
}

#[derive(Debug, Serialize)]
struct History<'a> {
    date: Option<&'a str>,
    revision: Option<&'a str>,
    author: Option<Reference<'a>>,
    change: Option<Html>,
}

/// What the files beside a document are called together.
fn called<'a>(pen: Pen<'a>, beside: &[Beside]) -> &'a str {
    let calendars = beside.iter().filter(|file| file.path.ends_with(".ics")).count();
    match calendars {
        0 => pen.labels.word("beside-sheets"),
        some if some == beside.len() => pen.labels.word("beside-calendars"),
        _ => pen.labels.word("beside"),
    }
}

/// The page of a document.
pub(super) fn page(
    desk: &Desk<'_>,
    between: &Between<'_, Shaped>,
    following: &Following<'_>,
) -> Result<String> {
    let Shaped { document, beside, .. } = between.this;
    let pen = desk.pen(&document.path);
    let is_release = document.release.is_some();
    let kind = if is_release { "release" } else { "runbook" };
    let (above, list) = self::kind(is_release);
    let title = plain(&document.title);
    let about = About { kind, path: &document.path, title: &title, source: Some(&document.source) };
    let steps = beside
        .iter()
        .map(|file| Step { text: file.title.clone(), href: link::page(pen.page, &file.path, "") });
    let beside_title = called(pen, beside);
    let content =
        Document { beside: steps.collect(), beside_title, ..Document::new(desk, pen, document, following)? };
    let script = content.work.as_ref().map(|_| desk.work.path.as_str());
    let frame = Frame::new(desk, about, content)
        .works(script)
        .within(pen, pen.labels.word(above), list)
        .between(pen, between)
        .described(outline::first_sentences(&document.summary))
        .follows(document.release.as_deref().map_or(Some(&document.path), runbook_path))
        .contents(outline::of_document(pen.labels, document));
    let name = format!("{kind}.html");
    desk.theme.engine.render(&name, &frame)
}

/// The label for documents of its kind, and the path of their list.
pub(super) const fn kind(is_release: bool) -> (&'static str, &'static str) {
    if is_release { ("releases", RELEASES) } else { ("runbooks", RUNBOOKS) }
}

/// The page of the runbook that a release follows.
pub(super) fn runbook_path(release: &view::ReleaseState) -> Option<&str> {
    match &release.runbook.to {
        Destination::Page { path, .. } => Some(path),
        _ => None,
    }
}

impl<'a> Document<'a> {
    fn new(
        desk: &Desk<'a>,
        pen: Pen<'a>,
        document: &'a view::Document,
        following: &Following<'a>,
    ) -> Result<Self> {
        let beside = |path: String| link::page(pen.page, &path, "");
        let release = document.release.as_ref();
        Ok(Self {
            name: &document.name,
            title: pen.line(&document.title),
            status: word::document_status(pen.labels, document.status),
            facts: document
                .facts
                .iter()
                .map(|fact| Fact { label: pen.labels.word(fact.label), value: pen.line(&fact.value) })
                .collect(),
            summary: pen.flows(&document.summary, 1),
            about: pen.flows(&document.about, 1),
            counts: counts(&document.counts),
            parameters: document.parameters.iter().map(|parameter| Parameter::new(pen, parameter)).collect(),
            severities: document.severities.iter().map(|severity| Severity::new(pen, severity)).collect(),
            sections: sections(desk, pen, document)?,
            timeline: document.timeline.as_ref().map(|timeline| Timeline::new(pen, timeline)),
            escalation: document.escalation.iter().map(|step| Escalation::new(pen, step)).collect(),
            history: document.history.iter().map(|entry| History::new(pen, entry)).collect(),
            seal: &document.seal,
            backlinks: backlinks(pen, &document.backlinks),
            sheet: desk.options.sheets.then(|| beside(document.sheet())),
            record: release.filter(|_| desk.options.records).map(|_| beside(document.record())),
            single: release
                .filter(|_| desk.options.single)
                .map(|_| beside(super::single::path(&document.path))),
            beside: Vec::new(),
            beside_title: "",
            work: super::work::work(desk, document),
            releases: following.shown.iter().filter_map(|other| Row::new(pen, other)).collect(),
            more_releases: following.more,
            all_releases: releases::list_of(pen.page, &plain(&document.title)),
            release: release.map(|release| Release::new(pen, document, release)),
        })
    }
}

/// What the component `part` takes.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    /// A part of the document.
    part: &'a Part<'a>,
    /// Whether the document is a release.
    in_release: bool,
}

/// The sections and what they hold, printed.
fn sections(desk: &Desk<'_>, pen: Pen<'_>, document: &view::Document) -> Result<Html> {
    let in_release = document.release.is_some();
    let parts = parts(pen, &document.sections);
    desk.theme.engine.print_all("part", parts.iter().map(|part| Shown { part, in_release }))
}

/// What there is at all, with the label that counts it.
fn counts(counts: &view::Counts) -> Vec<(&'static str, usize)> {
    let all = [
        ("count-sections", counts.sections),
        ("count-checks", counts.checks),
        ("count-steps", counts.steps),
        ("count-thresholds", counts.thresholds),
        ("count-triggers", counts.triggers),
        ("count-approvals", counts.approvals),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

impl<'a> Parameter<'a> {
    fn new(pen: Pen<'a>, parameter: &'a view::Parameter) -> Self {
        Self {
            name: &parameter.name,
            about: pen.some_line(&parameter.about),
            example: parameter.example.as_deref(),
            value: parameter.value.as_deref(),
        }
    }
}

impl<'a> Severity<'a> {
    fn new(pen: Pen<'a>, severity: &'a view::Severity) -> Self {
        Self {
            name: &severity.name,
            anchor: format!("severity-{}", severity.name),
            means: pen.line(&severity.means),
            respond: severity.respond.as_deref(),
            actions: severity.actions.iter().map(|action| word::action(pen.labels, *action)).collect(),
        }
    }
}

impl<'a> Escalation<'a> {
    pub(super) fn new(pen: Pen<'a>, step: &'a view::Escalation) -> Self {
        Self {
            role: pen.mention(&step.role),
            within: step.within.as_deref(),
            after: step.after.as_deref(),
            about: pen.some_line(&step.about),
        }
    }
}

impl<'a> History<'a> {
    fn new(pen: Pen<'a>, entry: &'a view::HistoryEntry) -> Self {
        Self {
            date: entry.date.as_deref(),
            revision: entry.revision.as_deref(),
            author: entry.author.as_ref().map(|author| pen.mention(author)),
            change: pen.flows(&entry.change, 2),
        }
    }
}
