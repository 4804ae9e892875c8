//! The list of all runbooks, by product.
//!
//! Takes runbooks and releases of the view, gives the page. It stays usable with a thousand of them:
//! one row for each, and a field of the script that leaves the rows somebody looks for.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::engine::Html;
use super::frame::{About, Frame, is_long};
use super::markup::Pen;
use super::word::{self, Word};
use super::{Desk, RUNBOOKS, document, link, outline};
use crate::error::Result;
use crate::view;

/// What `runbooks.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Runbooks<'a> {
    /// Products in the order of their names.
    products: Vec<Product<'a>>,
    /// Whether it is longer than what is seen at once: then a field filters it.
    long: bool,
}

/// The runbooks of one product.
#[derive(Debug, Serialize)]
struct Product<'a> {
    name: &'a str,
    /// Anchor.
    anchor: String,
    /// By environment.
    runbooks: Vec<Row<'a>>,
}

/// A runbook in the list.
#[derive(Debug, Serialize)]
struct Row<'a> {
    title: Html,
    href: String,
    environment: &'a str,
    status: Word<'a>,
    owner: Option<Html>,
    revision: Option<Html>,
    reviewed: Option<Html>,
    /// The newest release.
    release: Option<Release<'a>>,
}

/// A release in the row of its runbook.
#[derive(Debug, Serialize)]
struct Release<'a> {
    name: &'a str,
    href: String,
    verdict: Word<'static>,
    outcome: Option<Word<'a>>,
}

/// The page of all runbooks.
pub(super) fn page(desk: &Desk<'_>, site: &view::Site) -> Result<String> {
    let pen = desk.pen(RUNBOOKS);
    let content = Runbooks { products: products(pen, site), long: is_long(site.runbooks().len()) };
    let title = pen.labels.word("runbooks");
    let about = About { kind: "runbooks", path: RUNBOOKS, title, source: None };
    let named = content.products.iter().filter(|product| !product.name.is_empty());
    let entries = named.map(|product| outline::entry(product.name, &product.anchor)).collect();
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.engine.render("runbooks.html", &frame)
}

/// Runbooks in the order of products and environments.
pub(super) fn sorted(runbooks: &[Arc<view::Head>]) -> Vec<&view::Head> {
    let mut sorted: Vec<&view::Head> = runbooks.iter().map(|runbook| &**runbook).collect();
    sorted.sort_by_key(|runbook| (&runbook.product, &runbook.environment));
    sorted
}

/// The anchor of a product; ids of authors do not begin with `_`.
pub(super) fn anchor(product: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() { c } else { '-' };
    format!("_{}", product.to_lowercase().chars().map(letter).collect::<String>())
}

fn products<'a>(pen: Pen<'a>, site: &'a view::Site) -> Vec<Product<'a>> {
    let newest = newest(site);
    let mut out: Vec<Product<'a>> = Vec::new();
    for document in sorted(site.runbooks()) {
        let row = Row::new(pen, document, newest.get(document.path.as_str()).copied());
        match out.last_mut().filter(|product| product.name == document.product) {
            Some(product) => product.runbooks.push(row),
            None => {
                let anchor = anchor(&document.product);
                out.push(Product { name: &document.product, anchor, runbooks: vec![row] });
            }
        }
    }
    out
}

/// The newest release of each runbook, by the path of the runbook.
fn newest(site: &view::Site) -> BTreeMap<&str, &view::Head> {
    let mut found: BTreeMap<&str, &view::Head> = BTreeMap::new();
    let start = |document: &view::Head| document.release.as_ref()?.start.as_ref()?.instant;
    for release in site.releases() {
        let Some(path) = release.release.as_deref().and_then(document::runbook_path) else { continue };
        let known = found.entry(path).or_insert(release);
        if start(release) >= start(known) {
            *known = release;
        }
    }
    found
}

impl<'a> Row<'a> {
    fn new(pen: Pen<'a>, document: &'a view::Head, release: Option<&'a view::Head>) -> Self {
        let fact = |label: &str| {
            let found = document.facts.iter().find(|fact| fact.label == label)?;
            pen.some_line(&found.value)
        };
        Self {
            title: pen.line(&document.title),
            href: link::page(pen.page, &document.path, ""),
            environment: &document.environment,
            status: word::document_status(pen.labels, document.status),
            owner: fact("owner"),
            revision: fact("revision"),
            reviewed: fact("reviewed"),
            release: release.and_then(|release| Release::new(pen, release)),
        }
    }
}

impl<'a> Release<'a> {
    fn new(pen: Pen<'a>, document: &'a view::Head) -> Option<Self> {
        let state = document.release.as_ref()?;
        Some(Self {
            name: &document.name,
            href: link::page(pen.page, &document.path, ""),
            verdict: word::verdict(state.verdict),
            outcome: state.outcome.as_deref().map(|outcome| word::told_outcome(pen.labels, outcome)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_have_anchors() {
        assert_eq!(["Orders API", "Über <b>", ""].map(anchor), ["_orders-api", "_über--b-", "_"]);
    }
}
