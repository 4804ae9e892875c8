//! What is wrong or doubtful in the content, worded once, for people and machines.
//!
//! Takes places and facts, gives `Diagnostic`s, a `Report` of them, and the report as text; and what
//! words are made of, for whoever says them in another language. It may not know the model: rules
//! bring their own words.

mod baseline;
mod concise;
mod fault;
mod fingerprint;
mod fix;
mod format;
mod full;
mod github;
mod gitlab;
mod hide;
mod json;
mod junit;
mod label;
mod phrase;
mod report;
mod sarif;
mod statistics;

pub use baseline::Baseline;
pub use fix::{Edit, Fix, apply};
pub use format::{Format, LIMIT, RuleInfo, Setting, Stop, format};
pub use full::Painter;
pub use github::{summary as github_summary, workflow_property, workflow_text};
pub use label::{Labels, Wording};
pub use phrase::Phrase;
pub use report::Report;
pub use statistics::statistics;

use crate::source::Span;
pub use crate::source::{closest, one_of};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Must be mended: nothing is built.
    Error,
    /// Should be looked at.
    Warning,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong or doubtful, at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Kebab-case name of what is wrong; the key in `site.yaml` and the page of `explain`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where; of a place over several lines the first line is shown.
    pub span: Span,
    /// What is wrong: lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// Why here, beside the marked words.
    pub label: String,
    /// Other places that matter, with a word on each.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
    /// A change that mends it for certain.
    pub fix: Option<Fix>,
    /// Whether the marked words must not be shown.
    pub secret: bool,
    /// Whether it may be meant so: it never weighs more than a warning, unless the site wants it to.
    pub doubt: bool,
}

impl Diagnostic {
    /// An error.
    pub fn error(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            span,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
            secret: false,
            doubt: false,
        }
    }

    /// A warning.
    pub fn warning(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, span, message) }
    }

    /// With a word beside the marked place.
    #[must_use]
    pub fn label(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// With another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// With a change that mends it for certain.
    #[must_use]
    pub fn fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }
}
