//! Runsheet.
