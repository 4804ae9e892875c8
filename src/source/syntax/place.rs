//! A place in a YAML text, with the lines around it.
//!
//! Takes a text and a byte of it, gives its line, those above and what is a value in them. It judges nothing.

/// Where the parser gave up, with the lines around.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Where the line starts.
    pub(super) start: usize,
    pub(super) line: &'a str,
}

impl<'a> Place<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
        Self { text, at, start, line: text[start..].lines().next().unwrap_or_default() }
    }

    /// The lines above with their first bytes, the nearest first.
    pub(super) fn above(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let mut end = self.start;
        let text = self.text;
        std::iter::from_fn(move || {
            let line = text.get(..end.checked_sub(1)?)?;
            end = line.rfind('\n').map_or(0, |at| at + 1);
            Some((end, line[end..].trim_end_matches('\r')))
        })
    }

    /// This line and those above, without empty ones and comments.
    pub(super) fn written(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let here = std::iter::once((self.start, self.line));
        here.chain(self.above()).filter(|(_, line)| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#')
        })
    }
}

/// A line without its indentation and the dashes of its items.
pub(in crate::source) fn entry_of(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    rest
}

/// The value of a line: what stands behind its dashes and its key.
pub(in crate::source) fn value_of(line: &str) -> &str {
    let rest = entry_of(line);
    let quoted = rest.starts_with(['"', '\'', '{', '[', '`', '*', '&', '!', '%', '@', '|', '>']);
    let rest = if quoted { rest } else { rest.split_once(": ").map_or(rest, |(_, value)| value) };
    rest.trim()
}
