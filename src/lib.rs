//! Runsheet.
#[allow(dead_code, reason = "under construction")]
mod sheet;
