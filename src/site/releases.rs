//! The list of all releases, by state.
//!
//! Takes releases of the view, gives the page: what has not ended with the worst verdict first, then
//! what has ended, the newest first.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::frame::{About, Frame, is_long};
use super::markup::Pen;
use super::release::Row;
use super::{Desk, RELEASES, link, outline};
use crate::error::Result;
use crate::view::{self, Verdict};

/// So many releases that have not ended are on the page of their runbook.
const OPEN: usize = 20;
/// So many that have ended.
const ENDED: usize = 10;

/// The releases that the page of their runbook shows, and how many it leaves to the list of all.
#[derive(Clone, Default, Hash)]
pub(super) struct Following<'a> {
    /// Those that have not ended, then those that have, the newest first.
    pub(super) shown: Vec<&'a view::Head>,
    /// How many others there are.
    pub(super) more: usize,
}

impl<'a> Following<'a> {
    pub(super) fn of(all: Vec<&'a view::Head>) -> Self {
        let count = all.len();
        let is_open = |head: &&view::Head| head.release.as_ref().is_some_and(|state| state.outcome.is_none());
        let (mut open, mut ended): (Vec<_>, Vec<_>) = all.into_iter().partition(is_open);
        for (some, most) in [(&mut open, OPEN), (&mut ended, ENDED)] {
            some.sort_by_key(|head| std::cmp::Reverse(start(head)));
            some.truncate(most);
        }
        open.append(&mut ended);
        Self { more: count - open.len(), shown: open }
    }
}

/// Where all releases of a runbook are, called by its title: the list shows them alone.
pub(super) fn list_of(page: &str, runbook: &str) -> String {
    link::query(page, RELEASES, "filter", runbook)
}

/// What `releases.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Releases<'a> {
    /// Releases of one state together.
    groups: Vec<Group<'a>>,
    /// Whether it is longer than what is seen at once: then a field filters it.
    long: bool,
}

/// The releases of one state.
#[derive(Debug, Serialize)]
struct Group<'a> {
    /// `NO-GO`, `UNDECIDED`, `GO`, or that they have ended.
    title: &'a str,
    /// Anchor.
    anchor: &'static str,
    releases: Vec<Row<'a>>,
}

/// The page of all releases.
pub(super) fn page(desk: &Desk<'_>, releases: &[Arc<view::Head>]) -> Result<String> {
    let pen = desk.pen(RELEASES);
    let content = Releases { groups: groups(pen, releases), long: is_long(releases.len()) };
    let about = About { kind: "releases", path: RELEASES, title: pen.labels.word("releases"), source: None };
    let entries = content.groups.iter().map(|group| outline::entry(group.title, group.anchor)).collect();
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.engine.render("releases.html", &frame)
}

fn groups<'a>(pen: Pen<'a>, releases: &'a [Arc<view::Head>]) -> Vec<Group<'a>> {
    let states = [
        (Some(Verdict::NoGo), Verdict::NoGo.word(), "_no-go"),
        (Some(Verdict::Undecided), Verdict::Undecided.word(), "_undecided"),
        (Some(Verdict::Go), Verdict::Go.word(), "_go"),
        (None, pen.labels.word("finished"), "_finished"),
    ];
    let group = |(verdict, title, anchor): (Option<Verdict>, &'a str, &'static str)| {
        let releases: Vec<Row<'a>> =
            newest_first(releases, verdict).into_iter().filter_map(|one| Row::new(pen, one)).collect();
        (!releases.is_empty()).then_some(Group { title, anchor, releases })
    };
    states.into_iter().filter_map(group).collect()
}

/// Releases that have not ended and have this verdict, or without one those that have ended; the
/// newest window first.
pub(super) fn newest_first(releases: &[Arc<view::Head>], verdict: Option<Verdict>) -> Vec<&view::Head> {
    let state = |state: &view::ReleaseState| match verdict {
        Some(verdict) => state.outcome.is_none() && state.verdict == verdict,
        None => state.outcome.is_some(),
    };
    let wanted = |document: &&view::Head| document.release.as_deref().is_some_and(state);
    let mut found: Vec<&view::Head> = releases.iter().map(|release| &**release).filter(wanted).collect();
    found.sort_by_key(|document| std::cmp::Reverse(start(document)));
    found
}

/// When the window of a release begins.
fn start(document: &view::Head) -> Option<Timestamp> {
    document.release.as_ref()?.start.as_ref()?.instant
}
