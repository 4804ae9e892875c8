//! What values and keys look like, for the JSON Schema.
//!
//! Regular expressions that every reader of a schema knows, without look-around and classes of Unicode. They
//! refuse only what is refused for certain: where a grammar takes more than ASCII, so do they, and what has a
//! parameter is anything.

/// An id in kebab-case, `model::identity::is_kebab`: of ASCII only small letters, digits and single `-` between.
pub(crate) const ID: &str = "^[^\\u0000-/:-`{-\\u007f]+(-[^\\u0000-/:-`{-\\u007f]+)*$";
/// A name of a parameter, `model::parameter::is_name`.
pub(super) const NAME: &str = "^[A-Za-z][A-Za-z0-9_-]*$";
/// A length of time or a range: a number, as a word too, and behind it a unit.
pub(crate) const DURATION: &str = r"[0-9][^A-Za-z]*[A-Za-z]|[A-Za-z][\s-]+[A-Za-z]|\{\{|[^\u0000-\u007f]";
/// A time of day, or T with what is added to it.
pub(crate) const MOMENT: &str = r"^\s*([0-9]|[Tt]\s*([+-]|$))|\{\{|[^\u0000-\u007f]";
