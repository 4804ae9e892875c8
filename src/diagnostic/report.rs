//! All diagnostics of one run.
//!
//! Takes diagnostics in any order, gives them in the order of the files, each once.

use super::{Diagnostic, Severity};

/// The diagnostics of one run, in the order of their places.
#[derive(Debug, Clone, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Sorts by place, then rule and message; drops exact repetitions.
    pub fn new(mut diagnostics: Vec<Diagnostic>) -> Self {
        let key = |found: &Diagnostic| (found.span, found.rule, found.message.clone());
        diagnostics.sort_by_cached_key(key);
        diagnostics.dedup();
        Self { diagnostics }
    }

    /// Every diagnostic, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many errors.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }
}
