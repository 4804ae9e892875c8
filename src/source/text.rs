//! The texts of one site, by path, with line and column for every byte.
//!
//! Takes paths and texts, gives `Source` and `Sources`; it may not touch the disk.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FileId, Span};

/// What a file of the content folder is, by its place and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `site.yaml`
    Site,
    /// `roster.yaml`
    Roster,
    /// `runbooks/**/*.yaml`
    Runbook,
    /// `releases/**/NAME.yaml`
    Release,
    /// `releases/**/NAME.journal.yaml`
    Journal,
    /// `pages/**/*.md`
    Page,
    /// Any other file: a picture beside a page, or one that nothing reads.
    Other,
}

/// What some editors put before the first character.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One file of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path from the root of the project, with `/`: `content/runbooks/orders-api.yaml`.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Its text without a byte-order mark; empty where it could not be read.
    pub text: String,
    /// Whether the file begins with a byte-order mark.
    pub marked: bool,
    starts: Vec<u32>,
}

impl Source {
    /// A text at `path` below the project's root.
    pub fn new(path: impl Into<String>, kind: Kind, mut text: String) -> Self {
        let marked = text.starts_with(BYTE_ORDER_MARK);
        if marked {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(line_ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)))
            .collect();
        Self { path: path.into(), kind, text, marked, starts }
    }

    /// The bytes of the file with another text, its byte-order mark kept.
    pub fn bytes_with(&self, text: &str) -> Vec<u8> {
        let mark = if self.marked { BYTE_ORDER_MARK.to_string() } else { String::new() };
        (mark + text).into_bytes()
    }

    /// Where a byte of the text stands in the file, which may begin with a byte-order mark.
    pub fn byte(&self, offset: u32) -> usize {
        offset as usize + if self.marked { BYTE_ORDER_MARK.len_utf8() } else { 0 }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn position(&self, offset: u32) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1] as usize;
        let end = floor_boundary(&self.text, offset as usize);
        (line, self.text[start.min(end)..end].chars().count() + 1)
    }

    /// The bytes of line `line` (from 1), without its line break; empty past the end.
    pub fn line(&self, line: usize) -> std::ops::Range<usize> {
        let Some(start) = self.starts.get(line.wrapping_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(line).map_or(self.text.len(), |next| *next as usize - 1);
        let start = *start as usize;
        let text = self.text[start..end].strip_suffix('\r').unwrap_or(&self.text[start..end]);
        start..start + text.len()
    }

    /// How many lines there are; a text without a line break has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }
}

/// Every text of one site, in the order of their paths. A copy shares the texts.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// In the order of their numbers too.
    files: Vec<(FileId, Arc<Source>)>,
}

/// What is different in a collection of texts since an earlier one.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files that came, went, or have another text.
    pub texts: BTreeSet<FileId>,
    /// Whether other files are there, or files of another kind: names may lead elsewhere.
    pub files: bool,
}

impl Sources {
    /// The texts, sorted by path so that nothing depends on the order of the disk.
    pub fn new(files: Vec<Source>) -> Self {
        Self::shared(files.into_iter().map(Arc::new).collect())
    }

    /// The same of texts that others have too.
    pub fn shared(files: Vec<Arc<Source>>) -> Self {
        Self::after(&Self::default(), files)
    }

    /// The same after an earlier collection: a path keeps its number as long as there are numbers between those
    /// of its neighbours for all that come between them. Where there are none, everything has another number.
    pub fn after(earlier: &Self, mut files: Vec<Arc<Source>>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let known: Vec<Option<FileId>> = files.iter().map(|file| earlier.find(&file.path)).collect();
        let ids = number(&known).or_else(|| number(&vec![None; files.len()])).unwrap_or_default();
        Self { files: ids.into_iter().zip(files).collect() }
    }

    /// The same files with other texts.
    pub fn map(&self, change: impl Fn(FileId, &Source) -> Source) -> Self {
        let files = self.iter().map(|(file, source)| (file, Arc::new(change(file, source))));
        Self { files: files.collect() }
    }

    /// Texts by their paths below the project: a version that is not on the disk.
    pub fn from_texts(texts: Vec<(String, String)>) -> Self {
        let source = |(path, text): (String, String)| {
            let kind = Self::kind(&path);
            let text = if kind == Kind::Other { String::new() } else { text };
            Source::new(path, kind, text)
        };
        Self::new(texts.into_iter().map(source).collect())
    }

