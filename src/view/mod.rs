//! Everything a reader sees, in order: numbers, links, backlinks, schedules, state, computed once.
//!
//! Takes a `Library`, a `Config` and what `release` computed; gives a `Site`. Site, sheet and record
//! print it. It may not know HTML, PDF or Markdown.

mod block;
mod compiled;
mod document;
mod highlight;
mod shape;
mod site;
mod state;

pub use block::*;
pub use compiled::CompiledBar;
pub use document::*;
pub use highlight::{Token, TokenKind, highlight};
pub use shape::{generated, shape};
pub use site::{Duties, Heading, Owner, Page, Site};
pub use state::*;

pub use crate::model::quantity::Table as QuantityTable;
