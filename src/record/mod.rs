//! The records of a release: what happened and when.
//!
//! Takes a release as its readers see it, gives texts. It may not judge and adds no facts of its own.

pub mod calendar;
