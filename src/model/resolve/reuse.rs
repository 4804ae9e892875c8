//! Sections that are taken from another runbook: `use` and `with`.
//!
//! Takes a written section, gives the one it stands for: the other runbook's section with the keys
//! that stand beside `use` in place of its own.

use std::borrow::Cow;

use super::{Resolver, Scope};
use crate::diagnostic::{Diagnostic, closest, one_of};
use crate::model::decode::Document;
use crate::model::document::Section;
use crate::model::identity::{is_slug, slug};
use crate::model::parameter::{Values, fill};
use crate::model::section::Take;
use crate::source::{Field, Short, Span, Spanned};

/// How many bytes all sections that one runbook takes may have together.
pub(super) const ROOM: usize = 16 << 20;
/// What a section costs beside its text.
const TAKE: usize = 1 << 10;

/// A section as it is to be read.
pub(super) struct Taken<'w> {
    pub(super) section: Cow<'w, Section>,
    /// The id that stands beside `use`.
    own: Option<String>,
    /// What it is called where it is written, if it is one of several.
    pub(super) homes: Vec<String>,
}

impl<'w> Taken<'w> {
    /// One that is not taken.
    pub(super) fn new(section: Cow<'w, Section>) -> Self {
        Self { section, own: None, homes: Vec::new() }
    }

    /// Whether it is one of several.
    pub(super) fn take(&self) -> Take {
        match (self.homes.is_empty(), &self.own) {
            (true, _) => Take::Only,
            (false, None) => Take::Plain,
            (false, Some(_)) => Take::Named,
        }
    }
}

impl<'a> Resolver<'a> {
    /// The section itself, or the one that it takes; `None` where that does not exist.
    pub(super) fn reused<'w>(&mut self, written: &'w Section) -> Option<Taken<'w>> {
        let Some(target) = written.r#use.spanned() else {
            if written.with.is_present() {
                let message = "`with` gives values to a section that is taken with `use`";
                self.found.push(Diagnostic::error("unknown-key", written.with.key(), message));
            }
            return Some(Taken::new(Cow::Borrowed(written)));
        };
        if self.scopes.len() > super::section::DEPTH {
            self.too_deep(target.span);
            return None;
        }
        let (document, section, span) = self.target(&target)?;
        self.room = self.room.saturating_sub(TAKE + span.range().len());
        if self.room == 0 {
            self.too_much(target.span);
            return None;
        }
        self.lossy |= !document.whole;
        self.taken.push((span, self.inputs.digest(document, span)));
        let scope = self.inner_scope(document, written);
        self.scopes.push(scope);
        let Taken { section: base, own, mut homes } = self.reused(section)?;
        if self.known.is_several(span) || !homes.is_empty() {
            homes.extend(name(section));
        }
        let own = written.id.get().filter(|id| !id.is_empty()).cloned().or(own);
        Some(Taken { section: Cow::Owned(overlay(base.into_owned(), written)), own, homes })
    }

    fn too_much(&mut self, span: Span) {
        let message = format!("the sections that are taken have more than {} MiB together", ROOM >> 20);
        let help =
            "one that takes others more than once, which take others more than once, grows beyond any use";
        self.found.push(Diagnostic::error("cyclic-reference", span, message).help(help));
    }

    fn target(&mut self, target: &Spanned<&String>) -> Option<(&'a Document, &'a Section, Span)> {
        let (path, id) = target.value.split_once('#').unwrap_or((target.value, ""));
        let Some(document) = self.inputs.runbook(target.span.file, path) else {
            if self.inputs.is_written(target.span, path) {
                return None;
            }
            let message = format!("there is no runbook `{path}`");
            let near = closest(path.trim_end_matches(".yaml"), self.inputs.ids())
                .map(|id| format!("did you mean `{id}`?"));
            let found = Diagnostic::error("unknown-reference", target.span, message);
            self.found.push(found.label(near.unwrap_or_default()));
            return None;
        };
        let sections = document.written.sections.get().map(|list| list.0.as_slice()).unwrap_or_default();
        match find(sections, id) {
            Some((section, span)) => Some((document, section, span)),
            // It may stand in what could not be read, which was reported.
            None if !document.whole => None,
            None => {
                let message = format!("`{}` has no section `{id}`", document.id);
                let ids = ids(sections);
                let near = closest(id, ids.iter().map(String::as_str));
                let near = near.map(|id| format!("did you mean `{id}`?"));
                let found = Diagnostic::error("unknown-reference", target.span, message);
                self.found.push(found.label(near.unwrap_or_default()));
                None
            }
        }
    }

    /// What the texts of the other runbook may name: its own parameters, with the values of `with`,
    /// else of a parameter of the same name here, else its defaults.
    fn inner_scope(&mut self, document: &Document, written: &Section) -> Scope {
        let given = self.given(written);
        let outer = self.scope(written.r#use.span()).values.clone();
        let (mut values, mut examples) = (Values::default(), Values::default());
        let declared = document.written.parameters.get().map(|all| all.0.as_slice()).unwrap_or_default();
        for (name, parameter) in declared {
            if let Some((_, value, example)) = given.iter().find(|(given, ..)| given.value == name.value) {
                values.set(name, Some(value.clone()));
                examples.set(name, Some(example.clone()));
                continue;
            }
            let default = || parameter.get().and_then(|one| one.default.get().cloned());
            let value = outer.get(name).map(str::to_owned).or_else(default);
            let example = parameter.get().and_then(|one| one.example.get().cloned());
            examples.set(name, value.clone().or(example));
            values.set(name, value.map(|value| fill(&value, &outer)));
        }
        for values in [&mut values, &mut examples] {
            super::runbook::imply_within(document, values, &outer);
            values.settle();
        }
        for (name, ..) in given.iter().filter(|(name, ..)| !values.declares(name)) {
            let message = format!("`{}` has no parameter `{}`", document.id, name.value);
            let near = closest(name, values.iter().map(|(name, _)| name));
            let label = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
            let found = Diagnostic::error("unknown-parameter", name.span, message).label(label);
            let declared = one_of(declared.iter().map(|(name, _)| name.value.as_str()));
            self.found.push(match declared.is_empty() {
                true => found.help("it declares none"),
                false => found.help(format!("it declares {declared}")),
            });
        }
        Scope { file: document.file, values, examples }
    }

    /// The names of `with`, each with its value and its example, which say the same where nothing is blank. They
    /// are filled in here: what is meant by a name within them is what stands beside the `use`.
    fn given(&mut self, written: &Section) -> Vec<(Spanned<String>, String, String)> {
        let with = written.with.get().into_iter().flat_map(|with| &with.0);
        let filled = with.filter_map(|(name, field)| {
            let text = field.spanned()?;
            let example = fill(text.value, &self.scope(text.span).examples);
            Some((name.clone(), self.words(&text), example))
        });
        filled.collect()
    }
}

