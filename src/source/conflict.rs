//! The marks that git leaves around the sides of a conflict.
//!
//! Takes a line, says whether it is one; takes a conflict, gives what of it is one of its sides.

use std::ops::Range;

/// The first also begins a conflict, the last ends it.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Whether a line is such a mark, with the name of a side or without.
pub fn is_conflict_mark(line: &str) -> bool {
    let behind = MARKS.iter().find_map(|mark| line.strip_prefix(mark));
    behind.is_some_and(|name| name.trim_end().is_empty() || name.starts_with(' '))
}

/// What one has to remove of the conflict that begins with the line at byte `start`, for its first side to be
/// left: the line of its mark, and the lines from the next mark to the last.
pub(super) fn other_side(text: &str, start: usize) -> Option<[Range<usize>; 2]> {
    let mut end = start;
    let mut marks = text[start..].split_inclusive('\n').filter_map(|line| {
        let from = end;
        end += line.len();
        is_conflict_mark(line).then(|| (line, from..from + line.trim_end_matches('\n').len()))
    });
    let (_, first) =
        marks.next().filter(|(line, place)| place.start == start && line.starts_with(MARKS[0]))?;
    let (_, other) = marks.next().filter(|(line, _)| !line.starts_with(MARKS[3]))?;
    let (_, last) = marks.find(|(line, _)| line.starts_with(MARKS[3]))?;
    Some([first, other.start..last.end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known() {
        for line in ["<<<<<<< HEAD", "||||||| 1f2e3d4", "=======", "=======\r\n", ">>>>>>> other\n"] {
            assert!(is_conflict_mark(line), "{line}");
        }
        let text = "a\n<<<<<<< b\nours\n||||||| c\nbase\n=======\ntheirs\n>>>>>>> d\ne\n";
        let removed = other_side(text, 2).unwrap().map(|range| &text[range]);
        assert_eq!(removed, ["<<<<<<< b", "||||||| c\nbase\n=======\ntheirs\n>>>>>>> d"]);
        assert_eq!(other_side(text, 0), None);
        for line in ["", "========", "<<<<<<<HEAD", " =======", "=== a", "- { a: b }"] {
            assert!(!is_conflict_mark(line), "{line}");
        }
    }
}
