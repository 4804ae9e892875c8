//! Sections: heading, who and when, what must hold, what is inside, completion.

use super::furniture::shortened;
use super::inline::{joined, mentions, strong, text, when};
use super::{Composer, LAST, style};
use crate::sheet::document::Tone;
use crate::sheet::font::Family;
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::view::{Block, Line as Words, Phase, Progress, Section, plain};

impl Composer<'_> {
    /// Sections, one after the other.
    pub(super) fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            let outer = self.head;
            self.flow.structure.open(Role::Section);
            self.section(section);
            self.flow.structure.close();
            self.head = outer;
        }
    }

    fn section(&mut self, section: &Section) {
        self.from(section.span);
        self.heading(section);
        self.head = Some(self.continued(section));
        for block in &section.blocks {
            self.from(section.span);
            self.content(block, section);
        }
        if completes(section) {
            self.completion(section);
        }
    }

    fn heading(&mut self, section: &Section) {
        let look = style::heading(section.depth);
        // The numbers of a contact card follow its title, whether there is an escalation path or not.
        let level = if section.number.is_empty() { 2 } else { (section.depth + 1).min(6) as u8 };
        let mut words = Vec::new();
        if !section.number.is_empty() {
            words.push(text(format!("{}\u{a0}\u{a0}", section.number)));
        }
        words.extend(section.title.iter().cloned());
        let pieces = self.words(&words, look, Role::Heading(level));
        let lines = self.setter.set(&pieces, self.measure - 8.0);
        let cell = Cell::new(0.0, self.measure).with(lines);
        let cell = if section.depth == 1 {
            cell.on(Tone::FAINT).inset(style::SIDE, 3.0)
        } else {
            cell.inset(0.0, 1.0)
        };
        let title = format!("{} {}", section.number, plain(&section.title)).trim_start().to_owned();
        let before = if section.depth == 1 { 20.0 } else { 13.0 };
        self.flow.rows.push(Row {
            before,
            keep: Keep::Strong,
            bookmark: Some((level, title)),
            anchors: vec![section.id.clone()],
            rule: if section.depth == 1 { style::BORDER } else { style::THIN },
            head: None,
            ..Row::new(vec![cell])
        });
        let facts = facts(section);
        if !facts.is_empty() && !section.number.is_empty() {
            let mut lines = self.paragraph(&facts, self.measure, style::SMALL);
            self.id(&mut lines, &section.id, (LAST, self.measure));
            let cell = Cell::new(0.0, self.measure).with(lines);
            let row = Row { before: 3.0, keep: Keep::Strong, ..Row::new(vec![cell]) };
            self.flow.rows.push(row);
        }
    }

    /// What stands at the top of a page that goes on with the section.
    fn continued(&mut self, section: &Section) -> usize {
        let look = style::SMALL.family(Family::Italic);
        let words = format!("{} {}", section.number, plain(&section.title));
        let room = self.measure - self.setter.width(look, ", continued");
        let words = shortened(&self.setter, look, &words, room) + ", continued";
        let pieces = [self.run(&words, look, None)];
        let lines = self.setter.set(&pieces, self.measure);
        let cell = Cell::new(0.0, self.measure).with(lines).inset(0.0, 1.5);
        self.repeat(vec![Row::new(vec![cell])])
    }

    fn content(&mut self, block: &Block, section: &Section) {
        match block {
            Block::About(flow) => {
                self.prose(flow, 0.0, "");
                self.lead_in();
            }
            Block::Thresholds(bars) => {
                self.section_bars(bars, section);
                self.lead_in();
            }
            Block::Sections(inner) => self.sections(inner),
            Block::Checks(items) => self.items(items, section, "Check"),
            Block::Steps(items) => self.items(items, section, "Step"),
            Block::Triggers(triggers) => self.triggers(triggers),
            Block::Messages(messages) => self.messages(messages),
            Block::Approvals(approvals) => self.approvals(approvals),
            Block::Gate(gate) => self.gate(gate),
            Block::Decide(decision) => self.decision(decision),
            Block::Contacts(contacts) => self.contacts(contacts),
            Block::Log => self.log(&format!("{}-log", section.id), 12),
            Block::Links(links) => self.links(links),
            Block::Tables(tables) => self.tables(tables),
        }
    }

    /// What only leads in does not end a page.
    fn lead_in(&mut self) {
        let short = self.flow.rows.last().is_some_and(|row| !row.splits);
        self.loosen(if short { Keep::Strong } else { Keep::Weak });
    }

    /// Who called the section complete, and when.
    fn completion(&mut self, section: &Section) {
        let words = format!("Section {} complete:", section.number);
        let mut pieces = self.say(&words, style::BOLD, Role::Paragraph);
        if let Some(progress) = section.progress.as_ref().filter(|progress| progress.total > 0) {
            let words = format!(" {}", counted(progress));
            pieces.extend(self.say(&words, style::TEXT, Role::Paragraph));
        }
        pieces.push(self.run("   ", style::TEXT, None));
        let id = &section.id;
        pieces.extend(self.write_ins(&[
            ("called by", 130.0, format!("{id}-complete-by")),
            ("at", 56.0, format!("{id}-complete-at")),
        ]));
        let lines = self.setter.set(&pieces, self.measure);
        self.loosen(Keep::Strong);
        self.lines(lines, (0.0, 5.0, Keep::Free));
    }
}

/// Who answers and when: the line below the heading.
fn facts(section: &Section) -> Words {
    let mut groups: Vec<Words> = Vec::new();
    if !section.owners.is_empty() {
        let mut words = vec![strong("Owner: ")];
        words.extend(mentions(&section.owners));
        groups.push(words);
    }
    groups.push(vec![strong("Phase: "), text(phase(section.phase))]);
    let times = match (&section.at, &section.until) {
        (Some(at), Some(until)) => Some(format!("{} to {}", when(at), when(until))),
        (Some(at), None) => Some(when(at)),
        (None, Some(until)) => Some(format!("until {}", when(until))),
        (None, None) => None,
    };
    if let Some(times) = times {
        groups.push(vec![strong("Time: "), text(times)]);
    }
    if let Some(duration) = &section.duration {
        groups.push(vec![strong("Takes: "), text(duration)]);
    }
    joined(groups)
}

/// A phase in words.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "before",
        Phase::During => "during",
        Phase::After => "after",
        Phase::Rollback => "rollback",
        Phase::Reference => "reference",
    }
}

/// Whether somebody calls the section complete: it is worked through, not looked up.
fn completes(section: &Section) -> bool {
    let items = |block: &Block| matches!(block, Block::Checks(_) | Block::Steps(_));
    section.phase != Phase::Reference && (section.depth == 1 || section.blocks.iter().any(items))
}

/// How far something is, in words.
pub(super) fn counted(progress: &Progress) -> String {
    let mut words = format!("{} of {} done", progress.done, progress.total);
    let rest = [
        (progress.failed, "failed"),
        (progress.blocked, "blocked"),
        (progress.waived, "waived"),
        (progress.not_applicable, "not applicable"),
        (progress.pending, "pending"),
    ];
    for (count, name) in rest.into_iter().filter(|(count, _)| *count > 0) {
        words += &format!(", {count} {name}");
    }
    words
}
