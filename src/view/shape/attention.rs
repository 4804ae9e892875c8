//! What needs attention: reviews that are out of date, and waivers of releases that have not ended.
//!
//! Takes runbooks, releases and the instant at which the site is judged, gives what somebody has to
//! look at. It reads no clock: without an instant, today is the day of the newest event.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::here::Here;
use super::index::World;
use super::path::{release_path, runbook_path};
use super::section::{Applied, Shaper};
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::release::{Assessment, ItemStatus};
use crate::view::{Attention, Destination, Mention, StaleReview, Waiver};

/// What needs attention, judged as of `as_of`.
pub(super) fn attention(
    world: World<'_>,
    assessed: &[Arc<Assessment>],
    as_of: Option<Timestamp>,
) -> Attention {
    let events = || world.library.releases.iter().flat_map(|plan| &plan.journal.events);
    let now = as_of.or_else(|| events().map(|event| event.at).max());
    let today = now.map(|now| now.to_zoned(TimeZone::UTC).date());
    let open = |(_, assessed): &(&Release, &Assessment)| assessed.outcome.is_none();
    let open =
        world.library.releases.iter().map(|plan| &**plan).zip(assessed.iter().map(|one| &**one)).filter(open);
    Attention {
        stale: world.library.runbooks.iter().filter_map(|runbook| stale(runbook, today?)).collect(),
        waivers: open.flat_map(|(plan, assessed)| waivers(world, plan, assessed)).collect(),
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
    let path = release_path(&plan.name);
    let own = OnceLock::new();
    let here = Here { world, runbook: Some(runbook), path: &path, own: Some(&own) };
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

#[cfg(test)]
mod tests {
    use crate::source::load_bytes;
    use crate::{config, model, view};

    const RUNBOOK: &str = "title: Shop\nreviewed: 2026-01-01\nsections:\n- title: Ready\n  id: ready\n  owner: dba\n  \
        thresholds: [age <= 90d]\n  checks: [{ title: Backup, id: backup }, { title: Load, id: load }]\n";
    const JOURNAL: &str = "- { at: 2026-05-01T08:00:00Z, by: ana, item: load, is: failed }\n\
        - { at: 2026-05-01T08:01:00Z, by: ana, item: load, is: waived, why: rerun, until: 2026-05-03 }\n";

    fn site(journal: &str) -> view::Site {
        let file = |path: &str, text: &str| (format!("content/{path}"), text.as_bytes().to_vec());
        let (sources, _) = load_bytes(vec![
            file("site.yaml", "title: Test\nzone: UTC\n"),
            file(
                "roster.yaml",
                "people: { ana: { name: Ana } }\nroles: { dba: { title: DBA, holder: ana } }\n",
            ),
            file("runbooks/shop.yaml", RUNBOOK),
            file("releases/v1.yaml", "runbook: shop\nversion: v1\nwindow: { start: 2026-05-01T09:00 }\n"),
            file("releases/v1.journal.yaml", journal),
        ]);
        let (config, _) = config::load(&sources);
        let (library, found) = model::load(&sources, &config.zone);
        assert!(found.is_empty(), "{found:?}");
        view::shape(&library, &sources, &config, None)
    }

    #[test]
    fn stale_reviews_and_waivers_are_seen() {
        let judged = site(JOURNAL);
        let attention = judged.attention();
        let stale: Vec<_> =
            attention.stale.iter().map(|one| (one.runbook.id.as_str(), one.days, one.bar.as_str())).collect();
        assert_eq!(stale, [("shop", 120, "<= 90 d")]);
        let waivers: Vec<_> = attention
            .waivers
            .iter()
            .map(|one| (one.item.text.as_str(), one.why.as_deref(), one.until.as_deref()))
            .collect();
        assert_eq!(waivers, [("1.2 Load", Some("rerun"), Some("2026-05-03"))]);
        let ended = format!("{JOURNAL}- {{ at: 2026-05-01T10:00:00Z, by: ana, outcome: success }}\n");
        assert!(site(&ended).attention().waivers.is_empty());
    }

    #[test]
    fn open_items_wait_for_a_role_and_for_who_holds_it() {
        let site = site(JOURNAL);
        let open = |id: &str| -> Vec<String> {
            let owner = site.owners().iter().find(|owner| owner.id == id).unwrap();
            owner.open.iter().flat_map(|release| &release.duties).map(|duty| duty.text.clone()).collect()
        };
        assert_eq!(open("dba"), ["1.1 Backup"]);
        assert_eq!(open("ana"), ["1.1 Backup"]);
    }
}
