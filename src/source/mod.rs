//! Texts, spans, and YAML as a tree that remembers where everything stood.
//!
//! Takes a folder, gives `Sources` and, from each text, a spanned tree and typed documents.
//! The only reader of content. It words no messages: what is wrong comes back as `Fault`s, which
//! `diagnostic` turns into sentences.

mod address;
mod conflict;
mod decode;
mod fault;
mod field;
mod load;
mod memory;
mod node;
mod pattern;
mod sequence;
mod span;
mod spelling;
mod stray;
mod syntax;
mod text;
mod yaml;

pub use address::is_web;
pub use conflict::is_conflict_mark;
pub use decode::decode;
pub use fault::{Fault, FaultKind, LIST_AS_TEXT, Written};
pub use field::{Entries, Field, Many, Short, Shorthand};
pub use load::{SITE, font, is_passed_over, load, load_again, load_bytes, read_text};
pub use memory::Memory;
pub(crate) use memory::is_settled;
pub use node::{Node, Value};
pub use pattern::ZONE;
pub use sequence::parse_parts;
pub use span::{FileId, Span, Spanned};
pub use spelling::{closest, one_of};
pub use text::{Changes, Kind, Source, Sources};
pub use yaml::{parse, parse_line, read_around};
