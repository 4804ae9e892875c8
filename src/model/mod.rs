//! What a runbook, roster, release, journal, threshold and quantity are.
//!
//! Takes `Sources`, gives a `Library` of resolved documents and the diagnostics found on the way. It
//! may not judge: whether a document is good is for `check`, whether a release may go is for
//! `release`.

mod address;
mod decode;
pub mod document;
pub mod identity;
mod inputs;
mod library;
mod memory;
mod misfiled;
pub mod page;
pub mod parameter;
pub mod prose;
pub mod quantity;
mod record;
pub mod reference;
pub mod release;
mod resolve;
pub mod roster;
pub mod runbook;
pub mod seal;
pub mod section;
pub mod threshold;
pub mod time;
mod torn;

pub use library::{Library, journal, load, load_again};
pub use memory::Memory;
