//! Findings silenced at their line: `# allow: RULE because REASON`.
//!
//! Takes the findings and the texts, gives the findings that stay, and those about the comments
//! themselves. A comment counts for its own line; a comment on lines of its own counts for the next
//! line that is none. A `#` inside a text is no comment: the texts are read again where the word
//! occurs, and what lies in a scalar is left out.

use std::collections::{BTreeMap, HashMap};

use super::Memory;
use super::level::{Levels, unknown_rule};
use super::rule::{Look, Weight, finding};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Kind, Node, Source, Span, Value, parse, parse_line};

const MARK: &str = "allow:";
/// Rules that one comment can name.
const MOST: usize = 16;

/// A comment that silences.
struct Allow {
    /// From `allow:` to the end of the comment.
    span: Span,
    /// The line it counts for, from 1.
    line: usize,
    /// The rules with their places.
    names: Vec<(String, Span)>,
    /// Whether it says why.
    reason: bool,
}

/// A text over several lines: what is found inside counts as found at its first line too.
struct Block {
    first: usize,
    last: usize,
}

/// The silencing comments of one file, and what tells to which lines a finding belongs.
pub(super) struct Marks {
    lines: Lines,
    blocks: Vec<Block>,
    allows: Vec<Allow>,
}

/// The findings that no comment silences, and what is wrong with the comments.
pub(super) fn silence(memory: &Memory, levels: &Levels<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut silencers: BTreeMap<FileId, Silencer<'_>> =
        memory.marks().map(|(file, marks)| (file, Silencer::new(marks))).collect();
    let mut rest = found;
    rest.retain(|found| silencers.get_mut(&found.span.file).is_none_or(|silencer| !silencer.silences(found)));
    let mut about = Vec::new();
    for silencer in silencers.values() {
        judge(&silencer.marks.allows, levels, &silencer.used, &mut about);
    }
    about.retain(|found: &Diagnostic| levels.is_on(found.rule));
    rest.extend(about);
    rest
}

impl Marks {
    /// Those of a file; `None` where no comment silences anything.
    pub(super) fn of(file: FileId, source: &Source) -> Option<Self> {
        if !source.text.contains(MARK) {
            return None;
        }
        let scalars = scalars(file, source)?;
        let allows = allows(file, source, &scalars);
        if allows.is_empty() {
            return None;
        }
        let lines = Lines::new(source);
        let blocks = blocks(source, &lines, &scalars);
        Some(Self { lines, blocks, allows })
    }

    /// The lines at which a finding can be silenced.
    fn lines(&self, found: &Diagnostic) -> [usize; 2] {
        let line = self.lines.of(found.span.start);
        let before = self.blocks.partition_point(|block| block.first < line);
        let block = before.checked_sub(1).map(|at| &self.blocks[at]).filter(|block| line <= block.last);
        [line, block.map_or(line, |block| block.first)]
    }
}

/// The comments of one file at work.
struct Silencer<'a> {
    marks: &'a Marks,
    /// Line and rule → position among all names of the comments.
    at: HashMap<(usize, &'a str), usize>,
    /// Which names were needed.
    used: Vec<bool>,
}

impl<'a> Silencer<'a> {
    fn new(marks: &'a Marks) -> Self {
        let allows = marks.allows.iter();
        let names = allows.flat_map(|allow| allow.names.iter().map(|(name, _)| (allow.line, name.as_str())));
        let mut at = HashMap::new();
        let mut number = 0;
        for name in names {
            at.entry(name).or_insert(number);
            number += 1;
        }
        Self { marks, at, used: vec![false; number] }
    }

    /// Whether a comment silences a finding in its file.
    fn silences(&mut self, found: &Diagnostic) -> bool {
        let mut lines = self.marks.lines(found).into_iter();
        let position = lines.find_map(|line| self.at.get(&(line, found.rule)));
        let Some(position) = position.filter(|_| can_be_silenced(found.rule)) else { return false };
        self.used[*position] = true;
        true
    }
}

/// Where each line begins; columns are not needed here, and cost more in long lines.
struct Lines(Vec<u32>);

impl Lines {
    fn new(source: &Source) -> Self {
        let starts = (1..=source.lines()).map(|line| source.line(line).start);
        Self(starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect())
    }

    /// The line of a byte, from 1.
    fn of(&self, offset: u32) -> usize {
        self.0.partition_point(|start| *start <= offset).max(1)
    }
}

fn can_be_silenced(name: &str) -> bool {
    super::rule(name).is_some_and(|rule| rule.weight != Weight::Fault)
}

/// What is wrong with the comments themselves.
fn judge(allows: &[Allow], levels: &Levels<'_>, used: &[bool], about: &mut Vec<Diagnostic>) {
    let mut used = used.iter();
    for allow in allows {
        for (name, span) in &allow.names {
            let used = used.next().copied().unwrap_or_default();
            match super::rule(name) {
                None => about.push(unknown_rule(name, *span)),
                Some(rule) if rule.weight == Weight::Fault => {
                    about.push(unused(*span, format!("`{name}` cannot be silenced")));
                }
                Some(rule) if !used && levels.is_on(name) && !matches!(rule.look, Look::Network) => {
                    about.push(unused(*span, format!("nothing here breaks the rule `{name}`")));
                }
                Some(_) => {}
            }
        }
        if allow.names.is_empty() {
            let found = finding(allow.span, "the comment names no rule to allow");
            about.push(without_reason(found));
        } else if !allow.reason {
            let names: Vec<&str> = allow.names.iter().map(|(name, _)| name.as_str()).collect();
            let message = format!("`{}` is allowed without a reason", names.join(", "));
            about.push(without_reason(finding(allow.span, message).label("why is it right here?")));
        }
    }
}

