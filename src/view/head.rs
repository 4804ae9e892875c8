//! The head of a runbook or a release: what lists and other pages say of it.
//!
//! Takes and gives data only; `view::shape` makes it, and makes the document itself where somebody asks
//! for that.

use super::document::{Flow, Line, Mention, Status, When};
use super::state::ReleaseState;

/// What lists and other pages say of a document: all of it but what it holds.
#[derive(Debug, Clone, Default, Hash)]
pub struct Head {
    /// Id of the runbook or name of the release.
    pub name: String,
    /// Path of its page: `runbooks/orders-api.html`, `releases/v1.4.0.html`.
    pub path: String,
    /// Path of its source file: `content/runbooks/orders-api.yaml`.
    pub source: String,
    /// Title; for a release the runbook's title and the version.
    pub title: Line,
    /// How far the document has come.
    pub status: Status,
    /// Product, environment, revision, owner, classification, duration, review, parameters aside.
    pub facts: Vec<HeadFact>,
    /// The product, for grouping.
    pub product: String,
    /// The environment, for grouping.
    pub environment: String,
    /// The revision.
    pub revision: String,
    /// One paragraph.
    pub summary: Vec<Flow>,
    /// Whom to call next.
    pub escalation: Vec<Escalation>,
    /// Counts over the whole document.
    pub counts: Counts,
    /// Its gates in reading order; each has a page of its own.
    pub gates: Vec<GateHead>,
    /// Path of the register of its bars, where it is a runbook that has some.
    pub register: Option<String>,
    /// Content hash of the resolved document, first sixteen hex digits in groups of four.
    pub seal: String,
    /// State and plan, if this is a release.
    pub release: Option<Box<ReleaseState>>,
}

/// What is said of a gate elsewhere.
#[derive(Debug, Clone, Hash)]
pub struct GateHead {
    /// The gate; leads to its page.
    pub gate: Mention,
    /// When it is held.
    pub at: Option<When>,
}

impl GateHead {
    /// Path of its page.
    pub fn path(&self) -> &str {
        self.gate.to.page()
    }
}

/// One fact of a document's head.
#[derive(Debug, Clone, Hash)]
pub struct HeadFact {
    /// Its label: `product`, `environment`, …
    pub label: &'static str,
    /// What it is.
    pub value: Line,
}

/// How much there is in a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// Sections at every level.
    pub sections: usize,
    /// Checks and sub-checks.
    pub checks: usize,
    /// Steps.
    pub steps: usize,
    /// Thresholds.
    pub thresholds: usize,
    /// Triggers.
    pub triggers: usize,
    /// Approvals.
    pub approvals: usize,
}

/// One step of the escalation path.
#[derive(Debug, Clone, Hash)]
pub struct Escalation {
    /// Who is called.
    pub role: Mention,
    /// How long this step may take.
    pub within: Option<String>,
    /// How long after the first call this one is made at the latest, where that can be told.
    pub after: Option<String>,
    /// What this step decides or does.
    pub about: Line,
}

impl Head {
    /// Path of its sheet, beside its page.
    pub fn sheet(&self) -> String {
        format!("{}.pdf", self.path.trim_end_matches(".html"))
    }

    /// Whether it is the release of a name.
    pub fn is_release(&self, name: &str) -> bool {
        self.release.is_some() && self.name == name
    }

    /// Path of its record, beside its page; runbooks have none.
    pub fn record(&self) -> String {
        format!("{}.md", self.path.trim_end_matches(".html"))
    }
}
