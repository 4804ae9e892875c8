//! Sections: heading, who and when, what must hold, what is inside, completion.

use super::furniture::shortened;
use super::inline::{joined, mentions, text, when};
use super::{Composer, LAST, style};
use crate::sheet::document::Tone;
use crate::sheet::font::Family;
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::view::{Block, Line as Words, Phase, Progress, Section, plain};

impl<'a> Composer<'a> {
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
        self.head = Some(self.continued(&numbered(section)));
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
        let title = numbered(section);
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
        let facts = self.section_facts(section);
        if !facts.is_empty() && !section.number.is_empty() {
            let mut lines = self.paragraph(&facts, self.measure, style::SMALL);
            self.id(&mut lines, &section.id, (LAST, self.measure));
            let cell = Cell::new(0.0, self.measure).with(lines);
            let row = Row { before: 3.0, keep: Keep::Strong, ..Row::new(vec![cell]) };
            self.flow.rows.push(row);
        }
    }

    /// What stands at the top of a page that goes on with this.
    pub(super) fn continued(&mut self, what: &str) -> usize {
        let look = style::SMALL.family(Family::Italic);
        let around = self.fill("continued", &[("what", String::new())]);
        let room = self.measure - self.setter.width(look, &around);
        let words = shortened(&self.setter, look, what, room);
        let words = self.fill("continued", &[("what", words)]);
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
            Block::Checks(items) => self.items(items, section, "check-and-value"),
            Block::Steps(items) => self.items(items, section, "step-and-value"),
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
        let words = format!("{}:", self.complete(section));
        let mut pieces = self.say(&words, style::BOLD, Role::Paragraph);
        if let Some(progress) = section.progress.as_ref().filter(|progress| progress.total > 0) {
            let words = format!(" {}", self.counted(progress));
            pieces.extend(self.say(&words, style::TEXT, Role::Paragraph));
        }
        pieces.push(self.run("   ", style::TEXT, None));
        let id = &section.id;
        pieces.extend(self.write_ins(&[
            (self.word("called-by"), 130.0, format!("{id}-complete-by")),
            (self.word("at-clock"), 56.0, format!("{id}-complete-at")),
        ]));
        let lines = self.setter.set(&pieces, self.measure);
        self.loosen(Keep::Strong);
        self.lines(lines, (0.0, 5.0, Keep::Free));
    }

    /// Says of which section it is said that it is complete.
    pub(super) fn complete(&self, section: &Section) -> String {
        self.fill("section-complete", &[("n", section.number.clone())])
    }

    /// Who answers and when: the line below the heading.
    fn section_facts(&self, section: &Section) -> Words {
        let mut groups: Vec<Words> = Vec::new();
        if !section.owners.is_empty() {
            groups.push(self.labelled("owner", mentions(&section.owners)));
        }
        groups.push(self.labelled("phase", vec![text(self.phase(section.phase))]));
        let times = match (&section.at, &section.until) {
            (Some(at), Some(until)) => Some(self.fill("from-to", &[("from", when(at)), ("to", when(until))])),
            (Some(at), None) => Some(when(at)),
            (None, Some(until)) => Some(self.fill("until-when", &[("time", when(until))])),
            (None, None) => None,
        };
        groups.extend(times.map(|times| self.labelled("time", vec![text(times)])));
        groups.extend(self.blanks(&section.blanks));
        groups.extend(section.duration.as_ref().map(|it| self.labelled("takes", vec![text(it)])));
        joined(groups)
    }

    /// A phase in words.
    pub(super) fn phase(&self, phase: Phase) -> &'a str {
        self.word(match phase {
            Phase::Before => "phase-before",
            Phase::During => "phase-during",
            Phase::After => "phase-after",
            Phase::Rollback => "phase-rollback",
            Phase::Reference => "phase-reference",
        })
    }

    /// How far something is, in words.
    pub(super) fn counted(&self, progress: &Progress) -> String {
        let counts = [("n", progress.done.to_string()), ("all", progress.total.to_string())];
        let mut words = format!("{} {}", self.fill("settled-of", &counts), self.word("state-done"));
        let rest = [
            (progress.failed, "state-failed"),
            (progress.blocked, "state-blocked"),
            (progress.waived, "state-waived"),
            (progress.not_applicable, "state-not-applicable"),
            (progress.pending, "state-pending"),
        ];
        for (count, key) in rest.into_iter().filter(|(count, _)| *count > 0) {
            words += &format!(", {count} {}", self.word(key));
        }
        words
    }
}

/// Number and title of a section.
pub(super) fn numbered(section: &Section) -> String {
    format!("{} {}", section.number, plain(&section.title)).trim_start().to_owned()
}

/// Whether somebody calls the section complete: it is worked through, not looked up.
fn completes(section: &Section) -> bool {
    let items = |block: &Block| matches!(block, Block::Checks(_) | Block::Steps(_));
    section.phase != Phase::Reference && (section.depth == 1 || section.blocks.iter().any(items))
}
