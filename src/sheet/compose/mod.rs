//! A runbook or a release to rows: everything that a reader sees, in order.
//!
//! Takes a `view::Document`, gives a [`Flow`] with its structure, and the characters
//! that could not be set. Knows how a sheet is arranged; knows nothing of pages but
//! what stands at their top and bottom, and nothing of PDF.

mod approval;
mod bar;
mod card;
mod contact;
mod decision;
mod front;
mod furniture;
mod gate;
mod grid;
mod inline;
mod item;
mod message;
mod prose;
mod record;
mod rest;
mod section;
mod slot;
mod style;
mod timeline;
mod trigger;

use std::collections::BTreeSet;

use super::document::{About, Tone};
use super::font::Family;
use super::layout::{Cell, Flow, HeadId, Keep, Row, paginate};
use super::paper::Format;
use super::part::{self, Part};
use super::structure::{NodeId, Role};
use super::text::{Line, Piece, Setter, Source, Span as Run, Style};
use super::{Options, Subject};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::view::{Document, Head, plain};

use furniture::Furniture;

/// Between the left and the right half of a card.
const GUTTER: f32 = 10.0;
/// The last line of a text, as a place to begin at.
const LAST: usize = usize::MAX;

/// Lays a document out; gives it with what is doubtful in it.
pub(super) fn compose(
    subject: Subject<'_>,
    options: &Options<'_>,
) -> (super::document::Document, Vec<Diagnostic>) {
    let Subject { document, part, contacts, .. } = subject;
    let document = &*part.cut(document, contacts);
    let format = Format::from(options.paper);
    let dense = matches!(part, Part::Rollback | Part::Contacts);
    let mut composer = Composer {
        document,
        part,
        anchors: (*part != Part::Full).then(|| part::anchors(document)),
        options,
        setter: Setter::new(options.fonts),
        flow: Flow::default(),
        spans: vec![document.sections.first().map(|section| section.span).unwrap_or_default()],
        source: 0,
        measure: format.measure(),
        head: None,
        text: item::TEXT,
        dense,
        air: if dense { 0.5 } else { 1.0 },
        found: Vec::new(),
        written_table: false,
    };
    composer.everything();
    let Composer { setter, flow, spans, found, .. } = composer;
    let about = about(subject, options);
    let mut furniture = Furniture::new(document, part, options, format);
    let frame = furniture.frame();
    let laid = paginate(flow, (format, about), frame, &mut |at, of| furniture.page(at, of));
    let mut diagnostics = found;
    diagnostics.extend(setter.missing.iter().map(|(ch, source)| missing(*ch, spans[*source as usize])));
    diagnostics.extend(setter.unshaped.iter().map(|(script, (ch, source))| {
        let span = spans[*source as usize];
        unshaped(script, *ch, span)
    }));
    (laid, diagnostics)
}

fn about(Subject { document, part, .. }: Subject<'_>, options: &Options<'_>) -> About {
    let owner = document.facts.iter().find(|fact| fact.label == "owner");
    About {
        title: titled(document, part, options),
        author: owner.map(|fact| plain(&fact.value)).unwrap_or_default(),
        subject: format!("{} · {}", document.name, seal(document)),
        language: options.language.to_owned(),
        date: options.date.map(str::to_owned),
    }
}

/// The content hash that stands on every page.
pub fn seal(document: &Head) -> &str {
    let release = document.release.as_ref().map(|release| release.seal.as_str());
    release.filter(|seal| !seal.is_empty()).unwrap_or(&document.seal)
}

/// The title of a document and of the part of it that a sheet shows.
fn titled(document: &Document, part: &Part, options: &Options<'_>) -> String {
    let title = plain(&document.title);
    match part {
        Part::Full => title,
        _ => format!("{title}: {}", part.title(options.labels)),
    }
}

fn missing(ch: char, span: Span) -> Diagnostic {
    let code = ch as u32;
    Diagnostic::warning("missing-glyph", span, format!("no font has the character `{ch}` (U+{code:04X})"))
        .label("printed as its code in a box")
        .help("name a font that has it under `fonts` in `content/site.yaml`")
}

fn unshaped(script: &str, ch: char, span: Span) -> Diagnostic {
    let message = format!("`{ch}` is {script}, whose letters join or change their order");
    Diagnostic::warning("needs-shaping", span, message)
        .label("printed letter by letter, from left to right")
        .help("write it in another script on the sheet as well; the page in the browser is right")
}

