//! What needs attention, as a reader sees it.
//!
//! Takes and gives data only; `view::shape` makes it.

use super::document::Mention;

/// What somebody has to look at, beside the releases that are not GO.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Attention {
    /// Runbooks whose review is out of date.
    pub stale: Vec<StaleReview>,
    /// What was let pass in releases that have not ended.
    pub waivers: Vec<Waiver>,
}

/// A review that is out of date.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StaleReview {
    /// The runbook.
    pub runbook: Mention,
    /// How many days ago it was.
    pub days: i64,
    /// How old it may be: `<= 90 d`.
    pub bar: String,
}

/// What was let pass in a release that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Waiver {
    /// Name of the release.
    pub release: String,
    /// The item, on the page of the release.
    pub item: Mention,
    /// The reason given.
    pub why: Option<String>,
    /// Its last day.
    pub until: Option<String>,
}
