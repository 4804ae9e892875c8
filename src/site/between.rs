//! Pages in a row: what stands before and after one of them.
//!
//! Takes lists of the view, gives each of their members with the ways to its neighbours.

use std::borrow::Cow;
use std::sync::Arc;

use super::{frame, link};
use crate::view;

/// One of a row, with what those beside it are called.
#[derive(Debug, Clone, Hash)]
pub(super) struct Between<'a, T> {
    pub(super) previous: Option<Neighbour<'a>>,
    pub(super) this: &'a T,
    pub(super) next: Option<Neighbour<'a>>,
}

/// A page before or after another.
#[derive(Debug, Clone, Hash)]
pub(super) struct Neighbour<'a> {
    pub(super) path: &'a str,
    pub(super) title: Cow<'a, str>,
}

impl<'a> From<&'a view::Head> for Neighbour<'a> {
    fn from(document: &'a view::Head) -> Self {
        let title = match &document.release {
            Some(_) => Cow::Borrowed(document.name.as_str()),
            None => Cow::Owned(view::plain(&document.title)),
        };
        Self { path: &document.path, title }
    }
}

impl<'a> From<&'a Arc<view::Head>> for Neighbour<'a> {
    fn from(document: &'a Arc<view::Head>) -> Self {
        Self::from(&**document)
    }
}

impl<'a> From<&'a view::Owner> for Neighbour<'a> {
    fn from(owner: &'a view::Owner) -> Self {
        Self { path: &owner.path, title: Cow::Borrowed(&owner.title) }
    }
}

impl<'a> From<&'a view::Gate> for Neighbour<'a> {
    fn from(gate: &'a view::Gate) -> Self {
        Self { path: &gate.path, title: Cow::Borrowed(&gate.words) }
    }
}

impl<'a> From<&'a view::Page> for Neighbour<'a> {
    fn from(page: &'a view::Page) -> Self {
        Self { path: &page.path, title: Cow::Borrowed(&page.title) }
    }
}

impl Neighbour<'_> {
    /// The way to it from `page`.
    pub(super) fn step(&self, page: &str) -> frame::Step {
        frame::Step { text: self.title.to_string(), href: link::page(page, self.path, "") }
    }
}

/// Those before and after the place `at` of a row.
pub(super) fn beside<'a, T>(all: &'a [T], at: usize) -> [Option<Neighbour<'a>>; 2]
where
    Neighbour<'a>: From<&'a T>,
{
    let neighbour = |at: Option<usize>| at.and_then(|at| all.get(at)).map(Neighbour::from);
    [neighbour(at.checked_sub(1)), neighbour(at.checked_add(1))]
}

/// Everything of a row, each with those beside it.
pub(super) fn row<'a, T>(all: &'a [T]) -> impl Iterator<Item = Between<'a, T>>
where
    Neighbour<'a>: From<&'a T>,
{
    all.iter().enumerate().map(move |(at, this)| {
        let [previous, next] = beside(all, at);
        Between { previous, this, next }
    })
}
