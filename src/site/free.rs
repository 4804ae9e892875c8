//! Free pages: policy, glossary, guide.
//!
//! Takes a page of the view, gives its page.

use serde::Serialize;

use super::between::Between;
use super::engine::Html;
use super::frame::{About, Frame, Step};
use super::item::{Backlink, backlinks};
use super::markup::Pen;
use super::{Desk, link, outline};
use crate::error::Result;
use crate::view::{self, Flow};

/// What `page.html` knows as `content`.
#[derive(Debug, Serialize)]
struct Free<'a> {
    /// A title, where the text does not begin with one.
    title: Option<&'a str>,
    /// The language of the text where it is not that of the site: what the program writes is English.
    language: Option<&'static str>,
    /// The text.
    text: Html,
    /// What mentions it.
    backlinks: Vec<Backlink<'a>>,
}

/// The page of a free page.
pub(super) fn page(desk: &Desk<'_>, between: &Between<'_, view::Page>) -> Result<String> {
    let page = between.this;
    let pen = desk.pen(&page.path);
    let titled = matches!(page.content.first(), Some(Flow::Heading { level: 1, .. }));
    let content = Free {
        title: (!titled).then_some(page.title.as_str()),
        language: (page.source.is_empty() && !desk.site.language.starts_with("en")).then_some("en"),
        text: pen.page_text(&page.content, &page.headings),
        backlinks: backlinks(pen, &page.backlinks),
    };
    let about = About {
        kind: "page",
        path: &page.path,
        title: &page.title,
        source: Some(page.source.as_str()).filter(|source| !source.is_empty()),
    };
    let frame = Frame::new(desk, about, content)
        .below(pen, "pages", "_pages")
        .between(pen, between)
        .described(outline::first_sentences(&page.content))
        .contents(outline::of_page(page));
    desk.theme.engine.render("page.html", &frame)
}

/// A free page by its title.
pub(super) fn step(pen: Pen<'_>, page: &view::Page) -> Step {
    Step { text: page.title.clone(), href: link::page(pen.page, &page.path, "") }
}
