//! What stands below a heading → a section.
//!
//! Takes a heading and its blocks, gives the section: lists with boxes are checks, numbered ones steps, code that a shell
//! runs a step, tables what their columns say; everything else is text and stays as it was written.

use super::block::{Block, Entry, List};
use super::draft::{Approval, Item, Part, Section};
use super::heading::{self, Heading};
use super::item::{self, SHELLS};
use super::label::{self, Meaning, is_blank};
use super::outline::one_line;
use super::role::Roles;
use super::table;
use super::trigger::{self, calls_for_reaction, is_procedure};
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
        Block::List(list) => {
            !is_contents(list) && (list.ordered || list.entries.iter().any(|entry| entry.task))
        }
        Block::Code { language, .. } => {
            [&SHELLS, &OTHERS].iter().any(|known| known.contains(&language.as_str()))
        }
        Block::Table(_) => true,
        Block::Text(text) => boxes(text).is_some() || numbered(text).is_some(),
        Block::Heading { .. } => false,
    }
}

/// Whether a list only leads to headings: a table of contents.
fn is_contents(list: &List) -> bool {
    let is_link = |entry: &Entry| {
        entry.head.starts_with('[') && entry.head.ends_with(')') && entry.head.contains("](#") && !entry.task
    };
    !list.entries.is_empty() && list.entries.iter().all(is_link)
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
            Block::List(list) if self.is_of_triggers() && !is_procedure(list) => self.triggers(list),
            Block::List(list) if is_work(block) || self.is_signed() => self.list(list, roles),
            Block::Text(text) if let Some(list) = boxes(text) => self.list(&list, roles),
            Block::Text(text)
                if let Some((label, value)) = expected(text)
                    && let Some(Part::Steps(steps)) = self.parts.last_mut()
                    && let Some(step) = steps.last_mut() =>
            {
                step.fact(label, value, roles)
            }
            Block::Text(_) | Block::List(_) => match self.labelled(block) {
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

    /// Labelled lines; where people sign, one line needs no emphasis.
    fn labelled<'a>(&self, block: &'a Block) -> Option<Vec<(&'a str, &'a str)>> {
        let signed = || match block {
            Block::Text(text) if self.is_signed() => label::lines(text, true),
            _ => None,
        };
        label::facts(block).or_else(signed)
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

    /// The last line before something when it announces it: `Run the migration:`, `**Commands**`.
    fn announced(&mut self) -> Option<String> {
        let is_title = |line: &str| {
            let inside = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
            line.ends_with(':') || inside.is_some_and(|inside| !inside.contains("**"))
        };
        self.last_line(is_title)
    }

    /// The last line before a list when it says nothing but that triggers follow: `**Rollback triggers:**`.
    fn announced_triggers(&mut self) -> Option<String> {
        self.last_line(|line| line.split(' ').count() <= 3 && line.to_lowercase().contains("trigger"))
    }

    /// Takes the last line away, without its signs, when it is one of those that are asked for.
    fn last_line(&mut self, is_it: impl Fn(&str) -> bool) -> Option<String> {
        let Some(Part::About(text)) = self.parts.last_mut() else { return None };
        let from = text.rfind("\n\n").map_or(0, |at| at + 2);
        let line = text[from..].trim();
        if !is_it(line) || line.contains('\n') {
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

    /// Whether what comes next calls for a reaction, by the title or the line before it.
    fn is_of_triggers(&self) -> bool {
        let line = self.line_before();
        let is_announced =
            line.ends_with([':', '*']) && !line.contains('\n') && line.split(' ').count() <= 12;
        let is_of_others = is_announced && line.to_lowercase().contains("authority");
        calls_for_reaction(&self.title) && !is_of_others || is_announced && calls_for_reaction(line)
    }

    /// What calls for a reaction; the words before it or the title say for which.
    fn triggers(&mut self, list: &List) {
        let words = self.announced_triggers().unwrap_or_else(|| self.line_before().to_owned());
        let action = trigger::action(&words).or_else(|| trigger::action(&self.title));
        for entry in &list.entries {
            match entry.content.as_slice() {
                // An entry that only names those below it.
                [Block::List(list)]
                    if label::split(&entry.head, true).is_some_and(|(_, value)| value.is_empty()) =>
                {
                    self.put(Part::About(entry.head.clone()));
                    self.put(Part::Triggers(
                        list.entries.iter().map(|entry| trigger::read(entry, action)).collect(),
                    ));
                }
                _ => self.put(Part::Triggers(vec![trigger::read(entry, action)])),
            }
        }
    }

    /// The line that stands before what comes next.
    fn line_before(&self) -> &str {
        let Some(Part::About(text)) = self.parts.last() else { return "" };
        text.rsplit("\n\n").next().unwrap_or_default()
    }

    fn list(&mut self, list: &List, roles: &mut Roles<'_>) {
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
pub(super) fn numbered(text: &str) -> Option<String> {
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

/// What a line says of the step before it: `Expected result: all pods run`.
fn expected(text: &str) -> Option<(&str, &str)> {
    let line = Some(text).filter(|text| !text.contains('\n')).and_then(|text| label::split(text, true));
    line.filter(|(label, value)| label::meaning(label) == Some(Meaning::Expect) && !is_blank(value))
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
