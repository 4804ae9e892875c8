//! A runbook that is being drafted, and its YAML.
//!
//! Holds what was read, in the order in which it was read; `write` gives the file. It says what the
//! checklist said and makes up nothing: what is missing is for `check` to tell.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::bar::Bar;
use crate::error::Error;

/// The file.
#[derive(Debug, Default, Serialize)]
pub(super) struct Runbook {
    /// What the checklist is called.
    pub title: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Where it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Its version.
    pub revision: String,
    /// Always `draft`: nobody has looked at it yet.
    pub status: &'static str,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "one_or_more")]
    pub owner: Vec<String>,
    /// Who may read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classification: Option<String>,
    /// How long it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// The day on which it was looked through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<String>,
    /// What stands before the first section.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// `{{ name }}` in its texts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub title: String,
    pub id: Option<String>,
    /// The name of its heading in links.
    pub anchor: String,
    pub owner: Vec<String>,
    pub phase: Option<&'static str>,
    pub at: Option<String>,
    pub duration: Option<String>,
    pub count: Option<u32>,
    /// What stands in it, in order.
    pub parts: Vec<Part>,
    pub sections: Vec<Section>,
}

/// Things of one kind in a section.
#[derive(Debug)]
pub(super) enum Part {
    About(String),
    Checks(Vec<Item>),
    Steps(Vec<Item>),
    Triggers(Vec<Trigger>),
    Approvals(Vec<Approval>),
    Tables(Vec<Table>),
}

/// A check or a step.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Item {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "one_or_more")]
    pub owner: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<Command>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Bar>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<String>,
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "one_or_more")]
    pub confirm: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Item>,
}

/// A command, with its language where it is said.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Command {
    Plain(String),
    Of { shell: String, code: String },
}

/// Facts with labels of their own, in order.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

/// What calls for a reaction: a bar, or words.
#[derive(Debug, Default, Serialize)]
pub(super) struct Trigger {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
}

/// Who signs.
#[derive(Debug, Serialize)]
pub(super) struct Approval {
    pub role: String,
}

/// What no other key holds.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Fields {
    /// Adds one; a label that is there already takes both values.
    pub(super) fn add(&mut self, label: &str, value: &str) {
        match self.0.iter_mut().find(|(known, _)| known == label) {
            Some((_, known)) => *known = format!("{known}; {value}"),
            None => self.0.push((label.to_owned(), value.to_owned())),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(label, value)| (label, value)))
    }
}

impl Part {
    /// The kind, as its key.
    fn key(&self) -> &'static str {
        match self {
            Self::About(_) => "about",
            Self::Checks(_) => "checks",
            Self::Steps(_) => "steps",
            Self::Triggers(_) => "triggers",
            Self::Approvals(_) => "approvals",
            Self::Tables(_) => "tables",
        }
    }

    fn entry<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::About(text) => map.serialize_entry(self.key(), text),
            Self::Checks(items) | Self::Steps(items) => map.serialize_entry(self.key(), items),
            Self::Triggers(triggers) => map.serialize_entry(self.key(), triggers),
            Self::Approvals(approvals) => map.serialize_entry(self.key(), approvals),
            Self::Tables(tables) => map.serialize_entry(self.key(), tables),
        }
    }

    /// Takes in more of its own kind; what is of another kind comes back.
    pub(super) fn join(&mut self, more: Self) -> Option<Self> {
        match (self, more) {
            (Self::About(text), Self::About(more)) => append(text, "\n\n", &more),
            (Self::Checks(items), Self::Checks(more)) | (Self::Steps(items), Self::Steps(more)) => {
                items.extend(more)
            }
            (Self::Triggers(triggers), Self::Triggers(more)) => triggers.extend(more),
            (Self::Approvals(approvals), Self::Approvals(more)) => approvals.extend(more),
            (Self::Tables(tables), Self::Tables(more)) => tables.extend(more),
            (_, more) => return Some(more),
        }
        None
    }
}

impl Serialize for Part {
    /// As an entry of `body`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        self.entry(&mut map)?;
        map.end()
    }
}

impl Section {
    /// Puts something behind what is there, with what is of its kind.
    pub(super) fn put(&mut self, part: Part) {
        let rest = match self.parts.last_mut() {
            Some(last) => last.join(part),
            None => Some(part),
        };
        self.parts.extend(rest);
    }
}

impl Serialize for Section {
    /// The keys in the order of what they hold; `body` where a kind comes twice.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &self.title)?;
        let texts = [
            ("id", self.id.as_deref()),
            ("phase", self.phase),
            ("at", self.at.as_deref()),
            ("duration", self.duration.as_deref()),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                map.serialize_entry(key, text)?;
            }
        }
        match self.owner.as_slice() {
            [] => {}
            [one] => map.serialize_entry("owner", one)?,
            several => map.serialize_entry("owner", several)?,
        }
        if let Some(count) = self.count {
            map.serialize_entry("count", &count)?;
        }
        self.serialize_parts(&mut map)?;
        if !self.sections.is_empty() {
            map.serialize_entry("sections", &self.sections)?;
        }
        map.end()
    }
}

impl Section {
    fn serialize_parts<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let mut parts = self.parts.as_slice();
        if let [Part::About(text), rest @ ..] = parts {
            map.serialize_entry("about", text)?;
            parts = rest;
        }
        let keys: Vec<&str> = parts.iter().map(Part::key).collect();
        let alternate = keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key) || *key == "about");
        if alternate {
            return map.serialize_entry("body", parts);
        }
        parts.iter().try_for_each(|part| part.entry(map))
    }
}

/// Puts a text behind another.
pub(super) fn append(text: &mut String, between: &str, more: &str) {
    if !text.is_empty() {
        text.push_str(between);
    }
    text.push_str(more);
}

/// One value stands for a list of one.
fn one_or_more<S: Serializer>(list: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    match list {
        [one] => serializer.serialize_str(one),
        several => several.serialize(serializer),
    }
}

/// What stands for a tab, and for a space at the end of a line, until the file is written: for the sake of either the
/// writer of YAML would put all lines into one, between quotes. No text has these two, they are no characters.
const TAB: char = '\u{fdd0}';
const LAST_SPACE: char = '\u{fdd1}';

/// Several lines of which every sign counts.
pub(super) fn literal(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let line = |line: &str| {
        let end = line.trim_end_matches([' ', '\t']);
        let spaces = line[end.len()..].replace(' ', LAST_SPACE.encode_utf8(&mut [0; 4]));
        format!("{end}{spaces}").replace('\t', TAB.encode_utf8(&mut [0; 4]))
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Lines that are only looked at, without the spaces at their ends.
pub(super) fn shown(text: &str) -> String {
    text.split('\n').map(|line| line.trim_end_matches([TAB, LAST_SPACE, ' '])).collect::<Vec<_>>().join("\n")
}

/// The text of the file; `remarks` are for those who edit it.
pub(super) fn write(runbook: &Runbook, remarks: &[String]) -> crate::error::Result<String> {
    let yaml = serde_yaml::to_string(runbook)
        .map_err(|error| Error::usage(format!("the runbook cannot be written: {error}")))?;
    let lines =
        remarks.iter().flat_map(|remark| remark.lines()).map(str::trim).filter(|line| !line.is_empty());
    let mut text: String =
        lines.map(|line| format!("# {}\n", line.replace(|c: char| c.is_control(), " "))).collect();
    text.push_str(&yaml.replace(TAB, "\t").replace(LAST_SPACE, " "));
    Ok(text)
}
