//! Runsheet: deployment runbooks in YAML, compiled to HTML, PDF sign-off sheets and Markdown records.
//!
//! One direction, from what people wrote to what people read:
//!
//! ```text
//! content/ ──source──▶ Sources ──model──▶ Library ──check──▶ Report
//!                         │                 │
//!                         │               view        numbers, links, state: computed once
//!                         │                 │
//!                         │       ┌─────────┼──────────┐
//!                         │     site       sheet     record     HTML, PDF, Markdown
//!                         │       └─────────┼──────────┘
//!                         └── spans ──▶   output       ordered map: path → bytes
//! ```
//!
//! Each stage is a function from values to values. It does not print, exit, read the clock, the
//! environment or the disk, and takes no order from a hash map. Stages that can find problems return
//! what they made and what they found, and go as far as they can. [`pipeline`] alone knows them all,
//! [`command`] alone knows the outside world.
//!
//! `serve` and `watch` run the stages again at every save. A stage whose first run is dear has a second
//! form, `load_again` or `run_again`, with the `Memory` that its last run left: it gives what a first run
//! would give, and makes only what is made from something that changed.
//!
//! - [`source`]: texts, spans, YAML as a tree in which every key and value knows its place
//! - [`diagnostic`]: what is wrong, worded once, in every output format; phrases, and labels that say them
//! - [`config`]: what holds for the whole site
//! - [`model`]: runbook, roster, release, journal, threshold, quantity; decoding and resolving
//! - [`release`]: journal → state → verdict with its reasons
//! - [`check`]: the rules, one file each, one table
//! - [`view`]: everything a reader sees, in order
//! - [`site`], [`sheet`], [`record`]: the three outputs; they do not know each other
//! - [`import`]: a Markdown checklist as a runbook
//! - [`serve`]: seeing that a project changed
//! - [`output`]: the map of files, the manifest, the writer
//!
//! `tests/architecture.rs` holds the table of who may import whom.

pub mod check;
pub mod cli;
pub mod command;
pub mod config;
pub mod diagnostic;
pub mod error;
pub mod import;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod record;
pub mod release;
pub mod serve;
pub mod sheet;
pub mod site;
pub mod source;
pub mod view;
