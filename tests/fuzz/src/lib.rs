//! What is fuzzed, and what the fuzz targets share.
//!
//! The stages up to the report are compiled here from their sources, so that the crates that draw
//! PDF and HTML, which take minutes to instrument, stay out. The texts around the fuzzed one are
//! constants; `judge` is what every target ends with.

#![allow(dead_code, unused_imports, reason = "the stages serve more than this package")]

extern crate self as runsheet;

#[path = "../../../src/check/mod.rs"]
pub mod check;
#[path = "../../../src/config/mod.rs"]
pub mod config;
#[path = "../../../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../../../src/error.rs"]
pub mod error;
#[path = "../../../src/import/mod.rs"]
pub mod import;
#[path = "../../judge.rs"]
mod judge;
#[path = "../../../src/model/mod.rs"]
pub mod model;
#[path = "../../../src/release/mod.rs"]
pub mod release;
#[path = "../../../src/source/mod.rs"]
pub mod source;


/// A small site.
pub const SITE: &str = "title: Fuzz\nzone: Europe/Madrid\n";

/// Whom the runbook names.
pub const ROSTER: &str = include_str!("../roster.yaml");

/// A runbook with every kind of thing that a journal can name.
pub const RUNBOOK: &str = include_str!("../runbook.yaml");

/// A release of it.
pub const RELEASE: &str = include_str!("../release.yaml");

/// Reads, resolves, assesses and checks `files`, and holds the findings to what is promised.
pub fn judge(files: &[(&str, &str)]) {
    judge::judge(files);
}
