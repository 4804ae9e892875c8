//! The home page: what needs attention, releases, runbooks, owners, pages.
//!
//! Takes the site of the view, gives the page. Of what there is much of, it shows a part and leads to
//! the list of all, so that it stays as large as somebody reads.

use std::sync::Arc;

use serde::Serialize;

use super::engine::Html;
use super::frame::{About, Frame, Step};
use super::item::Fact;
use super::markup::{Pen, Reference};
use super::release::Row;
use super::word::{self, Word};
use super::{Desk, HOME, RUNBOOKS, free, link, outline, owners, releases, runbooks};
use crate::error::Result;
use crate::view::{self, Status, Verdict, plain};

/// Lines of each kind under what needs attention.
const ATTENTION: usize = 12;
/// Releases of a state.
const RELEASES: usize = 20;
/// As many runbooks are shown one by one; of more, products are.
const CARDS: usize = 30;
/// As many owners are shown by name.
const NAMES: usize = 100;

/// What `home.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Home<'a> {
    /// Releases that have not ended and are not GO, the worst first.
    attention: Part<Row<'a>>,
    /// Runbooks whose review is out of date.
    stale: Part<Stale<'a>>,
    /// What was let pass in releases that have not ended.
    waivers: Part<Waiver<'a>>,
    /// Runbooks that are not in force.
    drafts: Part<Step>,
    /// Releases that have not ended.
    open: Part<Row<'a>>,
    /// Releases that have ended, the newest first.
    closed: Part<Row<'a>>,
    /// Runbooks by product.
    products: Vec<Product<'a>>,
    /// Roles, teams and people; none where there are too many.
    owners: Vec<owners::Group<'a>>,
    /// Free pages.
    pages: Vec<Step>,
}

/// The first of several things, and how many more there are.
#[derive(Debug, Serialize)]
struct Part<T> {
    first: Vec<T>,
    more: usize,
}

impl<T> Part<T> {
    /// The first `most` of `all`; only those are made.
    fn of<U>(all: Vec<U>, most: usize, make: impl Fn(U) -> Option<T>) -> Self {
        let more = all.len().saturating_sub(most);
        Self { first: all.into_iter().take(most).filter_map(make).collect(), more }
    }
}

/// A runbook whose review is out of date.
#[derive(Debug, Serialize)]
struct Stale<'a> {
    runbook: Reference<'a>,
    days: i64,
    bar: &'a str,
}

/// What was let pass.
#[derive(Debug, Serialize)]
struct Waiver<'a> {
    release: &'a str,
    item: Reference<'a>,
    why: Option<&'a str>,
    until: Option<&'a str>,
}

/// The runbooks of one product.
#[derive(Debug, Serialize)]
struct Product<'a> {
    name: &'a str,
    /// Where they are listed.
    href: String,
    /// How many there are.
    count: usize,
    /// Each of them; none where there are too many on the site.
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

/// The home page.
pub(super) fn page(desk: &Desk<'_>, site: &view::Site) -> Result<String> {
    let pen = desk.pen(HOME);
    let content = Home::new(site, pen);
    let sections = [
        (content.needs_attention(), "needs-attention", "_attention"),
        (!site.releases().is_empty(), "releases", "_releases"),
        (!content.products.is_empty(), "runbooks", "_runbooks"),
        (!site.owners().is_empty(), "owners", "_owners"),
        (!site.pages().is_empty(), "pages", "_pages"),
    ];
    let present = sections.into_iter().filter(|(present, ..)| *present);
    let entries = present.map(|(_, label, anchor)| outline::entry(pen.labels.word(label), anchor)).collect();
    let about = About { kind: "home", path: HOME, title: desk.site.title, source: None };
    let frame = Frame::new(desk, about, content).contents(entries);
    desk.theme.engine.render("home.html", &frame)
}

impl<'a> Home<'a> {
    fn new(site: &'a view::Site, pen: Pen<'a>) -> Self {
        let of = |verdict| releases::newest_first(site.releases(), Some(verdict));
        let row = |document| Row::new(pen, document);
        let troubled = [of(Verdict::NoGo), of(Verdict::Undecided)].concat();
        let open = [troubled.clone(), of(Verdict::Go)].concat();
        let closed = releases::newest_first(site.releases(), None);
        let drafts = site.runbooks().iter().filter(|runbook| runbook.status == Status::Draft).collect();
        Self {
            attention: Part::of(troubled, ATTENTION, row),
            stale: Part::of(site.attention().stale.iter().collect(), ATTENTION, |one| Stale::new(pen, one)),
            waivers: Part::of(site.attention().waivers.iter().collect(), ATTENTION, |one| {
                Waiver::new(pen, one)
            }),
            drafts: Part::of(drafts, ATTENTION, |runbook: &Arc<view::Head>| Some(draft(pen, runbook))),
            open: Part::of(open, RELEASES, row),
            closed: Part::of(closed, RELEASES, row),
            products: products(pen, site.runbooks()),
            owners: if site.owners().len() > NAMES { Vec::new() } else { owners::groups(pen, site.owners()) },
            pages: site.pages().iter().map(|page| free::step(pen, page)).collect(),
        }
    }

    fn needs_attention(&self) -> bool {
        let (stale, waivers) = (self.stale.first.is_empty(), self.waivers.first.is_empty());
        !(self.attention.first.is_empty() && self.drafts.first.is_empty() && stale && waivers)
    }
}

impl<'a> Stale<'a> {
    fn new(pen: Pen<'a>, stale: &'a view::StaleReview) -> Option<Self> {
        Some(Self { runbook: pen.mention(&stale.runbook), days: stale.days, bar: &stale.bar })
    }
}

impl<'a> Waiver<'a> {
    fn new(pen: Pen<'a>, waiver: &'a view::Waiver) -> Option<Self> {
        Some(Self {
            release: &waiver.release,
            item: pen.mention(&waiver.item),
            why: waiver.why.as_deref(),
            until: waiver.until.as_deref(),
        })
    }
}

fn draft(pen: Pen<'_>, runbook: &view::Head) -> Step {
    Step { text: plain(&runbook.title), href: link::page(pen.page, &runbook.path, "") }
}

/// Products in the order of their names, in each the runbooks by environment.
fn products<'a>(pen: Pen<'a>, all: &'a [Arc<view::Head>]) -> Vec<Product<'a>> {
    let mut out: Vec<Product<'a>> = Vec::new();
    for document in runbooks::sorted(all) {
        if out.last().is_none_or(|product| product.name != document.product) {
            let href = link::page(pen.page, RUNBOOKS, &runbooks::anchor(&document.product));
            out.push(Product { name: &document.product, href, count: 0, runbooks: Vec::new() });
        }
        if let Some(product) = out.last_mut() {
            product.count += 1;
            product.runbooks.extend((all.len() <= CARDS).then(|| Runbook::new(pen, document)));
        }
    }
    out
}

impl<'a> Runbook<'a> {
    fn new(pen: Pen<'a>, document: &'a view::Head) -> Self {
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
