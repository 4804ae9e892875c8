//! The schedule as a time line: what begins when, in the order of time.

use super::inline::{joined, mentions, text};
use super::{Composer, style};
use crate::sheet::layout::{Branch, Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::view::{Block, Destination, Inline, Item, Line as Words, Section, When};

/// Where the line stands; further in where local times stand before it.
const LINE: [f32; 2] = [64.0, 150.0];
/// From the line to the words.
const AIR: f32 = 14.0;
/// Fewer times make no line.
const FEW: usize = 3;

/// Something that begins at a time.
struct Event<'a> {
    at: &'a When,
    id: &'a str,
    number: &'a str,
    title: &'a Words,
    owners: Words,
}

impl Composer<'_> {
    /// Every time of the sections and items, with what begins then.
    pub(super) fn timeline(&mut self) {
        let document = self.document;
        let mut events = Vec::new();
        document.sections.iter().for_each(|it| section(it, &mut events));
        if events.len() < FEW {
            return;
        }
        let orders: Option<Vec<Order>> = events.iter().map(|event| order(event.at)).collect();
        if let Some(orders) = orders {
            let mut paired: Vec<_> = orders.into_iter().zip(events).collect();
            paired.sort_by(|a, b| a.0.cmp(&b.0));
            events = paired.into_iter().map(|(_, event)| event).collect();
        }
        self.title(self.word("schedule"), "schedule");
        self.head = Some(self.continued(self.word("schedule")));
        let first = self.flow.rows.len();
        self.flow.structure.open(Role::List);
        let count = events.len();
        for (at, event) in events.into_iter().enumerate() {
            self.event(&event, Branch::Point { from_above: at > 0, goes_on: at + 1 < count });
        }
        self.flow.structure.close();
        self.head = None;
        self.bind(first, Keep::Weak);
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.before = 5.0;
            row.keep = Keep::Strong;
        }
    }

    fn event(&mut self, event: &Event<'_>, point: Branch) {
        self.flow.structure.open(Role::Item);
        let local = event.at.local.as_ref();
        let written = &event.at.written;
        let words = match local {
            Some(local) if local.contains(written.as_str()) => local.clone(),
            Some(local) => format!("{local}  {written}"),
            None => written.clone(),
        };
        let pieces = self.say(&words, style::SMALL, Role::Label);
        let line = LINE[usize::from(local.is_some())];
        let start = line + AIR;
        let when = self.setter.set(&pieces, line - 8.0);
        let anchor = event.id.to_owned();
        let to = Destination::Page { path: self.document.path.clone(), anchor };
        let mut title: Words = vec![text(format!("{}  ", event.number))];
        title.push(Inline::Link { to, content: event.title.clone() });
        let words = joined(vec![title, event.owners.clone()]);
        let pieces = self.words(&words, style::SMALL, Role::Body);
        let lines = self.setter.set(&pieces, self.measure - start);
        let cells = vec![
            Cell::new(0.0, line - 8.0).with(when).inset(0.0, 2.0),
            Cell::new(line, 0.0).joined(point),
            Cell::new(start, self.measure - start).with(lines).inset(0.0, 2.0),
        ];
        self.row(Row { keep: Keep::Free, ..Row::new(cells) });
        self.flow.structure.close();
    }
}

fn section<'a>(it: &'a Section, events: &mut Vec<Event<'a>>) {
    if let Some(at) = &it.at {
        let (id, number, title) = (&it.id, &it.number, &it.title);
        events.push(Event { at, id, number, title, owners: mentions(&it.owners) });
    }
    for block in &it.blocks {
        match block {
            Block::Sections(inner) => inner.iter().for_each(|it| section(it, events)),
            Block::Checks(items) | Block::Steps(items) => items.iter().for_each(|it| item(it, events)),
            _ => {}
        }
    }
}

fn item<'a>(it: &'a Item, events: &mut Vec<Event<'a>>) {
    if let Some(at) = &it.at {
        let owners = if it.own_owners { mentions(&it.owners) } else { Vec::new() };
        let (id, number, title) = (&it.id, &it.number, &it.title);
        events.push(Event { at, id, number, title, owners });
    }
    it.checks.iter().for_each(|check| item(check, events));
}

/// What times are sorted by: all local, or all counted from T.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Local(String),
    Seconds(i64),
}

/// The place of a time among others; `None` for a clock time, which does not say its day.
fn order(when: &When) -> Option<Order> {
    match &when.local {
        Some(local) => Some(Order::Local(local.clone())),
        None => offset(&when.written).map(Order::Seconds),
    }
}

/// Seconds from T: `T`, `T+15m`, `T-1h30m`.
fn offset(written: &str) -> Option<i64> {
    let rest = written.strip_prefix('T')?;
    let (sign, rest) = match rest.chars().next() {
        None => return Some(0),
        Some('+') => (1, &rest[1..]),
        Some('-') => (-1, &rest[1..]),
        Some(_) => return None,
    };
    let (mut total, mut number) = (0_i64, 0_i64);
    for ch in rest.chars() {
        let unit = match ch {
            '0'..='9' => {
                number = number * 10 + i64::from(ch.to_digit(10)?);
                continue;
            }
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        total += number * unit;
        number = 0;
    }
    (number == 0).then_some(sign * total)
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn times_count_from_t() {
        let seconds: Vec<Option<i64>> = ["T", "T+15m", "T-1h30m", "08:00"].map(offset).to_vec();
        assert_eq!(seconds, [Some(0), Some(900), Some(-5400), None]);
    }
}
