//! Reading on behind a syntax error.
//!
//! Takes a text that the parser gives up on, gives the same text with blanks over what nobody can read,
//! so that every other byte keeps its place, and tells of the errors behind the first. What is read around
//! an error says what else is wrong in the file; it is never taken for the document. Where it is not clear
//! how far an error reaches, nothing is told of all that stands around it: a finding that follows from
//! another one costs its reader more than one that comes a run later.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::{Document, Reader, parse};
use crate::source::syntax::{entry_of, value_of};
use crate::source::{Fault, FaultKind, FileId, conflict, decode};

/// How many places of one file are read around; behind the last nothing is read.
const ROUNDS: usize = 32;

/// Adds what is wrong in a text that `parse` gave up on beside its first syntax error, which the caller
/// knows already.
pub fn read_around<T: DeserializeOwned>(file: FileId, text: &str, faults: &mut Vec<Fault>) {
    let mended = Mended::new(file, text, faults);
    let mut found = Vec::new();
    if let Some(node) = parse(file, &mended.text, &mut found) {
        decode::<T>(&node, &mut found);
    }

    found.retain(|fault| mended.is_read(fault) && !faults.contains(fault));
    faults.append(&mut found);
}

/// A text that can be read, and where it is not what the author wrote.
struct Mended {
    /// As long as the text it was made of, byte for byte.
    text: String,
    /// Where nothing can be trusted: the blanks, and what stands around them.
    doubtful: Vec<Range<usize>>,
}

impl Mended {
    /// Blanks what cannot be read, and adds the syntax errors behind the first.
    fn new(file: FileId, text: &str, faults: &mut Vec<Fault>) -> Self {
        let mut mended = Self { text: text.to_owned(), doubtful: Vec::new() };
        let mut last = 0;
        for round in 0..ROUNDS {
            let mut found = Vec::new();
            let reader = Reader::new(file, 0, &mended.text);
            let Document::Broken(at) = reader.read(&mut found) else { return mended };
            // One further up most likely begins in what the last one ended.
            if round > 0 && at > last && !mended.is_doubtful(&(at..at)) {
                faults.extend(found.pop());
            }
            last = at;
            if !mended.cover(at) {
                break;
            }
        }
        mended.doubtful.push(last..text.len());
        mended.blank(last..text.len());
        mended
    }

    /// Whether what a fault is about was read as the author wrote it.
    fn is_read(&self, fault: &Fault) -> bool {
        let mut place = fault.span.range();
        // What seems to be empty may have had its value in the blanks below.
        if matches!(&fault.kind, FaultKind::WrongType { found, .. } if found == "nothing") {
            let behind = self.text[place.end..].trim_start_matches([':', ' ', '\n', '\r']);
            place.end = self.text.len() - behind.len();
        }
        !self.is_doubtful(&place)
    }

    fn is_doubtful(&self, place: &Range<usize>) -> bool {
        self.doubtful.iter().any(|range| place.start <= range.end && range.start <= place.end)
    }

    /// Blanks what the error at a byte makes unreadable; false where that was blank already.
    fn cover(&mut self, at: usize) -> bool {
        let (blanks, doubtful) = reach(&self.text, at);
        let news = blanks.iter().any(|range| !self.text[range.clone()].trim().is_empty());
        blanks.into_iter().for_each(|range| self.blank(range));
        self.doubtful.push(doubtful);
        news
    }

    /// Empty lines mean nothing anywhere; spaces would be the indentation of a text.
    fn blank(&mut self, range: Range<usize>) {
        let blank = "\n".repeat(range.len());
        self.text.replace_range(range, &blank);
    }
}

/// What has to go for the rest to be read, and what cannot be trusted then.
fn reach(text: &str, at: usize) -> (Vec<Range<usize>>, Range<usize>) {
    let line = line_at(text, at);
    let written = &text[line.clone()];
    // A file in UTF-16 is full of it.
    if text[at..].starts_with('\0') {
        let rest = at..text.len();
        return (vec![rest], line.start..text.len());
    }
    if let Some(sides) = conflict::other_side(text, line.start) {
        let all = line.start..sides[1].end;
        return (sides.into(), all);
    }
    if written.starts_with("```") {
        return (fences(text), line);
    }
    let key = column(&written[..written.len() - entry_of(written).len()]);
    let value = line.start + written.trim_end().len() - value_of(written).len();
    if at >= value && !text[line.start..value].trim().is_empty() {
        let end = end_below(text, line.clone(), key);
        let blank = value..end;
        return (vec![blank], line.start..end);
    }
    // A line that is not where it should be: what belongs to it, and to what it should belong to, is not known.
    let depth = if written.starts_with('\t') { depth_beside(text, &line) } else { indent(written) };
    let end = end_below(text, line.clone(), depth);
    let blank = line.start..end;
    (vec![blank], around(text, line, depth))
}

/// How deep a line with tabs is, which have no width: as deep as its neighbours.
fn depth_beside(text: &str, line: &Range<usize>) -> usize {
    let above = text[..line.start].lines().rev().find(is_measured).map_or(0, indent);
    text[line.end..].lines().find(is_measured).map_or(above, |below| indent(below).min(above))
}

/// Whether a line says by its indentation how deep it is.
fn is_measured(line: &&str) -> bool {
    !line.trim().is_empty() && !line.starts_with('\t')
}

/// The lines that mark code in Markdown.
fn fences(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices("```").map(|(at, _)| line_at(text, at));
    starts.filter(|line| text[line.clone()].starts_with("```")).collect()
}

/// The list or mapping around the one that a line is in, from its first line to its last.
fn around(text: &str, line: Range<usize>, mut depth: usize) -> Range<usize> {
    let mut outer = line.clone();
    let mut above = line;
    for _ in 0..2 {
        while above.start > 0 && depth > 0 {
            above = line_at(text, above.start - 1);
            let written = &text[above.clone()];
            let is_text = !written.trim().is_empty() && !written.trim_start().starts_with('#');
            if is_text && indent(written) < depth {
                break;
            }
        }
        depth = indent(&text[above.clone()]).min(depth);
        outer = above.clone();
    }
    outer.start..end_below(text, outer, depth)
}

/// The end of the lines below that are indented by more than `depth`.
fn end_below(text: &str, line: Range<usize>, depth: usize) -> usize {
    let mut end = line.end;
    let mut next = line.end + 1;
    while next < text.len() {
        let below = line_at(text, next);
        let written = &text[below.clone()];
        if is_measured(&written) && indent(written) <= depth {
            break;
        }
        (end, next) = (below.end, below.end + 1);
    }
    end
}

/// The line with a byte, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    start..text[at..].find('\n').map_or(text.len(), |line| at + line)
}

/// How many columns a line is indented by, whatever its blanks are.
fn indent(line: &str) -> usize {
    column(&line[..line.len() - line.trim_start().len()])
}

fn column(before: &str) -> usize {
    before.chars().count()
}
