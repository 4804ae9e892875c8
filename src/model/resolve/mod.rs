//! Written documents → the model: ids given, owners inherited, parameters filled in, values parsed.
//!
//! Takes documents as they were written, gives resolved ones and the diagnostics of values that
//! cannot be understood. Names of other things stay names; whether they exist is for `check`.

mod block;
mod item;
mod journal;
mod name;
mod release;
mod reuse;
mod roster;
mod runbook;
mod section;
mod several;
mod stray;
mod threshold;

pub(super) use journal::journal;
pub(super) use release::release;
pub(super) use roster::roster;
pub(super) use runbook::runbook;

use foldhash::{HashMap, HashMapExt as _};

use super::address;
use super::identity::{is_kebab, slug};
use super::inputs::Inputs;
use super::parameter::{self, Piece, Values};
use super::prose::{Inline, Prose, Text, Written, lines, links};
use super::quantity::{Flaw, quote};
use super::runbook::{Place, PlaceKind};
use super::seal::Digest;
use super::section::Reference;
use super::time::Duration;
use crate::diagnostic::Diagnostic;
use crate::source::{Field, FileId, Many, Span, Spanned};
use several::Known;

/// What the texts of one file may name.
struct Scope {
    file: FileId,
    values: Values,
    /// Values with examples where there is no value, to read thresholds with blanks in them.
    examples: Values,
}

/// Resolves the parts of one document.
struct Resolver<'a> {
    inputs: &'a Inputs<'a>,
    /// The document's own scope first, then those of runbooks that sections are taken from.
    scopes: Vec<Scope>,
    found: Vec<Diagnostic>,
    places: Vec<Place>,
    /// Every id of `places` with the number that its next namesake gets.
    numbers: HashMap<String, usize>,
    uses: Vec<Reference>,
    unfilled: Vec<Reference>,
    links: Vec<Reference>,
    /// The sections that were taken, by where they are written, with their hashes.
    taken: Vec<(Span, Digest)>,
    /// How many bytes of sections may still be taken.
    room: usize,
    /// What was found when this was read before.
    known: Known,
    /// What every id begins with in the sections around, the innermost last, where they are one of several.
    prefixes: Vec<String>,
    /// What such sections are called at home, behind what ids begin with, with their ids.
    homes: HashMap<String, String>,
    /// Whether something is named that is known only when every id is.
    waits: bool,
    /// Whether a section that was to be taken is not there, or its runbook could not be read as a whole.
    lossy: bool,
}

impl<'a> Resolver<'a> {
    fn new(inputs: &'a Inputs<'a>, scope: Scope) -> Self {
        Self {
            inputs,
            scopes: vec![scope],
            found: Vec::new(),
            places: Vec::new(),
            numbers: HashMap::new(),
            uses: Vec::new(),
            unfilled: Vec::new(),
            links: Vec::new(),
            taken: Vec::new(),
            room: reuse::ROOM,
            known: Known::default(),
            prefixes: Vec::new(),
            homes: HashMap::new(),
            waits: false,
            lossy: false,
        }
    }

    /// The scope of a text: that of its file.
    fn scope(&self, span: Span) -> &Scope {
        self.scopes.iter().rev().find(|scope| scope.file == span.file).unwrap_or(&self.scopes[0])
    }

    /// Remembers which parameters a text of the document itself names, and which of those that one of another
    /// document names have no value.
    fn note_uses(&mut self, text: &str, span: Span) {
        let is_own = span.file == self.scopes[0].file;
        for (name, range) in parameter::find(text) {
            let values = &self.scope(span).values;
            let is_unfilled = values.declares(name) && values.get(name).is_none();
            if is_own || is_unfilled {
                let used = Reference { name: name.to_owned(), span: self.inputs.locate(span, text, range) };
                if is_own { self.uses.push(used) } else { self.unfilled.push(used) }
            }
        }
    }

    fn text(&mut self, field: &Field<String>) -> Option<Text> {
        field.spanned().map(|text| self.line(text.value, text.span))
    }

    /// A title; what has none is called by its id in everything that is said about it.
    fn title(&mut self, field: &Field<String>, id: &str, span: Span) -> Text {
        self.text(field).unwrap_or_else(|| Text::parse(id, span, &Values::default()))
    }

