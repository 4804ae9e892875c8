//! The words of the program in the language of the document.
//!
//! Takes a language and what a site's own theme says of it, gives `Labels`: a word for every key.
//! The tables are `themes/default/labels/LANGUAGE.yaml`, embedded; all of them have the same keys,
//! which a test holds. Verdicts and ids are in no table, they are the same everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use serde_yaml::{Mapping, Value};

use crate::source::one_of;

/// The tables by their languages; the first stands in for languages that have none.
const TABLES: [(&str, &str); 3] = [
    ("en", include_str!("../../themes/default/labels/en.yaml")),
    ("de", include_str!("../../themes/default/labels/de.yaml")),
    ("es", include_str!("../../themes/default/labels/es.yaml")),
];

/// What is said under one key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Wording {
    /// The same for every number.
    Plain(String),
    /// By number, which is all that the three languages ask for.
    Counted {
        /// For 1.
        one: String,
        /// For every other number.
        other: String,
    },
}

/// A word for every key. To clone it costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Labels {
    words: Arc<BTreeMap<String, Wording>>,
}

impl Default for Labels {
    fn default() -> Self {
        Self::english().clone()
    }
}

impl Labels {
    /// English.
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Labels> = LazyLock::new(|| Labels { words: Arc::new(words(TABLES[0].1)) });
        &ENGLISH
    }

    /// The words of `language`, or of the language that it is a variety of: `de-AT` is `de`; English
    /// where there is no table.
    pub fn of(language: &str) -> Self {
        let mut labels = Self::english().clone();
        if let Some((_, table)) = table(language).filter(|(known, _)| *known != TABLES[0].0) {
            Arc::make_mut(&mut labels.words).extend(words(table));
        }
        labels
    }

    /// The languages that have a table.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        TABLES.iter().map(|(language, _)| *language)
    }

    /// Whether there is a table for `language`.
    pub fn know(language: &str) -> bool {
        table(language).is_some()
    }

    /// Puts the words of `yaml`, a map of keys to words, before those that are there; gives the keys
    /// that are new.
    ///
    /// # Errors
    /// What is wrong in words, and the key where it is: the text is no such map, or there is a blank in it that
    /// nothing fills in.
    pub fn add(&mut self, yaml: &str) -> Result<Vec<String>, (Option<String>, String)> {
        let own: Option<Mapping> = serde_yaml::from_str(yaml).map_err(|error| (None, error.to_string()))?;
        let own: BTreeMap<String, Wording> =
            own.unwrap_or_default().into_iter().map(entry).collect::<Result<_, _>>()?;
        for (key, wording) in &own {
            let Some(known) = self.words.get(key).map(Wording::blanks) else { continue };
            if let Some(wrong) = wording.blanks().into_iter().find(|blank| !known.contains(blank)) {
                let blanks: Vec<String> = known.iter().map(|blank| format!("{{{blank}}}")).collect();
                let has = match blanks.is_empty() {
                    true => "no blank".to_owned(),
                    false => one_of(blanks.iter().map(String::as_str)),
                };
                let message = format!("nothing fills in `{{{wrong}}}` of the label `{key}`, which has {has}");
                return Err((Some(key.clone()), message));
            }
        }
        let new = own.keys().filter(|key| !self.words.contains_key(*key)).cloned().collect();
        Arc::make_mut(&mut self.words).extend(own);
        Ok(new)
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// What is said under a key.
    pub fn get(&self, key: &str) -> Option<&Wording> {
        self.words.get(key)
    }

    /// The word for `key`; the key itself where there is none.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).map_or(key, |wording| wording.of(None))
    }

    /// The words for `key` with its blanks filled in; see `Wording::fill`.
    pub fn fill(&self, key: &str, blanks: &[(&str, &str)]) -> String {
        self.get(key).map_or_else(|| key.to_owned(), |wording| wording.fill(blanks))
    }
}

impl Wording {
    /// What is said for a number; without one, what is said of several.
    fn of(&self, number: Option<&str>) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Counted { one, .. } if number == Some("1") => one,
            Self::Counted { other, .. } => other,
        }
    }

    /// The names of its blanks: `n` of `{n} checks`.
    fn blanks(&self) -> BTreeSet<&str> {
        let texts = match self {
            Self::Plain(text) => vec![text],
            Self::Counted { one, other } => vec![one, other],
        };
        let pieces = texts.into_iter().flat_map(|text| text.split('{').skip(1));
        pieces.filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).collect()
    }

    /// The words with `{name}` replaced by the text of that name; the text named `n` is a number and
    /// decides between one and several. What is filled in is not looked at again.
    pub fn fill(&self, blanks: &[(&str, &str)]) -> String {
        let text = |wanted: &str| blanks.iter().find(|(name, _)| *name == wanted).map(|(_, text)| *text);
        let mut out = String::new();
        let mut rest = self.of(text("n"));
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let filled = after.split_once('}').and_then(|(name, after)| Some((text(name)?, after)));
            rest = match filled {
                Some((text, after)) => {
                    out.push_str(text);
                    after
                }
                None => {
                    out.push('{');
                    after
                }
            };
        }
        out.push_str(rest);
        out
    }
}

