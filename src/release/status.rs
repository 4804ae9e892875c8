//! The words of a judgement: state of an item, rating of a value, verdict.
//!
//! Takes and gives data only; what the words mean is in `language.md`, section Verdict.

use crate::diagnostic::Phrase;
use crate::model::document::EventState;
use crate::model::release::GateChoice;

/// The state of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemStatus {
    /// Nothing recorded that settles it.
    Pending,
    /// Done.
    Done,
    /// Failed, or done with a value that misses its bar.
    Failed,
    /// Cannot go on.
    Blocked,
    /// Does not apply.
    NotApplicable,
    /// Let pass, with a reason.
    Waived,
}

impl ItemStatus {
    /// The word for it, as journals have it.
    pub fn word(self) -> &'static str {
        self.recorded().word()
    }

    /// The same in a sentence of any language.
    pub fn phrase(self) -> Phrase {
        self.recorded().phrase()
    }

    /// The state as an event records it.
    fn recorded(self) -> EventState {
        match self {
            Self::Pending => EventState::Pending,
            Self::Done => EventState::Done,
            Self::Failed => EventState::Failed,
            Self::Blocked => EventState::Blocked,
            Self::NotApplicable => EventState::NotApplicable,
            Self::Waived => EventState::Waived,
        }
    }
}

/// How a value compares with its bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rating {
    /// Meets the bar.
    Pass,
    /// Meets it, with a note.
    Warn,
    /// Misses it, short of abort.
    Miss,
    /// Calls the rollback.
    Abort,
    /// Cannot be compared: another dimension, or no value at all.
    Unknown,
}

impl Rating {
    /// Whether the value lets its item pass.
    pub fn passes(self) -> bool {
        matches!(self, Self::Pass | Self::Warn)
    }

    /// Whether the value stops a release.
    pub fn misses(self) -> bool {
        matches!(self, Self::Miss | Self::Abort)
    }
}

/// Whether it is right to go. The order is from good to bad: the worst of several is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Everything required holds.
    Go,
    /// Something required is open.
    Undecided,
    /// Something required failed.
    NoGo,
}

impl Verdict {
    /// `GO`, `UNDECIDED`, `NO-GO`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Go => "GO",
            Self::Undecided => "UNDECIDED",
            Self::NoGo => "NO-GO",
        }
    }

    /// Whether what is called at a gate says otherwise.
    pub fn denies(self, choice: &str) -> bool {
        match GateChoice::read(choice) {
            Some(GateChoice::Go) => self != Self::Go,
            Some(GateChoice::NoGo) => self == Self::Go,
            None => false,
        }
    }
}