    fn line(&mut self, text: &str, span: Span) -> Text {
        self.note_uses(text, span);
        let mut line = Text::parse(text, span, &self.scope(span).values);
        if let Some(way) = self.way() {
            line.lead(way);
        }
        self.note_links(&line.source, span, line.marks());
        line
    }

    fn prose(&mut self, field: &Field<String>) -> Option<Prose> {
        let text = field.spanned()?;
        self.note_uses(text.value, text.span);
        let mut prose = Prose::parse(text.value, text.span, &self.scope(text.span).values);
        if let Some(way) = self.way() {
            prose.lead(way);
        }
        for flow in &prose.content {
            lines(flow, &mut |line| self.note_links(&prose.source, text.span, line));
        }
        Some(prose)
    }

    fn note_links(&mut self, source: &str, span: Span, line: &[Inline<Written>]) {
        links(line, &mut |to| {
            let span = self.inputs.locate(span, source, to.range.clone());
            self.links.push(Reference { name: to.target.clone(), span });
        });
    }

    /// A text that is shown as it is, with its parameters.
    fn code(&mut self, field: &Field<String>) -> Option<Spanned<Vec<Piece>>> {
        let text = field.spanned()?;
        self.note_uses(text.value, text.span);
        Some(Spanned::new(text.span, parameter::pieces(text.value, &self.scope(text.span).values)))
    }

    /// A plain value with its parameters filled in.
    fn value(&mut self, field: &Field<String>) -> Option<Spanned<String>> {
        let text = field.spanned()?;
        self.note_uses(text.value, text.span);
        Some(Spanned::new(text.span, parameter::fill(text.value, &self.scope(text.span).values)))
    }

    /// An address with its parameters filled in; where one has no value it stays as it was written, and
    /// leads nowhere yet.
    fn address(&mut self, field: &Field<String>) -> Option<Spanned<String>> {
        let text = field.spanned()?;
        self.note_uses(text.value, text.span);
        let filled = address::fill(text.value, &self.scope(text.span).values);
        let filled = filled.map(|address| self.led_link(&address).unwrap_or(address));
        if let Some(address) = &filled {
            self.links.push(Reference { name: address.clone(), span: text.span });
        }
        Some(Spanned::new(text.span, filled.unwrap_or_else(|| text.value.clone())))
    }

    fn texts(&mut self, list: &Field<Many<String>>) -> Vec<Text> {
        read(list, |field| self.text(field))
    }

    /// Reads a value that has a grammar; a flaw is an error at the very bytes.
    fn parsed<T>(
        &mut self,
        field: &Field<String>,
        parse: impl Fn(&str) -> Result<T, Flaw>,
    ) -> Option<Spanned<T>> {
        if self.has_blank(&field.spanned()?) {
            self.example(field, parse);
            return None;
        }
        let text = self.value(field)?;
        match parse(&text.value) {
            Ok(value) => Some(Spanned::new(text.span, value)),
            Err(flaw) => {
                let span = self.inputs.locate(text.span, &text.value, flaw.range);
                let found = Diagnostic::error("invalid-value", span, flaw.message);
                self.found.push(Diagnostic { help: flaw.help, ..found });
                None
            }
        }
    }

    /// What has a blank has no value yet; with the examples of its parameters it has to be one.
    fn example<T>(&mut self, field: &Field<String>, parse: impl Fn(&str) -> Result<T, Flaw>) {
        let Some(written) = field.spanned() else { return };
        self.note_uses(written.value, written.span);
        let text = parameter::fill(written.value, &self.scope(written.span).examples);
        let whole = parameter::find(&text).is_empty();
        if let Some(flaw) = parse(&text).err().filter(|_| whole) {
            let found = Diagnostic::error("invalid-value", written.span, flaw.message);
            let found = found.label("with the example of its parameter");
            self.found.push(Diagnostic { help: flaw.help, ..found });
        }
    }

    fn date(&mut self, field: &Field<String>) -> Option<Spanned<jiff::civil::Date>> {
        let text = field.spanned()?;
        if let Ok(date) = text.value.trim().parse() {
            return Some(Spanned::new(text.span, date));
        }
        let message = format!("`{}` is not a date", text.value);
        let help = "write year, month and day: `2026-11-01`";
        self.found.push(Diagnostic::error("invalid-value", text.span, message).help(help));
        None
    }

