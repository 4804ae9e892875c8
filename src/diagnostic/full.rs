//! The report for people: rule, place, the line with a mark, related places, help.
//!
//! Takes a `Diagnostic` and its `Sources`, gives text in the manner of rustc. Only the marked lines
//! are handed to the renderer, so that a diagnostic costs the same in a large file as in a small one,
//! and a line is cropped around its mark.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::hide::hide;
use super::{Diagnostic, Severity};
use crate::source::{Sources, Span};

/// Related places at most this many lines away are shown in one piece.
const NEAR: usize = 6;
/// Bytes of the longest line that is shown; of a longer one only the place is named, because finding
/// out what to crop costs as much as the line is long.
const LONG: usize = 4096;

/// Turns diagnostics into text, with or without colour.
#[derive(Debug, Clone)]
pub struct Painter {
    renderer: Renderer,
}

/// A marked place, clipped to one line.
struct Mark<'a> {
    span: Span,
    line: usize,
    /// Bytes of the line.
    length: usize,
    range: Range<usize>,
    label: &'a str,
    primary: bool,
}

impl Painter {
    /// With colour or plain.
    pub fn new(colour: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.term_width(120) }
    }

    /// One diagnostic, without a line break at its end.
    pub fn paint(&self, found: &Diagnostic, sources: &Sources) -> String {
        self.paint_hidden(found, &hide([found], sources))
    }

    /// The same where the texts hold no secrets any more.
    pub(super) fn paint_hidden(&self, found: &Diagnostic, sources: &Sources) -> String {
        let level = match found.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(found.message.as_str()).id(found.rule);
        let mut group = Group::with_title(title);
        for marks in pieces(found, sources) {
            group = match marks.iter().find(|mark| mark.length > LONG) {
                Some(mark) => named(group.element(origin(mark, sources)), &marks),
                None => group.element(snippet(&marks, sources)),
            };
        }
        if let Some(help) = &found.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        self.renderer.render(&[group])
    }
}

/// The primary place first, with related places of the same file that are near it.
fn pieces<'a>(found: &'a Diagnostic, sources: &Sources) -> Vec<Vec<Mark<'a>>> {
    let mut pieces = vec![vec![mark(found.span, &found.label, true, sources)]];
    for (span, label) in &found.related {
        let mark = mark(*span, label, false, sources);
        let near = |piece: &Vec<Mark<'_>>| {
            piece
                .iter()
                .any(|other| other.span.file == mark.span.file && other.line.abs_diff(mark.line) <= NEAR)
        };
        match pieces.iter().position(near) {
            Some(at) => pieces[at].push(mark),
            None => pieces.push(vec![mark]),
        }
    }
    pieces
}

fn mark<'a>(span: Span, label: &'a str, primary: bool, sources: &Sources) -> Mark<'a> {
    let source = sources.get(span.file);
    let (line, _) = source.position(span.start);
    let whole = source.line(line);
    let start = (span.start as usize).min(whole.end);
    let end = (span.end as usize).clamp(start, whole.end);
    let kept = source.text.get(start..end).map_or(0, |text| text.trim_end().len());
    Mark { span, line, length: whole.len(), range: start..start + kept, label, primary }
}

/// What is said of places that are not shown.
fn named<'a>(group: Group<'a>, marks: &[Mark<'a>]) -> Group<'a> {
    let labels = marks.iter().map(|mark| mark.label).filter(|label| !label.is_empty());
    labels.fold(group, |group, label| group.element(Level::NOTE.message(label)))
}

fn origin<'a>(mark: &Mark<'_>, sources: &'a Sources) -> Origin<'a> {
    let source = sources.get(mark.span.file);
    let (line, column) = source.position(mark.span.start);
    Origin::path(source.path.as_str()).line(line).char_column(column)
}

fn snippet<'a>(marks: &[Mark<'a>], sources: &'a Sources) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(marks[0].span.file);
    let lines = || marks.iter().map(|mark| mark.line);
    let (first, last) = (lines().min().unwrap_or(1), lines().max().unwrap_or(1));
    let window = source.line(first).start..source.line(last).end;
    let text = source.text.get(window.clone()).unwrap_or_default();
    let snippet = Snippet::source(text).path(source.path.as_str()).line_start(first).fold(true);
    snippet.annotations(marks.iter().map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let range = mark.range.start - window.start..mark.range.end - window.start;
        let label = (!mark.label.is_empty()).then_some(mark.label);
        kind.span(range).label(label)
    }))
}
