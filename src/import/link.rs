//! Links that lead nowhere from a runbook: by reference, to files beside the checklist, to its headings.
//!
//! Takes Markdown, gives it with every link saying itself where it leads, for what stands in one field of a runbook sees
//! no line of another. What leads to a file that the site does not have, or to a heading that is not there, becomes its
//! words with the address behind them. Links to headings get the ids of the sections once these are known.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::draft::Section;
use super::outline::{self, Link};
use crate::model::identity::slug;

/// The text with links that lead somewhere by themselves, or with the words of the others.
pub(super) fn inline(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("](") && !markdown.contains("]:") {
        return Cow::Borrowed(markdown);
    }
    let anchors: BTreeSet<String> = outline::headings(markdown).iter().map(|words| anchor(words)).collect();
    let (links, definitions) = outline::links(markdown);
    let mut edits: Vec<(Range<usize>, String)> =
        definitions.into_iter().map(|range| (range, String::new())).collect();
    links.iter().for_each(|link| edits.extend(edit(markdown, link, &anchors)));
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut text, mut from) = (String::with_capacity(markdown.len()), 0);
    for (range, replacement) in edits {
        // A definition within a link would be no definition.
        text.push_str(markdown.get(from..range.start).unwrap_or_default());
        text.push_str(&replacement);
        from = range.end.max(from);
    }
    text.push_str(&markdown[from..]);
    Cow::Owned(text)
}

/// What of a link becomes what: the sign before its words, and what stands behind them.
fn edit(markdown: &str, link: &Link, anchors: &BTreeSet<String>) -> Vec<(Range<usize>, String)> {
    let Range { start, end } = link.range;
    let source = &markdown[start..end];
    let Some(close) = source.rfind("](").filter(|_| !link.by_reference).or_else(|| words_end(source)) else {
        return Vec::new();
    };
    let (address, title) = (&link.target.0, &link.target.1);
    let behind = start + close..end;
    if !is_elsewhere(address, anchors) {
        let target = (behind, format!("]{}", target(address, title)));
        return if link.by_reference { vec![target] } else { Vec::new() };
    }
    let open = start..start + source.find('[').map_or(0, |at| at + 1);
    let titled = if title.is_empty() { String::new() } else { format!(", {title}") };
    let address = if open.end == behind.start {
        format!("`{address}`{titled}")
    } else {
        format!(" (`{address}`{titled})")
    };
    vec![(open, String::new()), (behind, address)]
}

/// Where the words of a link by reference end: `[words][1]`, `[words][]`, `[words]`.
fn words_end(source: &str) -> Option<usize> {
    source.rfind("][").or_else(|| source.rfind(']'))
}

/// Whether an address is that of a file, or of a heading that is not there.
fn is_elsewhere(address: &str, anchors: &BTreeSet<String>) -> bool {
    match address.strip_prefix('#') {
        Some(anchor) => !anchors.contains(anchor),
        None => !address.split('/').next().unwrap_or_default().contains(':') && !address.starts_with("//"),
    }
}

/// Where a link leads, as it stands behind its words.
fn target(address: &str, title: &str) -> String {
    let is_plain = !address.is_empty() && !address.contains([' ', '(', ')', '<', '>']);
    let address =
        if is_plain { address.to_owned() } else { format!("<{}>", address.replace(['<', '>'], "")) };
    if title.is_empty() {
        format!("({address})")
    } else {
        format!("({address} \"{}\")", title.replace('"', "\\\""))
    }
}

/// The name by which code hosts link to a heading.
pub(super) fn anchor(heading: &str) -> String {
    let letter = |c: char| match c {
        ' ' => Some('-'),
        c => Some(c).filter(|c| c.is_alphanumeric() || "-_".contains(*c)),
    };
    heading.trim().to_lowercase().chars().filter_map(letter).collect()
}

/// The file with links to headings as links to their sections.
pub(super) fn to_sections(yaml: String, sections: &[Section]) -> String {
    const LINK: &str = "](#";
    if !yaml.contains(LINK) {
        return yaml;
    }
    let mut ids = BTreeMap::new();
    gather(sections, &mut ids);
    let mut parts = yaml.split(LINK);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (anchor, rest) = part.split_at(part.find([')', ' ', '\n']).unwrap_or(part.len()));
        text.push_str(LINK);
        text.push_str(ids.get(anchor).map_or(anchor, String::as_str));
        text.push_str(rest);
    }
    text
}

/// The ids of sections by the names of their headings; of several with one name it is the first.
fn gather(sections: &[Section], ids: &mut BTreeMap<String, String>) {
    for section in sections {
        let id = || section.id.clone().unwrap_or_else(|| slug(&section.title));
        ids.entry(section.anchor.clone()).or_insert_with(id);
        gather(&section.sections, ids);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_says_where_it_leads() {
        let written = "[![Build][b]][ci], [the *notes*][1], [Plan][] and [plan].\n\n[1]: https://n \"All of it\"\n\
                       [plan]: <mailto:a b>\n[b]: https://b.svg\n[ci]: https://ci.example.org\n";
        let meant = "[![Build](https://b.svg)](https://ci.example.org), [the *notes*](https://n \"All of it\"), \
                     [Plan](<mailto:a b>) and [plan](<mailto:a b>).\n\n\n\n\n\n";
        assert_eq!(inline(written), meant);
        assert_eq!(inline("[a]: `[x]: y`, [ ] [b](tel:1)"), "[a]: `[x]: y`, [ ] [b](tel:1)");
    }

    #[test]
    fn what_leads_elsewhere_is_named() {
        let written = "# T\n\n[How](../how.md \"Read it\"), ![Screen](a.png), ![](b.png), [notes][n], [top](#t), [1](#1-go--stop) \
                       [![x](c.png)](d.md)\n\n## 1. Go & stop\n\n[n]: notes.md\n";
        let meant = "# T\n\nHow (`../how.md`, Read it), Screen (`a.png`), `b.png`, notes (`notes.md`), top (`#t`), \
                     [1](#1-go--stop) x (`c.png`) (`d.md`)\n\n## 1. Go & stop\n\n\n";
        assert_eq!(inline(written), meant);
    }
}
