//! The rollback card: set small and side by side, so that one page holds it where it can.

use super::inline::{joined, mentions, text};
use super::section::numbered;
use super::{Composer, GUTTER, style};
use crate::sheet::document::Tone;
use crate::sheet::font::Family;
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::{Line, below};
use crate::view::{Block, Item, ItemState, ItemStatus, Line as Words, Section, Trigger, plain};

/// Width of a box with the space around it.
const BOX: f32 = 26.0;
/// Width of the time at which a trigger fired.
const TIME: f32 = 44.0;

impl<'a> Composer<'a> {
    /// Triggers by what they lead to, then what is worked through to go back.
    pub(super) fn rollback_card(&mut self) {
        let document = self.document;
        let mut triggers = Vec::new();
        gather(&document.sections, &mut triggers);
        self.reactions(&triggers);
        let mut later = Vec::new();
        self.ways_back(&document.sections, &mut later);
        self.head = None;
        if !later.is_empty() {
            self.note(&self.labelled("card-later", later.join(&text("; "))), 0.0);
        }
        self.card_completion();
    }

    fn reactions(&mut self, triggers: &[&Trigger]) {
        for (at, trigger) in triggers.iter().enumerate() {
            let same = |other: &&&Trigger| reaction(other) == reaction(trigger);
            if triggers[..at].iter().any(|other| same(&other)) {
                continue;
            }
            let group: Vec<&Trigger> = triggers.iter().filter(same).copied().collect();
            let mut words = self.reaction(trigger);
            self.flow.structure.open(Role::List);
            if group.len() > 1 {
                let lines = self.tagged(&std::mem::take(&mut words), self.measure);
                self.lines(lines, (0.0, 7.0, Keep::Strong));
            }
            for pair in group.chunks(2) {
                self.trigger_pair(pair, &words);
            }
            self.flow.structure.close();
        }
    }