    /// The file of an id that this collection gave out.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[self.place(file)].1
    }

    /// Where the file of an id is, or would be.
    fn place(&self, file: FileId) -> usize {
        self.files.partition_point(|(known, _)| *known < file)
    }

    /// Every file with its id, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().map(|(file, source)| (*file, source.as_ref()))
    }

    /// The files of one kind, in order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = (FileId, &Source)> {
        self.iter().filter(move |(_, source)| source.kind == kind)
    }

    /// What a file at `path` is.
    pub fn kind(path: &str) -> Kind {
        super::load::kind(path)
    }

    /// How many files are of one kind by their place and name, readable or not.
    pub fn meant(&self, kind: Kind) -> usize {
        self.files.iter().filter(|(_, source)| Self::kind(&source.path) == kind).count()
    }

    /// The file at `path` below the project's root.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self.files.binary_search_by(|(_, file)| file.path.as_str().cmp(path)).ok()?;
        Some(self.files[at].0)
    }

    /// What is different since `earlier`.
    pub fn changed_since(&self, earlier: &Self) -> Changes {
        let mut changes = Changes::default();
        for (file, source) in &self.files {
            let before = earlier.files.get(earlier.place(*file)).filter(|(known, _)| known == file);
            if before.is_none_or(|(_, before)| !Arc::ptr_eq(before, source)) {
                changes.texts.insert(*file);
                let alike = |before: &Source| before.path == source.path && before.kind == source.kind;
                changes.files |= before.is_none_or(|(_, before)| !alike(before));
            }
        }
        let is_there = |file: &FileId| self.files.binary_search_by_key(file, |(file, _)| *file).is_ok();
        let gone: Vec<FileId> =
            earlier.files.iter().map(|(file, _)| *file).filter(|file| !is_there(file)).collect();
        changes.files |= !gone.is_empty();
        changes.texts.extend(gone);
        changes
    }

    /// The text of a span, as it stands in the file.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// The place of bytes `range` of the scalar `value` that was written at `span`.
    ///
    /// Exact for plain, quoted and literal scalars without escapes; else the whole scalar.
    pub fn locate(&self, span: Span, value: &str, range: std::ops::Range<usize>) -> Span {
        let raw = self.slice(span);
        let base = span.start as usize;
        let shift = [0, 1].into_iter().find(|skip| raw.get(*skip..*skip + value.len()) == Some(value));
        if let Some(skip) = shift {
            return Span::new(span.file, base + skip + range.start, base + skip + range.end);
        }
        match locate_in_block(raw, value, &range) {
            Some(found) => Span::new(span.file, base + found.start, base + found.end),
            None => span,
        }
    }
}

/// Numbers for files in their order: those that are known, and between them others far from each other; none
/// where there are not enough. If the first of all is new it is 0.
fn number(known: &[Option<FileId>]) -> Option<Vec<FileId>> {
    let mut numbers: Vec<u64> = Vec::with_capacity(known.len());
    while let Some(rest) = known.get(numbers.len()..).filter(|rest| !rest.is_empty()) {
        let new = rest.iter().take_while(|file| file.is_none()).count();
        let next = rest.get(new).copied().flatten().map(|file| u64::from(file.0));
        let free = numbers.last().map_or(0, |last| last + 1);
        let apart = (next.unwrap_or(1 << u32::BITS) - free) / new.max(1) as u64;
        if new > 0 && apart == 0 {
            return None;
        }
        let first = if numbers.is_empty() { 0 } else { free + apart / 2 };
        numbers.extend((0..new as u64).map(|at| first + at * apart));
        numbers.extend(next);
    }
    numbers.into_iter().map(|number| u32::try_from(number).ok().map(FileId)).collect()
}

/// The place of `range` of `value` within the source of a literal block scalar (`|`).
fn locate_in_block(raw: &str, value: &str, range: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let before = value.get(..range.start)?;
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let wanted = value[before.len() - column..].lines().next().filter(|line| !line.is_empty())?;
    let header = if raw.starts_with(['|', '>']) { 1 } else { 0 };
    let mut lines = raw.split_inclusive('\n').skip(header + before.matches('\n').count());
    let line = lines.next()?;
    let indent = line.find(wanted)?;
    let start = line.as_ptr() as usize - raw.as_ptr() as usize + indent + column;
    Some(start..start + range.len().min(wanted.len().saturating_sub(column)))
}

