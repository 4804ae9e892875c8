//! Seeing that a project changed, and showing it in a browser.
//!
//! Takes folders and content that can be made, gives batches of changed paths and pages that stay
//! current. It does not build: what to do is for `command`.

mod board;
mod end;
mod live;
mod server;
mod watcher;

pub use board::{Board, Content, File};
pub use end::End;
pub use server::{Address, Server};
pub use watcher::{Settings, Watcher};
