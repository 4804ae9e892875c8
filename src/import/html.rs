//! HTML that only folds or frames what stands within: `<details>`, `<aside>`.
//!
//! Takes a block of HTML, gives it without those tags, a summary as a bold line; any other tag stays.

/// Tags that say nothing on paper.
const FRAMES: [&str; 7] = ["<details>", "<details open>", "</details>", "<aside>", "</aside>", "<b>", "</b>"];

/// The block without what folds or frames it.
pub(super) fn unfolded(html: &str) -> String {
    let text = FRAMES.iter().fold(html.to_owned(), |text, tag| text.replace(tag, ""));
    let text = text.replace("<summary>", "\n**").replace("</summary>", "**\n");
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_a_line_of_its_own() {
        assert_eq!(unfolded("<details><summary><b>It hangs</b></summary>"), "**It hangs**");
        assert_eq!(unfolded("<aside>\nNever on Friday.\n"), "Never on Friday.");
        assert_eq!(unfolded("</details>"), "");
        assert_eq!(unfolded("<!-- by hand -->"), "<!-- by hand -->");
    }
}
