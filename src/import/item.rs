//! An entry of a list → a check or a step.
//!
//! Takes the entry, gives the item with what its words and what stands below it say. What has no key of its own
//! becomes a field or part of `about`, as it was written.

use super::block::{Block, Entry, List, fenced};
use super::draft::{Command, Item, append};
use super::label::{self, Meaning, code, is_blank};
use super::role::Roles;
use crate::model::threshold::Threshold;
use crate::model::time::{DurationRange, Moment};

/// Languages of code that need no name: any reader takes it for a command of a shell.
pub(super) const SHELLS: [&str; 5] = ["bash", "sh", "shell", "console", "zsh"];

/// What may stand between the title of an entry and the rest of it.
const DASHES: [&str; 4] = [" - ", " – ", " — ", ": "];

/// Reads an entry.
pub(super) fn read(entry: &Entry, roles: &mut Roles<'_>) -> Item {
    let mut item = Item::default();
    let (title, rest) = head(&entry.head);
    item.title = title.to_owned();
    match code(rest) {
        Some(command) => item.run(command, ""),
        None if is_blank(rest) => {}
        None => item.tell(rest),
    }
    item.thresholds.extend(bar("", title));
    let mut rest = entry.content.as_slice();
    while let [block, after @ ..] = rest {
        rest = after;
        match (announced(block), after) {
            (Some(label), [code @ Block::Code { .. }, after @ ..]) => {
                item.below(label, code, roles);
                rest = after;
            }
            _ => item.take(block, roles),
        }
    }
    if item.title.is_empty() {
        item.title = item.named();
    }
    item
}

/// The label of a line that has nothing but one: `Expected output:`.
fn announced(block: &Block) -> Option<&str> {
    let Block::Text(text) = block else { return None };
    let (label, value) = label::split(text, true)?;
    value.is_empty().then_some(label)
}

/// Title and rest of the first line: `**Title**: rest`, `**Title** - rest`, ``Title: `command` ``.
fn head(line: &str) -> (&str, &str) {
    if let Some((title, rest)) = line.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
        let rest = rest.trim_start_matches([':', '-', '–', '—', ' ']);
        return (title.trim().trim_end_matches(':'), rest.trim());
    }
    for dash in DASHES {
        if let Some((title, rest)) = line.split_once(dash)
            && code(rest).is_some()
        {
            return (title.trim(), rest.trim());
        }
    }
    (line.trim().trim_end_matches(':'), "")
}

/// The bar that a line with a sign is, whole or before its last parenthesis; `metric` is what it is about if it does
/// not say.
pub(super) fn bar(metric: &str, line: &str) -> Option<String> {
    let line = line.replace("**", "");
    let short =
        line.strip_suffix(')').and_then(|rest| rest.rfind('(')).map_or(line.as_str(), |open| &line[..open]);
    let has_sign = |text: &&str| text.contains(['<', '>', '≤', '≥', '=']) && !text.contains('`');
    let mut readings = [line.trim(), short.trim()];
    // A number in parentheses is what was measured once.
    if line[short.len()..].starts_with("(")
        && line[short.len() + 1..].starts_with(|c: char| c.is_ascii_digit())
    {
        readings.reverse();
    }
    readings.into_iter().filter(has_sign).find_map(|text| stated(metric, text))
}

/// The same for a text that is said to be one: `At least 4 cores`.
fn stated(metric: &str, text: &str) -> Option<String> {
    let bar = Threshold::parse(text).ok()?;
    let bar = if bar.metric().is_none() && !metric.is_empty() { bar.named(metric) } else { bar };
    Some(bar.to_string())
}

impl Item {
    /// Takes what stands below the first line.
    fn take(&mut self, block: &Block, roles: &mut Roles<'_>) {
        match block {
            Block::Text(text) => match label::lines(text, true) {
                Some(facts) => facts.into_iter().for_each(|(label, value)| self.fact(label, value, roles)),
                None => match code(text) {
                    Some(command) => self.run(command, ""),
                    None => self.tell(text),
                },
            },
            Block::Code { language, code } if self.run.is_none() => self.run(code, language),
            Block::List(list) => self.list(list, roles),
            block => self.tell(&block.markdown()),
        }
    }

    /// Boxes are sub-checks, labelled lines are facts; any other list is text.
    fn list(&mut self, list: &List, roles: &mut Roles<'_>) {
        let is_fact = |entry: &Entry| {
            label::split(&entry.head, true).is_some()
                || entry.content.is_empty() && code(&entry.head).is_some()
        };
        if !list.entries.iter().all(|entry| entry.task || is_fact(entry)) {
            return self.tell(&list.source);
        }
        for entry in &list.entries {
            match label::split(&entry.head, true) {
                _ if entry.task => self.checks.push(read(entry, roles)),
                Some((label, value)) => {
                    self.fact(label, value, roles);
                    entry.content.iter().for_each(|block| self.below(label, block, roles));
                }
                None => self.run(code(&entry.head).unwrap_or_default(), ""),
            }
        }
    }

