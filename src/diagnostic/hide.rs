//! Texts without the secrets that were found in them.
//!
//! Takes findings and texts, gives the texts with every marked secret replaced by `*`, byte for byte,
//! so that places stay the same and no format can show what it should not.

use std::borrow::Cow;

use super::Diagnostic;
use crate::source::{Source, Sources};

/// The same texts, or a copy without secrets where there are any.
pub(super) fn hide<'a, 'd>(
    found: impl IntoIterator<Item = &'d Diagnostic>,
    sources: &'a Sources,
) -> Cow<'a, Sources> {
    let secrets: Vec<&Diagnostic> = found.into_iter().filter(|found| found.secret).collect();
    if secrets.is_empty() {
        return Cow::Borrowed(sources);
    }
    Cow::Owned(sources.map(|file, source| {
        let mut text = source.text.clone();
        for secret in secrets.iter().filter(|secret| secret.span.file == file) {
            if let Some(words) = source.text.get(secret.span.range()) {
                text.replace_range(secret.span.range(), &stars(words));
            }
        }
        Source::new(source.path.clone(), source.kind, text)
    }))
}

/// As many bytes as `words`, lines kept.
fn stars(words: &str) -> String {
    words.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { '*' }).collect()
}
