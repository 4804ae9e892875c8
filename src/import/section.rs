//! What stands below a heading → a section.
//!
//! Takes a heading and its blocks, gives the section: lists with boxes are checks, numbered ones steps, code that a shell
//! runs a step, tables what their columns say; everything else is text and stays as it was written.

use super::block::{Block, Entry, List};
use super::draft::{Approval, Item, Part, Section, Trigger};
use super::heading::{self, Heading};
use super::item::{self, SHELLS, bar};
use super::label::{self, Meaning, is_blank};
use super::outline::one_line;
use super::role::Roles;
use super::table;
use crate::model::time::{DurationRange, Moment};

/// More languages of code that is run; a block of any other is a text.
const OTHERS: [&str; 5] = ["fish", "powershell", "ps1", "cmd", "sql"];

/// Sections of signatures.
const SIGNED: [&str; 6] = ["sign-off", "sign off", "signoff", "signature", "approval", "authorization"];

/// Words between the gaps of a signature.
const GAPS: [&str; 8] = ["signature", "signed", "date", "time", "name", "comments", "comment", "title"];

/// Whether a block is something to do rather than something to read.
pub(super) fn is_work(block: &Block) -> bool {
    match block {
        Block::List(list) => list.ordered || list.entries.iter().any(|entry| entry.task),
        Block::Code { language, .. } => {
            [&SHELLS, &OTHERS].iter().any(|known| known.contains(&language.as_str()))
        }
        Block::Table(_) => true,
        Block::Text(text) => boxes(text).is_some() || numbered(text).is_some(),
        Block::Heading { .. } => false,
    }
}

/// Reads what stands below a heading; sections within it are added by whoever calls.
pub(super) fn read(heading: Heading, blocks: &[Block], roles: &mut Roles<'_>) -> Section {
    let Heading { title, at, duration, count, phase } = heading;
    let mut section = Section { title, at, duration, count, phase, ..Section::default() };
    let mut rest = blocks;
    while let [block, after @ ..] = rest {
        rest = after;
        match block {
            Block::Text(text) if let Some(head) = numbered(text) => {
                let end = after.iter().position(ends_a_step).unwrap_or(after.len());
                let step = Entry { task: false, head, content: after[..end].to_vec() };
                section.put(Part::Steps(vec![item::read(&step, roles)]));
                rest = &after[end..];
            }
            block => section.take(block, roles),
        }
    }
    section
}

impl Section {
    fn take(&mut self, block: &Block, roles: &mut Roles<'_>) {
        match block {
            Block::List(list) if is_work(block) || self.is_signed() || self.is_of_triggers() => {
                self.list(list, roles)
            }
            Block::Text(text) if let Some(list) = boxes(text) => self.list(&list, roles),
            Block::Text(_) | Block::List(_) => match label::facts(block) {
                Some(facts)
                    if matches!(block, Block::Text(_)) || facts.iter().any(|(label, _)| is_key(label)) =>
                {
                    self.facts(facts, roles)
                }
                _ => self.put(Part::About(block.markdown())),
            },
            Block::Table(table) => {
                let part = table::read(table, &self.title, roles);
                self.put(part);
            }
            Block::Code { .. } if is_work(block) => {
                let head = self.announced().unwrap_or_else(|| self.title.clone());
                let step = item::read(&Entry { task: false, head, content: vec![block.clone()] }, roles);
                self.put(Part::Steps(vec![step]));
            }
            block if self.is_expected() => {
                self.parts.pop();
                if let Some(Part::Steps(steps)) = self.parts.last_mut() {
                    steps.iter_mut().next_back().into_iter().for_each(|step| step.expect(&block.markdown()));
                }
            }
            block => self.put(Part::About(block.markdown())),
        }
    }

    /// Whether the last thing said is `Expected output:`, behind a step.
    fn is_expected(&self) -> bool {
        let [.., Part::Steps(_), Part::About(text)] = self.parts.as_slice() else { return false };
        label::lines(text, true).is_some_and(|lines| {
            matches!(lines.as_slice(), [(label, "")] if label::meaning(label) == Some(Meaning::Expect))
        })
    }

    /// Labelled lines; those that no key holds stay as a text.
    fn facts(&mut self, facts: Vec<(&str, &str)>, roles: &mut Roles<'_>) {
        let left: Vec<String> =
            facts.into_iter().filter_map(|(label, value)| self.fact(label, value, roles)).collect();
        match left.as_slice() {
            [] => {}
            [one] => self.put(Part::About(one.clone())),
            several => self.put(Part::About(format!("- {}", several.join("\n- ")))),
        }
    }

    /// The last line before something when it announces it: `Run the migration:`.
    fn announced(&mut self) -> Option<String> {
        let Some(Part::About(text)) = self.parts.last_mut() else { return None };
        let from = text.rfind("\n\n").map_or(0, |at| at + 2);
        let line = text[from..].trim();
        if !line.ends_with(':') || line.contains('\n') {
            return None;
        }
        let line = heading::clean(line);
        text.truncate(from);
        let left = text.trim_end().len();
        text.truncate(left);
        if text.is_empty() {
            self.parts.pop();
        }
        Some(line)
    }

