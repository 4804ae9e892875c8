//! Sections and the order of what they hold.
//!
//! Takes resolved sections, gives shaped ones.

use super::here::Here;
use super::schedule::{lasting, length, when};
use crate::model::release::{Release, Window};
use crate::model::section::{Block as Written, Contacts, Reference, Section as WrittenSection};
use crate::model::time::Moment;
use crate::release::Assessment;
use crate::view::{Backlink, Block, Destination, Inline, Mention, Section};

/// Shapes the sections of one document.
#[derive(Clone, Copy)]
pub(super) struct Shaper<'a> {
    pub(super) here: Here<'a>,
    pub(super) plan: Option<Applied<'a>>,
}

/// The release that a document is shaped for.
#[derive(Clone, Copy)]
pub(super) struct Applied<'a> {
    pub(super) release: &'a Release,
    pub(super) assessed: &'a Assessment,
}

impl<'a> Shaper<'a> {
    pub(super) fn window(&self) -> Option<&'a Window> {
        self.plan.and_then(|plan| plan.release.window.as_ref())
    }

    pub(super) fn number(&self, id: &str) -> String {
        self.here.contents().map(|contents| contents.number(id).to_owned()).unwrap_or_default()
    }

    /// Mentions of roles; in a release with who holds them.
    pub(super) fn parties(&self, references: &[Reference]) -> Vec<Mention> {
        references.iter().map(|reference| self.party(&reference.name)).collect()
    }

    pub(super) fn party(&self, id: &str) -> Mention {
        Mention { holder: self.holder(id), ..self.here.party(id) }
    }

    /// Who holds a role that day, by name.
    fn holder(&self, id: &str) -> Option<String> {
        let assigned = self.plan?.release.assigned(id)?;
        Some(self.here.party(&assigned.holder.name).text)
    }

    pub(super) fn backlinks(&self, id: &str) -> Vec<Backlink> {
        let Some(runbook) = self.here.runbook else { return Vec::new() };
        let home = super::path::runbook_path(&runbook.id);
        let mut links = self.here.world.backlinks(&home, id);
        // What points here from this very document stays on this page, also on a release's.
        links
            .iter_mut()
            .filter(|link| link.path == home)
            .for_each(|link| link.path = self.here.path.to_owned());
        links
    }

    pub(super) fn sections(&self, sections: &[WrittenSection], depth: usize) -> Vec<Section> {
        sections.iter().map(|section| self.section(section, depth)).collect()
    }

    fn section(&self, written: &WrittenSection, depth: usize) -> Section {
        let begin = when(written.at.as_ref(), self.window());
        let until = when(written.until.as_ref(), self.window());
        Section {
            id: written.id.clone(),
            span: written.span,
            number: self.number(&written.id),
            depth,
            title: self.here.text(&written.title),
            owners: self.parties(&written.answers),
            phase: written.phase,
            at: lasting(begin, until.as_ref(), written.duration.as_ref()),
            until,
            duration: length(written.duration.as_ref(), self.here.world.labels),
            blanks: self.labelled(&written.blanks),
            blocks: self.blocks(written, depth),
            backlinks: self.backlinks(&written.id),
            progress: self.section_progress(&written.id),
            state: self.section_state(&written.id),
        }
    }

    /// Bars and approvals are counted over the whole section: `body` may have several blocks of them.
    fn blocks(&self, section: &WrittenSection, depth: usize) -> Vec<Block> {
        let mut seen = Seen { section, depth, bars: 0, approvals: 0 };
        section.blocks.iter().map(|block| self.block(block, &mut seen)).collect()
    }

    fn block(&self, block: &Written, seen: &mut Seen<'_>) -> Block {
        let Seen { section, depth, .. } = *seen;
        let at: Option<Moment> = section.at.as_ref().map(|at| at.value);
        match block {
            Written::About(prose) => Block::About(self.here.prose(Some(prose))),
            Written::Thresholds(bars) => Block::Thresholds(
                bars.iter().map(|bar| self.bar(bar, &section.id, next(&mut seen.bars))).collect(),
            ),
            Written::Sections(sections) => Block::Sections(self.sections(sections, depth + 1)),
            Written::Checks(items) => Block::Checks(self.items(items, at)),
            Written::Steps(items) => Block::Steps(self.items(items, at)),
            Written::Triggers(all) => Block::Triggers(all.iter().map(|one| self.trigger(one)).collect()),
            Written::Messages(all) => Block::Messages(all.iter().map(|one| self.message(one, at)).collect()),
            Written::Approvals(all) => Block::Approvals(
                all.iter().map(|one| self.approval(one, &section.id, next(&mut seen.approvals))).collect(),
            ),
            Written::Gate(gate) => Block::Gate(Box::new(self.gate(gate))),
            Written::Decide(tree) => Block::Decide(self.decision(tree)),
            Written::Contacts(contacts) => Block::Contacts(self.contacts(contacts)),
            Written::Log => Block::Log,
            Written::Links(links) => Block::Links(links.iter().map(|link| self.link(link)).collect()),
            Written::Tables(tables) => Block::Tables(tables.iter().map(|table| self.table(table)).collect()),
        }
    }

    fn contacts(&self, contacts: &Contacts) -> Vec<crate::view::Contact> {
        let roster = &self.here.world.library.roster;
        match contacts {
            Contacts::All(_) => roster.parties.iter().map(|party| self.contact(party)).collect(),
            Contacts::Some(names) => names
                .iter()
                .filter_map(|name| roster.find(&name.name))
                .map(|party| self.contact(party))
                .collect(),
        }
    }

    fn link(&self, link: &crate::model::section::Link) -> Inline {
        let to = self.here.destination(&link.url.value, link.url.span);
        match to {
            Destination::Nowhere(words) => {
                let title = link.title.plain();
                Inline::Text(if title == words { words } else { format!("{title}: {words}") })
            }
            to => Inline::Link { to, content: self.here.text(&link.title) },
        }
    }
}

/// How far the blocks of a section are shaped.
struct Seen<'a> {
    section: &'a WrittenSection,
    depth: usize,
    bars: usize,
    approvals: usize,
}

/// The next position, from 0.
fn next(count: &mut usize) -> usize {
    *count += 1;
    *count - 1
}