/// Calls `visit` with every section at any level in the order they are written, until it answers.
fn seek<'a, T>(
    sections: &'a [Field<Short<Section>>],
    visit: &mut impl FnMut(&'a Section, Span) -> Option<T>,
) -> Option<T> {
    sections.iter().find_map(|field| {
        let section = field.get()?;
        visit(&section.0, field.span()).or_else(|| {
            let inner = section.sections.get().map(|list| list.0.as_slice()).unwrap_or_default();
            let body = section.body.get().into_iter().flat_map(|body| &body.0).filter_map(Field::get);
            let in_body = body.filter_map(|part| part.sections.get()).map(|list| list.0.as_slice());
            std::iter::once(inner).chain(in_body).find_map(|list| seek(list, visit))
        })
    })
}

/// The section of an id; an empty id is the first section.
fn find<'a>(sections: &'a [Field<Short<Section>>], id: &str) -> Option<(&'a Section, Span)> {
    let named = |section: &Section| match (section.id.get(), section.title.get()) {
        (Some(own), _) => own == id,
        (None, Some(title)) => is_slug(id, title),
        (None, None) => false,
    };
    seek(sections, &mut |section, span| (id.is_empty() || named(section)).then_some((section, span)))
}

/// The id of a section where it is written.
fn name(section: &Section) -> Option<String> {
    section.id.get().cloned().or_else(|| section.title.get().map(|title| slug(title)))
}

/// The ids of all sections.
fn ids(sections: &[Field<Short<Section>>]) -> Vec<String> {
    let mut ids = Vec::new();
    seek(sections, &mut |section, _| {
        ids.extend(name(section));
        None::<()>
    });
    ids
}

/// `base` with the keys that `over` has; a key keeps the place in the order that it has in `base`.
fn overlay(mut base: Section, over: &Section) -> Section {
    fn put<T: Clone>(base: &mut Field<T>, over: &Field<T>) {
        if over.is_present() {
            let key = if base.is_present() { base.key() } else { over.key() };
            *base = over.clone().at_key(key);
        }
    }
    macro_rules! put {
        ($($key:ident),* $(,)?) => {$( put(&mut base.$key, &over.$key); )*};
    }
    put!(title, id, about, owner, phase, at, until, duration, thresholds, sections, checks, steps);
    put!(triggers, messages, approvals, gate, decide, contacts, log, links, tables, count, body);
    base.r#use = Field::default();
    base.with = Field::default();
    base
}
