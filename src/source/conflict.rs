//! The marks that git leaves around the sides of a conflict.
//!
//! Takes a line, says whether it is one.

/// The first also begins a conflict, the last ends it.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Whether a line is such a mark, with the name of a side or without.
pub fn is_conflict_mark(line: &str) -> bool {
    let behind = MARKS.iter().find_map(|mark| line.strip_prefix(mark));
    behind.is_some_and(|name| name.trim_end().is_empty() || name.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known() {
        for line in ["<<<<<<< HEAD", "||||||| 1f2e3d4", "=======", "=======\r\n", ">>>>>>> other\n"] {
            assert!(is_conflict_mark(line), "{line}");
        }
        for line in ["", "========", "<<<<<<<HEAD", " =======", "=== a", "- { a: b }"] {
            assert!(!is_conflict_mark(line), "{line}");
        }
    }
}
