//! HTML that only folds, frames or names what stands within: `<details>`, `<aside>`, `<a name>`.
//!
//! Takes HTML, gives it without those tags, a summary as a bold line; any other tag stays. Tells comments and anchors,
//! which nobody sees.

/// Tags that say nothing on paper.
const FRAMES: [&str; 7] = ["<details>", "<details open>", "</details>", "<aside>", "</aside>", "<b>", "</b>"];

/// The block without what folds or frames it.
pub(super) fn unfolded(html: &str) -> String {
    let text = FRAMES.iter().fold(html.to_owned(), |text, tag| text.replace(tag, ""));
    let text = text.replace("<summary>", "\n**").replace("</summary>", "**\n");
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The words of a block that is nothing but a comment.
pub(super) fn remark(html: &str) -> Option<&str> {
    let inside = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!inside.contains("-->")).then_some(inside)
}

/// A heading without the anchors that nobody sees: `<a name="plan"></a>`.
pub(super) fn unanchored(heading: &str) -> String {
    const END: &str = "></a>";
    let mut text = heading.to_owned();
    while let Some(end) = text.find(END)
        && let Some(start) = text[..end].rfind("<a ").filter(|start| !text[*start..end].contains('>'))
    {
        text.replace_range(start..end + END.len(), "");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_goes() {
        assert_eq!(unanchored("<a id=\"a\"></a>Plan <a name='p'></a>"), "Plan ");
        assert_eq!(unanchored("<a href=\"x\"><img src=\"y\"></a>"), "<a href=\"x\"><img src=\"y\"></a>");
        assert_eq!(remark("<!-- by\nhand -->\n"), Some(" by\nhand "));
        assert_eq!(remark("<!-- a --> b <!-- c -->"), None);
    }

    #[test]
    fn a_summary_is_a_line_of_its_own() {
        assert_eq!(unfolded("<details><summary><b>It hangs</b></summary>"), "**It hangs**");
        assert_eq!(unfolded("<aside>\nNever on Friday.\n"), "Never on Friday.");
        assert_eq!(unfolded("</details>"), "");
        assert_eq!(unfolded("<!-- by hand -->"), "<!-- by hand -->");
    }
}
