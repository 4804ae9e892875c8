//! Lengths of time and points of a schedule: `1h30m`, `30m..60m`, `08:05`, `T-24h`.
//!
//! Takes one line of text, gives whole seconds. It knows no time zone and reads no clock: what
//! `T` and `08:05` mean on the day is the release's business.

mod duration;
mod moment;

#[cfg(test)]
mod tests;

pub use duration::{Duration, DurationRange};
pub use moment::Moment;