    /// What stands below a labelled line belongs to its label.
    fn below(&mut self, label: &str, block: &Block, roles: &mut Roles<'_>) {
        match block {
            Block::Code { language, code } if label::meaning(label) == Some(Meaning::Expect) => {
                self.expect(&fenced(language, code));
            }
            Block::Code { language, code } if self.run.is_some() => {
                self.tell(&format!("{label}:\n\n{}", fenced(language, code)));
            }
            Block::Code { .. } if label::meaning(label) != Some(Meaning::Run) => {
                self.tell(&format!("{label}:"));
                self.take(block, roles);
            }
            Block::List(list) if !list.entries.iter().any(|entry| entry.task) => {
                self.tell(&format!("{label}:\n\n{}", list.source))
            }
            block => self.take(block, roles),
        }
    }

    /// A labelled line.
    fn fact(&mut self, label: &str, value: &str, roles: &mut Roles<'_>) {
        let meaning = label::meaning(label);
        if is_blank(value) {
            // A gap for a name or a time is what the journal fills.
            let is_asked = !value.is_empty()
                && !matches!(meaning, Some(Meaning::Owner | Meaning::At | Meaning::Confirm));
            if is_asked {
                self.record.push(label.to_owned());
            }
            return;
        }
        match meaning {
            Some(Meaning::Run) => match code(value) {
                Some(command) => self.run(command, ""),
                // Several pieces of code with words between them are no command.
                None if value.contains('`') => self.tell(&format!("{label}: {value}")),
                None => self.run(value, ""),
            },
            Some(Meaning::Expect) => match bar(&self.title, value) {
                Some(bar) => self.thresholds.push(bar),
                None => self.expect(value),
            },
            Some(Meaning::Owner) if roles.add(value, &mut self.owner) => {}
            Some(Meaning::Confirm) if roles.add(value, &mut self.confirm) => {}
            Some(Meaning::Evidence) => self.evidence = Some(joined(self.evidence.take(), value)),
            Some(Meaning::Warning) => self.warning = Some(joined(self.warning.take(), value)),
            Some(Meaning::About) => self.tell(value),
            Some(meaning) if self.schedule(meaning, value) => {}
            Some(Meaning::Threshold)
                if let Some(bar) = bar(&self.title, value).or_else(|| stated(&self.title, value)) =>
            {
                self.thresholds.push(bar)
            }
            // A field that reads as a bar is one.
            _ => self.fields.add(label, value),
        }
    }

    /// When, or for how long; `Time` is said of both.
    pub(super) fn schedule(&mut self, meaning: Meaning, value: &str) -> bool {
        match meaning {
            Meaning::At if self.at.is_none() && Moment::parse(value).is_ok() => {
                self.at = Some(value.to_owned())
            }
            Meaning::At | Meaning::Duration if self.duration.is_none() => match DurationRange::parse(value) {
                Ok(length) => self.duration = Some(length.to_string()),
                Err(_) => return false,
            },
            _ => return false,
        }
        true
    }

    fn run(&mut self, command: &str, language: &str) {
        let command = &without_prompts(command);
        if command.trim().is_empty() {
            return;
        }
        match &self.run {
            Some(_) => self.tell(&fenced(language, command)),
            None if SHELLS.contains(&language) || ["", "text", "txt"].contains(&language) => {
                self.run = Some(Command::Plain(command.to_owned()))
            }
            None => self.run = Some(Command::Of { shell: language.to_owned(), code: command.to_owned() }),
        }
    }

    pub(super) fn expect(&mut self, text: &str) {
        self.expect = Some(joined(self.expect.take(), text));
    }

    fn tell(&mut self, text: &str) {
        append(&mut self.about, "\n\n", text);
    }

    /// The title of an entry that has none: the first words it says.
    fn named(&self) -> String {
        let command = match &self.run {
            Some(Command::Plain(code) | Command::Of { code, .. }) => code.lines().next(),
            None => None,
        };
        let words = self.about.lines().next().filter(|line| !line.is_empty());
        let first = self.checks.first().map(|check| check.title.as_str());
        words
            .or(first)
            .map(str::to_owned)
            .or(command.map(|line| format!("`{line}`")))
            .unwrap_or_else(|| "?".to_owned())
    }
}

/// Lines without the `$` before each of them.
fn without_prompts(command: &str) -> String {
    let lines: Option<Vec<&str>> = command.lines().map(|line| line.strip_prefix("$ ")).collect();
    lines.map_or_else(|| command.to_owned(), |lines| lines.join("\n"))
}

/// Two texts for one place.
fn joined(before: Option<String>, more: &str) -> String {
    before.map_or_else(|| more.to_owned(), |before| format!("{before}\n{more}"))
}
