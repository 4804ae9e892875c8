//! What needs attention: reviews that are out of date, and waivers of releases that have not ended.
//!
//! Takes runbooks, releases and the instant at which the site is judged, gives what somebody has to
//! look at. It reads no clock: without an instant, today is the day of the newest event.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::index::runbook_path;
use super::section::{Applied, Shaper};
use super::{Here, World, index};
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::release::{Assessment, ItemStatus};
use crate::view::{Attention, Destination, Mention, StaleReview, Waiver};

/// What needs attention, judged as of `as_of`.
pub(super) fn attention(
    world: World<'_>,
    assessed: &[Option<Assessment>],
    as_of: Option<Timestamp>,
) -> Attention {
    let releases = || world.library.releases.iter().zip(assessed);
    let events = || world.library.releases.iter().flat_map(|plan| &plan.journal.events);
    let now = as_of.or_else(|| events().map(|event| event.at).max());
    let today = now.map(|now| now.to_zoned(TimeZone::UTC).date());
    let open = |(_, assessed): &(&Release, &Option<Assessment>)| {
        assessed.as_ref().is_some_and(|assessed| assessed.outcome.is_none())
    };
    Attention {
        stale: world.library.runbooks.iter().filter_map(|runbook| stale(runbook, today?)).collect(),
        waivers: releases()
            .filter(open)
            .filter_map(|(plan, assessed)| Some(waivers(world, plan, assessed.as_ref()?)))
            .flatten()
            .collect(),
    }
}

fn stale(runbook: &Runbook, today: Date) -> Option<StaleReview> {
    let review = runbook.review(today).filter(|review| review.stale)?;
    let to = Destination::Page { path: runbook_path(&runbook.id), anchor: String::new() };
    let text = runbook.title.plain();
    let runbook = Mention { text, id: runbook.id.clone(), to, holder: None };
    Some(StaleReview { runbook, days: review.age, bar: review.limit.bar() })
}

/// What was let pass in a release, in the order of the runbook.
fn waivers(world: World<'_>, plan: &Release, assessed: &Assessment) -> Vec<Waiver> {
    let Some(runbook) = &plan.runbook else { return Vec::new() };
    let path = index::release_path(&plan.name);
    let here = Here { world, runbook: Some(runbook), path: &path };
    let shaper = Shaper { here, plan: Some(Applied { release: plan, assessed }) };
    let waiver = |id: &str| {
        let recorded = assessed.items.get(id).filter(|recorded| recorded.own == ItemStatus::Waived)?;
        Some(Waiver {
            release: plan.name.clone(),
            item: here.place(id),
            why: recorded.why.clone(),
            until: recorded.until.map(|end| shaper.last_day(end)),
        })
    };
    runbook.all_items().into_iter().filter_map(|(_, item)| waiver(&item.id)).collect()
}
