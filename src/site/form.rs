//! Components that are printed again and again, as forms: printed once by the engine for each shape of
//! what they show, with blanks where texts go, and then filled in.
//!
//! Takes what a component shows, gives the form that it fills in; it does not know the engine. What it
//! relies on is that components print texts and ask whether there are any, and that they choose by nothing
//! else but numbers, what is there, and the fields `key` and `kind`. The default ones do, and a test holds
//! them to it.

use std::sync::{Arc, PoisonError, RwLock};

use foldhash::HashMap;

use super::filling::Filling;

/// So many bytes of forms are kept. Five real runbooks with three releases have 750 shapes in 0.9 MB, and four
/// of five parts have a shape that was seen before.
const MOST: usize = 16 << 20;
/// Around the number of a blank, where the engine prints one. Unicode keeps these for a program's own use:
/// they are in no text.
const MARKS: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

/// The forms that are known.
#[derive(Debug, Default)]
pub(super) struct Forms {
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// By component and shape; nothing for a shape that makes no form.
    forms: HashMap<Box<[u8]>, Option<Arc<Form>>>,
    /// Bytes of them all.
    size: usize,
}

/// What is printed of one shape: texts of the template, each before the blank of a number, and the last one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form {
    pieces: Vec<(String, usize)>,
    end: String,
}

/// What stands for a text of a number where the engine prints a blank form.
pub(super) fn mark(number: usize) -> String {
    format!("{}{number}{}", MARKS[0], MARKS[1])
}

impl Forms {
    /// The form for a filling; `print` has the engine print one that is not known yet. Nothing where there
    /// can be none, and the engine has to print the filling itself.
    ///
    /// # Errors
    /// Those of `print`.
    pub(super) fn find<E>(
        &self,
        filling: &Filling,
        print: impl FnOnce() -> Result<String, E>,
    ) -> Result<Option<Arc<Form>>, E> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let full = known.size >= MOST;
        match known.forms.get(filling.shape()) {
            Some(form) => return Ok(form.clone()),
            None if full => return Ok(None),
            None => drop(known),
        }
        let printed = print()?;
        let form = Form::read(&printed, filling.texts()).map(Arc::new);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.size += filling.shape().len() + printed.len();
        known.forms.insert(filling.shape().into(), form.clone());
        Ok(form)
    }
}

impl Form {
    /// Reads what was printed; nothing where a blank is not as it was given to the engine.
    fn read(printed: &str, blanks: usize) -> Option<Self> {
        let [opens, closes] = MARKS;
        let mut pieces = Vec::new();
        let mut rest = printed;
        while let Some((before, behind)) = rest.split_once(opens) {
            let (number, behind) = behind.split_once(closes)?;
            let blank = number.parse().ok().filter(|blank| *blank < blanks)?;
            pieces.push((before.to_owned(), blank));
            rest = behind;
        }
        (!rest.contains(closes)).then(|| Self { pieces, end: rest.to_owned() })
    }

    /// Writes it down with the texts of a filling of its shape.
    pub(super) fn fill(&self, filling: &Filling, out: &mut String) {
        for (before, blank) in &self.pieces {
            out.push_str(before);
            out.push_str(filling.text(*blank));
        }
        out.push_str(&self.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_printed_is_read() {
        let form = Form::read("<a \u{fdd0}1\u{fdd1}>\u{fdd0}0\u{fdd1}</a>", 2);
        let pieces = vec![("<a ".to_owned(), 1), (">".to_owned(), 0)];
        assert_eq!(form, Some(Form { pieces, end: "</a>".to_owned() }));
        assert_eq!(Form::read("", 0), Some(Form { pieces: vec![], end: String::new() }));
        for broken in ["\u{fdd0}0", "0\u{fdd1}", "\u{fdd0}2\u{fdd1}", "\u{fdd0}\u{fdd1}", "\u{fdd0}x\u{fdd1}"]
        {
            assert_eq!(Form::read(broken, 2), None, "{broken:?}");
        }
    }
}
