//! Front matter: the facts between two lines of `---` at the start of a file.
//!
//! Takes the text of a file, gives labels with their values as they were written (`2.10` stays `2.10`) and the rest of
//! the text. Lines across with anything but keys between them are no front matter.

use super::draft::append;

/// Labels with values, and what follows them.
pub(super) fn split(markdown: &str) -> (Vec<(String, String)>, &str) {
    let Some((matter, rest)) = between_lines(markdown) else { return (Vec::new(), markdown) };
    let mut facts: Vec<(String, String)> = Vec::new();
    for line in matter.lines().filter(|line| !is_comment(line)) {
        match (entry(line), facts.last_mut()) {
            (Some((key, value)), _) => facts.push((key.to_owned(), scalar(value))),
            (None, Some((_, value))) if is_below(line) => continued(value, line.trim()),
            _ => return (Vec::new(), markdown),
        }
    }
    (facts, rest)
}

fn between_lines(markdown: &str) -> Option<(&str, &str)> {
    let (first, rest) = markdown.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if ["---", "..."].contains(&line.trim_end()) {
            return Some((&rest[..end], &rest[end + line.len()..]));
        }
        end += line.len();
    }
    None
}

fn is_comment(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// Whether a line belongs to the key before it.
fn is_below(line: &str) -> bool {
    line.starts_with([' ', '\t']) || line.starts_with("- ")
}

/// `key: value`, at the margin.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(char::is_alphanumeric)
        && key.chars().all(|c| c.is_alphanumeric() || " -_".contains(c));
    (is_key && (value.trim().is_empty() || value.starts_with(' '))).then_some((key.trim(), value))
}

/// A value without quotes, brackets and signs of blocks.
fn scalar(value: &str) -> String {
    let value = value.trim();
    if [">", ">-", "|", "|-"].contains(&value) {
        return String::new();
    }
    if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return list.split(',').map(unquoted).collect::<Vec<_>>().join(", ");
    }
    unquoted(value).to_owned()
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inside = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

/// Entries of a list stand behind each other, and so do the lines of a text.
fn continued(value: &mut String, line: &str) {
    let (between, more) = line.strip_prefix("- ").map_or((" ", line), |entry| (", ", entry));
    append(value, between, unquoted(more));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_were_written() {
        let text = "---\r\ntitle: \"Release: shop\"\nversion: 2.10 \n# made by hand\nlabels: [ops, 'web']\n\
                    reviewers:\n  - Ana\n  - Bo\nabout: >-\n  Two\n  lines\n---\n# Shop\n";
        let (facts, rest) = split(text);
        let facts: Vec<(&str, &str)> =
            facts.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
        let expected = [
            ("title", "Release: shop"),
            ("version", "2.10"),
            ("labels", "ops, web"),
            ("reviewers", "Ana, Bo"),
            ("about", "Two lines"),
        ];
        assert_eq!((facts.as_slice(), rest), (expected.as_slice(), "# Shop\n"));
    }

    #[test]
    fn lines_across_are_no_front_matter() {
        for text in ["---\n\nNote: read this.\n\nAll of it.\n\n---\n", "---\ntitle: x\n", "----\na: b\n---\n"]
        {
            assert_eq!(split(text), (Vec::new(), text));
        }
    }
}
