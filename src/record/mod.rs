//! The Markdown record of a release, for pull requests and archives.
//!
//! Takes a release as its readers see it, gives Markdown between two markers: what a reviewer reads in
//! ten seconds, then the details, folded. Two records differ only where the facts do. It may not judge
//! and adds no facts of its own.

mod block;
pub mod calendar;
mod escape;
mod flow;
mod log;
mod options;
mod place;
mod read;
mod section;
mod summary;

use crate::view::{Document, ReleaseState};
use flow::Writer;

pub use options::{Host, Links, Options};
pub use place::place;
pub use read::{Boxes, boxes, is_checklist};

/// How much is told. Each step leaves out one thing more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Detail {
    /// Planned beside actual times.
    planned: bool,
    /// The event log.
    events: bool,
    /// Who, when, evidence and remarks of items that are done.
    plain: bool,
    /// Items that are done, not applicable or waived.
    settled: bool,
    /// The sections with their other items.
    sections: bool,
    /// Roles, parameters, description.
    facts: bool,
    /// How many reasons and how many deviations.
    reasons: usize,
    /// How long a text may be.
    clip: usize,
}

/// Everything.
const FULL: Detail = Detail {
    planned: true,
    events: true,
    plain: true,
    settled: true,
    sections: true,
    facts: true,
    reasons: usize::MAX,
    clip: usize::MAX,
};

/// What is left out, by its label, and how.
type Step = (&'static str, fn(&mut Detail));

/// What is left out, in this order, until the record fits.
const LADDER: [Step; 9] = [
    ("left-out-times", |detail| detail.planned = false),
    ("left-out-log", |detail| detail.events = false),
    ("left-out-who", |detail| detail.plain = false),
    ("left-out-done", |detail| detail.settled = false),
    ("left-out-sections", |detail| detail.sections = false),
    ("left-out-facts", |detail| detail.facts = false),
    ("left-out-beyond-ten", |detail| detail.reasons = 10),
    ("left-out-ends", |detail| {
        detail.clip = 160;
        detail.reasons = 5;
    }),
    ("left-out-reasons", |detail| {
        detail.clip = 40;
        detail.reasons = 0;
    }),
];

/// The record of a release; empty for a document that is none.
pub fn render(document: &Document, options: &Options) -> String {
    let Some(state) = &document.release else { return String::new() };
    let record = Record { document, state, options };
    let mut detail = FULL;
    let mut left_out = Vec::new();
    let mut text = record.write(&detail, &left_out);
    for (what, leave_out) in LADDER {
        if text.len() <= options.host.limit() {
            break;
        }
        leave_out(&mut detail);
        left_out.push(what);
        text = record.write(&detail, &left_out);
    }
    text
}

/// The line that begins the record of a release in a larger text; the seal says what it is of.
pub fn begin(release: &str, seal: &str) -> String {
    format!("<!-- runsheet:begin {} {} -->", escape::comment(release), escape::comment(seal))
}

/// The line that ends it.
pub fn end(release: &str) -> String {
    format!("<!-- runsheet:end {} -->", escape::comment(release))
}

/// One record.
struct Record<'a> {
    document: &'a Document,
    state: &'a ReleaseState,
    options: &'a Options,
}

impl Record<'_> {
    fn writer(&self) -> Writer<'_> {
        Writer { links: &self.options.links, path: &self.document.path }
    }

    fn word<'b>(&'b self, key: &'b str) -> &'b str {
        self.options.labels.word(key)
    }

    fn fill(&self, key: &str, blanks: &[(&str, &str)]) -> String {
        self.options.labels.fill(key, blanks)
    }

    fn write(&self, detail: &Detail, left_out: &[&str]) -> String {
        let name = &self.document.name;
        let mut parts = vec![begin(name, &self.state.seal), self.summary(detail)];
        if !left_out.is_empty() {
            let limit = self.options.host.limit().to_string();
            let what: Vec<&str> = left_out.iter().map(|key| self.word(key)).collect();
            let told = self.fill("left-out-to-fit", &[("limit", &limit), ("what", &what.join("; "))]);
            parts.push(format!("*{told}*"));
        }
        if detail.sections {
            parts.extend(self.document.sections.iter().filter_map(|section| self.section(section, detail)));
        }
        parts.extend(self.details(detail));
        parts.push(end(name));
        parts.join("\n\n") + "\n"
    }
}
