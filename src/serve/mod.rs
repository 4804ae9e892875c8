//! Seeing that a project changed.
//!
//! Takes folders, gives batches of changed paths. It does not build: what to do is for `command`.

mod watcher;

pub use watcher::{Settings, Watcher};
