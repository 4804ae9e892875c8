//! Checks and steps: a box, what to do, what is required, who and when.

use super::inline::strong;
use super::{Composer, LAST, bar, style};
use crate::sheet::document::Tone;
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::{Line, Piece, Sign, Style, below, led};
use crate::view::{Bar, Item, ItemState, ItemStatus, Level, Section, plain};

/// Where numbers begin.
const NUMBER: f32 = 24.0;
/// Where texts begin.
pub(super) const TEXT: f32 = 66.0;
/// How far a sub-check stands to the right.
const STEP: f32 = 22.0;
/// Width of the actual value: 26 mm.
pub(super) const ACTUAL: f32 = 72.0;
/// Width of a name or initials.
const BY: f32 = 50.0;
/// Width of a time.
const TIME: f32 = 56.0;
/// Width of all that is written in.
pub(super) const ENTRY: f32 = ACTUAL + BY + TIME;

impl Composer<'_> {
    /// A list of checks or of steps.
    pub(super) fn items(&mut self, items: &[Item], section: &Section, kind: &str) {
        let outer = self.head;
        let head = self.item_head(kind, section);
        self.row(Row { before: 6.0, keep: Keep::Strong, ..head.clone() });
        let mut rows = outer.map(|head| self.flow.heads[head].clone()).unwrap_or_default();
        rows.push(head);
        self.head = Some(self.repeat(rows));
        self.flow.structure.open(Role::List);
        for (at, item) in items.iter().enumerate() {
            let first = self.flow.rows.len();
            self.item(item, 0);
            if at > 0 && at % group(items.len()) == 0 {
                self.part(first);
            }
        }
        self.flow.structure.close();
        self.head = outer;
    }

    /// Begins a group: a gap that the eye finds again.
    fn part(&mut self, first: usize) {
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.before += GROUP;
        }
        if let Some(row) = first.checked_sub(1).and_then(|last| self.flow.rows.get_mut(last)) {
            row.rule = row.rule.max(style::BORDER);
        }
    }

    /// The heads of the columns, as decoration: each field says what it asks for.
    fn item_head(&mut self, kind: &str, section: &Section) -> Row {
        let entry = self.measure - ENTRY;
        let columns = [
            (0.0, TEXT, section.number.clone()),
            (TEXT, entry - TEXT, format!("{kind} and required value")),
            (entry, ACTUAL, "Actual".to_owned()),
            (entry + ACTUAL, BY, "By".to_owned()),
            (entry + ACTUAL + BY, TIME, "Time".to_owned()),
        ];
        let mut cells = Vec::new();
        for (x, width, text) in columns {
            let piece = self.run(&text, style::LABEL, None);
            let lines = self.setter.set(&[piece], width);
            cells.push(Cell::new(x, width).with(lines).inset(style::SIDE, 2.0).on(Tone::FAINT));
        }
        Row { rule: style::THIN, ..Row::new(cells) }
    }

    fn item(&mut self, item: &Item, depth: usize) {
        self.from(item.span);
        let first = self.flow.rows.len();
        self.warning(item, depth);
        self.flow.structure.open(Role::Item);
        self.title_row(item, depth);
        self.flow.structure.open(Role::Body);
        self.more_bars(item, depth);
        self.bind(first, Keep::Strong);
        let details = self.flow.rows.len();
        self.details(item, TEXT + STEP * depth as f32);
        self.bind(details - 1, Keep::Weak);
        if item.hold.is_some() {
            self.loosen(Keep::Strong);
            self.hold(item);
        }
        if item.hold.is_none() {
            self.underline(self.flow.rows.len() > details);
        }
        if let (Some(_), Some(row)) = (item.checks.first(), self.flow.rows.last_mut()) {
            row.keep = Keep::Weak;
        }
        if !item.checks.is_empty() {
            self.flow.structure.open(Role::List);
            item.checks.iter().for_each(|check| self.item(check, depth + 1));
            self.flow.structure.close();
        }
        self.flow.structure.close();
        self.flow.structure.close();
    }

    /// Ends an item with a thin rule over the whole width.
    fn underline(&mut self, detailed: bool) {
        if let Some(row) = self.flow.rows.last_mut() {
            row.rule = style::THIN;
            row.after = if detailed { 4.0 } else { 0.0 };
            if row.cells.iter().all(|cell| cell.x > 0.0) {
                row.cells.push(Cell::new(0.0, 1.0));
            }
        }
    }

    fn title_row(&mut self, item: &Item, depth: usize) {
        let size = if depth == 0 { style::BOX } else { style::SMALL_BOX };
        let left = STEP * depth as f32;
        let sign = sign(item.state.as_ref());
        let done = format!("{} {}: done", item.number, plain(&item.title));
        self.flow.structure.open(Role::Label);
        let boxed = [self.tick(size, sign, &item.id, &done)];
        let lines = self.setter.set(&boxed, f32::INFINITY);
        let mut cells = vec![Cell::new(left + (style::BOX - size) / 2.0, NUMBER).with(lines)];
        let look = if item.step { style::BOLD } else { style::TEXT };
        let small = self.fitting(&item.number, look, TEXT - NUMBER - 5.0);
        let number = self.say(&item.number, small, Role::Span);
        self.flow.structure.close();
        let lines = self.setter.set(&number, f32::INFINITY);
        let above = style::beside(size, small);
        cells.push(Cell::new(left + NUMBER, TEXT - NUMBER).with(lines).inset(0.0, above));
        let above = style::beside(size, look);
        self.flow.structure.open(Role::Body);
        let bar = item.bars.first();
        let asks = bar.is_some_and(bar::asks);
        let end = self.measure - if asks { ENTRY } else { ENTRY - ACTUAL };
        let x = TEXT + left;
        let lines = self.title_lines(item, end - x - style::SIDE);
        cells.push(Cell::new(x, end - x).with(lines).inset(0.0, above));
        if let (Some(bar), true) = (bar, asks) {
            cells.push(self.actual(bar, Cell::new(end, ACTUAL), &item.id));
        }
        self.entries(item, &mut cells);
        self.flow.structure.close();
        let min = if depth == 0 { style::ROW } else { style::ROW - 2.0 };
        let anchors = vec![item.id.clone()];
        self.row(Row { min, anchors, rule: 0.0, ..Row::new(cells) });
    }

    /// Title and first bar: on one line where the title says what is measured.
    fn title_lines(&mut self, item: &Item, width: f32) -> Vec<Line> {
        let look = if item.step { style::BOLD } else { style::TEXT };
        let mut left = Vec::new();
        if item.level == Level::Critical {
            let node = self.leaf(Role::Span);
            left.extend([self.tag("CRITICAL", node), self.run(" ", look, None)]);
        }
        left.extend(self.words(&item.title, look, Role::Paragraph));
        if item.level == Level::Optional {
            left.extend(self.say(" (optional)", style::TEXT, Role::Span));
        }
        let (mut lines, end) = match item.bars.first() {
            Some(bar) if bar.metric.is_empty() => {
                let required = if bar.required.is_empty() { &bar.written } else { &bar.required };
                let right = self.required(required);
                let mut lines = self.setter.lead(&left, &right, width);
                let end = led(&lines);
                lines.extend(self.bar_notes(bar, width));
                (lines, end)
            }
            bar => {
                let mut lines = self.setter.set(&left, width);
                let end = lines.len().saturating_sub(1);
                lines.extend(bar.into_iter().flat_map(|bar| below(self.bar_lines(bar, width), 2.0)));
                (lines, end)
            }
        };
        let facts = super::record::facts(item);
        if !facts.is_empty() {
            lines.extend(below(self.paragraph(&facts, width, style::SMALL), 1.0));
        }
        self.id(&mut lines, &item.id, (end, width));
        lines
    }

    /// Who did it and when: recorded, or to be written.
    fn entries(&mut self, item: &Item, cells: &mut Vec<Cell>) {
        let by = Cell::new(self.measure - BY - TIME, BY);
        let at = Cell::new(self.measure - TIME, TIME);
        let state = item.state.as_ref();
        let who = state.and_then(|state| state.by.as_ref()).map(|by| by.text.clone());
        let time = state.and_then(|state| state.at.clone());
        let fields = [(by, who, "by", "done by", false), (at, time, "time", "time", true)];
        for (cell, value, key, tip, time) in fields {
            let cell = match value {
                Some(value) => {
                    let look = self.fitting(&value, style::SMALL, cell.width - 6.0);
                    let pieces = self.say(&value, look, Role::Paragraph);
                    let lines = self.setter.set(&pieces, cell.width - 6.0);
                    cell.with(lines).inset(4.0, style::beside(style::BOX, look)).barred(style::THIN)
                }
                None => {
                    let tip = format!("{} {tip}", item.number);
                    self.write_cell(cell, &format!("{}-{key}", item.id), &tip, time)
                }
            };
            cells.push(cell);
        }
    }

    /// A size at which the longest word of a narrow cell is not broken, if 7 pt are enough.
    fn fitting(&self, words: &str, look: Style, width: f32) -> Style {
        let parts = words.split(' ').map(|word| self.setter.width(look, word) + 0.5);
        let widest = parts.fold(1.0, f32::max);
        Style { size: (look.size * (width / widest).min(1.0)).max(7.0), ..look }
    }

    fn more_bars(&mut self, item: &Item, depth: usize) {
        let x = TEXT + STEP * depth as f32 - style::SIDE;
        let rest: Vec<(usize, &Bar)> = item.bars.iter().enumerate().skip(1).collect();
        for (at, bar) in rest {
            self.bar_row(bar, (x, &format!("{}-{}", item.id, at + 1)), Vec::new());
            if let Some(row) = self.flow.rows.last_mut() {
                row.rule = 0.0;
            }
        }
    }

    /// A warning, in a box before the item.
    fn warning(&mut self, item: &Item, depth: usize) {
        if item.warning.is_empty() {
            return;
        }
        let x = TEXT + STEP * depth as f32;
        let width = self.measure - x;
        self.flow.structure.open(Role::Item);
        self.flow.structure.open(Role::Body);
        let node = self.leaf(Role::Paragraph);
        let tag = [self.tag("WARNING", node)];
        let mut lines = self.setter.set(&tag, width);
        let inner = self.blocks(&item.warning, width - 2.0 * style::SIDE - 4.0);
        lines.extend(below(inner, 2.0));
        self.flow.structure.close();
        self.flow.structure.close();
        let cell = Cell::new(x, width).with(lines).inset(style::SIDE + 2.0, 5.0);
        let row = Row::new(vec![cell.framed(style::HEAVY)]);
        self.row(Row { before: 6.0, keep: Keep::Strong, ..row });
    }

    /// A bar across the page: wait and watch before going on.
    fn hold(&mut self, item: &Item) {
        let Some(hold) = &item.hold else { return };
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag("HOLD", node)];
        let words = [strong(format!(" {hold}: ")), super::inline::text("watch before going on.   ")];
        pieces.extend(self.words(&words, style::TEXT, Role::Paragraph));
        let blank = |(label, width): (&'static str, f32)| {
            (label, width, format!("{}-hold-{}", item.id, label.replace(' ', "-")))
        };
        let blanks = [("from", 46.0), ("to", 46.0), ("released by", 80.0)].map(blank);
        pieces.extend(self.write_ins(&blanks));
        self.stop_bar(&pieces, "");
    }

    /// A heavy frame over the whole width, with the id of what stops there.
    pub(super) fn stop_bar(&mut self, pieces: &[Piece], id: &str) {
        let width = self.measure - 16.0;
        let mut lines = self.setter.set(pieces, width);
        if !id.is_empty() {
            self.id(&mut lines, id, (LAST, width));
        }
        let cell = Cell::new(0.0, self.measure).with(lines).inset(8.0, 4.0).framed(style::HEAVY);
        self.row(Row { before: 4.0, keep: Keep::Free, ..Row::new(vec![cell]) });
    }
}

/// Space before a group of items.
const GROUP: f32 = 10.0;

/// How many items a group of a list of so many has: 5 to 9, all groups alike.
fn group(count: usize) -> usize {
    count.div_ceil(count.div_ceil(9).max(1)).max(1)
}

/// What stands in the box.
fn sign(state: Option<&ItemState>) -> Sign {
    match state.map(|state| state.status) {
        Some(ItemStatus::Done) => Sign::Tick,
        Some(ItemStatus::Failed) => Sign::Cross,
        Some(ItemStatus::NotApplicable | ItemStatus::Waived) => Sign::Dash,
        Some(ItemStatus::Pending | ItemStatus::Blocked) | None => Sign::Empty,
    }
}