    /// What triggers lead to, after the word for them.
    fn tagged(&mut self, words: &Words, width: f32) -> Vec<Line> {
        self.flow.structure.open(Role::Item);
        self.flow.structure.open(Role::Body);
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag(&self.shout("trigger"), node), self.run("  ", style::SMALL, None)];
        pieces.extend(self.words(words, style::SMALL, Role::Paragraph));
        self.flow.structure.close();
        self.flow.structure.close();
        self.setter.set(&pieces, width)
    }

    /// Two triggers beside each other, or one and what it leads to.
    fn trigger_pair(&mut self, pair: &[&Trigger], words: &Words) {
        let half = (self.measure - GUTTER) / 2.0;
        let mut cells = Vec::new();
        for (at, trigger) in pair.iter().enumerate() {
            cells.extend(self.trigger_cells(trigger, at as f32 * (half + GUTTER), half));
        }
        if !words.is_empty() {
            let lines = self.tagged(words, half);
            cells.push(Cell::new(half + GUTTER, half).with(lines).inset(0.0, 4.0));
        }
        let anchors = pair.iter().map(|trigger| trigger.id.clone()).collect();
        self.row(Row { before: 2.0, min: style::ROW, anchors, ..Row::new(cells) });
    }

    /// A trigger in a frame with the black edge of its kind.
    fn trigger_cells(&mut self, trigger: &Trigger, x: f32, half: f32) -> [Cell; 5] {
        self.from(trigger.span);
        let width = half - BOX - TIME - 2.0 * style::SIDE;
        self.flow.structure.open(Role::Item);
        self.flow.structure.open(Role::Label);
        let ticks = self.trigger_box(trigger);
        self.flow.structure.close();
        self.flow.structure.open(Role::Body);
        let look = style::SMALL.family(Family::Bold);
        let mut lines = self.paragraph(&trigger.condition, width, look);
        // On a card it stands apart from its section.
        let section = trigger.words.strip_prefix(plain(&trigger.condition).as_str()).unwrap_or_default();
        if !section.is_empty() {
            lines.extend(self.paragraph(&[text(section.trim_start())], width, style::SMALL));
        }
        if let Some(state) = &trigger.state {
            lines.extend(self.paragraph(&[text(&state.words)], width, style::SMALL));
        }
        let time = Cell::new(x + half - TIME, TIME);
        let time = self.write_cell(time, &format!("{}-time", trigger.id), self.word("fired-at"), true);
        self.flow.structure.close();
        self.flow.structure.close();
        [
            Cell::new(x, half).framed(style::BORDER),
            Cell::new(x, 3.0).on(Tone::BLACK),
            Cell::new(x + 6.0, BOX).with(ticks),
            Cell::new(x + BOX + style::SIDE, width).with(lines).inset(0.0, style::beside(style::BOX, look)),
            time,
        ]
    }

    /// The sections in which something is worked through; `later` gets those that have to wait.
    fn ways_back(&mut self, sections: &'a [Section], later: &mut Vec<Words>) {
        for section in sections {
            if section.blocks.is_empty() {
                later.push(self.named(section));
            }
            let own = |block: &&Block| !matches!(block, Block::Sections(_) | Block::Triggers(_));
            let own: Vec<&Block> = section.blocks.iter().filter(own).collect();
            // Bars alone are nothing to work through.
            if own.iter().any(|block| !matches!(block, Block::Thresholds(_))) {
                self.flow.structure.open(Role::Section);
                self.way_back(section, &own);
                self.flow.structure.close();
            }
            for block in &section.blocks {
                if let Block::Sections(inner) = block {
                    self.ways_back(inner, later);
                }
            }
        }
    }

    fn way_back(&mut self, section: &'a Section, blocks: &[&'a Block]) {
        self.from(section.span);
        let mut groups = vec![mentions(&section.owners)];
        groups.extend(section.duration.iter().map(|it| vec![text(format!("{} {it}", self.word("takes")))]));
        for block in blocks {
            if let Block::Thresholds(bars) = block {
                groups.extend(bars.iter().map(|bar| self.short_bar(bar)));
            }
        }
        self.card_heading(section, &joined(groups));
        self.head = Some(self.continued(&numbered(section)));
        for block in blocks {
            match block {
                Block::Steps(items) | Block::Checks(items) => {
                    self.flow.structure.open(Role::List);
                    self.text_begin(items);
                    items.iter().for_each(|item| self.item(item, 0));
                    self.flow.structure.close();
                }
                Block::Decide(decision) => self.decision(decision),
                Block::Gate(gate) => self.gate(gate),
                _ => {}
            }
        }
        self.head = None;
    }

    /// The title of a section with who answers, how long it takes and what has to hold.
    fn card_heading(&mut self, section: &Section, facts: &Words) {
        let title = self.named(section);
        let look = style::heading(3);
        let mut lines = self.setter_lines(&title, look, Role::Heading(2));
        lines.extend(below(self.paragraph(facts, self.measure - 2.0 * style::SIDE, style::SMALL), 1.0));
        let cell = Cell::new(0.0, self.measure).with(lines).inset(style::SIDE, 2.0).on(Tone::FAINT);
        self.flow.rows.push(Row {
            before: 8.0,
            keep: Keep::Strong,
            rule: style::THIN,
            bookmark: Some((2, plain(&title))),
            anchors: vec![section.id.clone()],
            ..Row::new(vec![cell])
        });
    }

    fn setter_lines(&mut self, words: &Words, look: crate::sheet::text::Style, role: Role) -> Vec<Line> {
        let pieces = self.words(words, look, role);
        self.setter.set(&pieces, self.measure - 2.0 * style::SIDE)
    }

    fn named(&self, section: &Section) -> Words {
        let number = if section.number.is_empty() { String::new() } else { format!("{}  ", section.number) };
        std::iter::once(text(number)).chain(section.title.iter().cloned()).collect()
    }

    fn card_completion(&mut self) {
        let mut pieces =
            self.say(&format!("{}:   ", self.word("card-complete")), style::BOLD, Role::Paragraph);
        pieces.extend(self.write_ins(&[
            (self.word("called-by"), 130.0, "rollback-complete-by".to_owned()),
            (self.word("at-clock"), 56.0, "rollback-complete-at".to_owned()),
        ]));
        let lines = self.setter.set(&pieces, self.measure);
        self.loosen(Keep::Strong);
        self.lines(lines, (0.0, 6.0, Keep::Free));
    }

    /// Sub-checks, one below the other; on a card two beside each other where they are short.
    pub(super) fn sub_checks(&mut self, checks: &[Item], depth: usize) {
        if !self.dense {
            return checks.iter().for_each(|check| self.item(check, depth));
        }
        for run in checks.chunk_by(|a, b| short(a) && short(b)) {
            match run {
                [check] if !short(check) => self.item(check, depth),
                run => run.chunks(2).for_each(|pair| self.check_pair(pair, self.text)),
            }
        }
    }

    /// Sub-checks beside each other, each with its box: who and when stand beside their item.
    fn check_pair(&mut self, pair: &[Item], left: f32) {
        let half = (self.measure - left - GUTTER) / 2.0;
        let mut cells = Vec::new();
        for (at, item) in pair.iter().enumerate() {
            self.from(item.span);
            let x = left + at as f32 * (half + GUTTER);
            let width = half - BOX;
            self.flow.structure.open(Role::Item);
            self.flow.structure.open(Role::Label);
            let ticks = self.item_box(item, style::SMALL_BOX);
            self.flow.structure.close();
            self.flow.structure.open(Role::Body);
            let lines = self.check_lines(item, width);
            self.flow.structure.close();
            self.flow.structure.close();
            let above = style::beside(style::SMALL_BOX, style::SMALL);
            cells.push(Cell::new(x, BOX).with(ticks));
            cells.push(Cell::new(x + BOX - 4.0, width).with(lines).inset(0.0, above));
        }
        // The rule below them is as wide as the page, even below one of them.
        cells.push(Cell::new(left, self.measure - left));
        let anchors = pair.iter().map(|item| item.id.clone()).collect();
        self.row(Row { anchors, keep: Keep::Weak, ..Row::new(cells) });
    }

    /// Number and title, with the required value at the right or below.
    fn check_lines(&mut self, item: &Item, width: f32) -> Vec<Line> {
        let number = text(format!("{}  ", item.number));
        let words: Words = std::iter::once(number).chain(item.title.iter().cloned()).collect();
        let title = self.words(&words, style::SMALL, Role::Paragraph);
        match item.bars.first() {
            Some(bar) if bar.metric.is_empty() => {
                let required = if bar.required.is_empty() { &bar.written } else { &bar.required };
                let right = self.required(required);
                self.setter.lead(&title, &right, width)
            }
            bar => {
                let mut lines = self.setter.set(&title, width);
                lines.extend(bar.into_iter().flat_map(|bar| self.bar_lines(bar, width)));
                lines
            }
        }
    }
}

/// Every trigger, in the order of the sections.
fn gather<'a>(sections: &'a [Section], found: &mut Vec<&'a Trigger>) {
    for section in sections {
        for block in &section.blocks {
            match block {
                Block::Triggers(triggers) => found.extend(triggers),
                Block::Sections(inner) => gather(inner, found),
                _ => {}
            }
        }
    }
}

/// What a trigger leads to: those with the same stand together.
fn reaction(trigger: &Trigger) -> impl PartialEq + '_ {
    let authority: Vec<&str> = trigger.authority.iter().map(|it| it.id.as_str()).collect();
    let to = trigger.to.as_ref().map(|it| it.id.as_str());
    (&trigger.actions, &trigger.within, authority, to)
}

/// Whether a box and a title say all of a check.
fn short(check: &Item) -> bool {
    let bars = check.bars.len() > 1;
    let told = |state: &ItemState| !matches!(state.status, ItemStatus::Pending | ItemStatus::Done);
    let more = check.run.is_some() || check.hold.is_some() || check.state.as_ref().is_some_and(told);
    let texts = check.warning.is_empty() && check.expect.is_empty() && check.checks.is_empty();
    texts && !bars && !more
}
