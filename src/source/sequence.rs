//! A long list with one entry a line, read in parts side by side.
//!
//! Takes the text of a journal, gives its entries where they are sure to be the same as those of the
//! whole text; else nothing, and the whole has to be read. They are the same because of what is asked
//! of the text and of each part:
//!
//! - Every line begins with `- {` in the first column, or is empty, or is a comment there. So a part
//!   begins with an entry, and holds no mark of a document.
//! - A part reads as a list without a fault. So no entry is open at its end: neither a quotation nor a
//!   mapping, and what else can go on over lines is ended by the `-` in the first column.
//! - Nothing in it can be the mark of an anchor, so that no part speaks of another.

use std::ops::Range;

use rayon::prelude::*;

use super::{FileId, Node, Value, parse_line};

/// Bytes of a part, at least: enough that beginning anew costs nothing.
const PART: usize = 32 << 10;

/// What `read` makes of the entries of each part of a list, in order; `None` where the text has to be
/// read as a whole.
pub fn parse_parts<T: Send>(
    file: FileId,
    text: &str,
    read: impl Fn(Vec<Node<'_>>) -> T + Sync,
) -> Option<Vec<T>> {
    let parts = parts(text, PART)?.into_par_iter();
    parts.map(|part| entries(file, part.start, &text[part]).map(&read)).collect()
}

/// The bytes of the parts, each of `size` bytes at least; each begins with an entry.
fn parts(text: &str, size: usize) -> Option<Vec<Range<usize>>> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let entry = line.starts_with("- {");
        if entry && at - from >= size {
            parts.push(from..at);
            from = at;
        }
        at += line.len();
        let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        if !(entry || line.is_empty() || line.starts_with('#')) || !stands_alone(line) {
            return None;
        }
    }
    parts.push(from..text.len());
    Some(parts)
}

/// Whether a line cannot set an anchor, and hides no line break.
fn stands_alone(line: &str) -> bool {
    let before = |at: usize| at.checked_sub(1).map(|at| line.as_bytes()[at]);
    let starts_value = |at| matches!(before(at), Some(b' ' | b'\t' | b'{' | b'[' | b',' | b':'));
    line.match_indices(['&', '\r']).all(|(at, mark)| mark == "&" && !starts_value(at))
}

/// The entries of a part, if it is a list without a fault.
fn entries(file: FileId, base: usize, part: &str) -> Option<Vec<Node<'_>>> {
    let mut faults = Vec::new();
    match parse_line(file, base, part, &mut faults).map(|node| node.value) {
        Some(Value::List(entries)) if faults.is_empty() => Some(entries),
        None if faults.is_empty() => Some(Vec::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse;

    /// The entries of a text that is read in parts of one line each, as they print.
    fn in_parts(text: &str) -> Option<Vec<String>> {
        let read = |part: Range<usize>| entries(FileId(0), part.start, &text[part]);
        let parts: Option<Vec<Vec<Node<'_>>>> = parts(text, 1)?.into_iter().map(read).collect();
        Some(parts?.iter().flatten().map(|node| format!("{node:?}")).collect())
    }

    fn as_a_whole(text: &str) -> Option<Vec<String>> {
        let mut faults = Vec::new();
        match parse(FileId(0), text, &mut faults).map(|node| node.value) {
            Some(Value::List(nodes)) if faults.is_empty() => {
                Some(nodes.iter().map(|node| format!("{node:?}")).collect())
            }
            None if faults.is_empty() => Some(Vec::new()),
            _ => None,
        }
    }

    /// Lines that can be read alone.
    const SOUND: &[&str] = &["- { a: 1 }", "- { a: [1, 2], b: { c: d } }", "# why", "- { é: ü }"];
    /// Lines that cannot, and some that can.
    const ODD: &[&str] = &[
        "- { a: 1 }",
        "- {a: \"x",
        "y\"}",
        "- { a: 'x",
        "'}",
        "- {",
        "}",
        "- { a: b }: c",
        "- { a: |",
        "  text",
        "- { a: &x b }",
        "- { a: *x }",
        "- { a: R&D }",
        "- { a: \"u?b=1&c=2\" }",
        "- { a: [1, 2], b: { c: d } }",
        "- { a: 1 } # why",
        "# why",
        "",
        " ",
        "---",
        "...",
        "%YAML 1.2",
        "- x",
        "x: y",
        "- { a: 1, a: 2 }",
        "- { a: x, several words more, b: y }",
        "- { a: 1 }\r- { b: 2 }",
        "- { a: \"\\",
        "\t",
        "- { a: ! b }",
        "- { a: !!str b }",
        "- { \"a\":\"b\" }",
        "- { a: 1 } }",
        "- { a: '' }, ",
        "- {}",
        "- { ? a }",
        "- { a: >",
        "é: ü",
        "- { é: ü }",
    ];

    /// Whatever lines there are: what is read in parts is what the whole says.
    #[test]
    fn parts_say_what_the_whole_says() {
        let ends = ["\n", "\n", "\n", "\r\n", "\n\n"];
        let mut seed = 7_u32;
        let mut below = |n: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as usize % n
        };
        let mut read = 0;
        for _ in 0..5_000 {
            let mut text = String::new();
            for _ in 0..below(6) {
                let lines = if below(3) == 0 { ODD } else { SOUND };
                text += lines[below(lines.len())];
                text += ends[below(ends.len())];
            }
            if let Some(parts) = in_parts(&text) {
                assert_eq!(Some(parts), as_a_whole(&text), "{text:?}");
                read += 1;
            }
        }
        assert!(read > 1_000, "{read} of 5,000 texts could be read in parts");
    }

    #[test]
    fn parts_are_whole_lines() {
        let text = "# head\n- {a: 1}\n- {b: 2}\n\n# c\n- {d: 3}";
        let parts = parts(text, 1).unwrap();
        let parts: Vec<&str> = parts.into_iter().map(|part| &text[part]).collect();
        assert_eq!(parts, ["# head\n", "- {a: 1}\n", "- {b: 2}\n\n# c\n", "- {d: 3}"]);
    }
}
