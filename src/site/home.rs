//! The home page: releases, runbooks, owners, pages, and what needs attention.
//!
//! Takes the site of the view, gives the page.

use serde::Serialize;

use super::frame::{About, Frame, Step};
use super::item::Fact;
use super::markup::{Pen, Reference};
use super::release::Row;
use super::theme::Html;
use super::word::{self, Word};
use super::{Desk, HOME, free, link, outline};
use crate::error::Result;
use crate::view::{self, Status, Verdict};

/// What `home.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Home<'a> {
    /// Releases that have not ended and are not GO, the worst first.
    attention: Vec<Row<'a>>,
    /// Runbooks that are not in force.
    drafts: Vec<Step>,
    /// Releases that have not ended.
    open: Vec<Row<'a>>,
    /// Releases that have ended.
    closed: Vec<Row<'a>>,
    /// Runbooks by product.
    products: Vec<Product<'a>>,
    /// Roles, teams and people.
    owners: Vec<OwnerGroup<'a>>,
    /// Free pages.
    pages: Vec<Step>,
}

/// The runbooks of one product.
#[derive(Debug, Serialize)]
struct Product<'a> {
    name: &'a str,
    runbooks: Vec<Runbook<'a>>,
}

/// A runbook in a list.
#[derive(Debug, Serialize)]
struct Runbook<'a> {
    name: &'a str,
    title: Html,
    href: String,
    environment: &'a str,
    status: Word<'a>,
    summary: Option<Html>,
    facts: Vec<Fact<'a>>,
    checks: usize,
    steps: usize,
    triggers: usize,
    approvals: usize,
}

/// Owners of one kind.
#[derive(Debug, Serialize)]
struct OwnerGroup<'a> {
    /// `Roles`, `Teams`, `People`.
    title: &'a str,
    owners: Vec<OwnerRow<'a>>,
}

/// An owner in a list.
#[derive(Debug, Serialize)]
struct OwnerRow<'a> {
    title: &'a str,
    href: String,
    holder: Option<Reference<'a>>,
    duties: usize,
}

/// The home page.
pub(super) fn page(desk: &Desk<'_>, site: &view::Site) -> Result<String> {
    let path = HOME;
    let pen = desk.pen(path);
    let content = Home::new(site, pen);
    let sections = [
        (!content.attention.is_empty() || !content.drafts.is_empty(), "needs-attention", "_attention"),
        (!content.open.is_empty() || !content.closed.is_empty(), "releases", "_releases"),
        (!content.products.is_empty(), "runbooks", "_runbooks"),
        (!content.owners.is_empty(), "owners", "_owners"),
        (!content.pages.is_empty(), "pages", "_pages"),
    ];
    let present = sections.into_iter().filter(|(present, ..)| *present);
    let entries = present.map(|(_, label, anchor)| outline::entry(pen.labels.word(label), anchor)).collect();
    let about = About { kind: "home", path, title: desk.site.title, source: None };
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.render("home.html", &frame)
}

impl<'a> Home<'a> {
    fn new(site: &'a view::Site, pen: Pen<'a>) -> Self {
        let rows = |wanted: &dyn Fn(&view::ReleaseState) -> bool| -> Vec<Row<'a>> {
            let releases = site.releases.iter();
            releases
                .filter(|document| document.release.as_ref().is_some_and(wanted))
                .filter_map(|document| Row::new(pen, document))
                .collect()
        };
        let troubled =
            |wanted: Verdict| rows(&|release| release.outcome.is_none() && release.verdict == wanted);
        let mut attention = troubled(Verdict::NoGo);
        attention.extend(troubled(Verdict::Undecided));
        let drafts = site.runbooks.iter().filter(|runbook| runbook.status == Status::Draft);
        Self {
            attention,
            drafts: drafts.map(|runbook| draft(pen, runbook)).collect(),
            open: rows(&|release| release.outcome.is_none()),
            closed: rows(&|release| release.outcome.is_some()),
            products: products(pen, &site.runbooks),
            owners: owners(pen, &site.owners),
            pages: site.pages.iter().map(|page| free::step(pen, page)).collect(),
        }
    }
}

fn draft(pen: Pen<'_>, runbook: &view::Document) -> Step {
    Step { text: view::plain(&runbook.title), href: link::page(pen.page, &runbook.path, "") }
}

/// Products in the order of their names, in each the runbooks by environment.
fn products<'a>(pen: Pen<'a>, runbooks: &'a [view::Document]) -> Vec<Product<'a>> {
    let mut sorted: Vec<&view::Document> = runbooks.iter().collect();
    sorted.sort_by_key(|runbook| (&runbook.product, &runbook.environment));
    let mut out: Vec<Product<'a>> = Vec::new();
    for document in sorted {
        let runbook = Runbook::new(pen, document);
        match out.last_mut().filter(|product| product.name == document.product) {
            Some(product) => product.runbooks.push(runbook),
            None => out.push(Product { name: &document.product, runbooks: vec![runbook] }),
        }
    }
    out
}

impl<'a> Runbook<'a> {
    fn new(pen: Pen<'a>, document: &'a view::Document) -> Self {
        // Product and environment stand in the lists already.
        let shown = |fact: &&view::HeadFact| !matches!(fact.label, "product" | "environment" | "status");
        Self {
            name: &document.name,
            title: pen.line(&document.title),
            href: link::page(pen.page, &document.path, ""),
            environment: &document.environment,
            status: word::document_status(pen.labels, document.status),
            summary: pen.flows(&document.summary, 3),
            facts: document
                .facts
                .iter()
                .filter(shown)
                .map(|fact| Fact { label: pen.labels.word(fact.label), value: pen.line(&fact.value) })
                .collect(),
            checks: document.counts.checks,
            steps: document.counts.steps,
            triggers: document.counts.triggers,
            approvals: document.counts.approvals,
        }
    }
}

fn owners<'a>(pen: Pen<'a>, owners: &'a [view::Owner]) -> Vec<OwnerGroup<'a>> {
    let kinds = [("role", "roles"), ("team", "teams"), ("person", "people")];
    let group = |(kind, label): (&str, &'static str)| {
        let of_kind = owners.iter().filter(|owner| owner.kind == kind);
        let owners: Vec<_> = of_kind.map(|owner| OwnerRow::new(pen, owner)).collect();
        (!owners.is_empty()).then(|| OwnerGroup { title: pen.labels.word(label), owners })
    };
    kinds.into_iter().filter_map(group).collect()
}

impl<'a> OwnerRow<'a> {
    fn new(pen: Pen<'a>, owner: &'a view::Owner) -> Self {
        Self {
            title: &owner.title,
            href: link::page(pen.page, &owner.path, ""),
            holder: owner.contact.holder.as_ref().map(|holder| pen.mention(holder)),
            duties: owner.duties.iter().map(|duties| duties.duties.len()).sum(),
        }
    }
}
