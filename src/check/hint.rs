//! Did you mean, within bounds.
//!
//! Takes a wrong name and the right ones, gives the nearest in words for a label. A document with
//! thousands of wrong names and thousands of right ones gets hints for the first of them only, so that
//! it is judged in a moment all the same.

use std::cell::Cell;

use crate::diagnostic::closest;

/// Comparisons that one rule may spend on hints.
const BUDGET: usize = 200_000;

/// The hints of one run of one rule.
pub(super) struct Hints {
    left: Cell<usize>,
}

impl Hints {
    pub(super) fn new() -> Self {
        Self { left: Cell::new(BUDGET) }
    }

    /// ``did you mean `near`?``
    pub(super) fn near<'o>(&self, word: &str, options: impl IntoIterator<Item = &'o str>) -> Option<String> {
        let spend = |_: &&str| {
            let left = self.left.get();
            self.left.set(left.saturating_sub(1));
            left > 0
        };
        let near = closest(word, options.into_iter().take_while(spend))?;
        Some(format!("did you mean `{near}`?"))
    }
}
