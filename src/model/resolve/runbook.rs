//! A whole runbook.
//!
//! Takes a document and the values of a release, or none; gives the resolved runbook.

use super::section::{Inherited, entries};
use super::several::Known;
use super::{Resolver, Scope, copied, reference, references};
use crate::diagnostic::Diagnostic;
use crate::model::decode::Document;
use crate::model::document;
use crate::model::inputs::Inputs;
use crate::model::parameter::{Values, is_name};
use crate::model::runbook::{Escalation, HistoryEntry, Parameter, Runbook, Severity};
use crate::model::seal::Digest;
use crate::model::section::Section;
use crate::model::time::{Duration, DurationRange};
use crate::source::{Entries, Field, Short, Span};

/// Resolves one runbook; `given` are parameter values of a release.
pub(in crate::model) fn runbook(
    inputs: &Inputs<'_>,
    document: &Document,
    given: &[(String, String)],
) -> (Runbook, Vec<Diagnostic>) {
    let written = &document.written;
    let span = Span::new(document.file, 0, first_line(inputs, document));
    let (mut resolver, sections) = read(inputs, document, given);
    resolver.require_text(&written.title, "title", "the runbook", span);
    let mut runbook = Runbook {
        id: document.id.clone(),
        file: document.file,
        whole: document.whole && !resolver.lossy,
        span,
        title: resolver.text(&written.title).unwrap_or_default(),
        product: resolver.text(&written.product),
        environment: resolver.text(&written.environment),
        revision: written.revision.spanned().map(|revision| resolver.words(&revision)),
        status: written.status.get().copied(),
        owners: references(&written.owner),
        classification: resolver.text(&written.classification),
        duration: resolver.parsed(&written.duration, DurationRange::parse),
        reviewed: resolver.date(&written.reviewed),
        summary: resolver.prose(&written.summary),
        about: resolver.prose(&written.about),
        parameters: resolver.parameters(&written.parameters),
        severities: resolver.severities(&written.severities),
        escalation: resolver.escalation(written),
        history: resolver.history(written),
        digest: resolver.digest(document),
        sections,
        values: resolver.scopes.swap_remove(0).values,
        uses: resolver.uses,
        unfilled: resolver.unfilled,
        places: resolver.places,
        links: resolver.links,
    };
    runbook.uses.shrink_to_fit();
    runbook.unfilled.shrink_to_fit();
    runbook.places.shrink_to_fit();
    runbook.links.shrink_to_fit();
    (runbook, resolver.found)
}

/// The sections. A runbook that takes one more than once is read again with that known, and once more with
/// the ids that they have then, where something in one of them names what is beside it.
fn read<'a>(
    inputs: &'a Inputs<'a>,
    document: &Document,
    given: &[(String, String)],
) -> (Resolver<'a>, Vec<Section>) {
    let mut known = Known::default();
    loop {
        let mut resolver = Resolver::new(inputs, scope(document, given));
        resolver.known = known;
        let mut sections = resolver.sections(&document.written.sections, &Inherited::default());
        resolver.name(&mut sections);
        match resolver.learned() {
            Some(more) => known = more,
            None => return (resolver, sections),
        }
    }
}

impl Resolver<'_> {
    /// The hash of the document and of every section that it takes.
    fn digest(&self, document: &Document) -> Digest {
        let taken = self.taken.iter().map(|(_, digest)| *digest);
        Digest::join(&std::iter::once(document.digest).chain(taken).collect::<Vec<_>>())
    }
}

fn first_line(inputs: &Inputs<'_>, document: &Document) -> usize {
    inputs.source(document.file).line(1).end
}

/// The parameters of a runbook with the values of a release, else their defaults.
fn scope(document: &Document, given: &[(String, String)]) -> Scope {
    let (mut values, mut examples) = (Values::default(), Values::default());
    let declared = document.written.parameters.get().map(|all| all.0.as_slice()).unwrap_or_default();
    for (name, parameter) in declared {
        let given = given.iter().find(|(known, _)| *known == name.value).map(|(_, value)| value.clone());
        let parameter = parameter.get();
        let value = given.or_else(|| parameter.and_then(|one| one.default.get().cloned()));
        let example = parameter.and_then(|one| one.example.get().cloned());
        examples.set(name, value.clone().or(example));
        values.set(name, value);
    }
    imply(document, &mut values);
    imply(document, &mut examples);
    values.settle();
    examples.settle();
    Scope { file: document.file, values, examples }
}

/// What the head of the document says can be named in its texts like a parameter; a parameter of the
/// same name goes before.
fn imply(document: &Document, values: &mut Values) {
    imply_within(document, values, &Values::default());
}

/// The same for a section that is taken: what the head of the runbook that takes it says goes before.
pub(super) fn imply_within(document: &Document, values: &mut Values, outer: &Values) {
    let written = &document.written;
    let head = [
        ("product", &written.product),
        ("environment", &written.environment),
        ("revision", &written.revision),
    ];
    for (name, field) in head {
        let value = outer.get(name).or(field.get().map(String::as_str));
        if let Some(value) = value.filter(|_| !values.declares(name)) {
            values.set(name, Some(value.to_owned()));
        }
    }
}

impl Resolver<'_> {
    fn parameters(&mut self, written: &Field<Entries<Short<document::Parameter>>>) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for (name, field) in written.get().map(|all| all.0.as_slice()).unwrap_or_default() {
            if !is_name(name) {
                let message = format!("`{}` cannot be named in a text", name.value);
                let help = "a parameter is a letter followed by letters, digits, `-` or `_`";
                self.found.push(Diagnostic::error("invalid-id", name.span, message).help(help));
            }
            let Some(parameter) = field.get() else { continue };
            if let Some(default) = parameter.default.spanned() {
                self.note_uses(default.value, default.span);
            }
            let value = self.scope(name.span).values.get(name).map(str::to_owned);
            parameters.push(Parameter {
                name: name.clone(),
                about: self.text(&parameter.about),
                example: parameter.example.get().cloned(),
                value,
            });
        }
        parameters
    }

    fn severities(&mut self, written: &Field<Entries<Short<document::Severity>>>) -> Vec<Severity> {
        let mut severities = Vec::new();
        for (name, field) in written.get().map(|all| all.0.as_slice()).unwrap_or_default() {
            let Some(severity) = field.get() else { continue };
            severities.push(Severity {
                name: name.clone(),
                means: self.text(&severity.means),
                respond: self.parsed(&severity.respond, Duration::parse),
                actions: copied(&severity.action),
            });
        }
        severities
    }

    fn escalation(&mut self, written: &document::Runbook) -> Vec<Escalation> {
        let mut path = Vec::new();
        for (step, span) in entries(&written.escalation) {
            self.require_text(&step.role, "role", "the step of the escalation", span);
            let Some(role) = reference(&step.role) else { continue };
            let within = self.parsed(&step.within, Duration::parse);
            path.push(Escalation { role, within, about: self.text(&step.about) });
        }
        path
    }

    fn history(&mut self, written: &document::Runbook) -> Vec<HistoryEntry> {
        let mut history = Vec::new();
        for (entry, span) in entries(&written.history) {
            self.require_text(&entry.change, "change", "the entry of the history", span);
            history.push(HistoryEntry {
                date: self.date(&entry.date),
                revision: entry.revision.get().cloned(),
                author: reference(&entry.author),
                change: self.prose(&entry.change).unwrap_or_default(),
            });
        }
        history
    }
}
