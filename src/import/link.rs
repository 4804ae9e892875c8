//! Links by reference: `[notes][1]`, and `[1]: https://…` somewhere else.
//!
//! Takes Markdown, gives it with every link saying itself where it leads: what stands in one field of a runbook sees no
//! line of another.

use std::borrow::Cow;

use super::outline;

/// The text with links that lead somewhere by themselves.
pub(super) fn inline(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("]:") {
        return Cow::Borrowed(markdown);
    }
    let mut text = String::with_capacity(markdown.len());
    let mut from = 0;
    for (range, replacement) in outline::references(markdown) {
        text.push_str(&markdown[from..range.start]);
        text.push_str(&replacement);
        from = range.end;
    }
    text.push_str(&markdown[from..]);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_says_where_it_leads() {
        let written = "[![Build][b]][ci], [the *notes*][1], [Plan][] and [plan].\n\n[1]: /n \"All of it\"\n[plan]: <a b>\n\
                       [b]: b.svg\n[ci]: https://ci.example.org\n";
        let meant = "[![Build](b.svg)](https://ci.example.org), [the *notes*](/n \"All of it\"), [Plan](<a b>) and \
                     [plan](<a b>).\n\n\n\n\n\n";
        assert_eq!(inline(written), meant);
        assert_eq!(inline("[a]: `[x]: y`, [ ] [b](c)"), "[a]: `[x]: y`, [ ] [b](c)");
    }
}
