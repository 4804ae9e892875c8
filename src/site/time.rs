//! Times and cadences, for templates.
//!
//! Takes times of the view, gives them as they were written and as they fall in a release.

use serde::Serialize;

use crate::view;

/// A time as it was written, and the moment it means in a release.
#[derive(Debug, Clone, Serialize)]
pub(super) struct When<'a> {
    /// `T-24h`
    written: &'a str,
    /// `2026-11-30 09:00 CET`
    local: Option<&'a str>,
}

/// `When`, if there is one.
pub(super) fn when(when: Option<&view::When>) -> Option<When<'_>> {
    when.map(|when| When { written: &when.written, local: when.local.as_deref() })
}

/// How often, and until when.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Cadence<'a> {
    /// The time between two: `15 min`.
    every: &'a str,
    /// The end.
    until: Option<When<'a>>,
    /// How many times.
    slots: Option<u32>,
}

/// `Cadence`, if there is one.
pub(super) fn cadence(cadence: Option<&view::Cadence>) -> Option<Cadence<'_>> {
    cadence.map(|cadence| Cadence {
        every: &cadence.every,
        until: when(cadence.until.as_ref()),
        slots: cadence.slots,
    })
}
