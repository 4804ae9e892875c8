//! Texts of the model → what readers see, by where they stand.
//!
//! Takes texts of the model, gives lines and blocks whose links lead to pages of the site.

use std::sync::OnceLock;

use super::contents::Contents;
use super::index::{World, place};
use super::path::runbook_path;
use crate::model::parameter;
use crate::model::prose::{self, Prose, Text, Written, convert_all};
use crate::model::reference::Target;
use crate::model::runbook::Runbook;
use crate::model::section::Reference;
use crate::source::Span;
use crate::view::{Destination, Flow, Line, Mention};

/// Where a text stands: decides where its links lead.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) world: World<'a>,
    pub(super) runbook: Option<&'a Runbook>,
    /// The page that shows the text; anchors of its own runbook stay on it.
    pub(super) path: &'a str,
    /// In a release the words for what is in its runbook, whose titles have its values; made when one is asked for.
    pub(super) own: Option<&'a OnceLock<Contents>>,
}

impl Here<'_> {
    pub(super) fn text(&self, text: &Text) -> Line {
        self.line(&text.content(), text.span)
    }

    pub(super) fn optional(&self, text: Option<&Text>) -> Line {
        text.map(|text| self.text(text)).unwrap_or_default()
    }

    pub(super) fn line(&self, content: &[prose::Inline<Written>], span: Span) -> Line {
        convert_all(content, &mut |to: &Written| self.destination(&to.target, span))
    }

    pub(super) fn prose(&self, prose: Option<&Prose>) -> Vec<Flow> {
        let Some(prose) = prose else { return Vec::new() };
        let mut link = |to: &Written| self.destination(&to.target, prose.span);
        prose.content.iter().map(|flow| flow.convert(&mut link)).collect()
    }

    pub(super) fn lines(&self, texts: &[Text]) -> Vec<Line> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    /// Where a link of a text leads.
    pub(super) fn destination(&self, target: &str, span: Span) -> Destination {
        // Where a value is missing there is nothing to open yet.
        if !parameter::find(target).is_empty() {
            return Destination::Nowhere(target.replace("{{ ", "‹").replace(" }}", "›"));
        }
        let World { library, sources, .. } = self.world;
        match library.link(sources, self.runbook, target, span) {
            Ok(Target::Web) => Destination::Url(target.to_owned()),
            Ok(Target::File) | Err(_) => Destination::Nowhere(target.to_owned()),
            Ok(found) => self.local(place(library, &found)),
        }
    }

    /// On a release's page its own runbook's anchors are on that very page.
    fn local(&self, (path, anchor): (String, String)) -> Destination {
        let own = self.runbook.is_some_and(|runbook| path == runbook_path(&runbook.id));
        let path = if own && !anchor.is_empty() { self.path.to_owned() } else { path };
        Destination::Page { path, anchor }
    }

    /// A reference to a section, step or runbook, in words.
    pub(super) fn mention(&self, reference: &Reference) -> Mention {
        let World { library, sources, .. } = self.world;
        let found = self
            .runbook
            .and_then(|runbook| library.reference(sources, runbook, &reference.name, reference.span).ok());
        let (text, to) = match found {
            Some(found) => (self.words(&found), self.local(place(library, &found))),
            None => (reference.name.clone(), Destination::Nowhere(reference.name.clone())),
        };
        Mention { text, id: reference.name.clone(), to, holder: None }
    }

    fn words(&self, target: &Target<'_>) -> String {
        match (target, self.contents()) {
            (Target::Place(runbook, place), Some(contents)) if self.runbook == Some(runbook) => {
                contents.words(&place.id).to_owned()
            }
            // A number alone would be taken for one of this document.
            (Target::Place(runbook, _), _) if self.runbook != Some(runbook) => {
                format!("{}: {}", runbook.title.plain(), self.world.words(target))
            }
            _ => self.world.words(target),
        }
    }

    /// Number and title of everything in this runbook.
    pub(super) fn contents(&self) -> Option<&Contents> {
        let runbook = self.runbook?;
        match self.own {
            Some(own) => Some(own.get_or_init(|| Contents::of(runbook))),
            None => self.world.contents(runbook),
        }
    }

    /// Something of this runbook by its id.
    pub(super) fn place(&self, id: &str) -> Mention {
        let text = self.contents().map_or(id, |contents| contents.words(id)).to_owned();
        let to = Destination::Page { path: self.path.to_owned(), anchor: id.to_owned() };
        Mention { text, id: id.to_owned(), to, holder: None }
    }

    /// A role, team, person or contact of the roster; a plain name where there is none.
    pub(super) fn party(&self, id: &str) -> Mention {
        let (text, to) = match self.world.library.roster.find(id) {
            Some(party) => (party.title.plain(), super::owner::destination(party)),
            None => (id.to_owned(), Destination::Nowhere(id.to_owned())),
        };
        Mention { text, id: id.to_owned(), to, holder: None }
    }
}
