//! The words of a judgement: state of an item, rating of a value, verdict.
//!
//! Takes and gives data only; what the words mean is in `language.md`, section Verdict.

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
        match self {
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Blocked => "blocked",
            Self::NotApplicable => "n/a",
            Self::Waived => "waived",
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
}