/// Makes rows out of what a reader sees.
pub(super) struct Composer<'a> {
    document: &'a Document,
    part: &'a Part,
    /// What can be linked to, where that is not everything.
    anchors: Option<BTreeSet<&'a str>>,
    options: &'a Options<'a>,
    setter: Setter<'a>,
    flow: Flow,
    /// Where texts come from; a [`Source`] counts in here.
    spans: Vec<Span>,
    source: Source,
    measure: f32,
    /// What is repeated at the top of a page that goes on.
    head: Option<HeadId>,
    /// Where the texts of the items of a list begin.
    text: f32,
    /// Set small, with what a card does not need left out.
    dense: bool,
    /// How much of the usual space stands between things.
    air: f32,
    /// What is doubtful so far.
    found: Vec<Diagnostic>,
    /// What is set is a table that people wrote, so they can mend it.
    written_table: bool,
}

impl Composer<'_> {
    /// All that stands on the sheet, in order.
    fn everything(&mut self) {
        let document = self.document;
        match self.part {
            Part::Full => {
                self.front();
                self.sections(&document.sections);
                self.rest();
            }
            Part::Packet(_) => {
                self.part_front();
                self.parameters();
                self.severities();
                self.timeline();
                self.sections(&document.sections);
                self.spare(3);
            }
            Part::Rollback => {
                self.part_front();
                self.rollback_card();
            }
            Part::Contacts => {
                self.part_front();
                self.contact_card();
            }
        }
    }

    /// From here on texts come from this place.
    fn from(&mut self, span: Span) {
        self.spans.push(span);
        self.source = self.spans.len() as Source - 1;
    }

    /// A part of the document that holds only marks.
    fn leaf(&mut self, role: Role) -> NodeId {
        self.flow.structure.leaf(role)
    }

    /// Words that belong to a part of the document.
    fn run(&self, text: &str, style: Style, node: Option<NodeId>) -> Piece {
        Piece::Text(Run { text: text.to_owned(), style, node, link: None, source: self.source })
    }

    /// A short label, white on black.
    fn tag(&self, text: &str, node: NodeId) -> Piece {
        let (text, style) = (text.to_owned(), style::TAG);
        Piece::Tag(Run { text, style, node: Some(node), link: None, source: self.source })
    }

    /// How running text looks, and what must be seen in it.
    fn looks(&self) -> [Style; 2] {
        let text = if self.dense { style::SMALL } else { style::TEXT };
        [text, text.family(Family::Bold)]
    }

    /// Words as a part of their own.
    fn say(&mut self, text: &str, style: Style, role: Role) -> Vec<Piece> {
        let node = self.leaf(role);
        vec![self.run(text, style, Some(node))]
    }

    /// The id of something, at the right of what is said of it: what the journal calls it.
    /// It does not stand before the line `start`, among words that go on. A card has no ids.
    fn id(&mut self, lines: &mut Vec<Line>, id: &str, (start, width): (usize, f32)) {
        if self.dense {
            return;
        }
        let look = style::CODE.tone(Tone::GREY);
        let pieces = self.say(id, look, Role::Code);
        self.setter.aside(lines, &pieces, (start, width));
    }

    /// Adds a row. Where it does not say what is repeated above it, the section is.
    fn row(&mut self, row: Row) {
        let head = row.head.or(self.head);
        self.flow.rows.push(Row { head, ..row });
    }

    /// Adds a row of one cell of lines, `x` from the left.
    fn lines(&mut self, lines: Vec<Line>, (x, before, keep): (f32, f32, Keep)) {
        let splits = lines.len() > 3;
        let cell = Cell::new(x, self.measure - x).with(lines);
        self.row(Row { before, keep, splits, ..Row::new(vec![cell]) });
    }

    /// Lets the last row hold on to what follows no more firmly than this.
    fn loosen(&mut self, keep: Keep) {
        if let Some(row) = self.flow.rows.last_mut() {
            row.keep = keep;
        }
    }

    /// Makes the rows from `first` on hold together, the last one apart.
    fn bind(&mut self, first: usize, keep: Keep) {
        let end = self.flow.rows.len().saturating_sub(1);
        for row in self.flow.rows.get_mut(first..end).into_iter().flatten() {
            row.keep = row.keep.max(keep);
        }
    }

    /// Registers what is repeated at the top of a page.
    fn repeat(&mut self, rows: Vec<Row>) -> HeadId {
        self.flow.heads.push(rows);
        self.flow.heads.len() - 1
    }
}
