//! stand-in until the branch `threshold` is merged
#[derive(Debug, Clone, Copy)]
pub struct Length;
#[derive(Debug, Clone, Copy)]
pub struct DurationRange;
#[derive(Debug, Clone, Copy)]
pub struct Moment;
