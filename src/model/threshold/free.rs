//! Criteria as people write them in prose. (Next commit.)

use super::Threshold;

/// A criterion found in free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What it asks.
    pub threshold: Threshold,
}

/// Reads every criterion in a text.
pub fn read_free(_text: &str) -> Vec<Criterion> {
    Vec::new()
}
