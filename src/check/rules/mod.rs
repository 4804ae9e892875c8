//! The table of rules: one file a rule, in the order in which `explain` lists them.
//!
//! Takes nothing, gives `RULES`. A new rule is a new file and one line here.

use super::Rule;

/// Declares the files and the table in one go, so that no rule can be in one and not in the other.
macro_rules! rules {
    ($($file:ident),* $(,)?) => {
        $(mod $file;)*

        /// Every rule, by topic.
        pub const RULES: &[Rule] = &[$($file::RULE),*];
    };
}

rules! {
    unreadable_file,
    outside_content,
    file_too_large,
    invalid_encoding,
    empty_file,
    invalid_yaml,
    duplicate_key,
    unknown_key,
    missing_key,
    wrong_type,
    unknown_value,
    invalid_value,
    invalid_id,
    unknown_owner,
    unknown_reference,
    duplicate_id,
    unknown_parameter,
    broken_link,
    missing_owner,
    missing_threshold,
    ambiguous_time,
    unknown_rule,
    allow_without_reason,
    unused_allow,
}
