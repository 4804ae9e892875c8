//! Signs that an exporter escaped: `\-`, `1\.`, `\[ \]`.
//!
//! Takes Markdown, gives it without the backslashes before signs that say nothing where they stand, so that numbers,
//! boxes and bars are seen as such. Code keeps every character; a line that would become a heading, a quotation or a
//! line across keeps its backslash.

use std::borrow::Cow;

use super::outline;

/// Signs that need no backslash within a line.
const SIGNS: &str = "-.#!<>=+()[]&";

/// Signs that make something else of a line which begins with them.
const AT_START: &str = "-#>=+";

/// The text without needless backslashes.
pub(super) fn without(markdown: &str) -> Cow<'_, str> {
    let needless = needless(markdown);
    if needless.is_empty() {
        return Cow::Borrowed(markdown);
    }
    let mut text = String::with_capacity(markdown.len());
    let mut from = 0;
    for at in needless {
        text.push_str(&markdown[from..at]);
        from = at + 1;
    }
    text.push_str(&markdown[from..]);
    Cow::Owned(text)
}

/// Where they are.
fn needless(markdown: &str) -> Vec<usize> {
    if !markdown.contains('\\') {
        return Vec::new();
    }
    let texts = outline::texts(markdown).into_iter();
    texts.filter_map(|range| backslash(&markdown[..range.start], markdown[range].chars().next()?)).collect()
}

/// Where the backslash stands that `sign` does not need.
fn backslash(before: &str, sign: char) -> Option<usize> {
    let before = before.strip_suffix('\\')?;
    let is_needless = SIGNS.contains(sign) && !(AT_START.contains(sign) && is_margin(before));
    is_needless.then_some(before.len())
}

/// Whether nothing stands on the last line.
fn is_margin(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_needless_backslashes_go() {
        let cases = [
            (r"## 1\. Pre\-release \#2", "## 1. Pre-release #2"),
            (r"- \[ \] Errors \< 1%", "- [ ] Errors < 1%"),
            (r"\# no heading, 5 \* 3, snake\_case", r"\# no heading, 5 \* 3, snake\_case"),
            ("`grep \\.` \\- a\n\n    sed s/\\.//\n", "`grep \\.` - a\n\n    sed s/\\.//\n"),
        ];
        for (written, meant) in cases {
            assert_eq!(without(written), meant);
        }
    }
}