fn unused(span: Span, message: String) -> Diagnostic {
    let found = finding(span, message).label("this comment silences nothing").help("remove the comment");
    Diagnostic { rule: "unused-allow", ..found }
}

fn without_reason(found: Diagnostic) -> Diagnostic {
    let found = found.help("write `# allow: RULE because REASON`");
    Diagnostic { rule: "allow-without-reason", severity: crate::diagnostic::Severity::Error, ..found }
}

/// Every scalar of a file in the order of the text; `None` where the file cannot be read.
fn scalars(file: FileId, source: &Source) -> Option<Vec<Span>> {
    let mut scalars = Vec::new();
    match source.kind {
        Kind::Page | Kind::Other => return None,
        Kind::Journal => {
            for line in 1..=source.lines() {
                let range = source.line(line);
                let text = &source.text[range.clone()];
                let node = parse_line(file, range.start, text, &mut Vec::new());
                node.iter().for_each(|node| collect(node, &mut scalars));
            }
        }
        _ => collect(&parse(file, &source.text, &mut Vec::new())?, &mut scalars),
    }
    scalars.sort_unstable();
    Some(scalars)
}

fn collect(node: &Node<'_>, scalars: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar { .. } => scalars.push(node.span),
        Value::List(items) => items.iter().for_each(|item| collect(item, scalars)),
        Value::Map(entries) => {
            for (key, value) in entries {
                collect(key, scalars);
                collect(value, scalars);
            }
        }
    }
}

/// The texts over several lines, in order. A block scalar begins at its first character; the line that
/// opens it is the last one before that is not empty.
fn blocks(source: &Source, lines: &Lines, scalars: &[Span]) -> Vec<Block> {
    let block = |span: &Span| {
        let (start, last) = (lines.of(span.start), lines.of(span.end.saturating_sub(1)));
        let head = source.text.get(source.line(start).start..span.start as usize)?;
        let own_line = span.end > span.start && head.bytes().all(|byte| byte == b' ');
        let opened = || (1..start).rev().find(|line| !source.text[source.line(*line)].trim().is_empty());
        let first = if own_line { opened().unwrap_or(start) } else { start };
        (last > first).then_some(Block { first, last })
    };
    // Only these can be more than one line; the others are not worth a look at their line.
    let long = |span: &&Span| source.text.get(span.range()).is_some_and(|raw| raw.contains('\n'));
    let mut blocks: Vec<Block> = scalars.iter().filter(long).filter_map(block).collect();
    blocks.sort_by_key(|block| block.first);
    blocks
}

/// Every silencing comment of a file. A comment on a line of its own waits for the next line that is
/// neither empty nor only a comment.
fn allows(file: FileId, source: &Source, scalars: &[Span]) -> Vec<Allow> {
    let mut allows: Vec<Allow> = Vec::new();
    let mut waiting = 0;
    for line in 1..=source.lines() {
        let range = source.line(line);
        let text = &source.text[range.clone()];
        let content = !text.trim().is_empty() && !text.trim_start().starts_with('#');
        if content {
            let from = allows.len() - waiting;
            allows[from..].iter_mut().for_each(|allow| allow.line = line);
            waiting = 0;
        }
        let hash = comment(text).filter(|hash| !in_scalar(range.start + hash, scalars));
        if let Some(at) = hash.and_then(|hash| Some(hash + text[hash..].find(MARK)?)) {
            allows.push(read(Span::new(file, range.start + at, range.end), &text[at..], line));
            waiting += usize::from(!content);
        }
    }
    allows
}

/// The `#` of a comment that begins with the mark, at the start of a line or behind a space.
fn comment(line: &str) -> Option<usize> {
    let mark = line.find(MARK)?;
    let hash = line[..mark].rfind('#')?;
    let before = &line[..hash];
    let free = before.is_empty() || before.ends_with([' ', '\t']);
    (free && line[hash + 1..mark].trim().is_empty()).then_some(hash)
}

/// Whether a byte lies in a scalar.
fn in_scalar(at: usize, scalars: &[Span]) -> bool {
    let before = scalars.partition_point(|span| span.start as usize <= at);
    before.checked_sub(1).is_some_and(|last| at < scalars[last].end as usize)
}

/// `allow: a, b because REASON`
fn read(span: Span, text: &str, line: usize) -> Allow {
    let text = text.trim_end();
    let span = Span { end: span.start + u32::try_from(text.len()).unwrap_or(u32::MAX), ..span };
    let inside = text.strip_prefix(MARK).unwrap_or_default();
    let (list, reason) = inside.split_once(" because").unwrap_or((inside, ""));
    let words = list.split([',', ' ']).filter(|word| !word.is_empty());
    let base = text.as_ptr() as usize;
    let place = |word: &str| {
        let start = span.start as usize + (word.as_ptr() as usize - base);
        Span::new(span.file, start, start + word.len())
    };
    let names = words.take(MOST).map(|word| (word.to_owned(), place(word))).collect();
    Allow { span, line, names, reason: !reason.trim().is_empty() }
}