/// A label of a site's own theme.
fn entry((key, words): (Value, Value)) -> Result<(String, Wording), (Option<String>, String)> {
    let key: String = serde_yaml::from_value(key).map_err(|error| (None, error.to_string()))?;
    match serde_yaml::from_value(words) {
        Ok(wording) => Ok((key, wording)),
        Err(_) => {
            let message = format!("the label `{key}` is neither a text nor `{{ one: …, other: … }}`");
            Err((Some(key), message))
        }
    }
}

/// The words of a table of ours. It is a key and its words a line, which is read without a YAML parser:
/// that was a seventh of what one sheet costs. What is not so is read as YAML; a test reads every table
/// both ways.
fn words(table: &str) -> BTreeMap<String, Wording> {
    let line = |line: &str| {
        let (key, words) = line.split_once(": ")?;
        let counted = words.strip_prefix("{ one: \"").and_then(|words| words.strip_suffix("\" }"));
        let wording = match counted {
            Some(words) => {
                let (one, other) = words.split_once("\", other: \"")?;
                Wording::Counted { one: one.to_owned(), other: other.to_owned() }
            }
            None => Wording::Plain(unquoted(words)?.to_owned()),
        };
        Some((unquoted(key)?.to_owned(), wording))
    };
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let simple: Option<BTreeMap<String, Wording>> = match table.contains('\\') {
        true => None,
        false => lines.map(line).collect(),
    };
    simple.or_else(|| serde_yaml::from_str(table).ok()).unwrap_or_default()
}

/// A text in quotes or without any; `None` for what only YAML understands.
fn unquoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let text = inner.unwrap_or(text);
    let plain = inner.is_some() || !text.starts_with(['\'', '{', '[', '|', '>', '&', '*', '!', '"']);
    (plain && !text.contains('"')).then_some(text)
}

/// The table of a language or of the language that it is a variety of.
fn table(language: &str) -> Option<&'static (&'static str, &'static str)> {
    let main = language.split('-').next().unwrap_or_default();
    TABLES.iter().find(|(known, _)| known.eq_ignore_ascii_case(main))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys with the names of their blanks.
    fn shape(table: &str) -> Vec<(String, bool, Vec<String>)> {
        let words: BTreeMap<String, Wording> = serde_yaml::from_str(table).unwrap();
        let blanks = |text: &str| {
            let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            let mut names: Vec<String> = names.map(|(name, _)| name.to_owned()).collect();
            names.sort();
            names
        };
        let one = |(key, wording): (String, Wording)| match wording {
            Wording::Plain(text) => (key, false, blanks(&text)),
            Wording::Counted { one, other } => {
                assert_eq!(blanks(&one), blanks(&other), "{key}");
                (key, true, blanks(&other))
            }
        };
        words.into_iter().map(one).collect()
    }

    #[test]
    fn every_language_has_every_word() {
        for (language, table) in TABLES {
            assert_eq!(shape(table), shape(TABLES[0].1), "{language}");
        }
    }

    #[test]
    fn a_table_reads_as_yaml_reads_it() {
        for (language, table) in TABLES {
            let yaml: BTreeMap<String, Wording> = serde_yaml::from_str(table).unwrap();
            assert_eq!(words(table), yaml, "{language}");
        }
        let odd = "a: 'it''s'\nb: [1\n";
        assert_eq!(words(odd), BTreeMap::new());
        assert_eq!(words("a: 'it''s'\n")["a"], Wording::Plain("it's".into()));
    }

    #[test]
    fn varieties_and_strangers() {
        assert_eq!(Labels::of("de-AT").word("owner"), "Zuständig");
        assert_eq!(Labels::of("DE").word("owner"), "Zuständig");
        assert_eq!(Labels::of("fr").word("owner"), "Owner");
        assert!(
            Labels::know("en-GB") && !Labels::know("fr") && !Labels::know("") && !Labels::know("english")
        );
    }

    #[test]
    fn blanks_are_filled_once() {
        let labels = Labels::of("es");
        assert_eq!(labels.fill("count-checks", &[("n", "1")]), "1 comprobación");
        assert_eq!(labels.fill("count-checks", &[("n", "0")]), "0 comprobaciones");
        assert_eq!(labels.fill("first-of", &[("n", "{all}"), ("all", "3")]), "{all} de 3 resultados");
        assert_eq!(labels.fill("link-to", &[]), "Enlace a {what}");
    }

    #[test]
    fn a_theme_puts_its_words_first() {
        let mut labels = Labels::of("de");
        assert_eq!(
            labels.add("owner: Verantwortlich\nmine: { one: eins, other: viele }"),
            Ok(vec!["mine".into()])
        );
        assert_eq!((labels.word("owner"), labels.word("mine")), ("Verantwortlich", "viele"));
        assert!(labels.add("- a").is_err() && labels.add("owner: [1]").is_err());
    }
}
