//! The scripts that take a whole site: they are made once, however often its pages are listed.
//!
//! Takes a site and a theme, gives the script of runbooks and releases and the files of the search index.

use super::search::Parts;
use super::theme::{Asset, Theme};
use crate::view::Site;

/// The scripts that are made from a whole site.
pub struct Scripts {
    /// The script of runbooks and releases, behind the people of the site.
    pub(super) work: Asset,
    pub(super) search: Parts,
}

impl Scripts {
    /// The scripts of a site; those of the search index are made when the first of them is asked for.
    pub fn new(site: &Site, theme: &Theme) -> Self {
        Self { work: theme.work(site.people()), search: Parts::new(site) }
    }
}
