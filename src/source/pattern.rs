//! What a value looks like that more than one kind of document has, for the JSON Schema.
//!
//! Gives regular expressions that every reader of a schema knows.

/// A name of the time zone database.
pub const ZONE: &str = "^[A-Za-z][A-Za-z0-9_+/-]*$";
