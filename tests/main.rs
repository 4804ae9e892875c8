//! One binary for all tests that run the program: compiling once is faster than linking often.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and tests read and write files of their own"
)]

mod architecture;
mod cause;
mod check;
mod checklist;
mod ci;
mod completion;
mod conform;
mod content;
mod diff;
mod disk;
mod endurance;
mod evaluate;
mod external;
mod filled;
mod formats;
#[path = "bench/generator.rs"]
mod generator;
mod golden;
mod growth;
mod hostile;
mod import;
mod incremental;
mod init;
mod journal;
mod judge;
mod label;
mod language;
mod manual;
mod memory;
mod output;
mod parameter;
mod picture;
mod plan;
mod project;
mod random;
mod record;
mod root;
mod rules;
mod running;
mod safety;
mod scenario;
mod schema;
mod serve;
mod several;
mod sheet;
mod show;
mod signature;
mod slip;
mod theme;
mod verdict;
mod verify;
mod watch;