    /// Reports a key that has to be there; `span` is the mapping without it.
    fn require<T>(&mut self, field: &Field<T>, key: &str, what: &str, span: Span) {
        if !field.is_present() {
            let message = format!("{what} has no `{key}`");
            let help = format!("add `{key}:`");
            self.found.push(Diagnostic::error("missing-key", span, message).help(help));
        }
    }

    /// Reports a text that has to be there, and one that says nothing.
    fn require_text(&mut self, field: &Field<String>, key: &str, what: &str, span: Span) {
        self.require(field, key, what, span);
        if field.get().is_some_and(|text| text.trim().is_empty()) {
            let message = format!("the `{key}` of {what} is empty");
            self.found.push(Diagnostic::error("missing-key", field.span(), message).help("write a text"));
        }
    }

    /// The id of something, written or made from its title, and its entry in the list of places.
    fn identify(&mut self, named: Named<'_>, kind: PlaceKind) -> String {
        let (id, span) = match (named.id.spanned(), named.title) {
            (Some(id), _) => (self.written_id(&id), id.span),
            (None, Some((title, span))) => (slug(title), span),
            (None, None) => (String::new(), named.span),
        };
        let id = if id.is_empty() { format!("{}-{}", kind.word(), self.places.len() + 1) } else { id };
        self.place(self.prefixed(id), kind, span)
    }

    /// The id of a trigger, message, gate or table, if it is written; `name` gives the others.
    fn written(&mut self, id: &Field<String>, kind: PlaceKind) -> String {
        let Some(id) = id.spanned() else { return String::new() };
        let name = self.written_id(&id);
        self.place(self.prefixed(name), kind, id.span)
    }

    fn written_id(&mut self, id: &Spanned<&String>) -> String {
        if id.value.is_empty() {
            let help = "write one, or remove the key and the title makes it";
            self.found.push(Diagnostic::error("invalid-id", id.span, "the `id` is empty").help(help));
        } else if !is_kebab(id.value) {
            let found = Diagnostic::error("invalid-id", id.span, format!("`{}` is not kebab-case", id.value));
            let help = "lower-case letters and digits with single `-` between";
            let better = slug(id.value);
            let help = if better.is_empty() { help.to_owned() } else { format!("{help}: `{better}`") };
            self.found.push(found.help(help));
        }
        id.value.clone()
    }
}

/// What an id is made from.
struct Named<'a> {
    id: &'a Field<String>,
    title: Option<(&'a str, Span)>,
    span: Span,
}

impl<'a> Named<'a> {
    fn new(id: &'a Field<String>, title: &'a Field<String>, span: Span) -> Self {
        let title = title.spanned().map(|title| (title.value.as_str(), title.span));
        Self { id, title, span }
    }
}

/// A name as a reference.
fn reference(field: &Field<String>) -> Option<Reference> {
    field.spanned().map(|name| Reference { name: name.value.trim().to_owned(), span: name.span })
}

/// A list of names as references.
fn references(list: &Field<Many<String>>) -> Vec<Reference> {
    read(list, reference)
}

/// The values of a list that could be read.
fn copied<T: Copy>(list: &Field<Many<T>>) -> Vec<Spanned<T>> {
    read(list, |field| field.spanned().map(|one| one.map(|value| *value)))
}

/// What is read of a list, and no more memory than that.
fn read<T, U>(list: &Field<Many<T>>, read: impl FnMut(&Field<T>) -> Option<U>) -> Vec<U> {
    let fields = list.get().map(|list| list.0.as_slice()).unwrap_or_default();
    let mut made = Vec::with_capacity(fields.len());
    made.extend(fields.iter().filter_map(read));
    made
}

/// The time from one to the next: something happens in between.
fn cadence(text: &str) -> Result<Duration, Flaw> {
    let every = Duration::parse(text)?;
    if every.seconds() == 0 {
        let flaw = Flaw::new(0..text.len(), format!("every {} is no cadence", quote(text)));
        return Err(flaw.help("write the time from one to the next, such as `15m`"));
    }
    Ok(every)
}
