//! Did you mean, within bounds.
//!
//! Takes a wrong name and the right ones, gives the nearest in words for a label. A document with
//! thousands of wrong names and thousands of right ones gets hints for the first of them only, so that
//! it is judged in a moment all the same.

use std::cell::Cell;

use crate::diagnostic::{closest, one_of};
use crate::model::runbook::Place;

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

    /// The same for an id of a runbook. What it has more than once is called by more than its own id.
    pub(super) fn place<'o>(
        &self,
        id: &str,
        places: impl Iterator<Item = &'o Place> + Clone,
    ) -> Option<String> {
        if self.left.get() == 0 {
            return None;
        }
        let one_of_several = |place: &&Place| place.prefix > 0 && place.own_id() == id;
        let several = one_of(places.clone().filter(one_of_several).map(|place| place.id.as_str()));
        match several.is_empty() {
            true => self.near(id, places.map(|place| place.id.as_str())),
            false => Some(format!("did you mean {several}?")),
        }
    }
}
