//! Checks and steps: a box, what to do, what is required, who and when.

use super::inline::{capital, strong, text};
use super::{Composer, LAST, style};
use crate::sheet::document::Tone;
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::{Line, Piece, Sign, Style, below, indent, led};
use crate::view::{Bar, Item, ItemState, ItemStatus, Level, Section, plain};

/// Where numbers begin.
const NUMBER: f32 = 24.0;
/// Where texts begin.
pub(super) const TEXT: f32 = 66.0;
/// How far a sub-check stands to the right.
const STEP: f32 = 22.0;
/// Width of the actual value: 24 mm.
pub(super) const ACTUAL: f32 = 68.0;
/// Width of a name or initials.
const BY: f32 = 54.0;
/// Width of a time: of a date on one line.
const TIME: f32 = 60.0;
/// Width of all that is written in.
pub(super) const ENTRY: f32 = ACTUAL + BY + TIME;

impl Composer<'_> {
    /// A list of checks or of steps.
    pub(super) fn items(&mut self, items: &[Item], section: &Section, kind: &'static str) {
        let outer = self.head;
        let head = self.item_head(kind, section);
        self.row(Row { before: 6.0, keep: Keep::Strong, ..head.clone() });
        let mut rows = outer.map(|head| self.flow.heads[head].clone()).unwrap_or_default();
        rows.push(head);
        self.head = Some(self.repeat(rows));
        self.flow.structure.open(Role::List);
        self.text_begin(items);
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
    fn item_head(&mut self, kind: &'static str, section: &Section) -> Row {
        let entry = self.measure - ENTRY;
        let columns = [
            (0.0, TEXT, section.number.clone()),
            (TEXT, entry - TEXT, self.word(kind).to_owned()),
            (entry, ACTUAL, capital(self.word("actual"))),
            (entry + ACTUAL, BY, capital(self.word("by-whom"))),
            (entry + ACTUAL + BY, TIME, self.word("time").to_owned()),
        ];
        let mut cells = Vec::new();
        for (x, width, text) in columns {
            let piece = self.run(&text, style::LABEL, None);
            let lines = self.setter.set(&[piece], width);
            cells.push(Cell::new(x, width).with(lines).inset(style::SIDE, 2.0).on(Tone::FAINT));
        }
        Row { rule: style::THIN, ..Row::new(cells) }
    }

    pub(super) fn item(&mut self, item: &Item, depth: usize) {
        self.from(item.span);
        let first = self.flow.rows.len();
        self.warning(item, depth);
        self.flow.structure.open(Role::Item);
        self.title_row(item, depth);
        self.flow.structure.open(Role::Body);
        self.more_bars(item, depth);
        self.bind(first, Keep::Strong);
        let details = self.flow.rows.len();
        self.details(item, self.text_at(depth));
        self.bind(details, Keep::Weak);
        // Neither the title nor the last line of the details stands alone.
        let end = self.flow.rows.len();
        if end > details {
            self.flow.rows[details - 1].keep = Keep::Strong;
            self.flow.rows[end - 2].keep = Keep::Strong;
        }
        if item.hold.is_some() {
            self.loosen(Keep::Strong);
            self.hold(item);
        }
        let detailed = self.flow.rows.len() > details;
        let last = !self.dense || item.checks.is_empty();
        if item.hold.is_none() && last {
            self.underline(detailed);
        }
        if let (Some(_), Some(row)) = (item.checks.first(), self.flow.rows.last_mut()) {
            row.keep = Keep::Weak;
        }
        if !item.checks.is_empty() {
            self.flow.structure.open(Role::List);
            self.sub_checks(&item.checks, depth + 1);
            self.flow.structure.close();
            if !last {
                self.underline(true);
            }
        }
        self.flow.structure.close();
        self.flow.structure.close();
    }

    /// Ends an item with a thin rule over the whole width.
    fn underline(&mut self, detailed: bool) {
        if let Some(row) = self.flow.rows.last_mut() {
            row.rule = style::THIN;
            row.after = if detailed { 4.0 * self.air } else { 0.0 };
            if row.cells.iter().all(|cell| cell.x > 0.0) {
                row.cells.push(Cell::new(0.0, 1.0));
            }
        }
    }

    fn title_row(&mut self, item: &Item, depth: usize) {
        let size = if depth == 0 { style::BOX } else { style::SMALL_BOX };
        let left = STEP * depth as f32;
        self.flow.structure.open(Role::Label);
        let lines = self.item_box(item, size);
        let mut cells = vec![Cell::new(left + (style::BOX - size) / 2.0, NUMBER).with(lines)];
        let look = self.title_look(item);
        let number = self.say(&item.number, look, Role::Span);
        self.flow.structure.close();
        let lines = self.setter.set(&number, f32::INFINITY);
        let (above, x) = (style::beside(size, look), self.text_at(depth));
        cells.push(Cell::new(left + NUMBER, x - left - NUMBER).with(lines).inset(0.0, above));
        self.flow.structure.open(Role::Body);
        let bar = item.bars.first();
        let asks = bar.is_some_and(|bar| self.asks(bar));
        let written = if self.dense { TIME } else { BY + TIME };
        let end = self.measure - written - if asks { ACTUAL } else { 0.0 };
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

    /// Lets the texts of a list begin where its longest number leaves room for them.
    pub(super) fn text_begin(&mut self, items: &[Item]) {
        self.text = TEXT;
        self.text = self.longest(items);
    }

    fn longest(&self, items: &[Item]) -> f32 {
        let room = |item: &Item| {
            let number = self.setter.width(self.title_look(item), &item.number);
            (NUMBER + number + 5.0).max(self.longest(&item.checks))
        };
        items.iter().map(room).fold(self.text, f32::max)
    }

    /// Where the text of an item begins.
    fn text_at(&self, depth: usize) -> f32 {
        self.text + STEP * depth as f32
    }

    /// Steps are done, checks are looked at.
    fn title_look(&self, item: &Item) -> Style {
        let [text, bold] = self.looks();
        if item.step { bold } else { text }
    }

    /// The box of an item, ticked where that is recorded.
    pub(super) fn item_box(&mut self, item: &Item, size: f32) -> Vec<Line> {
        let what = format!("{} {}", item.number, plain(&item.title));
        let done = self.fill("tick-of", &[("what", what)]);
        let boxed = [self.tick(size, sign(item.state.as_ref()), &item.id, &done)];
        self.setter.set(&boxed, f32::INFINITY)
    }

    /// Title and first bar: on one line where the title says what is measured.
    fn title_lines(&mut self, item: &Item, width: f32) -> Vec<Line> {
        let look = self.title_look(item);
        let mut left = Vec::new();
        if item.level == Level::Critical {
            let node = self.leaf(Role::Span);
            left.extend([self.tag(&self.shout("level-critical"), node), self.run(" ", look, None)]);
        }
        left.extend(self.words(&item.title, look, Role::Paragraph));
        if item.level == Level::Optional {
            let words = format!(" ({})", self.word("level-optional"));
            left.extend(self.say(&words, self.looks()[0], Role::Span));
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
        let facts = self.item_facts(item);
        if !facts.is_empty() {
            let pieces = self.words(&facts, style::SMALL, Role::Paragraph);
            let (_, room) = self.setter.extent(&pieces);
            if self.dense && lines[end].width + room + 12.0 <= width {
                self.setter.aside(&mut lines, &pieces, (end, width));
            } else {
                lines.extend(below(self.setter.set(&pieces, width), 1.0));
            }
        }
        self.id(&mut lines, &item.id, (end, width));
        lines
    }

    /// Who did it and when, on a card only when: recorded, or to be written.
    fn entries(&mut self, item: &Item, cells: &mut Vec<Cell>) {
        let by = Cell::new(self.measure - BY - TIME, BY);
        let at = Cell::new(self.measure - TIME, TIME);
        let state = item.state.as_ref();
        let who = state.and_then(|state| state.by.as_ref()).map(|by| by.text.clone());
        let time = state.and_then(|state| state.at.clone());
        let fields =
            [(by, who, "by", self.word("done-by"), false), (at, time, "time", self.word("time-at"), true)];
        for (cell, value, key, tip, time) in fields.into_iter().skip(usize::from(self.dense)) {
            let cell = match value {
                Some(value) => {
                    let look = style::SMALL;
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

    fn more_bars(&mut self, item: &Item, depth: usize) {
        let x = self.text_at(depth) - style::SIDE;
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
        let x = self.text_at(depth);
        let width = self.measure - x;
        self.flow.structure.open(Role::Item);
        self.flow.structure.open(Role::Body);
        let node = self.leaf(Role::Paragraph);
        let tag = [self.tag(&self.shout("warning"), node)];
        let mut lines = self.setter.set(&tag, width);
        let beside = if self.dense { lines[0].width + 8.0 } else { 0.0 };
        let inner = self.blocks(&item.warning, width - beside - 2.0 * style::SIDE - 4.0);
        if self.dense {
            lines = led_in(lines, indent(inner, beside));
        } else {
            lines.extend(below(inner, 2.0));
        }
        self.flow.structure.close();
        self.flow.structure.close();
        let (before, above) = if self.dense { (4.0, 2.5) } else { (6.0, 5.0) };
        let cell = Cell::new(x, width).with(lines).inset(style::SIDE + 2.0, above);
        let row = Row::new(vec![cell.framed(style::HEAVY)]);
        self.row(Row { before, keep: Keep::Strong, ..row });
    }

    /// A bar across the page: wait and watch before going on.
    fn hold(&mut self, item: &Item) {
        let Some(hold) = &item.hold else { return };
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag(self.word("hold-bar"), node)];
        let words = [strong(format!(" {hold}: ")), text(format!("{}.   ", self.word("watch")))];
        pieces.extend(self.words(&words, self.looks()[0], Role::Paragraph));
        let blank = |(key, name, width): (&'static str, &str, f32)| {
            (self.word(key), width, format!("{}-hold-{name}", item.id))
        };
        let blanks =
            [("time-from", "from", 46.0), ("time-to", "to", 46.0), ("released-by", "released-by", 80.0)];
        let blanks = blanks.map(blank);
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

/// Lines after a label on the first of them.
fn led_in(label: Vec<Line>, mut lines: Vec<Line>) -> Vec<Line> {
    if let Some(first) = lines.first_mut() {
        first.items.splice(0..0, label.into_iter().flat_map(|line| line.items));
    }
    lines
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
