//! Words before they are said in a language: which label says them, and what fills its blanks.
//!
//! Takes keys of labels, values and the words of people, gives a `Phrase`. Whoever shows it says it
//! with the labels of the reader's language; as a text it is English, as the command line has it.

use std::fmt;
use std::sync::Arc;

use super::Labels;

/// Words that any language can say. To clone it costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase(Arc<Parts>);

/// What a phrase is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Parts {
    /// A value, or what somebody wrote: the same in every language.
    Text(String),
    /// What a label says, with its blanks filled in.
    Label(&'static str, Vec<(&'static str, Phrase)>),
    /// One after the other, with the same between them.
    Joined(Vec<Phrase>, &'static str),
}

impl Phrase {
    /// What the label `key` says.
    pub fn label(key: &'static str) -> Self {
        Self(Arc::new(Parts::Label(key, Vec::new())))
    }

    /// With the blank `{name}` of its label filled in; the one named `n` is a number and decides
    /// between one and several.
    #[must_use]
    pub fn with(mut self, name: &'static str, what: impl Into<Self>) -> Self {
        if let Parts::Label(_, blanks) = Arc::make_mut(&mut self.0) {
            blanks.push((name, what.into()));
        }
        self
    }

    /// Several, one after the other; a single one as it is.
    pub fn joined(parts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        match parts.len() {
            1 => parts.remove(0),
            _ => Self(Arc::new(Parts::Joined(parts, between))),
        }
    }

    /// Behind this, after a colon, what somebody wrote, if they wrote anything.
    #[must_use]
    pub fn because(self, why: Option<&str>) -> Self {
        match why.map(str::trim) {
            Some(why) if !why.is_empty() => Self::joined([self, why.into()], ": "),
            _ => self,
        }
    }

    /// Its words in the language of `labels`.
    pub fn words(&self, labels: &Labels) -> String {
        match &*self.0 {
            Parts::Text(text) => text.clone(),
            Parts::Label(key, blanks) => {
                let said: Vec<(&str, String)> =
                    blanks.iter().map(|(name, what)| (*name, what.words(labels))).collect();
                let said: Vec<(&str, &str)> =
                    said.iter().map(|(name, what)| (*name, what.as_str())).collect();
                labels.fill(key, &said)
            }
            Parts::Joined(parts, between) => {
                let said: Vec<String> = parts.iter().map(|part| part.words(labels)).collect();
                said.join(between)
            }
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Labels::english()))
    }
}

/// In English, as diagnostics are.
impl From<Phrase> for String {
    fn from(phrase: Phrase) -> Self {
        phrase.to_string()
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self(Arc::new(Parts::Text(text)))
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<usize> for Phrase {
    fn from(number: usize) -> Self {
        number.to_string().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_said_in_each_language() {
        let checks = Phrase::label("count-checks").with("n", 1);
        let phrase = Phrase::joined([checks, Phrase::label("count-steps").with("n", 2)], "; ");
        assert_eq!(phrase.to_string(), "1 check; 2 steps");
        assert_eq!(phrase.words(&Labels::of("de")), "1 Prüfung; 2 Schritte");
        let inside = Phrase::label("to-fill-in").with("name", phrase);
        assert_eq!(inside.words(&Labels::of("es")), "1 comprobación; 2 pasos: por rellenar");
    }

    #[test]
    fn what_people_wrote_stays_and_is_not_looked_at() {
        let phrase = Phrase::label("every").with("time", "{n} {time}").because(Some(" why "));
        assert_eq!(phrase.words(&Labels::of("de")), "alle {n} {time}: why");
        assert_eq!(Phrase::from("x").because(Some(" ")).to_string(), "x");
    }
}