/// The nearest character boundary at or before `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_its_number_while_there_is_room() {
        let file = |path: &str| Arc::new(Source::new(path, Kind::Other, path.to_owned()));
        let files = |paths: &[&str]| paths.iter().map(|path| file(path)).collect::<Vec<_>>();
        let first = Sources::shared(files(&["b", "d", "f"]));
        let number = |sources: &Sources, path| sources.find(path).unwrap();
        assert_eq!(number(&first, "b"), FileId(0));
        let kept: Vec<_> = first.files.iter().map(|(_, file)| Arc::clone(file)).collect();
        let more = Sources::after(&first, [kept.clone(), files(&["c", "c2", "g"])].concat());
        let ordered = ["b", "c", "c2", "d", "f", "g"].map(|path| number(&more, path));
        assert!(ordered.is_sorted_by(|a, b| a < b), "{ordered:?}");
        assert!(ordered.iter().all(|file| more.find(&more.get(*file).path) == Some(*file)));
        let old = |sources: &Sources| ["b", "d", "f"].map(|path| number(sources, path));
        assert_eq!(old(&more), old(&first));
        let changes = more.changed_since(&first);
        assert!(changes.files && changes.texts == ["c", "c2", "g"].map(|path| number(&more, path)).into());
        let less = Sources::after(&more, kept.clone());
        let changes = less.changed_since(&more);
        assert!(changes.files && changes.texts == ["c", "c2", "g"].map(|path| number(&more, path)).into());

        // Before the first there is no room: everything is another file now.
        let all = Sources::after(&first, [kept, files(&["a"])].concat());
        let changes = all.changed_since(&first);
        assert_eq!(number(&all, "a"), FileId(0));
        assert!(all.iter().all(|(file, _)| changes.texts.contains(&file)));
        // Nor is there for ever between two.
        let mut sources = first;
        let moved = (0..64).any(|at| {
            let kept = sources.files.iter().map(|(_, file)| Arc::clone(file)).collect();
            let more = Sources::after(&sources, [kept, files(&[&format!("c{at:02}")])].concat());
            let before = std::mem::replace(&mut sources, more);
            sources.changed_since(&before).texts.len() > 1
        });
        assert!(moved && sources.files.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn another_text_or_kind_is_a_change() {
        let made = |kind, text: &str| Arc::new(Source::new("a", kind, text.to_owned()));
        let first = Sources::shared(vec![made(Kind::Page, "one")]);
        let since = |file| Sources::after(&first, vec![file]).changed_since(&first);
        let same = since(Arc::clone(&first.files[0].1));
        assert!(!same.files && same.texts.is_empty());
        let text = since(made(Kind::Page, "two"));
        assert!(!text.files && text.texts == [FileId(0)].into());
        let kind = since(made(Kind::Other, "two"));
        assert!(kind.files && kind.texts == [FileId(0)].into());
    }

    fn located(text: &str, value: &str, word: &str) -> (usize, usize) {
        let sources = Sources::new(vec![Source::new("a.yaml", Kind::Other, text.to_owned())]);
        let span = Span::new(FileId(0), text.find(": ").unwrap() + 2, text.len());
        let at = value.find(word).unwrap();
        let found = sources.locate(span, value, at..at + word.len());
        assert_eq!(sources.slice(found), word);
        sources.get(FileId(0)).position(found.start)
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let source = Source::new("a", Kind::Other, "é b\r\nc\n".to_owned());
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(3), (1, 3));
        assert_eq!(source.position(6), (2, 1));
        assert_eq!(source.position(99), (3, 1));
        assert_eq!(&source.text[source.line(1)], "é b");
        assert_eq!((source.lines(), source.line(9)), (3, 8..8));
    }

    #[test]
    fn a_word_is_found_in_plain_quoted_and_block_scalars() {
        assert_eq!(located("a: one {{ two }}", "one {{ two }}", "two"), (1, 11));
        assert_eq!(located("a: \"one two\"", "one two", "two"), (1, 9));
        assert_eq!(located("a: |\n  one\n    in two\n", "one\n  in two\n", "two"), (3, 8));
    }

    #[test]
    fn what_cannot_be_placed_is_the_whole_scalar() {
        let text = "a: \"one\\ttwo\"";
        let sources = Sources::new(vec![Source::new("a.yaml", Kind::Other, text.to_owned())]);
        let span = Span::new(FileId(0), 3, text.len());
        assert_eq!(sources.locate(span, "one\ttwo", 4..7), span);
    }
}
