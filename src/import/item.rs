//! An entry of a list → a check or a step.
//!
//! Takes the entry, gives the item with what its words and what stands below it say. What has no key of its own
//! becomes a field or part of `about`, as it was written.

use super::bar::{Bar, is_bad, leveled, of_title, of_value, stated};
use super::block::{Block, Entry, List, fenced};
use super::draft::{Command, Item, append};
use super::label::{self, Meaning, code, is_blank, is_shortcode};
use super::role::Roles;
use crate::model::time::{DurationRange, Moment};

/// Languages of code that need no name: any reader takes it for a command of a shell.
pub(super) const SHELLS: [&str; 5] = ["bash", "sh", "shell", "console", "zsh"];

/// Languages of what is written or seen and that nobody runs.
const DATA: [&str; 19] = [
    "yaml",
    "yml",
    "json",
    "jsonc",
    "xml",
    "html",
    "ini",
    "toml",
    "conf",
    "properties",
    "env",
    "dotenv",
    "diff",
    "hcl",
    "tf",
    "csv",
    "log",
    "markdown",
    "md",
];

/// What may stand between the title of an entry and the rest of it.
const DASHES: [&str; 5] = [" - ", " – ", " — ", ": ", "："];

/// Reads an entry.
pub(super) fn read(entry: &Entry, roles: &mut Roles<'_>) -> Item {
    let mut item = Item::default();
    let (title, rest) = head(&entry.head);
    item.title = title.to_owned();
    match code(rest) {
        Some(command) => item.run(command, ""),
        None if is_blank(rest) || !is_bad(title) && item.bars(rest) => {}
        None => item.tell(rest),
    }
    match leveled("", title) {
        Some(bar) => item.thresholds.push(bar),
        None => item.thresholds.extend(of_title(title, entry.task).into_iter().map(Into::into)),
    }
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
    if let Some((title, rest)) = line.strip_prefix("**").and_then(|rest| rest.split_once("**"))
        && !goes_on(title, rest)
    {
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
    let line = line.trim();
    let is_sign = line.rsplit(' ').next().is_some_and(is_shortcode);
    (if is_sign { line } else { line.trim_end_matches(':') }, "")
}

/// Whether a line in bold is the beginning of a sentence, and no title: `**Stop** if it fails`.
fn goes_on(title: &str, rest: &str) -> bool {
    let is_next = |c: char| c.is_lowercase() || c == '(';
    !title.ends_with(':') && rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(is_next))
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
            Block::Code { language, code } if self.run.is_none() && !DATA.contains(&language.as_str()) => {
                self.run(code, language)
            }
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
    pub(super) fn fact(&mut self, label: &str, value: &str, roles: &mut Roles<'_>) {
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
            Some(Meaning::Expect) if self.bars(value) => {}
            Some(Meaning::Expect) => self.expect(value),
            Some(Meaning::Abort) if self.abort(label, value) => {}
            Some(Meaning::Owner) if roles.add(value, &mut self.owner) => {}
            Some(Meaning::Confirm) if roles.add(value, &mut self.confirm) => {}
            Some(Meaning::Evidence) => self.evidence = Some(joined(self.evidence.take(), value)),
            Some(Meaning::Warning) => self.warning = Some(joined(self.warning.take(), value)),
            Some(Meaning::About) => self.tell(value),
            Some(meaning) if self.schedule(meaning, value) => {}
            Some(Meaning::Threshold) if self.bars(value) => {}
            Some(Meaning::Threshold) if let Some(bar) = stated(&self.title, value) => {
                self.thresholds.push(bar.into())
            }
            _ if self.is_against(value) => self.tell(&format!("{label}: {value}")),
            // A field that reads as a bar is one.
            _ => self.fields.add(label, value),
        }
    }

    /// What must hold, by a value that says nothing else.
    pub(super) fn bars(&mut self, value: &str) -> bool {
        let before = self.thresholds.len();
        match leveled(&self.title, value) {
            Some(bar) => self.thresholds.push(bar),
            None => self.thresholds.extend(of_value(&self.title, value).into_iter().map(Into::into)),
        }
        self.thresholds.len() > before
    }

    /// A bar that is bad news when it is met: a level of the one that it stands against. One that asks for the same
    /// must hold too, and one that stands alone may mean either.
    pub(super) fn abort(&mut self, label: &str, value: &str) -> bool {
        let [bar] = &of_value(&self.title, value)[..] else { return false };
        let is_level = |known: &&mut Bar| known.abort.is_none() && known.is_against(bar);
        if let Some(known) = self.thresholds.iter_mut().find(is_level) {
            known.abort = Some(bar.clone());
        } else if self.thresholds.iter().any(|known| known.is_along(bar)) {
            self.thresholds.push(bar.clone().into());
        } else {
            self.tell(&format!("{label}: {value}"));
        }
        true
    }

    /// Whether a value reads as a bar that cannot be wanted beside those of the item.
    pub(super) fn is_against(&self, value: &str) -> bool {
        let bars = if self.thresholds.is_empty() { Vec::new() } else { of_value(&self.title, value) };
        bars.iter().any(|bar| self.thresholds.iter().any(|known| known.is_against(bar)))
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

    pub(super) fn tell(&mut self, text: &str) {
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
