//! What tells a finding from others when lines have moved.
//!
//! Takes a diagnostic, gives a hash of its rule, file, marked words and message, without its line, so
//! that code scanning and baselines know it again after an edit elsewhere in the file.

use std::collections::HashMap;

use super::Diagnostic;
use crate::source::Sources;

/// Hands out fingerprints; two equal findings of one file are told apart by their order.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// 32 hex digits.
    pub(super) fn next(&mut self, found: &Diagnostic, sources: &Sources) -> String {
        let source = sources.get(found.span.file);
        let marked = sources.slice(found.span).lines().next().unwrap_or_default().trim_end();
        let key = [found.rule, &source.path, marked, &found.message].join("\n");
        let count = self.seen.entry(key.clone()).or_default();
        *count += 1;
        let hash = blake3::hash(format!("{key}\n{count}").as_bytes()).to_hex();
        hash[..32].to_owned()
    }
}

/// `text` on one line, without control characters: a file name or message from hostile content
/// cannot move the cursor or start another line.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
