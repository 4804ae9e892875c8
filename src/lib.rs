//! Runsheet.
pub mod model;
