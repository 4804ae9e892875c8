//! What a document is made from: texts, and what is written in other documents.
//!
//! Takes `Sources`, gives texts and written runbooks, and notes each file whose text was asked for, and each name
//! that was looked up. Who makes a document has no other way to a text, so that a document is the same as long as
//! these are.

use std::cell::{Cell, RefCell};

use foldhash::HashMap;

use super::decode::{Document, Documents};
use super::reference;
use super::seal::{self, Digest};
use crate::source::{Changes, FileId, Source, Sources, Span, parse};

/// The texts that one document is made from.
pub(super) struct Inputs<'a> {
    sources: &'a Sources,
    documents: &'a Documents,
    texts: RefCell<Vec<FileId>>,
    runbooks: RefCell<Vec<(String, FileId)>>,
    missed: Cell<bool>,
}

/// What was asked for one document.
#[derive(Debug)]
pub(super) struct Asked {
    /// The files whose texts were asked for.
    texts: Vec<FileId>,
    /// Ids of runbooks, and where they led.
    runbooks: Vec<(String, FileId)>,
    /// Whether something was looked for that is not there.
    missed: bool,
}

impl Asked {
    /// Whether all of it would be answered as it was.
    pub(super) fn holds(&self, changes: &Changes, documents: &Documents) -> bool {
        let leads = |(id, file): &(String, FileId)| documents.slot(id).is_some_and(|slot| slot.file == *file);
        !self.texts.iter().any(|file| changes.texts.contains(file))
            && (!changes.files || (!self.missed && self.runbooks.iter().all(leads)))
    }
}

impl<'a> Inputs<'a> {
    pub(super) fn new(sources: &'a Sources, documents: &'a Documents) -> Self {
        let (texts, runbooks, missed) = Default::default();
        Self { sources, documents, texts, runbooks, missed }
    }

    /// What was asked.
    pub(super) fn asked(self) -> Asked {
        let (texts, runbooks) = (self.texts.into_inner(), self.runbooks.into_inner());
        Asked { texts, runbooks, missed: self.missed.get() }
    }

    /// A text.
    pub(super) fn source(&self, file: FileId) -> &'a Source {
        let mut texts = self.texts.borrow_mut();
        if !texts.contains(&file) {
            texts.push(file);
        }
        self.sources.get(file)
    }

    /// The place of bytes `range` of the scalar `value` that was written at `span`.
    pub(super) fn locate(&self, span: Span, value: &str, range: std::ops::Range<usize>) -> Span {
        self.source(span.file);
        self.sources.locate(span, value, range)
    }

    /// The file at a path, which alone says nothing about its text.
    pub(super) fn find(&self, path: &str) -> Option<FileId> {
        self.noted(self.sources.find(path))
    }

    /// What was found; that there is nothing may be another answer when a file comes or goes.
    fn noted<T>(&self, found: Option<T>) -> Option<T> {
        self.missed.set(self.missed.get() || found.is_none());
        found
    }

    /// The path of a file.
    pub(super) fn path(&self, file: FileId) -> &'a str {
        &self.sources.get(file).path
    }

    /// Whether there is a file of the runbook of this id or path.
    pub(super) fn is_written(&self, here: Span, name: &str) -> bool {
        self.missed.set(true);
        reference::is_written(self.sources, here, name)
    }

    /// The ids of all runbooks.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.missed.set(true);
        self.documents.runbooks.iter().map(|slot| slot.id.as_str())
    }

    /// The runbook at `path`, relative to the file `here`, or an id; an empty path is `here` itself.
    pub(super) fn runbook(&self, here: FileId, path: &str) -> Option<&'a Document> {
        let here = self.path(here);
        let target = if path.is_empty() { here.to_owned() } else { reference::join(here, path)? };
        let id = target.strip_prefix("content/runbooks/").map(super::decode::stem);
        id.and_then(|id| self.written(id)).or_else(|| self.runbook_by_id(path))
    }

    /// The runbook of an id; a name with its ending is taken too.
    pub(super) fn runbook_by_id(&self, id: &str) -> Option<&'a Document> {
        self.written(id.trim_end_matches(".yaml").trim_end_matches(".yml"))
    }

    fn written(&self, id: &str) -> Option<&'a Document> {
        let slot = self.noted(self.documents.slot(id))?;
        self.runbooks.borrow_mut().push((id.to_owned(), slot.file));
        self.source(slot.file);
        slot.keep(self.sources)
    }

    /// The hash of one section of a runbook, which another runbook takes with `use`. Those of all its sections
    /// are made at once: what is taken once is taken often.
    pub(super) fn digest(&self, document: &Document, section: Span) -> Digest {
        let all = || {
            let mut all = HashMap::default();
            let root = parse(document.file, &self.source(document.file).text, &mut Vec::new());
            root.iter().for_each(|root| seal::sections(root, &mut all));
            all
        };
        document.sections.get_or_init(all).get(&section).copied().unwrap_or_default()
    }
}
