//! Everything a reader sees, in order: numbers, links, backlinks, schedules, state, computed once.
//!
//! Takes a `Library`, a `Config` and what `release` computed; gives a `Site`. Site, sheet and record
//! print it. It may not know HTML, PDF or Markdown.

mod attention;
mod block;
mod calendar;
mod compiled;
mod document;
mod finding;
mod head;
mod highlight;
mod register;
mod shape;
mod site;
mod state;
mod timeline;

pub use attention::{Attention, StaleReview, Waiver};
pub use block::*;
pub use calendar::Booking;
pub use compiled::CompiledBar;
pub use document::*;
pub use finding::Finding;
pub use head::{Counts, Escalation, GateHead, Head, HeadFact};
pub use highlight::{Token, TokenKind, highlight};
pub use register::{History, Limit, Measured, Plot, Register};
pub use shape::{DocumentRef, Memory, Site, generated, shape, shape_again};
pub use site::{Duties, Duty, EscalationPath, Heading, Held, Owner, Page};
pub use state::*;
pub use timeline::{Stretch, Tick, Timeline, TimelineRow};

pub use crate::model::quantity::Table as QuantityTable;
