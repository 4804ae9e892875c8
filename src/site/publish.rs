//! What a site needs to be published besides its pages: `robots.txt`, `.nojekyll`, and where the site
//! has an address `sitemap.xml` and `feed.xml`, the releases as an Atom feed.
//!
//! Takes the site of the view and the paths of its pages, gives texts by their paths. Every date is
//! that of an event or of a window, none is that of the build.

use std::fmt::Write as _;

use super::link;
use super::markup::escape;
use crate::config::Labels;
use crate::view::{Head, ReleaseState, Site, plain};

/// Path of the feed below the output folder.
pub(super) const FEED: &str = "feed.xml";
const SITEMAP: &str = "sitemap.xml";

/// Runbooks are nobody's business outside: no search engine is let in, whoever published the folder.
const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

/// Whether there is a feed.
pub(super) fn has_feed(site: &Site) -> bool {
    site.base_url.is_some() && site.releases().iter().any(|release| updated(release).is_some())
}

/// The files, by their paths. `pages` are the paths of the pages that have an address of their own.
pub(super) fn files(
    site: &Site,
    labels: &Labels,
    pages: impl Fn() -> Vec<String>,
) -> Vec<(&'static str, String)> {
    // GitHub Pages would leave out what begins with an underscore, and take minutes for the rest.
    let mut files = vec![(".nojekyll", String::new()), ("robots.txt", ROBOTS.to_owned())];
    if let Some(base) = &site.base_url {
        files.push((SITEMAP, sitemap(site, base, &pages())));
        files.extend(has_feed(site).then(|| (FEED, feed(site, labels, base))));
    }
    files
}

/// The address of a page.
pub(super) fn address(base: &str, path: &str) -> String {
    format!("{base}/{}", link::page("index.html", path, "").trim_start_matches("index.html"))
}

/// When a release last changed: at its last event, else at the start of its window.
fn updated(release: &Head) -> Option<String> {
    let state = release.release.as_ref()?;
    let last = state.events.last().map(|event| event.instant.clone());
    last.or_else(|| state.start.as_ref()?.instant.map(|instant| instant.to_string()))
}

fn sitemap(site: &Site, base: &str, pages: &[String]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in pages {
        let changed = site.releases().iter().find(|release| release.path == *path);
        let changed = changed.and_then(|release| updated(release));
        let _ = write!(out, "<url><loc>{}</loc>", text(&address(base, path)));
        if let Some(changed) = changed {
            let _ = write!(out, "<lastmod>{}</lastmod>", text(&changed));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The releases, the one that changed last first.
fn feed(site: &Site, labels: &Labels, base: &str) -> String {
    let dated = |release| Some((updated(release)?, release));
    let releases = site.releases().iter().map(|release| &**release);
    let mut releases: Vec<(String, &Head)> = releases.filter_map(dated).collect();
    releases.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.name.cmp(&other.1.name)));
    let newest = releases.first().map(|(updated, _)| updated.as_str()).unwrap_or_default();
    let (home, own) = (address(base, super::HOME), address(base, FEED));
    let title = text(&format!("{}: {}", site.title, labels.word("releases")));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{title}</title>\n<id>{1}</id>\n<updated>{newest}</updated>\n\
         <author><name>{2}</name></author>\n<link rel=\"self\" href=\"{1}\"/>\n<link href=\"{3}\"/>\n",
        text(&site.language),
        text(&own),
        text(&site.title),
        text(&home),
    );
    for (updated, release) in releases {
        if let Some(state) = &release.release {
            let said = entry(release, state, &text(&address(base, &release.path)), labels);
            let _ = write!(out, "<entry>\n{said}<updated>{updated}</updated>\n</entry>\n");
        }
    }
    out.push_str("</feed>\n");
    out
}

fn entry(release: &Head, state: &ReleaseState, page: &str, labels: &Labels) -> String {
    let title = text(&format!("{}: {}", plain(&release.title), state.verdict.word()));
    let (settled, total) = (state.progress.settled().to_string(), state.progress.total.to_string());
    let progress = labels.fill("settled-of", &[("n", &settled), ("all", &total)]);
    let window = state.window.iter().map(|window| format!("{}: {window}", labels.word("window")));
    let outcome = state.outcome.iter().map(|outcome| {
        format!("{}: {}", labels.word("outcome"), super::word::told_outcome(labels, outcome).word)
    });
    let summary: Vec<String> = std::iter::once(format!("{}: {progress}", labels.word("progress")))
        .chain(window)
        .chain(outcome)
        .collect();
    format!(
        "<title>{title}</title>\n<id>{page}</id>\n<link href=\"{page}\"/>\n<summary>{}</summary>\n",
        text(&summary.join(" · "))
    )
}

/// Text for XML, which knows fewer characters than HTML.
fn text(text: &str) -> String {
    let mut out = String::new();
    escape(&text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"), &mut out);
    out
}
