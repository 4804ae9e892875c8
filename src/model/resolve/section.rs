//! Sections: inheritance and the order of blocks.
//!
//! Takes written sections, gives resolved ones. The blocks come in the order of their keys.

use std::borrow::Cow;
use std::sync::Arc;

use super::reuse::Taken;
use super::{Named, Resolver, references};
use crate::model::document::{self, Phase};
use crate::model::runbook::PlaceKind;
use crate::model::section::{Block, Contacts, Reference, Section, Take};
use crate::model::time::{DurationRange, Moment};
use crate::source::{Field, Many, Short, Span};

/// How deep sections may nest, those taken from other runbooks included.
pub(super) const DEPTH: usize = 24;

/// What a section passes on to what is inside.
#[derive(Clone, Default)]
pub(super) struct Inherited {
    pub(super) answers: Arc<[Reference]>,
    pub(super) phase: Phase,
    pub(super) depth: usize,
}

/// The keys of a section or of an entry of `body` that hold content.
struct Written<'a> {
    about: &'a Field<String>,
    thresholds: &'a Field<Many<Short<document::Threshold>>>,
    sections: &'a Field<Many<Short<document::Section>>>,
    checks: &'a Field<Many<Short<document::Item>>>,
    steps: &'a Field<Many<Short<document::Item>>>,
    triggers: &'a Field<Many<Short<document::Trigger>>>,
    messages: &'a Field<Many<Short<document::Message>>>,
    approvals: &'a Field<Many<Short<document::Approval>>>,
    gate: &'a Field<Short<document::Gate>>,
    decide: &'a Field<Short<document::Decision>>,
    contacts: &'a Field<Many<String>>,
    log: &'a Field<bool>,
    links: &'a Field<Many<Short<document::Link>>>,
    tables: &'a Field<Many<Short<document::Table>>>,
    body: &'a Field<Many<document::Block>>,
}

macro_rules! written {
    ($from:expr, $body:expr) => {
        Written {
            about: &$from.about,
            thresholds: &$from.thresholds,
            sections: &$from.sections,
            checks: &$from.checks,
            steps: &$from.steps,
            triggers: &$from.triggers,
            messages: &$from.messages,
            approvals: &$from.approvals,
            gate: &$from.gate,
            decide: &$from.decide,
            contacts: &$from.contacts,
            log: &$from.log,
            links: &$from.links,
            tables: &$from.tables,
            body: $body,
        }
    };
}

/// Reads what stands at one key, and adds the blocks that it makes.
type Read = fn(&mut Resolver<'_>, &Written<'_>, &Inherited, &mut Vec<Block>);

impl Written<'_> {
    /// The keys that are there, each with the way to read it.
    fn keys(&self) -> Vec<(Span, Read)> {
        let mut keys: Vec<(Span, Read)> = Vec::with_capacity(15);
        macro_rules! key {
            ($($key:ident $read:expr),* $(,)?) => {$(
                if self.$key.is_present() {
                    keys.push((self.$key.key(), $read));
                }
            )*};
        }
        macro_rules! list {
            ($($key:ident $kind:ident $read:expr),* $(,)?) => {
                key! {$( $key |this, written, inside, blocks| {
                    let read: fn(&mut Resolver<'_>, _, &Inherited) -> _ = $read;
                    blocks.push(Block::$kind(read(this, written.$key, inside)));
                } ),*}
            };
        }
        list! {
            thresholds Thresholds |this, list, _| this.bars(list),
            sections Sections |this, list, inside| this.sections(list, inside),
            checks Checks |this, list, inside| this.items(list, false, &inside.answers),
            steps Steps |this, list, inside| this.items(list, true, &inside.answers),
            triggers Triggers |this, list, _| this.triggers(list),
            messages Messages |this, list, inside| this.messages(list, &inside.answers),
            approvals Approvals |this, list, _| this.approvals(list),
            contacts Contacts |_, list, _| contacts(list),
            links Links |this, list, _| this.link_list(list),
            tables Tables |this, list, _| this.tables(list),
        }
        key! {
            about |this, written, _, blocks| {
                blocks.extend(this.prose(written.about).map(|about| Block::About(Box::new(about))));
            },
            gate |this, written, _, blocks| {
                let gate = written.gate.get().map(|gate| this.gate(&gate.0, written.gate.span()));
                blocks.extend(gate.map(|gate| Block::Gate(Box::new(gate))));
            },
            decide |this, written, _, blocks| {
                let tree = written.decide.get().map(|tree| this.decision(&tree.0, written.decide.span()));
                blocks.extend(tree.map(|tree| Block::Decide(Box::new(tree))));
            },
            log |_, written, _, blocks| blocks.extend((written.log.get() == Some(&true)).then_some(Block::Log)),
            body |this, written, inside, blocks| {
                let none = Field::default();
                for part in written.body.get().into_iter().flat_map(Many::iter) {
                    blocks.append(&mut this.blocks(&written!(part.value, &none), inside));
                }
            },
        }
        keys
    }
}

