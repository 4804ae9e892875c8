//! One metric with several bars: passes, passes with a note, calls for the rollback.

use super::{Gap, Reading, Threshold};
use crate::model::quantity::Flaw;

/// The bars of one metric. A bar that is not there is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// What is measured.
    pub metric: String,
    /// A value that meets it passes.
    pub pass: Option<Threshold>,
    /// A value that misses `pass` and meets this passes with a note.
    pub warn: Option<Threshold>,
    /// A value that meets it calls for the abort, whatever the others say.
    pub abort: Option<Threshold>,
}

/// Where a value stands among the levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// It passes.
    Pass,
    /// It passes, with a note.
    Warn,
    /// It misses its bar and does not call for the abort.
    Between,
    /// It calls for the abort.
    Abort,
}

impl Levels {
    /// Where a recorded value stands. Where there is only an abort bar, everything else passes.
    pub fn evaluate<'a>(&self, reading: impl Into<Reading<'a>>) -> Result<Level, Flaw> {
        let reading = reading.into();
        let meets = |bar: &Option<Threshold>| {
            bar.as_ref().map_or(Ok(false), |bar| bar.clone().named(&self.metric).evaluate(reading))
        };
        if meets(&self.abort)? {
            return Ok(Level::Abort);
        }
        if meets(&self.pass)? || (self.pass.is_none() && self.warn.is_none()) {
            return Ok(Level::Pass);
        }
        Ok(if meets(&self.warn)? { Level::Warn } else { Level::Between })
    }

    /// The values that neither pass nor abort, when the bars leave such a gap.
    pub fn gap(&self) -> Option<Gap> {
        let abort = self.abort.as_ref()?;
        let gap = |bar: &Option<Threshold>| bar.as_ref().map(|bar| bar.gap(abort));
        match (gap(&self.pass), gap(&self.warn)) {
            (Some(pass), None) => pass,
            (None, warn) => warn?,
            // It counts only where both leave it; the looser one says how wide it is.
            (Some(pass), Some(warn)) => pass.and(warn),
        }
    }

    /// Whether every value that meets `warn` passes already, so that nothing ever passes with a note.
    pub fn idle(&self) -> bool {
        let (Some(pass), Some(warn)) = (&self.pass, &self.warn) else { return false };
        warn.window == pass.window && warn.strictness(pass) == Some(std::cmp::Ordering::Greater)
    }

    /// Whether some value both passes and aborts.
    pub fn overlap(&self) -> bool {
        let bars = [&self.pass, &self.warn].into_iter().flatten();
        let abort = self.abort.as_ref();
        bars.filter_map(|bar| bar.overlaps(abort?)).any(|overlaps| overlaps)
    }
}