    /// A labelled line; what no key holds comes back as text.
    fn fact(&mut self, label: &str, value: &str, roles: &mut Roles<'_>) -> Option<String> {
        if self.is_signature(label, value) {
            self.sign(label, roles);
            return None;
        }
        match label::meaning(label) {
            Some(Meaning::Owner) if !is_blank(value) && roles.add(value, &mut self.owner) => {}
            Some(Meaning::Duration)
                if self.duration.is_none()
                    && let Ok(length) = DurationRange::parse(value) =>
            {
                self.duration = Some(length.to_string());
            }
            Some(Meaning::At)
                if self.at.is_none()
                    && let Ok(moment) = Moment::parse(value) =>
            {
                self.at = Some(moment.to_string())
            }
            _ => return Some(format!("**{label}**: {value}").trim_end().to_owned()),
        }
        None
    }

    /// A line where somebody signs.
    fn sign(&mut self, role: &str, roles: &mut Roles<'_>) {
        self.put(Part::Approvals(vec![Approval { role: roles.id(role) }]));
    }

    /// Whether a labelled line is where somebody signs, not one of the gaps of a signature.
    fn is_signature(&self, label: &str, value: &str) -> bool {
        self.is_signed() && is_gap(value) && !is_gap(&format!("{label} _"))
    }

    fn is_signed(&self) -> bool {
        let title = self.title.to_lowercase();
        SIGNED.iter().any(|word| title.contains(word))
    }

    fn is_of_triggers(&self) -> bool {
        self.title.to_lowercase().contains("trigger")
    }

    fn list(&mut self, list: &List, roles: &mut Roles<'_>) {
        if self.is_of_triggers() {
            let action = self.title.to_lowercase().contains("rollback").then_some("rollback");
            return self
                .put(Part::Triggers(list.entries.iter().map(|entry| trigger(entry, action)).collect()));
        }
        for entry in &list.entries {
            match label::split(&entry.head, true) {
                Some((label, value)) if self.is_signature(label, value) => self.sign(label, roles),
                _ => {
                    let item = item::read(entry, roles);
                    self.put(if list.ordered { Part::Steps(vec![item]) } else { Part::Checks(vec![item]) });
                }
            }
        }
    }

    /// Every item, in order, with those within it.
    pub(super) fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        let lists = self.parts.iter_mut().filter_map(|part| match part {
            Part::Checks(items) | Part::Steps(items) => Some(items),
            _ => None,
        });
        lists.flatten()
    }
}

/// The step that a paragraph begins, as the first line of an entry: `**Step 1: Title**`, `**Step 2:** Title`.
fn numbered(text: &str) -> Option<String> {
    let (bold, rest) = text.strip_prefix("**")?.split_once("**")?;
    let bold = bold.trim().trim_end_matches(':');
    let (word, number) = bold.split_once(' ')?;
    let is_step = ["step", "task"].contains(&word.to_lowercase().as_str());
    if !is_step || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let title = heading::clean(bold);
    let rest = one_line(rest.trim_start_matches([':', '-', '–', '—', ' ']));
    match (title == bold, rest.is_empty()) {
        (_, true) => Some(title),
        (true, false) => Some(rest),
        (false, false) => Some(format!("**{title}**: {rest}")),
    }
}

/// Whether a block is no part of the step before it: another step, a line in bold, what announces something, a table.
fn ends_a_step(block: &Block) -> bool {
    match block {
        Block::Text(text) => {
            let inside = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
            numbered(text).is_some()
                || text.ends_with(':')
                || inside.is_some_and(|inside| inside.ends_with(':') || !inside.contains("**"))
        }
        Block::Table(_) | Block::Heading { .. } => true,
        Block::Code { .. } | Block::List(_) => false,
    }
}

/// A paragraph in which every line begins with a box.
fn boxes(text: &str) -> Option<List> {
    let entry = |line: &str| {
        let head = label::unboxed(line.trim_end_matches(['\\', ' ']))?.to_owned();
        Some(Entry { task: true, head, content: Vec::new() })
    };
    let entries = text.lines().map(entry).collect::<Option<_>>()?;
    Some(List { ordered: false, entries, source: text.to_owned() })
}

/// Whether a section has a key for what a label says.
fn is_key(label: &str) -> bool {
    matches!(label::meaning(label), Some(Meaning::Owner | Meaning::Duration | Meaning::At))
}

/// Whether a value is where somebody signs: nothing but gaps and the words between them.
fn is_gap(value: &str) -> bool {
    let mut rest = value.to_lowercase().replace(':', " ");
    for word in GAPS {
        rest = rest.replace(word, " ");
    }
    value.contains('_') && is_blank(&rest)
}

/// A bar, or words.
fn trigger(entry: &Entry, action: Option<&'static str>) -> Trigger {
    let words = entry.head.replace("**", "");
    let below: Vec<String> = entry.content.iter().map(Block::markdown).collect();
    match bar("", &words) {
        Some(bar) if below.is_empty() => Trigger { when: Some(bar), action, ..Trigger::default() },
        _ => {
            let text = [vec![words], below].concat().join("; ");
            Trigger { condition: Some(one_line(&text)), action, ..Trigger::default() }
        }
    }
}
