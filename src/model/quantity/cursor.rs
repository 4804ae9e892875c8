//! A place in a text, and the small steps every reader of this model takes from it.
//!
//! Takes a folded text, gives its pieces with their byte offsets. It is `Copy`, so that a reader
//! can try and go back; it may not allocate and each step is linear in what it passes.

use std::ops::Range;

/// A place in a text and the end up to which it may be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, end: text.len() }
    }

    /// The same text between two of its offsets.
    pub(crate) fn between(&self, range: Range<usize>) -> Self {
        Self { text: self.text, at: range.start, end: range.end }
    }

    /// The same place, moved forward to an offset.
    pub(crate) fn from(&self, at: usize) -> Self {
        Self { at, ..*self }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn end(&self) -> usize {
        self.end
    }

    pub(crate) fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }

    /// What lies before this place, from an earlier one.
    pub(crate) fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether only spaces are left.
    pub(crate) fn is_done(&self) -> bool {
        self.rest().trim_start().is_empty()
    }

    pub(crate) fn starts_with_digit(&self) -> bool {
        self.rest().starts_with(|c: char| c.is_ascii_digit())
    }

    pub(crate) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Passes spaces, and says whether there were any.
    pub(crate) fn skip_spaces(&mut self) -> bool {
        // Readers ask at every step, and mostly there is none.
        if self.rest().bytes().next().is_none_or(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        !self.take_while(char::is_whitespace).is_empty()
    }

    pub(crate) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Passes exactly this text, if it comes next.
    pub(crate) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Passes these whole words, whatever their case and the spaces between and before them.
    pub(crate) fn eat_words(&mut self, words: &str) -> bool {
        let mut ahead = *self;
        ahead.skip_spaces();
        // Most words are ruled out by their first letter.
        if !ahead.peek().zip(words.chars().next()).is_some_and(|(c, wanted)| is_same(c, wanted)) {
            return false;
        }
        for word in words.split(' ') {
            ahead.skip_spaces();
            if !ahead.eat_caseless(word) {
                return false;
            }
        }
        let whole = !ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '_');
        if whole {
            *self = ahead;
        }
        whole
    }

    /// Passes the first of these phrases that comes next.
    pub(crate) fn eat_any(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.eat_words(phrase))
    }

    fn eat_caseless(&mut self, word: &str) -> bool {
        let mut rest = self.rest().chars();
        for wanted in word.chars() {
            let Some(c) = rest.next() else { return false };
            if !is_same(c, wanted) {
                return false;
            }
        }
        self.at = self.end - rest.as_str().len();
        true
    }

    /// The next word for a message: up to a space, at least one character.
    pub(crate) fn next_word(&self) -> (&'a str, Range<usize>) {
        let mut ahead = *self;
        ahead.skip_spaces();
        let start = ahead.at;
        let word = ahead.take_while(|c| !c.is_whitespace());
        (word, start..start + word.len())
    }

    /// The places where a word starts, in order.
    pub(crate) fn word_starts(&self) -> impl Iterator<Item = Cursor<'a>> + use<'a> {
        let here = *self;
        let mut inside = false;
        here.rest().char_indices().filter_map(move |(at, c)| {
            let start = c.is_alphanumeric() && !inside;
            inside = c.is_alphanumeric() || c == '_';
            start.then(|| here.from(here.at + at))
        })
    }
}

/// Whether two letters are the same, whatever their case.
fn is_same(one: char, other: char) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(&other);
    }
    one == other || one.to_lowercase().eq(other.to_lowercase())
}