/// What is made of the entries of a list. It takes no more memory than that: most lists are short, and
/// there are very many of them.
pub(super) fn each<T, U>(
    list: &Field<Many<Short<T>>>,
    mut read: impl FnMut(&T, Span) -> Option<U>,
) -> Vec<U> {
    let mut made = Vec::with_capacity(list.get().map_or(0, |list| list.0.len()));
    made.extend(entries(list).filter_map(|(written, span)| read(written, span)));
    made
}

/// The entries of a list that could be read.
pub(super) fn entries<T>(list: &Field<Many<Short<T>>>) -> impl Iterator<Item = (&T, Span)> {
    let fields = list.get().map(|list| list.0.as_slice()).unwrap_or_default();
    fields.iter().filter_map(|field| Some((&field.get()?.0, field.span())))
}

impl Resolver<'_> {
    /// The sections of a list, with those that are taken from other runbooks.
    pub(super) fn sections(
        &mut self,
        list: &Field<Many<Short<document::Section>>>,
        inherited: &Inherited,
    ) -> Vec<Section> {
        if inherited.depth >= DEPTH {
            self.too_deep(list.key());
            return Vec::new();
        }
        each(list, |written, span| {
            let before = self.scopes.len();
            // Where there is nothing to take, the keys beside `use` are looked at all the same.
            let taken = self.reused(written);
            let lost = taken.is_none();
            self.lossy |= lost;
            let taken = taken.unwrap_or_else(|| Taken::new(Cow::Borrowed(written)));
            let section = self.section(&taken, span, inherited);
            self.scopes.truncate(before);
            Some(Section { lost: lost || section.lost, ..section })
        })
    }

    fn section(&mut self, taken: &Taken<'_>, span: Span, above: &Inherited) -> Section {
        let written = &*taken.section;
        if !written.r#use.is_present() {
            self.require_text(&written.title, "title", "the section", span);
        }
        let id = self.identify(Named::new(&written.id, &written.title, span), PlaceKind::Section);
        let outer = self.prefixes.len();
        if taken.take() == Take::Named {
            self.enter(&id, &taken.homes);
        }
        let title = self.title(&written.title, &id, span);
        let owners = references(&written.owner);
        let answers = if owners.is_empty() { Arc::clone(&above.answers) } else { owners.as_slice().into() };
        let phase = written.phase.get().copied().unwrap_or(above.phase);
        // Whether there is a way back, and what stands before a gate, is not known then.
        self.lossy |= written.phase.is_present() && written.phase.get().is_none();
        let times = [("at", &written.at), ("until", &written.until), ("takes", &written.duration)];
        let inside = Inherited { answers: Arc::clone(&answers), phase, depth: above.depth + 1 };
        let section = Section {
            id,
            span,
            title,
            owners,
            answers,
            phase,
            at: self.parsed(&written.at, Moment::parse),
            until: self.parsed(&written.until, Moment::parse),
            duration: self.parsed(&written.duration, DurationRange::parse),
            blanks: self.blank_times(&times).into(),
            count: written.count.cloned(),
            take: taken.take(),
            lost: is_unread(&written.owner) || is_unread(&written.thresholds),
            blocks: self.blocks(&written!(written, &written.body), &inside),
        };
        self.prefixes.truncate(outer);
        section
    }

    /// The blocks of a section in the order of its keys, `body` in its place. What is there is read in that
    /// order too, so that the first of an id is the first that is written.
    fn blocks(&mut self, written: &Written<'_>, inside: &Inherited) -> Vec<Block> {
        let own = self.scopes[0].file;
        let base = self.scopes.last().map_or(own, |scope| scope.file);
        let mut keys = written.keys();
        keys.sort_by_key(|(key, _)| (key.file != base, key.start));
        let mut blocks = Vec::with_capacity(keys.len());
        keys.into_iter().for_each(|(_, read)| read(self, written, inside, &mut blocks));
        blocks.shrink_to_fit();
        blocks
    }
}

/// Whether something stands there that could not be read.
fn is_unread<T>(list: &Field<Many<T>>) -> bool {
    let is_read = |list: &Many<T>| list.0.iter().all(|one| one.get().is_some());
    list.is_present() && !list.get().is_some_and(is_read)
}

fn contacts(list: &Field<Many<String>>) -> Contacts {
    let mut names = references(list);
    let named = names.len();
    names.retain(|name| name.name != "all");
    if names.len() < named { Contacts::All(names) } else { Contacts::Some(names) }
}
