//! Documents as they are written: one type per table of the language, one field per key.
//!
//! Takes what `source::decode` reads, gives fields with places. Nothing is inherited, looked up or
//! parsed here; that is the work of the rest of `model`. The printed JSON Schema comes from these
//! types and nowhere else. A `///` on a field is the text that an editor shows for the key.

pub(crate) mod pattern;
mod release;
mod roster;
mod runbook;
mod section;

pub use release::{Event, EventState, Release, Window};
pub use roster::{Contact, Person, Role, Roster, Team};
pub use runbook::{Escalation, HistoryEntry, Parameter, Runbook, Severity, Status};
pub use section::{
    Action, Approval, Block, Choice, Command, ContactList, Decision, Gate, Item, Level, Link, Message,
    Outcome, Phase, Record, RecordType, Section, Table, Threshold, Trigger,
};

/// Says which key a bare text stands for.
macro_rules! shorthand {
    ($($type:ty => $key:literal),* $(,)?) => {$(
        impl crate::source::Shorthand for $type {
            const KEY: &'static str = $key;
            const HOOK: &'static str = concat!("runsheet::short:", $key);
        }
    )*};
}

shorthand! {
    Section => "title", Item => "title", Record => "title", Message => "title", Gate => "title",
    Table => "title", Link => "url", Command => "code", Threshold => "is", Trigger => "when",
    Approval => "role", Decision => "answer", Escalation => "role", HistoryEntry => "change",
    Contact => "title", Role => "title", Team => "title", Person => "name", Parameter => "about",
    Severity => "means",
}
